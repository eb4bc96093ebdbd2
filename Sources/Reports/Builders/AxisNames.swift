/// Short names of axes: the last parts of their paths, as many as tell them apart.
struct AxisNames {
  let short: [String]

  init(_ paths: [String]) {
    short = paths.map { path in
      let parts = path.split(separator: ".")
      for count in 1...max(parts.count, 1) {
        let name = parts.suffix(count).joined(separator: ".")
        let others = paths.filter { $0 != path }
        if !others.contains(where: { ".\($0)".hasSuffix(".\(name)") }) { return name }
      }
      return path
    }
  }
}
