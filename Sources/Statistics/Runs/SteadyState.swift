/// Warm-up and batches: what one long run says about the steady state.
public enum SteadyState {
  /// The number of observations at the start that belong to the warm-up, by MSER-5, or nil where
  /// the series is too short or still settling: then no steady state is known.
  ///
  /// MSER-5 (White, Cobb and Spratt 2000, doi 10.1109/WSC.2000.899766) averages the series in fives
  /// and drops the stretch that makes the standard error of the mean of what is left the least. A
  /// minimum in the second half of the run is rejected, as its authors advise.
  public static func warmUp(of series: [Double]) -> Int? {
    let batches = series.count / 5
    if batches < 10 { return nil }
    let means = (0..<batches).map { batch in
      series[(batch * 5)..<(batch * 5 + 5)].reduce(0, +) / 5
    }
    // From the end backwards, so that each truncation is one step of a tally.
    var tally = Tally()
    var best = Double.infinity
    var truncation = batches
    for batch in means.indices.reversed() {
      tally.add(means[batch])
      if tally.count < 5 { continue }
      let kept = Double(tally.count)
      let score = tally.squares / (kept * kept)
      if score <= best {
        best = score
        truncation = batch
      }
    }
    return truncation * 2 <= batches ? truncation * 5 : nil
  }

  /// The mean of a correlated series in its steady state: the t interval of batch means.
  ///
  /// The level holds as far as a batch is much longer than the correlation lasts; `lagOne` of the
  /// batch means tells. Observations that do not fill a batch are left out at the start.
  public static func batchMeans(
    of series: [Double], batches: Int = 20, level: Double = 0.95
  ) -> (interval: ConfidenceInterval, lagOne: Double) {
    precondition(batches >= 2, "batch means need two batches")
    precondition(series.count >= batches, "batch means need an observation per batch")
    let size = series.count / batches
    let skip = series.count - size * batches
    let means = (0..<batches).map { batch in
      let start = skip + batch * size
      return series[start..<(start + size)].reduce(0, +) / Double(size)
    }
    return (.ofMean(means, level: level), lagOneCorrelation(of: means))
  }

  /// The correlation of neighbours in a series, or 0 where it is constant.
  public static func lagOneCorrelation(of series: [Double]) -> Double {
    let tally = Tally(series)
    if !(tally.squares > 0) { return 0 }
    let products = zip(series, series.dropFirst()).map { ($0 - tally.mean) * ($1 - tally.mean) }
    return products.reduce(0, +) / tally.squares
  }
}
