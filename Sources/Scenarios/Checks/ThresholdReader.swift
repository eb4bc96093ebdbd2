import MLSystem
import Quantities
import Syntax

/// Reads thresholds and holds them against what a run will measure, before it is run.
struct ThresholdReader {
  /// What a threshold may name, with the kinds of metric that it has.
  struct Subject {
    var kinds: [MetricRow.Subject]
    /// Where it is declared; nil for `cost`.
    var range: SourceRange?
    /// The dimensions by which its requests are told apart, with their values.
    var dimensions: [(name: String, values: [String])] = []
  }

  /// The subjects by name, in the order of declaration.
  let subjects: [(name: String, subject: Subject)]
  let horizon: Double
  var diagnostics = Diagnostics()
  /// Whether a metric is part of a threshold, for messages.
  private var isJudging = true

  init(subjects: [(name: String, subject: Subject)], horizon: Double) {
    self.subjects = subjects
    self.horizon = horizon
  }

  /// Reads one threshold; nil where it was reported.
  mutating func read(_ setting: Setting) -> Threshold? {
    guard let text = setting.text else { return nil }
    guard let parts = ThresholdText(text) else {
      report(
        .badThreshold, "\(VisibleText.quoted(text)) is no threshold", setting, nil,
        help: "write \"ctr.latency.p99 < 150 ms\"")
      return nil
    }
    guard let found = metric(parts.metric, setting),
      let limit = limit(parts.value, found.row, setting)
    else { return nil }
    var threshold = Threshold(
      text: text, metric: found.name, statistic: found.statistic, comparison: parts.comparison,
      limit: limit, range: setting.range)
    if let window = parts.window {
      guard let length = duration(window, setting, least: 1e-3) else { return nil }
      guard found.row.takesWindow, found.name.selector == nil else {
        report(
          .notSimulated, "\(VisibleText.quoted(found.name.description)) is not kept by window",
          setting, window.offsets,
          notes: [
            .init("kept by window: latency, availability, shed, failed, timeouts, ttft, tpot")
          ])
        return nil
      }
      guard length <= horizon else {
        report(.afterHorizon, "the window is longer than the horizon", setting, window.offsets)
        return nil
      }
      guard horizon / length <= 100_000 else {
        report(.outOfRange, "more than 100,000 windows", setting, window.offsets)
        return nil
      }
      threshold.window = .seconds(length)
    }
    if let after = parts.after {
      guard parts.window != nil else {
        report(
          .badThreshold, "`after` goes with `in every`", setting, after.offsets,
          help: "add `in every 1h` before it, or set `warmUp`")
        return nil
      }
      guard let instant = duration(after, setting, least: 0) else { return nil }
      guard instant < horizon else {
        report(.afterHorizon, "the horizon ends before this", setting, after.offsets)
        return nil
      }
      threshold.after = Instant(nanoseconds: Duration.seconds(instant).nanoseconds)
    }
    if let piece = parts.share {
      guard let ratio = share(piece, setting) else { return nil }
      threshold.shareOfRuns = ratio
    }
    return threshold
  }

  /// Reads a metric that stands alone; nil where it was reported.
  mutating func choice(_ setting: Setting) -> MetricChoice? {
    guard let text = setting.text else { return nil }
    isJudging = false
    let piece = ThresholdText.Piece(text: text, offsets: 0..<text.utf8.count)
    guard let found = metric(piece, setting) else { return nil }
    let suffix = found.statistic.description
    let name = suffix.isEmpty ? found.name.description : "\(found.name).\(suffix)"
    return MetricChoice(
      name: name, metric: found.name, statistic: found.statistic, unit: found.row.unit)
  }

  private typealias Found = (name: MetricName, statistic: Statistic, row: MetricRow)

