import Synchronization

/// A value that is made once; threads that ask meanwhile wait for it.
final class Once<Value: Sendable>: Sendable {
  private let state = Mutex<Value?>(nil)

  /// The value, made by `make` unless it is there or on its way.
  func value(_ make: () throws -> Value) throws -> Value {
    try state.withLock { value in
      if let value { return value }
      let new = try make()
      value = new
      return new
    }
  }

  /// The value, made by `make` unless it is there; who would have to wait helps first.
  func value(
    _ make: () throws -> Value, whileWaiting help: () throws -> Void
  ) throws -> Value {
    try fillIfFree(make)
    if state.withLockIfAvailable({ $0 != nil }) != true { try help() }
    return try value(make)
  }

  /// Makes the value unless it is there or on its way.
  func fillIfFree(_ make: () throws -> Value) throws {
    // The closure gives nothing back, so that "busy" is all that nil can mean.
    try state.withLockIfAvailable { value in
      if value == nil { value = try make() }
    }
  }
}
