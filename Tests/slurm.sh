#!/bin/bash
# Runs a sweep as an array of 16 tasks in a real Slurm of one node, merges the shards, and compares
# every byte with the sweep on one machine.
#
# Debian's slurm-wlm and munge are needed (apt-get install slurm-wlm munge), and root; nothing of the
# machine's own configuration is touched: keys, configuration, spool and logs are in a folder of
# their own, which is taken away at the end.
#
# usage: Tests/slurm.sh [TOWTANK]     TOWTANK is .build/release/towtank by default
set -euo pipefail

towtank=$(realpath "${1:-.build/release/towtank}")
scenario=$(realpath "$(dirname "$0")/../scenarios/quickstart.json5")
for program in slurmctld slurmd sbatch munged; do
  command -v "$program" > /dev/null || { echo "$program is missing: install slurm-wlm and munge" >&2; exit 69; }
done
[ "$(id -u)" = 0 ] || { echo "daemons of Slurm need root" >&2; exit 69; }

place=$(mktemp -d /tmp/towtank-slurm-XXXXXX)
chmod 755 "$place"
daemons=()
cleanup() {
  for daemon in "${daemons[@]}"; do kill "$daemon" 2> /dev/null || true; done
  wait 2> /dev/null || true
  rm -rf "$place"
}
trap cleanup EXIT

# Munge refuses folders that others may write to, so its own is not beneath /tmp.
munge=$(mktemp -d /var/lib/towtank-munge-XXXXXX)
trap 'cleanup; rm -rf "$munge"' EXIT
chmod 700 "$munge"
head -c 1024 /dev/urandom > "$munge/key"
chmod 600 "$munge/key"
chmod 711 "$munge"
munged --foreground --force --num-threads=2 --key-file="$munge/key" --socket="$munge/socket" \
  --pid-file="$munge/pid" --log-file="$munge/log" --seed-file="$munge/seed" 2> "$place/munged.err" &
daemons+=($!)

host=$(hostname -s)
mkdir "$place/state" "$place/spool"
cat > "$place/slurm.conf" <<END
ClusterName=towtank
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$munge/socket
CryptoType=crypto/munge
SlurmctldPort=36817
SlurmdPort=36818
StateSaveLocation=$place/state
SlurmdSpoolDir=$place/spool
SlurmctldPidFile=$place/slurmctld.pid
SlurmdPidFile=$place/slurmd.pid
SlurmctldLogFile=$place/slurmctld.log
SlurmdLogFile=$place/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_interval=1,sched_min_interval=1000
NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
export SLURM_CONF=$place/slurm.conf
for _ in $(seq 50); do [ -S "$munge/socket" ] && break; sleep 0.1; done
slurmctld -D -i 2> "$place/slurmctld.err" &
daemons+=($!)
slurmd -D -N "$host" 2> "$place/slurmd.err" &
daemons+=($!)
for _ in $(seq 300); do
  sinfo -h -o %T 2> /dev/null | grep -q '^idle' && break
  sleep 0.1
done
sinfo -h -o %T 2> /dev/null | grep -q '^idle' || {
  echo "the node is not ready" >&2
  tail -n 20 "$place"/*.log "$place"/*.err >&2
  exit 70
}

cd "$place"
cp "$scenario" scenario.json5
sweep=(sweep scenario.json5 --vary services.embed.replicas=1..4 --vary "traffic.searchers.rate=50..250/s:25"
  --set "horizon=2 min" --set "warmUp=10 s" --replications 2)
code=0
"$towtank" "${sweep[@]}" --out plain > plain.txt || code=$?

# The array that the tool writes, with the tool that is tested.
PATH=$(dirname "$towtank"):$PATH
export PATH
"$towtank" "${sweep[@]}" --out parts --emit slurm --shards 16 --quiet > job.sh
sbatch --wait job.sh > submitted.txt || { cat ./*.log >&2; exit 1; }
[ "$(ls -d parts/shard-*-of-16 | wc -l)" = 16 ] || { echo "not all shards are there" >&2; exit 1; }
merged=0
"$towtank" merge parts --out whole > whole.txt || merged=$?
[ "$code" = "$merged" ] || { echo "exit $merged instead of $code" >&2; exit 1; }
cmp plain.txt whole.txt
diff -r plain whole

# The array that a user writes: numbers from 1, the shard from Slurm's own variables.
cat > own.sh <<END
#!/bin/sh
exec towtank $(printf '%q ' "${sweep[@]}") --out own
END
sbatch --wait --array=1-31:2 own.sh > submitted.txt || { cat ./*.out >&2; exit 1; }
"$towtank" merge own --out again > again.txt || true
diff -r plain again

echo "16 shards in Slurm $(slurmctld -V | cut -d' ' -f2), merged: $(find whole -type f | wc -l) files, the same bytes as on one machine"
