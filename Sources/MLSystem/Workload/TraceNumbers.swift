/// Numbers and times as they stand in traces, read from bytes.
enum TraceNumbers {
  /// What a field held.
  enum Reading: Equatable {
    case value(Int64)
    case malformed
    case negative
    case notFinite
    case tooLarge
  }

  /// A whole number; a fraction of zeros is let through, as in `12.0`.
  static func count(_ bytes: ArraySlice<UInt8>, limit: Int64) -> Reading {
    switch decimal(bytes, scale: 0) {
    case .value(let value): value > limit ? .tooLarge : .value(value)
    case let other: other
    }
  }

  /// Nanoseconds of a time: seconds, or `2023-11-16 18:15:46.6805900` with an optional zone.
  ///
  /// Civil times count from 1970; digits beyond the nanosecond are dropped.
  static func time(_ bytes: ArraySlice<UInt8>) -> Reading {
    let isCivil = bytes.count >= 10 && bytes[bytes.startIndex + 4] == UInt8(ascii: "-")
    return isCivil ? civil(bytes) : decimal(bytes, scale: 9)
  }

  /// `bytes` times 10^scale.
  private static func decimal(_ bytes: ArraySlice<UInt8>, scale: Int) -> Reading {
    var rest = bytes
    var isNegative = false
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    if isWord(rest) { return .notFinite }
    var value: Int64 = 0
    var digits = 0
    var fraction: Int?
    for byte in rest {
      if byte == UInt8(ascii: "."), fraction == nil {
        fraction = 0
        continue
      }
      if byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E"), digits > 0 {
        return scientific(bytes, scale: scale)
      }
      guard byte >= 48, byte <= 57 else { return .malformed }
      digits += 1
      if let places = fraction {
        if places == scale {
          if scale == 0 && byte != 48 { return .malformed }
          continue
        }
        fraction = places + 1
      }
      guard let next = appending(byte, to: value) else { return .tooLarge }
      value = next
    }
    if digits == 0 { return .malformed }
    for _ in (fraction ?? 0)..<scale {
      guard let next = appending(48, to: value) else { return .tooLarge }
      value = next
    }
    return isNegative && value > 0 ? .negative : .value(value)
  }

  private static func scientific(_ bytes: ArraySlice<UInt8>, scale: Int) -> Reading {
    guard let number = Double(String(decoding: bytes, as: UTF8.self)) else { return .malformed }
    let scaled = scale == 0 ? number : number * 1e9
    if !scaled.isFinite { return .tooLarge }
    if scaled < 0 { return .negative }
    if scaled >= 0x1p62 { return .tooLarge }
    let whole = scaled.rounded()
    if scale == 0 && whole != scaled { return .malformed }
    return .value(Int64(whole))
  }

  private static func appending(_ digit: UInt8, to value: Int64) -> Int64? {
    let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
    let (sum, carry) = tenfold.addingReportingOverflow(Int64(digit - 48))
    return overflow || carry ? nil : sum
  }

  /// `nan`, `inf` or `infinity` in any case.
  private static func isWord(_ bytes: ArraySlice<UInt8>) -> Bool {
    let word = String(decoding: bytes.prefix(9), as: UTF8.self).lowercased()
    return ["nan", "inf", "infinity"].contains(word)
  }

  private static func civil(_ bytes: ArraySlice<UInt8>) -> Reading {
    var place = bytes.startIndex
    func number(_ count: Int) -> Int64? {
      guard place + count <= bytes.endIndex else { return nil }
      var value: Int64 = 0
      for byte in bytes[place..<place + count] {
        guard byte >= 48, byte <= 57 else { return nil }
        value = value * 10 + Int64(byte - 48)
      }
      place += count
      return value
    }
    func skip(_ accepted: UInt8...) -> Bool {
      guard place < bytes.endIndex, accepted.contains(bytes[place]) else { return false }
      place += 1
      return true
    }
    let dash = UInt8(ascii: "-")
    let colon = UInt8(ascii: ":")
    guard let year = number(4), skip(dash), let month = number(2), skip(dash), let day = number(2),
      skip(UInt8(ascii: " "), UInt8(ascii: "T")), let hour = number(2), skip(colon),
      let minute = number(2), (1...12).contains(month), day >= 1,
      day <= length(ofMonth: month, year), hour < 24,
      minute < 60
    else { return .malformed }
    var second: Int64 = 0
    var nanoseconds: Int64 = 0
    if skip(colon) {
      guard let value = number(2), value <= 60 else { return .malformed }
      second = value
      if skip(UInt8(ascii: ".")) {
        var unit: Int64 = 100_000_000
        let first = place
        while let digit = number(1) {
          nanoseconds += digit * unit
          unit /= 10
        }
        if place == first { return .malformed }
      }
    }
    guard let zone = zone(bytes[place...]) else { return .malformed }
    if year < 1970 || year > 2200 { return .tooLarge }
    let seconds = days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - zone
    return .value(seconds * 1_000_000_000 + nanoseconds)
  }

  /// Seconds east of UTC of `Z`, `+02:00` or nothing.
  private static func zone(_ bytes: ArraySlice<UInt8>) -> Int64? {
    let text = Array(bytes)
    if text.isEmpty || text == [UInt8(ascii: "Z")] { return 0 }
    guard text.count == 6, text[0] == UInt8(ascii: "+") || text[0] == UInt8(ascii: "-"),
      text[3] == UInt8(ascii: ":")
    else { return nil }
    var digits: [Int64] = []
    for i in [1, 2, 4, 5] {
      guard text[i] >= 48, text[i] <= 57 else { return nil }
      digits.append(Int64(text[i] - 48))
    }
    let east = (digits[0] * 10 + digits[1]) * 3600 + (digits[2] * 10 + digits[3]) * 60
    return text[0] == UInt8(ascii: "-") ? -east : east
  }

  private static func length(ofMonth month: Int64, _ year: Int64) -> Int64 {
    let next = month == 12 ? days(year + 1, 1, 1) : days(year, month + 1, 1)
    return next - days(year, month, 1)
  }

  /// Days from 1970-01-01 in the Gregorian calendar: years begin in March, so that leap days end
  /// them.
  private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }
}
