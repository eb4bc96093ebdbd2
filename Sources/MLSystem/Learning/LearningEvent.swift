/// What happens inside the learning plane; ties at one instant go in this order.
enum LearningEvent: BitwiseCopyable, Sendable {
  case tick(task: UInt16)
  case drift(task: UInt16, index: UInt16)
  case data(DataEvent)
  case warmUpEnds
  case trained(model: UInt16)
  case analysis(model: UInt16, generation: UInt32)
  case trigger(model: UInt16, index: UInt16)
  case check(model: UInt16, monitor: UInt16)
  /// A human who was called acts.
  case response(model: UInt16)
  /// A diagnosis or a remedy is done.
  case diagnosis(model: UInt16)
  case challenge(model: UInt16)
  case review(model: UInt16)
  case change(model: UInt16, index: UInt16)

  var priority: UInt8 {
    switch self {
    case .tick: 0
    case .drift, .data: 1
    case .warmUpEnds: 2
    case .trained: 3
    case .analysis: 4
    case .trigger: 5
    case .check: 6
    case .response: 7
    case .diagnosis: 8
    case .challenge: 9
    case .review: 10
    case .change: 11
    }
  }
}
