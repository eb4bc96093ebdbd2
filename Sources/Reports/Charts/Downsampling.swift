/// Thins a long line for drawing while keeping its peaks: largest triangle, three buckets.
///
/// Source: Steinarsson, "Downsampling Time Series for Visual Representation", 2013, section 4.2.
/// Thinning comes after all statistics and changes no figure of a report.
package enum Downsampling {
  /// The indices to keep, in rising order; first and last are always kept.
  ///
  /// Missing values count as zero when triangles are compared.
  ///
  /// - Complexity: linear in the count of values.
  package static func indices(of values: [Double?], atMost limit: Int) -> [Int] {
    guard values.count > limit, limit >= 3 else { return Array(values.indices) }
    let every = Double(values.count - 2) / Double(limit - 2)
    func edge(_ bucket: Int) -> Int {
      min(Int((Double(bucket) * every).rounded(.down)) + 1, values.count - 1)
    }
    var kept = [0]
    var last = 0
    for bucket in 0..<(limit - 2) {
      let from = edge(bucket)
      let to = max(edge(bucket + 1), from + 1)
      let next = to..<max(edge(bucket + 2), to + 1)
      let ahead = next.filter { $0 < values.count }
      let count = Double(max(ahead.count, 1))
      let aheadX = ahead.reduce(0.0) { $0 + Double($1) } / count
      let aheadY = ahead.reduce(0.0) { $0 + (values[$1] ?? 0) } / count
      var best = from
      var bestArea = -1.0
      for index in from..<min(to, values.count - 1) {
        let area =
          ((Double(last) - aheadX) * ((values[index] ?? 0) - (values[last] ?? 0))
          - (Double(last) - Double(index)) * (aheadY - (values[last] ?? 0))).magnitude
        if area > bestArea {
          bestArea = area
          best = index
        }
      }
      kept.append(best)
      last = best
    }
    return kept + [values.count - 1]
  }
}