  /// Reads `NAME[SELECTOR].METRIC.STATISTIC`.
  private mutating func metric(_ piece: ThresholdText.Piece, _ setting: Setting) -> Found? {
    let text = piece.text
    let end = text.utf8.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") }
    let name = String(text[..<(end ?? text.endIndex)])
    let names = subjects.map(\.name)
    guard let subject = subjects.first(where: { $0.name == name })?.subject else {
      report(
        .unknownMetric, "nothing is called \(VisibleText.quoted(name))", setting,
        within(piece, 0..<name.utf8.count), help: Decoder.didYouMean(name, names))
      return nil
    }
    var rest = end.map { text[$0...] } ?? ""
    var selector: MetricName.Selector?
    if rest.hasPrefix("[") {
      guard let close = rest.utf8.firstIndex(of: UInt8(ascii: "]")) else {
        report(.badSelector, "the selector is never closed", setting, piece.offsets)
        return nil
      }
      let inner = String(rest[rest.index(after: rest.startIndex)..<close])
      guard let read = self.selector(inner, subject, piece, setting) else { return nil }
      selector = read
      rest = rest[rest.index(after: close)...]
    }
    // One monitor has figures of its own, and none of the model's.
    let kinds = selector?.dimension == "monitor" ? [.monitor] : subject.kinds
    let rows = MetricTable.rows(of: kinds)
    let tail = rest.hasPrefix(".") ? String(rest.dropFirst()) : ""
    let row = rows.filter { tail == $0.name || tail.hasPrefix($0.name + ".") }
      .max { $0.name.utf8.count < $1.name.utf8.count }
    guard let row else {
      unknown(tail, name, subject, rows, piece, setting)
      return nil
    }
    if let selector, selector.dimension != "monitor", !row.takesSelector {
      report(
        .badSelector,
        "`\(row.name)` of \(VisibleText.quoted(name)) is not kept by tenant or segment",
        setting, piece.offsets)
      return nil
    }
    let last = tail == row.name ? "" : String(tail.dropFirst(row.name.utf8.count + 1))
    guard let statistic = statistic(last, row, name, piece, setting) else { return nil }
    return (MetricName(name, row.name, selector: selector), statistic, row)
  }

  private mutating func unknown(
    _ tail: String, _ name: String, _ subject: Subject, _ rows: [MetricRow],
    _ piece: ThresholdText.Piece, _ setting: Setting
  ) {
    let first = tail.split(separator: ".").first.map(String.init) ?? ""
    let suggestion = EditDistance.suggestion(for: first, among: rows.map(\.name))
      .map { meant in
        let rest = tail.dropFirst(first.utf8.count)
        return "did you mean `\(name).\(meant)\(VisibleText.escaped(String(rest)))`?"
      }
    var notes = [Diagnostic.Note("metrics: \(rows.map(\.name).joined(separator: ", "))")]
    if let range = subject.range {
      notes.append(.init("\(VisibleText.quoted(name)) is declared", at: range))
    }
    report(
      .unknownMetric,
      "no metric \(VisibleText.quoted(piece.text))"
        + (isJudging ? ", so this threshold could never be judged" : ""),
      setting, piece.offsets, help: suggestion,
      notes: suggestion == nil ? notes : Array(notes.dropFirst()))
  }

  private mutating func statistic(
    _ text: String, _ row: MetricRow, _ name: String, _ piece: ThresholdText.Piece,
    _ setting: Setting
  ) -> Statistic? {
    guard row.isDistribution else {
      if text.isEmpty { return .value }
      report(
        .unknownMetric, "`\(name).\(row.name)` is a single figure without statistics", setting,
        piece.offsets, help: "write `\(name).\(row.name)`")
      return nil
    }
    switch text {
    case "mean": return .mean
    case "max": return .maximum
    default:
      if text.hasPrefix("p"), let percent = Double(text.dropFirst()), percent > 0, percent < 100,
        text.utf8.count <= 12,
        text.utf8.dropFirst().allSatisfy({ $0 == 0x2E || (0x30...0x39).contains($0) })
      {
        return .quantile((percent * 1e6).rounded() / 1e8)
      }
      report(
        .unknownMetric,
        text.isEmpty
          ? "`\(name).\(row.name)` is a distribution: which statistic of it?"
          : "no statistic \(VisibleText.quoted(text))",
        setting, piece.offsets, help: "write `\(name).\(row.name).p99`",
        notes: [.init("statistics: mean, max, p50, p99.9 and every other percentile")])
      return nil
    }
  }

