import Experiments
import Quantities
import Syntax

/// What arms are judged by.
extension Tool {
  /// Options that say what is compared and by what it is judged, and not how it is computed.
  private static let telling = [
    "--variant", "--baseline", "--metrics", "--crossover", "--simplest", "--ignore-below",
  ]

  /// The words of the command line without which a comparison would be another.
  static func words(_ arguments: Arguments) -> [String] {
    arguments.operands
      + telling.flatMap { name in arguments.values(name).flatMap { [name, $0] } }
  }

  /// The parts of a list with commas, without spaces at their ends.
  static func pieces(of list: String) -> [String] {
    list.split(separator: ",", omittingEmptySubsequences: false).map { piece in
      let start = piece.drop { $0 == " " }
      return String(start.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// `95%` or `95%,60%`.
  func wish(_ arguments: Arguments) throws -> SimplestChoice.Wish {
    guard let text = arguments.value("--simplest") else { return .init() }
    let pieces = Self.pieces(of: text)
    let shares = pieces.compactMap { piece -> Double? in
      guard let share = try? QuantityParser.percent(piece), share > 0 else { return nil }
      return share
    }
    guard shares.count == pieces.count, (1...2).contains(shares.count), shares[0] <= 1 else {
      throw CommandFailure(
        .usage,
        "error: --simplest takes GAIN or GAIN,COST, not \(VisibleText.quoted(text))\n"
          + "help: such as 95% or 95%,60%")
    }
    return .init(gain: shares[0], cost: shares.count > 1 ? shares[1] : nil)
  }

  /// The margins of `--ignore-below`; each size says by its unit what it is for.
  func margins(_ arguments: Arguments) throws -> EquivalenceMargins {
    var margins = EquivalenceMargins()
    guard let text = arguments.value("--ignore-below") else { return margins }
    for piece in Self.pieces(of: text) {
      if let share = try? QuantityParser.percent(piece), share >= 0 {
        margins.amounts = .relative(share)
        margins.times = .relative(share)
      } else if let points = try? QuantityParser.points(piece), points >= 0 {
        margins.shares = .absolute(points)
      } else if let score = Double(piece), score.isFinite, score >= 0 {
        margins.scores = .absolute(score)
      } else {
        throw CommandFailure(
          .usage,
          "error: --ignore-below takes sizes, not \(VisibleText.quoted(piece))\n"
            + "help: such as 1% of money, times and counts, 0.01pp of shares, 0.001 of scores")
      }
    }
    return margins
  }
}
