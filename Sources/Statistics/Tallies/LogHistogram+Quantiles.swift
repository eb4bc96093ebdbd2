extension LogHistogram {
  /// The value below or at which a share `q` of the values lies, or nil if there is no value.
  ///
  /// The rule: of the values in order take the one of rank ceil(q n), at least the first, and name
  /// the middle of its bucket, never outside the minimum and the maximum. It differs from the value
  /// of that rank by `relativeError` at most, and by nothing up to 255.
  public func quantile(_ q: Double) -> Double? {
    precondition(q >= 0 && q <= 1, "a quantile has a share between 0 and 1")
    if total == 0 { return nil }
    let rank = max(1, min(total, Int64((q * Double(total)).rounded(.up))))
    if rank == total { return Double(greatest) }
    var seen: Int64 = 0
    var found = Self.bucket(of: greatest)
    forEachBucket { bucket, count in
      seen += count
      if seen >= rank { found = bucket }
      return seen < rank
    }
    let middle = Double(Self.lowest(of: found)) + Double(Self.width(of: found) - 1) / 2
    return min(max(middle, Double(least)), Double(greatest))
  }

  /// The quantile of the values added since this histogram was `earlier`, nil if none was.
  ///
  /// The rule of `quantile`, but the minimum and the maximum of the new values are not known, so
  /// that the middle of a bucket stands also for them.
  public func quantile(_ q: Double, since earlier: LogHistogram) -> Double? {
    precondition(q >= 0 && q <= 1, "a quantile has a share between 0 and 1")
    let new = total - earlier.total
    precondition(new >= 0, "an earlier histogram has no more values")
    if new == 0 { return nil }
    let rank = max(1, min(new, Int64((q * Double(new)).rounded(.up))))
    var seen: Int64 = 0
    var found = Self.bucket(of: greatest)
    forEachBucket { bucket, count in
      seen += count - earlier.count(in: bucket)
      if seen >= rank { found = bucket }
      return seen < rank
    }
    return Double(Self.lowest(of: found)) + Double(Self.width(of: found) - 1) / 2
  }

  /// The number of values in a bucket.
  private func count(in bucket: Int) -> Int64 {
    let start = Int(words[bucket / Self.pageSize])
    return start == 0 ? 0 : words[start + bucket % Self.pageSize]
  }

  /// The share of the values above `limit`; a bucket that `limit` cuts counts in proportion.
  public func fractionAbove(_ limit: Int64) -> Double { 1 - fractionBelow(limit) }

  /// The share of the values below or at `limit`; a bucket that it cuts counts in proportion.
  ///
  /// It is 0 for an empty histogram.
  public func fractionBelow(_ limit: Int64) -> Double {
    if limit >= greatest { return total > 0 ? 1 : 0 }
    if limit < least { return 0 }
    let last = Self.bucket(of: limit)
    var below = 0.0
    forEachBucket { bucket, count in
      if bucket < last {
        below += Double(count)
        return true
      }
      if bucket == last {
        let part = limit - Self.lowest(of: bucket) + 1
        below += Double(count) * (Double(part) / Double(Self.width(of: bucket)))
      }
      return false
    }
    return below / Double(total)
  }

  /// Visits the buckets that hold something, lowest first, until `body` returns false.
  func forEachBucket(_ body: (_ bucket: Int, _ count: Int64) -> Bool) {
    for page in 0..<Self.pages where words[page] != 0 {
      let start = Int(words[page])
      for i in 0..<Self.pageSize where words[start + i] != 0 {
        if !body(page * Self.pageSize + i, words[start + i]) { return }
      }
    }
  }

  /// The buckets that hold something as (lowest value, highest value, count), lowest first.
  public var buckets: [(lowest: Int64, highest: Int64, count: Int64)] {
    var list: [(lowest: Int64, highest: Int64, count: Int64)] = []
    forEachBucket { bucket, count in
      let lowest = Self.lowest(of: bucket)
      list.append((lowest, lowest + (Self.width(of: bucket) - 1), count))
      return true
    }
    return list
  }
}

extension LogHistogram: Hashable {
  /// Equality of what was counted, whatever the order in which it came.
  public static func == (a: LogHistogram, b: LogHistogram) -> Bool {
    if a.total != b.total || a.exactSum != b.exactSum { return false }
    if a.least != b.least || a.greatest != b.greatest { return false }
    return a.buckets.elementsEqual(b.buckets) { $0.lowest == $1.lowest && $0.count == $1.count }
  }

  /// Feeds what determines equality.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(total)
    hasher.combine(exactSum)
    forEachBucket { bucket, count in
      hasher.combine(bucket)
      hasher.combine(count)
      return true
    }
  }
}