  private mutating func selector(
    _ text: String, _ subject: Subject, _ piece: ThresholdText.Piece, _ setting: Setting
  ) -> MetricName.Selector? {
    let parts = text.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2 else {
      report(
        .badSelector, "a selector is [tenant=NAME], [segment=NAME] or [monitor=NAME]", setting,
        piece.offsets)
      return nil
    }
    let dimension = subject.dimensions.first { $0.name == parts[0] }
    guard let dimension, dimension.values.contains(parts[1]) else {
      let known = subject.dimensions.flatMap { row in row.values.map { "\(row.name)=\($0)" } }
      report(
        .badSelector, "no requests are \(VisibleText.quoted(text)) here", setting, piece.offsets,
        help: Decoder.didYouMean(text, known),
        notes: known.isEmpty ? [] : [.init("selectors: \(known.joined(separator: ", "))")])
      return nil
    }
    return MetricName.Selector(dimension: parts[0], value: parts[1])
  }
}

extension ThresholdReader {
  /// Reads the limit in the unit of the metric.
  private mutating func limit(
    _ piece: ThresholdText.Piece, _ row: MetricRow, _ setting: Setting
  ) -> Double? {
    do throws(QuantityError) {
      switch row.unit {
      case .seconds: return Dimension.seconds(try QuantityParser.duration(piece.text))
      case .perSecond:
        return try QuantityParser.rate(piece.text, of: ["requests", "calls"]).perSecond
      case .tokensPerSecond:
        return try QuantityParser.rate(piece.text, of: ["tokens"]).perSecond
      case .share: return try QuantityParser.ratio(piece.text).value
      case .count: return try QuantityParser.count(piece.text)
      case .dollars: return try QuantityParser.money(piece.text).dollars
      case .hours: return try QuantityParser.duration(piece.text).hours
      case .score:
        guard let number = Double(piece.text), number.isFinite else {
          throw QuantityError(.malformed, at: 0..<piece.text.utf8.count, "takes a number")
        }
        return number
      }
    } catch {
      fail(error, piece, setting)
      return nil
    }
  }

  private mutating func duration(
    _ piece: ThresholdText.Piece, _ setting: Setting, least: Double
  ) -> Double? {
    do throws(QuantityError) {
      let value = Dimension.seconds(try QuantityParser.offset(piece.text))
      if value >= least { return value }
      report(.outOfRange, "must be at least 1 ms", setting, piece.offsets)
    } catch {
      fail(error, piece, setting)
    }
    return nil
  }

  private mutating func share(_ piece: ThresholdText.Piece, _ setting: Setting) -> Double? {
    do throws(QuantityError) {
      let value = try QuantityParser.percent(piece.text)
      if value > 0, value <= 1 { return value }
      report(.outOfRange, "a share of the runs lies between 0 and 100 %", setting, piece.offsets)
    } catch {
      fail(error, piece, setting)
    }
    return nil
  }

  private mutating func fail(
    _ error: QuantityError, _ piece: ThresholdText.Piece, _ setting: Setting
  ) {
    let code: DiagnosticCode =
      switch error.kind {
      case .missingUnit: .missingUnit
      case .wrongDimension: .wrongDimension
      case .ambiguous: .ambiguousChange
      case .outOfRange: .outOfRange
      case .malformed, .unknownUnit: .badThreshold
      }
    report(
      code, "\(VisibleText.quoted(piece.text)): \(VisibleText.escaped(error.reason))", setting,
      piece.offsets, help: error.suggestion.map(VisibleText.escaped))
  }

  private func within(_ piece: ThresholdText.Piece, _ offsets: Range<Int>) -> Range<Int> {
    let start = piece.offsets.lowerBound
    return (start + offsets.lowerBound)..<(start + offsets.upperBound)
  }

  private mutating func report(
    _ code: DiagnosticCode, _ message: String, _ setting: Setting, _ offsets: Range<Int>?,
    help: String? = nil, notes: [Diagnostic.Note] = []
  ) {
    let node = SyntaxNode(.string(setting.text ?? ""), at: setting.range)
    diagnostics.add(
      Diagnostic(
        code, message, at: offsets.map { node.rangeInString($0) } ?? setting.range, help: help,
        notes: notes))
  }
}
