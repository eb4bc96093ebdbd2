/// What a key of the scenario language takes.
package indirect enum ValueType: Sendable {
  /// Any text.
  case text
  /// true or false.
  case flag
  /// A bare number within a range: a ratio, a factor, a score.
  case number(ClosedRange<Double>)
  /// A whole number of things, bare or with a decimal prefix: 512, "100M".
  case whole(ClosedRange<Int>)
  /// A quantity with its unit, in the base unit of its dimension.
  case quantity(Dimension, ClosedRange<Double>)
  /// A quantity that may spread from request to request.
  case spread(Dimension, ClosedRange<Double>)
  /// An amount of money: "$0.0002".
  case money
  /// An amount of money per one of the named things: "$480/month".
  case price(per: [PriceBasis])
  /// A date, or a date and time.
  case calendar
  /// One of some words.
  case choice([String])
  /// The name of something that is declared elsewhere in the scenario.
  case reference([NameKind])
  /// The name of a row of the catalogue.
  case row(RowKind)
  /// The path of a file beneath the scenario's folder or the data folder.
  case path
  /// Values in an order, with the range of their number.
  case list(ValueType, ClosedRange<Int>)
  /// Values of fixed kinds in an order, such as `["5 min", "4.8/s"]`.
  case tuple([ValueType])
  /// Named entries; the names are declared in the shared namespace if a kind is given.
  case map(NameKind?, ValueType)
  /// Named shares that add up to 100 %.
  case shares
  /// An object of the schema, by its name there.
  case object(String)
  /// One of several objects of the schema, chosen by the key `kind`; the text is what they are.
  case kinds(String, [String])
  /// The first of the alternatives whose shape fits what is written.
  case either([ValueType])
  /// A merge patch of the whole scenario.
  case patch
}

/// The dimensions of quantities, with the unit in which their values are kept.
package enum Dimension: String, Sendable, CaseIterable {
  /// Seconds.
  case duration
  /// Seconds after the start: "9d 20:00".
  case offset
  /// Requests per second.
  case rate
  /// Rows per second.
  case rowRate
  /// A ratio: "99.9 %" or 0.999.
  case share
  /// Growth as a ratio per month.
  case growth
  /// A multiple: "5x".
  case factor
  /// A difference of ratios: "+3 pp".
  case points
  /// Standard deviations: "0.5 sd".
  case deviations
  /// A number of items or rows: 50, "100M", "100M rows".
  case count
  /// A number of tokens: 220, "8k".
  case tokens
}

/// What a price is per.
package enum PriceBasis: String, Sendable, CaseIterable {
  case hour, month, call
  /// Any word for an outcome: "$0.02/click".
  case outcome
}

/// The kinds of thing that have a name in a scenario.
package enum NameKind: String, Sendable, CaseIterable {
  case stream, route, service, pool, task, model, source, objective

  /// The key of the map that declares it.
  package var map: String {
    switch self {
    case .stream: "traffic"
    case .route: "routes"
    case .service: "services"
    case .pool: "hardware"
    case .task: "tasks"
    case .model: "models"
    case .source: "data"
    case .objective: "slos"
    }
  }

  /// With its article: "a route".
  package var phrase: String {
    switch self {
    case .stream: "a stream of traffic"
    case .route: "a route"
    case .service: "a service"
    case .pool: "a pool of hardware"
    case .task: "a task"
    case .model: "a model"
    case .source: "a source of data"
    case .objective: "an objective"
    }
  }
}

/// The kinds of catalogue row that a scenario names.
package enum RowKind: String, Sendable {
  case instance, architecture
}
