/// What is wrong with the text of a histogram.
public enum HistogramTextError: Error, Hashable, Sendable {
  /// The text does not begin with the name of the encoding, minimum, maximum and sum.
  case header
  /// The entry of this number, from 0, is not of the form `gap` or `gap*count`.
  case entry(Int)
  /// Minimum, maximum, sum or total do not fit the buckets.
  case inconsistent
}

extension LogHistogram {
  /// The histogram as one line of text, for the results file: equal histograms give equal text.
  ///
  /// It is `log128 MIN MAX SUM ENTRIES`, or `log128` for nothing. Each of the entries, separated by
  /// commas, is one bucket that holds something, from the lowest: the distance of its number from
  /// that of the one before (from -1 for the first), and `*` and its count unless that is 1.
  public var text: String {
    if total == 0 { return "log128" }
    var text = "log128 \(least) \(greatest) \(exactSum) "
    var before = -1
    forEachBucket { bucket, count in
      if before >= 0 { text += "," }
      text += "\(bucket - before)"
      if count != 1 { text += "*\(count)" }
      before = bucket
      return true
    }
    return text
  }

  /// Reads what `text` wrote and checks that it can be the text of a histogram.
  ///
  /// Text comes from a file, so every fault is an error: `HistogramTextError`.
  public init(text: String) throws(HistogramTextError) {
    self.init()
    if text == "log128" { return }
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0] == "log128" else { throw .header }
    guard let least = Int64(parts[1]), let greatest = Int64(parts[2]), least >= 0,
      let sum = Int128(parts[3])
    else { throw .header }
    var bucket = -1
    var lowSum: Int128 = 0
    var highSum: Int128 = 0
    for (i, entry) in parts[4].split(separator: ",", omittingEmptySubsequences: false).enumerated()
    {
      let pair = entry.split(separator: "*", omittingEmptySubsequences: false)
      guard pair.count == 1 || pair.count == 2, let gap = Int(pair[0]),
        let count = pair.count == 2 ? Int64(pair[1]) : 1, count > 0,
        gap > 0, gap < Self.pages * Self.pageSize - bucket,
        !total.addingReportingOverflow(count).overflow
      else { throw .entry(i) }
      bucket += gap
      if i == 0, Self.bucket(of: least) != bucket { throw .inconsistent }
      addToBucket(bucket, count)
      total += count
      lowSum += Int128(Self.lowest(of: bucket)) * Int128(count)
      highSum += Int128(Self.lowest(of: bucket) + (Self.width(of: bucket) - 1)) * Int128(count)
    }
    guard greatest >= least, Self.bucket(of: greatest) == bucket, sum >= lowSum, sum <= highSum
    else { throw .inconsistent }
    self.least = least
    self.greatest = greatest
    exactSum = sum
  }
}
