import Experiments
import Syntax
import Testing

@Suite struct SettingAxisTests {
  @Test(arguments: [
    ("a.b=2,4,8", ["2", "4", "8"]),
    ("a=2..5", ["2", "3", "4", "5"]),
    ("a=2..12:4", ["2", "6", "10"]),
    ("a=1..64:x4", ["1", "4", "16", "64"]),
    ("a=0..1:lin5", ["0", "0.25", "0.5", "0.75", "1"]),
    ("a=0.1..10:log3", ["0.1", "1", "10"]),
    ("a=1..100:log3", ["1", "10", "100"]),
    ("a=100/s..300/s:100/s", ["100/s", "200/s", "300/s"]),
    ("a=100..2k/s:950", ["100/s", "1050/s", "2000/s"]),
    ("a=$1k..$3k/month:$1k/month", ["$1000/month", "$2000/month", "$3000/month"]),
    ("a=-2..2:2", ["-2", "0", "2"]),
    ("a=0.1..0.3:0.1", ["0.1", "0.2", "0.3"]),
    ("a=1,2,4..6", ["1", "2", "4", "5", "6"]),
    ("a=h100,l40s", ["h100", "l40s"]),
    ("a=[1,2],[3,4]", ["[1,2]", "[3,4]"]),
    ("a='x,y',z", ["'x,y'", "z"]),
    ("a={p: 1, q: [2]},null", ["{p: 1, q: [2]}", "null"]),
    ("a=2026-01-01,2027-01-01", ["2026-01-01", "2027-01-01"]),
    ("a=b=c", ["b=c"]),
    ("a=5ms..20ms:5ms", ["5ms", "10ms", "15ms", "20ms"]),
    ("a=40 %..60 %:10 %", ["40 %", "50 %", "60 %"]),
    ("a=x, y", ["x", "y"]),
  ])
  func valuesAreRead(_ text: String, _ values: [String]) throws {
    #expect(try SettingAxis.read(text).levels == .values(values))
  }

  @Test func rangesWithoutStepsAreContinuous() throws {
    let axis = try SettingAxis.read("time=0.5 ms..2 ms")
    #expect(axis.value(at: 0) == "0.5 ms")
    #expect(axis.value(at: 0.5) == "1.25 ms")
    #expect(try SettingAxis.read("rate=1..100/s:log").value(at: 0.5) == "10/s")
    #expect(axis.text == "time=0.5 ms..2 ms")
  }

  @Test func inputsGoFromEndToEnd() throws {
    let whole = try SettingAxis.readRange("a=2..12", option: "--input")
    #expect(whole.value(at: 0.25) == "4.5")
    #expect(whole.text == "a=2..12")
    let factors = try SettingAxis.readRange("a=1..100/s:log", option: "--input")
    #expect(factors.value(at: 0.5) == "10/s")
    #expect(factors.text == "a=1/s..100/s:log")
  }

  @Test(arguments: ["a=2,3", "a=2", "a=2..12:2", "a=0..12:log", "a=1..2,4..5", "a"])
  func otherInputsAreRefused(_ text: String) {
    #expect(throws: DiagnosticsError.self) {
      try SettingAxis.readRange(text, option: "--input")
    }
  }

  @Test func combinationsAreCountedAndNumbered() throws {
    let axes = [try SettingAxis.read("a=1..2"), try SettingAxis.read("b=x,y,z")]
    #expect(axes.combinationCount(upTo: 100) == 6)
    #expect(axes.combinationCount(upTo: 4) == 5)
    #expect(axes.combination(4) == ["2", "y"])
    #expect([try SettingAxis.read("a=0.5..2")].combinationCount(upTo: 9) == nil)
  }

  /// A mistake and the stretch of the text that the caret marks.
  @Test(arguments: [
    ("a", "a"), ("=2", "=2"), ("a=", "a="), ("a=1,,2", ""), ("a=1,2,1", "1"), ("a=5..2", "5..2"),
    ("a=1 ms..2 s", "1 ms..2 s"), ("a=1..2:0", "0"), ("a=1..8:x1", "x1"), ("a=0..8:x2", "x2"),
    ("a=0..8:log", "log"), ("a=1..2:lin1", "lin1"), ("a=2..x", "x"), ("a=..5", "..5"),
    ("a=1..2:1 ms", "1 ms"), ("a=0.5..2,7", "0.5..2"), ("a=1..1000000", "a=1..1000000"),
    ("a=1..2:0.0000001", "0.0000001"),
  ])
  func mistakesAreLocated(_ text: String, _ marked: String) {
    do throws(DiagnosticsError) {
      _ = try SettingAxis.read(text)
      Issue.record("\(text) is taken")
    } catch {
      let first = error.diagnostics.sorted.first
      #expect(first?.code == .badAxis)
      #expect(first?.primary.map { error.sources.text($0.range) } == marked, "\(text)")
    }
  }

  @Test(arguments: [
    ("$5k/month", "$", 5_000.0, "/month"), ("-$2", "$", -2, ""), ("1e3/s", "", 1_000, "/s"),
    ("4 ms", "", 4, " ms"), ("80 GB", "", 80, " GB"), ("2M", "", 2e6, ""), ("50 %", "", 50, " %"),
    ("1.5e-3x", "", 1.5e-3, "x"),
  ])
  func numbersHaveUnits(_ text: String, _ prefix: String, _ value: Double, _ suffix: String) {
    let number = AxisNumber(text)
    #expect(number?.prefix == prefix)
    #expect(number?.value == value)
    #expect(number?.suffix == suffix)
  }

  @Test(arguments: ["", "x", "9d 20:00", "2026-01-01", "-", "1e999", ".", "1..2"])
  func otherTextsAreNoNumbers(_ text: String) {
    #expect(AxisNumber(text) == nil)
  }
}
