extension QuantityFormatter {
  /// An amount as a reader wants it: whole dollars from $100 on, cents below, and two significant
  /// digits of what is less than a dime: "$1,402", "$61.20", "$0.00029".
  public static func money(_ amount: Money) -> String {
    let size = amount.magnitude
    if size == .zero { return "$0" }
    if size >= .dollars(100) { return money(amount, decimals: 0) }
    if size >= .cents(10) { return money(amount, decimals: 2) }
    let exponent = DecimalDigits(size.dollars).exponent
    return money(amount, decimals: min(12, 1 - exponent))
  }

  /// An amount with `decimals` decimals, 0...12, exactly rounded, ties to even: "$1,402.17".
  public static func money(_ amount: Money, decimals: Int) -> String {
    precondition((0...12).contains(decimals), "money has at most twelve decimals")
    var unit: Int128 = 1
    for _ in decimals..<12 { unit *= 10 }
    let rounded = amount.rounded(to: Money(picodollars: unit)).picodollars / unit
    var digits = String(rounded.magnitude)
    if digits.utf8.count <= decimals {
      digits = String(repeating: "0", count: decimals + 1 - digits.utf8.count) + digits
    }
    let whole = DecimalDigits.grouped(String(digits.dropLast(decimals)), negative: false)
    let sign = rounded < 0 ? "-$" : "$"
    return decimals == 0 ? sign + whole : sign + whole + "." + digits.suffix(decimals)
  }

  /// An amount exactly, with at least two decimals and no more than it takes, as
  /// `QuantityParser.money` reads it: "$2.49", "$1402.17", "$0.000125".
  public static func exact(_ amount: Money) -> String {
    grouped(amount).filter { $0 != "," }
  }

  /// An amount exactly, thousands separated: "$1,402.17".
  static func grouped(_ amount: Money) -> String {
    var text = money(amount, decimals: 12)
    while text.hasSuffix("0"), !hasTwoDecimals(text) { text.removeLast() }
    return text
  }

  private static func hasTwoDecimals(_ text: String) -> Bool {
    text.utf8.suffix(3).first == UInt8(ascii: ".")
  }

  /// A size, exactly, as `QuantityParser.bytes` reads it: "80 GB", "24 GiB", "1500 kB".
  public static func exact(_ size: ByteCount) -> String {
    let decimal = ["B", "kB", "MB", "GB", "TB", "PB"]
    let binary = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
    let step: Int64 = size.isBinary ? 1024 : 1000
    var value = size.bytes
    var power = 0
    while power < 5, value != 0, value % step == 0 {
      value /= step
      power += 1
    }
    return "\(value) \(size.isBinary ? binary[power] : decimal[power])"
  }

  /// A size with three significant digits: "13.4 GiB".
  public static func bytes(_ size: ByteCount) -> String {
    let decimal = ["B", "kB", "MB", "GB", "TB", "PB"]
    let binary = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
    let step: Double = size.isBinary ? 1024 : 1000
    var value = Double(size.bytes)
    var power = 0
    while power < 5, value.magnitude >= step {
      value /= step
      power += 1
    }
    return "\(shortest(value, significant: 3)) \(size.isBinary ? binary[power] : decimal[power])"
  }
}

extension QuantityFormatter {
  /// A share in percent, exactly, as `QuantityParser.ratio` reads it: "99.9 %".
  public static func exact(_ ratio: Ratio) -> String {
    var digits = DecimalDigits(ratio.value)
    if !digits.isZero { digits.exponent += 2 }
    let decimals = max(0, digits.digits.count - 1 - digits.exponent)
    return digits.text(decimals: decimals, grouped: false) + " %"
  }
}

extension Money: CustomStringConvertible {
  /// The amount exactly: "$1,402.17".
  public var description: String { QuantityFormatter.grouped(self) }
}

extension Duration: CustomStringConvertible {
  /// The length exactly: "250 ms".
  public var description: String { QuantityFormatter.exact(self) }
}

extension Ratio: CustomStringConvertible {
  /// The share in percent, with as many digits as it takes: "99.9 %".
  public var description: String { QuantityFormatter.exact(self) }
}

extension ByteCount: CustomStringConvertible {
  /// The size exactly: "80 GB".
  public var description: String { QuantityFormatter.exact(self) }
}

extension Rate: CustomStringConvertible {
  /// The rate per second: "5000/s".
  public var description: String { QuantityFormatter.exact(self) }
}
