import Quantities
import Randomness
import Syntax

extension Decoder {
  /// Decodes a constant or a law by which the quantity spreads from request to request.
  mutating func decodeSpread(
    _ node: SyntaxNode, _ dimension: Dimension, _ range: ClosedRange<Double>, _ place: Place,
    _ origin: Setting.Origin
  ) -> Setting {
    guard let object = node.object else {
      return decodeScalar(node, .quantity(dimension, range), place, origin)
    }
    guard object.members.count == 1, let member = object.members.first else {
      diagnostics.add(
        Diagnostic(
          .badDistribution, "a spread of `\(place.key)` names one law", at: node.range,
          help: "write { lognormal: { p50: …, p99: … } }"))
      return absent("", node.range, place, origin)
    }
    guard let form = ScenarioSchema.spreads.first(where: { $0.name == member.key }) else {
      let names = ScenarioSchema.spreads.map(\.name)
      diagnostics.add(
        Diagnostic(
          .badDistribution, "no law \(VisibleText.quoted(member.key)) of spreads",
          at: member.keyRange, help: Self.didYouMean(member.key, names),
          notes: [.init("laws: \(names.joined(separator: ", "))")]))
      return absent("", node.range, place, origin)
    }
    let before = diagnostics.errorCount
    let law = spread(member, form, dimension, range, place)
    var content = Setting.Content.absent("")
    if let law {
      if let problem = Self.problem(of: law, within: range, dimension) ?? law.problem {
        diagnostics.add(
          Diagnostic(.badDistribution, "`\(place.key)`: \(problem)", at: member.value.range))
      } else {
        content = .spread(law)
      }
    } else if diagnostics.errorCount == before {
      diagnostics.add(
        Diagnostic(
          .badDistribution, "the parameters of `\(form.name)` do not fit", at: member.value.range))
    }
    return Setting(
      content: content, range: node.range, path: place.path, origin: origin, json: node.json)
  }

  private mutating func spread(
    _ member: SyntaxMember, _ form: SpreadForm, _ dimension: Dimension,
    _ range: ClosedRange<Double>, _ place: Place
  ) -> Distribution? {
    let inner = Place(path: place.path, key: form.name, owner: place.owner)
    if form.parameters.count == 1, form.parameters[0].name == form.name {
      return table(member.value, form, dimension, range, inner)
    }
    guard let object = member.value.object else {
      wrongType(member.value, "`\(form.name)` takes its parameters, \(form.choices)")
      return nil
    }
    for parameter in object.members
    where !form.parameters.contains(where: { $0.name == parameter.key }) {
      let names = form.parameters.map(\.name)
      diagnostics.add(
        Diagnostic(
          .unknownKey, "unknown key \(VisibleText.quoted(parameter.key)) in `\(form.name)`",
          at: parameter.keyRange, help: Self.didYouMean(parameter.key, names),
          notes: [.init("keys: \(names.joined(separator: ", "))")]))
      return nil
    }
    let keys = Set(object.members.map(\.key))
    guard let set = form.sets.first(where: { Set($0) == keys }) else {
      diagnostics.add(
        Diagnostic(
          .badDistribution, "`\(form.name)` takes \(form.choices)", at: member.value.range))
      return nil
    }
    var values: [Double] = []
    for name in set {
      guard let parameter = form.parameters.first(where: { $0.name == name }),
        let node = object[name]?.value
      else { return nil }
      let type: ValueType =
        switch parameter.kind {
        case .number: parameter.name == "stages" ? .whole(1...10_000) : .number(1e-6...1e6)
        case .quantity, .pairs, .quantities: .quantity(dimension, range)
        }
      let key = Place(path: place.path, key: name, owner: place.owner)
      guard let value = decodeScalar(node, type, key, .written).number else { return nil }
      values.append(value)
    }
    return Self.law(form.name, set, values)
  }

  private static func law(_ name: String, _ set: [String], _ values: [Double]) -> Distribution? {
    switch (name, set) {
    case ("exponential", _): .exponential(mean: values[0])
    case ("lognormal", ["p50", "p90"]): .lognormal(p50: values[0], p90: values[1])
    case ("lognormal", ["p50", "p95"]): .lognormal(p50: values[0], p95: values[1])
    case ("lognormal", ["p50", "p99"]): .lognormal(p50: values[0], p99: values[1])
    case ("lognormal", _): .lognormal(mean: values[0], cv: values[1])
    case ("normal", _): .normal(mean: values[0], standardDeviation: values[1])
    case ("uniform", _): .uniform(low: values[0], high: values[1])
    case ("gamma", _): .gamma(mean: values[0], cv: values[1])
    case ("weibull", _): .weibull(mean: values[0], shape: values[1])
    case ("pareto", _): .pareto(shape: values[1], scale: values[0])
    case ("erlang", _): .erlang(stages: Int(values[1].rounded()), mean: values[0])
    case ("hyperexponential", _): .hyperexponential(mean: values[0], cv: values[1])
    case ("geometric", _): .geometric(mean: values[0])
    default: nil
    }
  }

