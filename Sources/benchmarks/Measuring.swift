import Glibc

/// The CPU time that this process has used, in seconds.
func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The middle of some values, or 0 of none.
func median(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  if sorted.isEmpty { return 0 }
  let middle = sorted.count / 2
  return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/// A number with so many decimals.
func fixed(_ value: Double, _ decimals: Int) -> String {
  var scale: Int64 = 1
  for _ in 0..<decimals { scale *= 10 }
  let scaled = Int64((value * Double(scale)).rounded())
  let whole = "\(scaled.magnitude / scale.magnitude)"
  let sign = scaled < 0 ? "-" : ""
  if decimals == 0 { return sign + whole }
  let part = "\(scaled.magnitude % scale.magnitude)"
  return sign + whole + "." + String(repeating: "0", count: decimals - part.count) + part
}

/// Prints rows under a heading, columns aligned: the first to the left, the others to the right.
func printTable(_ heading: [String], _ rows: [[String]]) {
  let all = [heading] + rows
  let widths = heading.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
  for row in all {
    let cells = row.indices.map { column in
      let gap = String(repeating: " ", count: widths[column] - row[column].count)
      return column == 0 ? row[column] + gap : gap + row[column]
    }
    print(cells.joined(separator: "  "))
  }
}
