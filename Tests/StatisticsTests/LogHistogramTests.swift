import Randomness
import Statistics
import Testing

@Suite("Histograms")
struct LogHistogramTests {
  @Test("Quantiles since an earlier look are those of what came after it")
  func sinceAnEarlierLook() {
    var histogram = LogHistogram()
    for value in 1...100 { histogram.add(Int64(value)) }
    let earlier = histogram
    #expect(histogram.quantile(0.5, since: earlier) == nil)
    for value in 151...200 { histogram.add(Int64(value)) }
    #expect(histogram.quantile(0.5, since: earlier) == 175)
    #expect(histogram.quantile(0.02, since: earlier) == 151)
    #expect(histogram.quantile(1, since: earlier) == 200)
    // In an octave that the earlier look never touched.
    histogram.add(1_000_000)
    let top = histogram.quantile(1, since: earlier) ?? 0
    #expect(abs(top / 1_000_000 - 1) <= LogHistogram.relativeError)
    #expect(histogram.quantile(0.5, since: LogHistogram()) == histogram.quantile(0.5))
  }

  @Test("Values up to 255 are kept exactly")
  func smallValues() {
    var histogram = LogHistogram()
    for value in (0..<256).reversed() { histogram.add(Int64(value)) }
    #expect(histogram.count == 256)
    #expect(histogram.sum == 32640)
    #expect(histogram.minimum == 0)
    #expect(histogram.maximum == 255)
    for rank in 1...256 {
      #expect(histogram.quantile(Double(rank) / 256) == Double(rank - 1))
    }
    #expect(histogram.quantile(0) == 0)
    #expect(histogram.fractionBelow(99) == 100.0 / 256)
    #expect(histogram.fractionAbove(99) == 156.0 / 256)
  }

  @Test("Any value is known to the stated error")
  func relativeError() {
    var source = RandomStream(seed: 3)
    var values: [Int64] = [0, 1, 255, 256, 257, .max, .max - 1]
    for bit in 8..<63 {
      let power: Int64 = 1 << Int64(bit)
      values += [power - 1, power, power + 1, power + Int64(source.next() % UInt64(power))]
    }
    for value in values {
      var histogram = LogHistogram()
      histogram.add(0)
      histogram.add(value, weight: 2)
      histogram.add(.max)
      let found = histogram.quantile(0.5) ?? -1
      #expect(abs(found - Double(value)) <= Double(value) * LogHistogram.relativeError)
    }
  }

  @Test("Quantiles of a large sample agree with the sorted values")
  func quantiles() {
    var source = RandomStream(seed: 5)
    var histogram = LogHistogram()
    var values: [Int64] = []
    for _ in 0..<20_000 {
      let value = Int64(PortableMath.exp(Ziggurat.normal(&source) * 2 + 15))
      histogram.add(value)
      values.append(value)
    }
    values.sort()
    #expect(histogram.sum == values.reduce(0) { $0 + Int128($1) })
    for share in [0.001, 0.01, 0.25, 0.5, 0.9, 0.99, 0.999, 1] {
      let exact = Double(values[Int((share * 20_000).rounded(.up)) - 1])
      let found = histogram.quantile(share) ?? 0
      #expect(abs(found - exact) <= exact * LogHistogram.relativeError, "share \(share)")
    }
    for limit in [values[0] - 1, values[0], values[5000], values[19_999]] {
      let exact = Double(values.count { $0 <= limit }) / 20_000
      #expect(abs(histogram.fractionBelow(limit) - exact) < 0.002)
      #expect(histogram.fractionAbove(limit) == 1 - histogram.fractionBelow(limit))
    }
  }

  @Test("A ramp equals its values one by one")
  func ramps() {
    var source = RandomStream(seed: 7)
    for trial in 0..<300 {
      let first = Int64(source.next() % (1 << (source.next() % 40)))
      let step = trial % 10 == 0 ? 0 : Int64(source.next() % (1 << (source.next() % 12)))
      let count = Int64(source.next() % 200)
      let weight = Int64(source.next() % 4)
      var ramp = LogHistogram()
      var single = LogHistogram()
      ramp.addRamp(first: first, step: step, count: count, weight: weight)
      for i in 0..<count { single.add(first + i * step, weight: weight) }
      #expect(ramp == single, "trial \(trial): \(first) \(step) \(count) \(weight)")
    }
  }

  @Test("Histograms of parts merge into that of the whole, in any order")
  func merge() {
    var source = RandomStream(seed: 9)
    var parts = (0..<4).map { _ in LogHistogram() }
    var whole = LogHistogram()
    for i in 0..<4000 {
      let value = Int64(source.next() >> (source.next() % 50 + 1))
      parts[i % 4].add(value)
      whole.add(value)
    }
    var forward = LogHistogram()
    var backward = LogHistogram()
    for part in parts { forward.merge(part) }
    for part in parts.reversed() { backward.merge(part) }
    #expect(forward == whole)
    #expect(backward == whole)
    #expect(backward.hashValue == whole.hashValue)
    #expect(backward.text == whole.text)
    forward.add(1)
    #expect(forward != whole)
  }

  @Test("The text is what the format says, and reads back")
  func text() throws {
    var histogram = LogHistogram()
    #expect(histogram.text == "log128")
    #expect(try LogHistogram(text: "log128") == histogram)
    histogram.add(5, weight: 2)
    histogram.add(7)
    // 300 has one bit too many: bucket 128 + 150.
    histogram.add(300)
    #expect(histogram.text == "log128 5 300 317 6*2,2,271")
    var source = RandomStream(seed: 13)
    for _ in 0..<1000 { histogram.add(Int64(source.next() >> (source.next() % 62 + 1))) }
    #expect(try LogHistogram(text: histogram.text) == histogram)
  }

  @Test(
    "Damaged text is an error",
    arguments: [
      ("", HistogramTextError.header), ("log64 1 1 1 2", .header), ("log128 1 1 1", .header),
      ("log128 1 1 x 2", .header), ("log128 -1 1 1 2", .header), ("log128 1 1 1 2 ", .header),
      ("log128 1 1 1 ", .entry(0)), ("log128 1 1 1 0", .entry(0)), ("log128 1 1 1 2*0", .entry(0)),
      ("log128 1 1 1 2*-1", .entry(0)), ("log128 1 1 1 2*1*1", .entry(0)),
      ("log128 1 1 1 2,", .entry(1)), ("log128 1 1 1 2,99999", .entry(1)),
      ("log128 1 1 1 2*9223372036854775807,1*9223372036854775807", .entry(1)),
      ("log128 1 1 1 9223372036854775807", .entry(0)),
      ("log128 0 1 1 2", .inconsistent), ("log128 1 2 1 2", .inconsistent),
      ("log128 1 1 2 2", .inconsistent), ("log128 2 1 1 2", .inconsistent),
    ])
  func damage(text: String, error: HistogramTextError) {
    #expect(throws: error) { try LogHistogram(text: text) }
  }

  @Test("Memory is taken for the octaves touched only")
  func memory() {
    var histogram = LogHistogram()
    let empty = histogram.byteCount
    histogram.add(1_000_000)
    for _ in 0..<1000 { histogram.add(1_000_001) }
    #expect(histogram.byteCount == empty + 1024)
  }

  @Test("A negative value ends the process")
  func negative() async {
    await #expect(processExitsWith: .failure) {
      var histogram = LogHistogram()
      histogram.add(-1)
    }
  }
}