  /// A law that is given by a list: values with weights, observed values, or quantiles.
  private mutating func table(
    _ node: SyntaxNode, _ form: SpreadForm, _ dimension: Dimension, _ range: ClosedRange<Double>,
    _ place: Place
  ) -> Distribution? {
    let quantity = ValueType.quantity(dimension, range)
    let element: ValueType =
      switch form.name {
      case "discrete": .tuple([quantity, .number(0...1e12)])
      case "quantiles": .tuple([.number(0...1), quantity])
      default: quantity
      }
    let before = diagnostics.errorCount
    let list = decode(node, .list(element, 1...10_000), place, .written)
    guard diagnostics.errorCount == before else { return nil }
    func column(_ index: Int) -> [Double] {
      list.elements.map { $0.elements.isEmpty ? .nan : $0.elements[index].number ?? .nan }
    }
    switch form.name {
    case "discrete": return .discrete(values: column(0), weights: column(1))
    case "quantiles":
      return .quantileTable(
        zip(column(0), column(1)).map { QuantilePoint(probability: $0.0, value: $0.1) })
    default: return .empirical(list.elements.map { $0.number ?? .nan })
    }
  }

  private static func problem(
    of law: Distribution, within range: ClosedRange<Double>, _ dimension: Dimension
  ) -> String? {
    switch law {
    case .normal(let mean, let deviation):
      // A draw below the least value has a chance of 6e-16, so that none is met.
      return mean - 8 * deviation < range.lowerBound
        ? "the mean must lie 8 standard deviations above \(dimension.text(range.lowerBound))" : nil
    case .hyperexponential(let probabilities, _):
      return probabilities.allSatisfy { $0 >= 0 } ? nil : "a hyperexponential has cv above 1"
    default: break
    }
    guard law.problem == nil, law.mean > range.upperBound else { return nil }
    return "the mean must be at most \(dimension.text(range.upperBound))"
  }

  /// Decodes `{ uncertain: { p10, p90 } }` for a key that takes a belief.
  mutating func decodeBelief(
    _ node: SyntaxNode, _ type: ValueType, _ place: Place, _ origin: Setting.Origin
  ) -> Setting {
    let scalar = type.believed
    var belief: Belief?
    if let object = node.object, object.members.count == 1,
      let pair = object.members[0].value.object,
      pair.members.count == 2, let low = pair["p10"], let high = pair["p90"]
    {
      let lower = bound(low.value, scalar, place)
      let upper = bound(high.value, scalar, place)
      if let lower, let upper {
        if lower.value < upper.value {
          belief = Belief(
            p10: lower.value, p90: upper.value, range: scalar.range, isMoney: lower.isMoney)
        } else {
          diagnostics.add(
            Diagnostic(.badBelief, "p10 must be below p90", at: object.members[0].value.range))
        }
      }
    } else {
      diagnostics.add(
        Diagnostic(
          .badBelief, "a belief has two percentiles", at: node.range,
          help: "write { uncertain: { p10: …, p90: … } }"))
    }
    return Setting(
      content: belief.map { .belief($0) } ?? .absent(""), range: node.range, path: place.path,
      origin: origin, json: node.json)
  }

  private mutating func bound(
    _ node: SyntaxNode, _ type: ValueType, _ place: Place
  ) -> (value: Double, isMoney: Bool)? {
    switch decodeScalar(node, type, place, .written).content {
    case .number(let value): (value, false)
    case .money(let money): (money.dollars, true)
    default: nil
    }
  }
}

extension SpreadForm {
  /// The sets of parameters in words: "p50 and p99, or mean and cv".
  fileprivate var choices: String {
    sets.map { $0.joined(separator: " and ") }.joined(separator: ", or ")
  }
}

extension ValueType {
  /// The single value that a belief about this type draws.
  fileprivate var believed: ValueType {
    if case .either(let types) = self { types.first ?? self } else { self }
  }

  /// The range that draws are held to.
  fileprivate var range: ClosedRange<Double> {
    switch self {
    case .number(let range), .quantity(_, let range): range
    default: 0...1e12
    }
  }
}
