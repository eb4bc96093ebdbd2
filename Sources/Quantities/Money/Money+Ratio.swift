extension Money {
  /// The amount times a whole-number fraction, rounded once to the nano-dollar, ties to even.
  ///
  /// The product is held in 256 bits, so nothing is lost before the one rounding: machine time in
  /// nanoseconds over the nanoseconds of an hour, or a cost over the length of its window.
  ///
  /// - Precondition: `denominator` is positive and the result fits.
  public func times(_ numerator: Int128, over denominator: Int128) -> Money {
    precondition(denominator > 0, "money is divided by positive numbers only")
    let product = picodollars.magnitude.multipliedFullWidth(by: numerator.magnitude)
    let divisor = denominator.magnitude.multipliedReportingOverflow(by: 1000)
    precondition(
      !divisor.overflow && product.high < divisor.partialValue,
      "the amount of money fits into 128 bits")
    var (nanodollars, rest) = divisor.partialValue.dividingFullWidth(product)
    // Compared with what is missing to the next, so that nothing is doubled and overflows.
    let missing = divisor.partialValue - rest
    if rest > missing || (rest == missing && nanodollars & 1 == 1) { nanodollars += 1 }
    let isNegative = (picodollars < 0) != (numerator < 0)
    let amount = Int128(nanodollars) * 1000
    return Money(picodollars: isNegative ? -amount : amount)
  }
}
