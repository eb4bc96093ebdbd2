import Quantities

/// A bill or a table of metrics of a past period, as people have them.
package struct ObservedTable: Sendable, Hashable {
  /// What was paid for one thing in one month; charges of the same line are added.
  package struct Charge: Sendable, Hashable {
    /// `2026-08`.
    package var month: String
    /// As the bill calls it: a path of the cost tree, a pool, a service.
    package var line: String
    package var amount: Money
  }

  /// A metric that was measured over the period, or within it.
  package struct Reading: Sendable, Hashable {
    package var metric: String
    /// The mean of the values of its rows.
    package var value: Double
    package var rows: Int
  }

  package var charges: [Charge] = []
  package var readings: [Reading] = []

  /// Nothing.
  package init() {}

  /// Adds what another table has.
  package mutating func add(_ other: ObservedTable) {
    for charge in other.charges { add(charge) }
    for reading in other.readings {
      for _ in 0..<reading.rows { add(reading.metric, reading.value) }
    }
  }

  private mutating func add(_ charge: Charge) {
    if let place = charges.firstIndex(where: {
      $0.month == charge.month && $0.line == charge.line
    }) {
      charges[place].amount += charge.amount
    } else {
      charges.append(charge)
    }
  }

  private mutating func add(_ metric: String, _ value: Double) {
    if let place = readings.firstIndex(where: { $0.metric == metric }) {
      let rows = Double(readings[place].rows)
      readings[place].value = (readings[place].value * rows + value) / (rows + 1)
      readings[place].rows += 1
    } else {
      readings.append(Reading(metric: metric, value: value, rows: 1))
    }
  }

  /// Columns that tell what a table is.
  private static let telling = ["month,line,amount", "month,metric,value", "EffectiveCost"]
  /// What a bill or a month's metric may be at most, in dollars and in any unit.
  private static let most = 1e15

  /// Reads a CSV text: `month,line,amount`, `month|time,metric,value`, or the cost and usage columns
  /// of FOCUS (version 1.2: EffectiveCost, ChargePeriodStart, ResourceId, ServiceName,
  /// BillingCurrency).
  ///
  /// - Parameters:
  ///   - months: the months that are simulated; another one is a mistake.
  ///   - metrics: the metrics that are simulated; another one is a mistake; nil where they are not
  ///     known yet.
  /// - Throws: the first mistake, with its place.
  package init(
    _ bytes: [UInt8], months: [String], metrics: [String]?
  ) throws(DelimitedTextError) {
    var reader = DelimitedTextReader()
    reader.append(bytes)
    reader.finish()
    let header = try DelimitedTextHeader(reading: &reader)
    let columns = Columns(header)
    switch columns {
    case .focus(let columns): try read(&reader, header, focus: columns, months)
    case .bill(let month, let line, let amount):
      while try reader.advance() {
        try reader.expectFieldCount(header.names.count)
        add(
          Charge(
            month: try Self.month(reader, month, header, months),
            line: try reader.requiredText(line, column: header.names[line]),
            amount: try Self.money(reader, amount, header)))
      }
    case .metrics(let time, let metric, let value):
      while try reader.advance() {
        try reader.expectFieldCount(header.names.count)
        _ = try Self.month(reader, time, header, months)
        let name = try reader.requiredText(metric, column: header.names[metric])
        guard metrics?.contains(name) ?? true else {
          throw reader.error(
            metric,
            .malformed(
              column: header.names[metric], text: name, expected: "a metric of the scenario"))
        }
        add(name, try Self.number(reader, value, header))
      }
    case nil:
      throw DelimitedTextError(
        line: 1, column: 1, reason: .unknownTable(tellingColumns: Self.telling))
    }
    guard !charges.isEmpty || !readings.isEmpty else {
      throw DelimitedTextError(line: 2, column: 1, reason: .emptyText)
    }
  }

  private mutating func read(
    _ reader: inout DelimitedTextReader, _ header: DelimitedTextHeader, focus: FocusColumns,
    _ months: [String]
  ) throws(DelimitedTextError) {
    while try reader.advance() {
      try reader.expectFieldCount(header.names.count)
      if let place = focus.currency {
        let currency = try reader.text(place)
        guard currency == "USD" else {
          throw reader.error(
            place,
            .malformed(column: header.names[place], text: currency, expected: "USD"))
        }
      }
      var line = ""
      for place in [focus.resource, focus.service] where line.isEmpty {
        if let place { line = try reader.text(place) }
      }
      add(
        Charge(
          month: try Self.month(reader, focus.start, header, months),
          line: line.isEmpty ? "(no resource)" : line,
          amount: try Self.money(reader, focus.amount, header)))
    }
  }

  private static func number(
    _ reader: DelimitedTextReader, _ place: Int, _ header: DelimitedTextHeader
  ) throws(DelimitedTextError) -> Double {
    let name = header.names[place]
    let text = try reader.requiredText(place, column: name)
    guard let value = Double(text) else {
      throw reader.error(place, .notANumber(column: name, text: text))
    }
    guard value.isFinite else { throw reader.error(place, .notFinite(column: name, text: text)) }
    guard value.magnitude <= most else {
      throw reader.error(
        place, .outOfRange(column: name, text: text, range: "-1e15 to 1e15"))
    }
    return value
  }

  private static func money(
    _ reader: DelimitedTextReader, _ place: Int, _ header: DelimitedTextHeader
  ) throws(DelimitedTextError) -> Money {
    let value = try number(reader, place, header)
    let exact = Money.dollars(try reader.text(place))
    return exact ?? Money(dollars: value) ?? .zero
  }

  /// The month of a date such as `2026-08`, `2026-08-03` or `2026-08-01T00:00:00Z`.
  private static func month(
    _ reader: DelimitedTextReader, _ place: Int, _ header: DelimitedTextHeader,
    _ months: [String]
  ) throws(DelimitedTextError) -> String {
    let name = header.names[place]
    let text = try reader.requiredText(place, column: name)
    let month = String(text.prefix(7))
    let isDate = text.count == 7 ? CalendarInstant(text + "-01") : CalendarInstant(text)
    guard isDate != nil, month.utf8.count == 7 else {
      throw reader.error(
        place, .malformed(column: name, text: text, expected: "a month such as 2026-08"))
    }
    guard months.contains(month) else {
      let span = months.count == 1 ? months[0] : "\(months.first ?? "") to \(months.last ?? "")"
      throw reader.error(
        place, .outOfRange(column: name, text: text, range: "the months of the run, \(span)"))
    }
    return month
  }

  private struct FocusColumns {
    var amount: Int
    var start: Int
    var resource: Int?
    var service: Int?
    var currency: Int?
  }

  private enum Columns {
    case focus(FocusColumns)
    case bill(month: Int, line: Int, amount: Int)
    case metrics(time: Int, metric: Int, value: Int)

    init?(_ header: DelimitedTextHeader) {
      if let amount = header.index(of: "EffectiveCost") ?? header.index(of: "BilledCost"),
        let start = header.index(of: "ChargePeriodStart")
      {
        self = .focus(
          FocusColumns(
            amount: amount, start: start, resource: header.index(of: "ResourceId"),
            service: header.index(of: "ServiceName"),
            currency: header.index(of: "BillingCurrency")))
        return
      }
      let time = header.index(of: "month") ?? header.index(of: "time")
      if let time, let line = header.index(of: "line"), let amount = header.index(of: "amount") {
        self = .bill(month: time, line: line, amount: amount)
      } else if let time, let metric = header.index(of: "metric"),
        let value = header.index(of: "value")
      {
        self = .metrics(time: time, metric: metric, value: value)
      } else {
        return nil
      }
    }
  }
}
