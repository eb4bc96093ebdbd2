import Glibc

/// The real `towtank` of this build, run as a process of its own.
enum Executable {
  /// How a process ended and what it wrote.
  struct Outcome {
    /// The exit code, or 128 plus the signal that ended it, as a shell says it.
    var code: Int32
    var output: String
    var errors: String
    /// Most memory that it held at a time, in bytes.
    var peakBytes: Int
  }

  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  /// It is built beside the tests, because their target depends on it.
  static var path: String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let tests = String(decoding: buffer.prefix(max(count, 0)).map(UInt8.init), as: UTF8.self)
    return tests.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/towtank"
  }

  /// Starts a program in a folder, with nothing in its environment but what is given.
  static func start(
    _ program: String, _ words: [String], in workplace: Workplace, log: String,
    environment: [String: String] = [:]
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    let flags = O_WRONLY | O_CREAT | O_TRUNC
    posix_spawn_file_actions_addopen(&actions, 1, workplace.outside(log + ".out"), flags, 0o600)
    posix_spawn_file_actions_addopen(&actions, 2, workplace.outside(log + ".err"), flags, 0o600)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Whoever runs the tests may ignore signals; the program starts with their usual meaning.
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF))
    // The shell enters the folder and then becomes the program.
    let line = ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, workplace.folder, program] + words
    var arguments: [UnsafeMutablePointer<CChar>?] = line.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      environment.sorted { $0.key < $1.key }.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for pointer in arguments + variables { free(pointer) } }
    var process: pid_t = 0
    let problem = posix_spawn(&process, line[0], &actions, &attributes, &arguments, &variables)
    guard problem == 0 else {
      throw Failure(description: "\(program): \(String(cString: strerror(problem)))")
    }
    return process
  }

  /// Waits for the end of a started process.
  static func wait(
    for process: pid_t, in workplace: Workplace, log: String
  ) throws -> Outcome {
    var status: Int32 = 0
    var usage = rusage()
    while wait4(process, &status, 0, &usage) < 0 {
      guard errno == EINTR else { throw Failure(description: "the process is gone") }
    }
    let signal = status & 0x7F
    return Outcome(
      code: signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
      output: workplace.text(outside: log + ".out"), errors: workplace.text(outside: log + ".err"),
      peakBytes: usage.ru_maxrss * 1024)
  }

  /// Runs `towtank` to its end.
  static func run(
    _ words: String..., in workplace: Workplace, environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = try start(
      path, words, in: workplace, log: "run", environment: environment)
    return try wait(for: process, in: workplace, log: "run")
  }

  /// Runs a line of the shell, in which `$towtank` is the program.
  static func shell(_ line: String, in workplace: Workplace) throws -> Outcome {
    let process = try start(
      "/bin/sh", ["-c", line], in: workplace, log: "shell",
      environment: ["towtank": path, "PATH": "/usr/bin:/bin"])
    return try wait(for: process, in: workplace, log: "shell")
  }

  /// Waits until a process has set its own answer to Ctrl-C.
  static func waitUntilItListens(_ process: pid_t) -> Bool {
    for _ in 0..<2_000 {
      let status = Workplace.read("/proc/\(process)/status") ?? ""
      if status.hasPrefix("Name:\ttowtank\n"),
        let line = status.split(separator: "\n").first(where: { $0.hasPrefix("SigCgt:") }),
        let mask = UInt64(line.dropFirst(7).filter { $0.isHexDigit }, radix: 16),
        mask & (1 << UInt64(SIGINT - 1)) != 0
      {
        return true
      }
      usleep(5_000)
    }
    return false
  }
}
