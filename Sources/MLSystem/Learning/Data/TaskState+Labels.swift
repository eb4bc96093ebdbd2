import Quantities

extension TaskState {
  /// Share of the labels of predictions spread evenly over [from, to] that has come through the
  /// task's sources at `time`; all in seconds.
  func arrived(from: Double, to: Double, by time: Double) -> Double {
    data.delivery.arrived(arrivals, from: from, to: to, by: time)
  }
}
