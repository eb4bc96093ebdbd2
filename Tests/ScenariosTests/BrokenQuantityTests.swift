import Scenarios
import Syntax
import Testing

@Suite struct BrokenQuantityTests {
  @Test func `a bare number where a unit is needed`() {
    expect(
      minimal(route: "timeout: «1»200,"),
      Finding(
        1, .missingUnit, "`timeout` needs a unit", help: "write \"200 ms\" or \"200 s\""))
    expect(
      minimal(route: "timeout: '«1»200',"),
      Finding(
        1, .missingUnit, "`timeout` needs a unit", help: "write \"200 ms\" or \"200 s\""))
    expect(
      minimal().replacing("\"10/s\"", with: "«1»10"),
      Finding(
        1, .wrongType,
        "`rate` takes a rate such as \"5k/s\" or an object, not a number"))
  }

  @Test func `another dimension`() {
    expect(
      minimal(route: "timeout: '«1»5k/s',"),
      Finding(1, .wrongDimension, "`timeout`: a duration is wanted, this is a rate"))
    expect(
      minimal("budget: { limit: '«1»$5/h' },"),
      Finding(1, .wrongDimension, "`limit` takes a price per month such as \"$480/month\""))
    expect(
      minimal("budget: { limit: '«1»$5k' },"),
      Finding(1, .missingUnit, "`limit` needs what the price is for"))
  }

  @Test func `a unit that nobody knows is pointed at within the text`() {
    expect(
      minimal(route: "timeout: '5 «1»parsecs',"),
      Finding(1, .badQuantity, "`timeout`: unknown unit `parsecs`"))
    expect(
      minimal(route: "timeout: '5 «1»sec',"),
      Finding(1, .badQuantity, "`timeout`: unknown unit `sec`", help: "write \"5 s\""))
  }

  @Test func `negative, huge and tiny`() {
    expect(
      minimal(route: "timeout: '«1»-5 ms',"),
      Finding(1, .outOfRange, "`timeout`: a duration cannot be negative"))
    expect(
      minimal().replacing("\"1h\"", with: "«1»\"20 years\""),
      Finding(1, .outOfRange, "`horizon` must be at most 3650 d"))
    expect(
      minimal().replacing("\"10/s\"", with: "«1»\"1e30/s\""),
      Finding(1, .outOfRange, "`rate` must be at most 1000000000/s"))
    expect(
      minimal(service: "replicas: «1»1e9,"),
      Finding(1, .outOfRange, "`min` must be at most 100,000"))
    expect(
      minimal("seed: «1»-1,"), Finding(1, .outOfRange, "`seed` must be at least 0"))
    expect(
      minimal("seed: «1»9007199254740993,"),
      Finding(1, .outOfRange, "`seed` must be at most 2^53"))
    expect(
      minimal(service: "queue: { limit: «1»-1 },"),
      Finding(1, .outOfRange, "`limit` must be at least 0"))
    expect(
      minimal(pool: "price: '«1»-$1/h',"),
      Finding(1, .outOfRange, "`price` must not be negative"))
  }

  @Test func `whole numbers`() {
    expect(
      minimal("replications: «1»2.5,"),
      Finding(1, .notWhole, "`replications` must be a whole number"))
  }

  @Test func `not a number and infinite`() {
    expect(
      minimal(service: "perMachine: «1»NaN,"),
      Finding(1, .notFinite, "`NaN` is no quantity: numbers are finite"))
    expect(
      minimal(service: "perMachine: «1»Infinity,"),
      Finding(1, .notFinite, "`Infinity` is no quantity: numbers are finite"))
    expect(
      minimal(route: "timeout: '«1»NaN ms',"),
      Finding(1, .badQuantity, "`timeout` is not a finite number"))
  }

  @Test func `a change in percent means two things`() {
    let model = "models: { m: { badVersions: { chance: '4 %', brings: { errors: '«1»+3 %' } } } },"
    expect(
      minimal(model),
      Finding(
        1, .ambiguousChange, "`errors`: a change in percent may mean points or a factor",
        help: "write \"+3 pp\" or \"1.03x\""))
  }

  @Test func `shares`() {
    expect(
      minimal(stream: "tenants: «1»{ free: '70 %', paid: '20 %' },"),
      Finding(1, .badShares, "the shares of `tenants` add up to 90 %, not 100 %"))
    expect(
      minimal(stream: "tenants: { free: '«1»170 %' },"),
      Finding(1, .outOfRange, "`free`: a share lies between 0 % and 100 %"))
  }

  @Test func `dates`() {
    expect(
      minimal("start: '«1»2027-02-30',"),
      Finding(1, .badDate, "`start`: there is no such date"))
    expect(
      minimal("start: '«1»tomorrow',"), Finding(1, .badDate, "`start`: a date is expected"))
    expect(
      minimal("start: «1»2027,"),
      Finding(1, .wrongType, "`start` takes a date such as \"2027-01-04\", not a number"))
  }

  @Test func `spreads`() {
    let time = { (law: String) in minimal().replacing("\"10 ms\"", with: law) }
    expect(
      time("{ «1»lognromal: { p50: '1 ms', p99: '2 ms' } }"),
      Finding(
        1, .badDistribution, "no law `lognromal` of spreads", help: "did you mean `lognormal`?"))
    expect(
      time("{ lognormal: «1»{ p50: '9 ms', p99: '2 ms' } }"),
      Finding(
        1, .badDistribution, "`time`: the upper percentile must not be below the median"))
    expect(
      time("{ lognormal: «1»{ p50: '9 ms' } }"),
      Finding(
        1, .badDistribution,
        "`lognormal` takes p50 and p90, or p50 and p95, or p50 and p99, or mean and cv"))
    expect(
      time("{ exponential: { mean: «1»10 } }"),
      Finding(1, .missingUnit, "`mean` needs a unit", help: "write \"10 ms\" or \"10 s\""))
    expect(
      time("{ exponential: { «1»men: '10 ms' } }"),
      Finding(1, .unknownKey, "unknown key `men` in `exponential`", help: "did you mean `mean`?"))
    expect(
      time("{ quantiles: «1»[[0.5, '1 ms'], [0.2, '2 ms']] }"),
      Finding(1, .badDistribution, "`time`: the probabilities must rise"))
    expect(
      time("{ hyperexponential: «1»{ mean: '1 ms', cv: 0.5 } }"),
      Finding(1, .badDistribution, "`time`: a hyperexponential has cv above 1"))
  }

  @Test func `beliefs`() {
    expect(
      minimal(stream: "growth: { uncertain: «1»{ p10: '8 %/month', p90: '1 %/month' } },"),
      Finding(1, .badBelief, "p10 must be below p90"))
    expect(
      minimal(stream: "growth: «1»{ uncertain: { p50: '8 %/month' } },"),
      Finding(
        1, .badBelief, "a belief has two percentiles",
        help: "write { uncertain: { p10: …, p90: … } }"))
    expect(
      minimal(route: "timeout: { «1»uncertain: { p10: '1 s', p90: '2 s' } },"),
      Finding(1, .badBelief, "`timeout` takes no belief", help: "give one value"))
    expect(
      minimal(stream: "growth: '«1»8 %/week',"),
      Finding(1, .wrongDimension, "`growth` is told per month", help: "write \"8 %/month\""))
  }
}
