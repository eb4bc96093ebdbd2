/// Titles and explanations of all codes.
///
/// A test holds the table complete.
enum DiagnosticTable {
  struct Entry: Sendable {
    var title: String
    var explanation: String
  }

  static let entries: [DiagnosticCode: Entry] = parse(text)

  /// Reads entries: a line that begins with a code and its title, then the explanation.
  private static func parse(_ text: String) -> [DiagnosticCode: Entry] {
    var entries: [DiagnosticCode: Entry] = [:]
    var current: DiagnosticCode?
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if let code = DiagnosticCode(rawValue: String(line.prefix(5))) {
        entries[code] = Entry(title: String(line.dropFirst(6)), explanation: "")
        current = code
      } else if let code = current {
        entries[code]?.explanation += line + "\n"
      }
    }
    return entries.mapValues { entry in
      var entry = entry
      while entry.explanation.hasSuffix("\n") { entry.explanation.removeLast() }
      return entry
    }
  }

  private static let text = #"""
    E0001 a file cannot be read
    The file does not exist, is a folder, or may not be read. Paths in a scenario
    are relative to the folder of the scenario file; traces are looked for beneath
    the folder given by --data or TOWTANK_DATA as well.

    E0002 a file is not text
    A scenario is UTF-8 text without control characters. The place shows the first
    byte that breaks this. Save the file as UTF-8; a compressed or binary file must
    be unpacked first.

    E0003 a file is too large
    Scenario files may have up to 16 MB. Put long tables into a CSV file and refer
    to it.

    E0004 brackets are nested too deeply
    Objects and lists may be nested 200 deep. A scenario needs about eight levels; a
    file beyond the limit is damaged or was not written by a person.

    E0005 a file holds nothing
    A scenario file holds one object: { title: "…", horizon: "1h", traffic: { … }, …
    }. `towtank new` prints one to start from.

    E0010 a character that cannot stand here
    Between the members of an object stand commas, between a key and its value a
    colon. Comments begin with // or stand between /* and */. Text goes into quotes,
    "like this" or 'like this'.

    E0011 a comma is missing
    Members of an object and elements of a list are separated by commas. A comma
    after the last one is allowed.

    E0012 a colon is missing
    A member of an object is written key: value.

    E0013 a bracket is never closed
    The place shows the bracket that has no partner. The partner may be missing at
    another place: look at what the file's indentation says.

    E0014 a bracket is closed by the wrong kind
    Objects are written { … } and lists [ … ].

    E0015 a text is never closed
    A text ends with the quote that opened it, on the same line. To go on in the
    next line, end the line with a backslash.

    E0016 a comment is never closed
    A comment that begins with /* ends at the next */. Comments do not nest.

    E0017 an escape that is none
    In texts \n \t \r \b \f \v \0 \\ \" \' stand for one character each, \xHH and
    \uHHHH for the character with that number; a character beyond \uFFFF is written
    as a pair \uD83D\uDE00. A backslash at the end of a line joins two lines.

    E0018 a number that is none
    Numbers are written 12, -3, 2.5, .5, 1e6 or 0x1F, without spaces, underscores or
    leading zeros. What has a unit is a text: "250 ms".

    E0019 a number that is not finite
    NaN and Infinity are no quantities of a system. Leave a limit out to have none.

    E0020 a number is too large
    The largest number that can be kept is about 1.8e308.

    E0021 a text without quotes
    Only true, false and null stand without quotes; names, units and all other texts
    need them: "5k/s".

    E0022 a key needs quotes
    Keys of letters, digits, $ and _ may stand bare; a key with a dash, a dot or
    another character is written in quotes: "gpu-ranker": { … }.

    E0023 text after the end
    A file holds one value. Something follows after its last bracket: often one
    bracket too many above.

    E0024 a value is missing
    After the colon of a member and between two commas of a list stands a value. To
    take a part of the base away in a variant, write null.

    E0101 a key is there twice
    A key may be given once in an object. Both places are shown; take one away.

    E0102 a value of the wrong kind
    Another kind of value is expected here: the message says which. `towtank schema`
    prints what each key takes; the page ScenarioLanguage.md in
    Sources/Scenarios/Scenarios.docc has it with examples.

    E0103 a key is missing
    This key has no default that would be right for most systems, so it must be
    given.

    E0104 a kind that does not exist
    `kind` chooses what an object is. The message lists the kinds that can stand
    here.

    E0105 a preset that does not exist
    Where an object may stand, the name of a preset may stand, and { preset: "name",
    … } is the preset with changes. The message names the nearest preset.

    E0106 a choice that does not exist
    This key takes one of a few words. The message lists them.

    E0107 a key that does not exist
    An unknown key is an error, because a mistyped key would silently leave a
    default in force. The help names the key that was probably meant; the note lists
    all keys that can stand here.

    E0108 a name that cannot be used
    Names of streams, routes, services, pools, tasks and models are 1 to 64
    characters of a-z, 0-9 and dash, and begin with a letter. A name with a slash
    would be a row of the catalogue.

    E0110 a list or object of the wrong length
    The message says how many entries there may be.

    E0111 too many entries
    A scenario is data from strangers, so its lists and maps have limits.

    E0112 keys that exclude each other
    Both keys say the same thing in different ways, or one has no meaning beside the
    other. Keep one.

    E0201 a quantity that cannot be read
    Quantities are a number and a unit in one text: "250 ms", "5k/s", "80 GB",
    "$2.49/h", "99.9 %".

    E0202 a quantity of the wrong dimension
    A duration stands where a rate is expected, or the like. The message says what
    is expected.

    E0203 a unit is missing
    A bare number is a count or a ratio. Everything else carries its unit, so that
    nobody has to guess whether 200 is milliseconds or seconds.

    E0204 a value out of range
    The message gives the range. Limits are physical (a share lies between 0 and 1)
    or protect the machine (a horizon of at most ten years).

    E0205 a change that means two things
    "+3 %" of a share could be three points or three hundredths of it. Write "+3 pp"
    for points, or a factor such as "1.03x".

    E0206 a number that must be whole
    Replicas, GPUs, sequences and the like are counted.

    E0207 an instant that cannot be read
    Calendar instants are "2027-01-04" or "2027-01-04T09:00", in UTC unless a zone
    is written. Instants within the simulation are durations after the start: "9d
    20:00".

    E0208 a spread that is none
    The parameters do not describe a distribution: quantiles must rise, means and
    standard deviations be positive, weights add up to more than 0.

    E0209 shares that do not add up to 100 %
    Segments, tenants and versions split the whole. The message says what the shares
    add up to.

    E0210 a belief that is none
    A belief is { uncertain: { p10: …, p90: … } } with p10 below p90. It is drawn
    once per replication. Beliefs stand where one value holds for a whole run.

    E0301 a name that is not declared
    What is referred to must be an entry of one of the maps: a service, a route, a
    pool, a model, a task. The help names the nearest one.

    E0302 a name that is declared twice
    All maps share one namespace, so that a metric such as llm.ttft.p99 can mean one
    thing. Rename one.

    E0303 a route that comes back to itself
    A step names a service or another route; following them from this route leads
    back to it.

    E0304 a service that nobody calls
    No stream reaches this service through any route, so it would cost money and do
    nothing. Call it in a route or take it away.

    E0305 an event after the end
    The simulation ends before this instant. Lengthen `horizon` or move the event.

    E0306 a model that does not fit
    Weights and working memory exceed the memory of the accelerators of one replica.
    Use more or larger accelerators, a lower precision, or a smaller model.

    E0307 a pool without a price
    The catalogue has no price of this instance in this region for this way of
    buying. Choose another region or way of buying, or give the price: price:
    "$2.49/h".

    E0308 a name of another kind of thing
    The name is declared, but as something else than is needed here.

    E0309 a row that the catalogue does not have
    Names with a slash are rows of the catalogue; accelerators and models have rows
    as well. `towtank catalog` lists them; `catalog` in a scenario adds rows.

    E0310 a threshold that cannot be read
    A threshold is METRIC OP VALUE [in every WINDOW] [after INSTANT] [in N % of
    runs], for example "ctr.latency.p99 < 150 ms in every 1h after 14d" or
    "cost.perMonth < $5k in 90 % of runs". OP is one of < <= > >=.

    E0311 a metric that cannot exist
    A threshold on a metric that nothing measures could never be judged. Metrics are
    written NAME.METRIC.STATISTIC or NAME[SELECTOR].METRIC.STATISTIC; which there
    are depends on what NAME is. The page Metrics.md in
    Sources/MLSystem/MLSystem.docc defines every metric.

    E0312 a selector that cannot exist
    A selector in brackets keeps a part of the requests: [tenant=paid],
    [segment=new], [version=candidate].

    E0313 something that is not simulated
    The language knows this, but what is asked for lies outside what this version
    simulates, or outside what can be combined here.

    E0314 a variant that does not exist
    Variants are the entries of `variants`; the unpatched file is the variant
    `base`.

    E0315 a patch that changes nothing
    A variant must differ from the base in each thing that it names. A patch that
    sets a value to what it already is hides a mistake: often the path is wrong or
    the base was changed.

    E0316 a patch that cannot be applied
    A variant may set anything except variants, include and seed. A key with dots is
    a path through objects; lists are replaced as a whole.

    E0317 a setting that cannot be applied
    --set takes path=value, the same path as in a variant. The value is JSON5 or a
    bare text: --set services.llm.replicas.min=7 --set horizon=2d

    E0318 a path that leaves its folder
    Files named in a scenario must lie beneath the folder of the scenario or beneath
    the data folder, so that a scenario from a stranger cannot read anything else.

    E0319 files that include each other
    Following `include` from this file leads back to it.

    E0320 a scenario that cannot be run as flow
    Fidelity `flow` advances services as they answer at a load, not request by
    request. A trace has no load but its own requests, and a line that prefers some
    requests has no one answer. Such a scenario is run with `requests`.

    E0401 a trace without a needed column
    The first row of a trace names its columns. The message lists those that are
    needed.

    E0402 a cell of a trace that cannot be read
    Times, token counts and sizes are finite, non-negative numbers. A stream for
    `towtank detect` has a finite number in each row of its columns, and a detector
    of errors takes 0 and 1 only.

    E0403 a row of a trace that is cut
    The row has fewer or more cells than the first row. A file that ends in the
    middle of a row was cut while it was copied.

    E0404 a trace whose time runs back
    Requests of a trace are sorted by their time of arrival.

    E0405 a trace without requests
    The file has no row after its header.

    E0501 a price table without a needed column
    The first row of a table names its columns. The message lists those that are
    needed.

    E0502 a cell of a price table that cannot be read
    Prices are finite, non-negative decimal numbers of dollars; an empty cell means
    unknown.

    E0503 a row of a price table that is cut
    The row has fewer or more cells than the first row.

    E0504 a row that is there twice
    Two rows of one table price the same thing for the same region and way of
    buying.

    E0505 a table without rows
    The file has no row after its header.

    E0601 not a results file
    The file is no JSON object that `towtank run --out` has written.

    E0602 a results file of another version
    The file was written by a version of towtank whose results have another form.
    Run the scenario again.

    E0603 a results file with a damaged field
    A field is missing or of the wrong kind; the file was changed or cut.

    E0701 an axis that cannot be varied
    --vary of a sweep, --knob of a plan and --input of a sensitivity study are
    PATH=VALUES. Values are separated by commas: 2,4,8. Ranges have a step
    (2..12:2), a factor (1..64:x2) or a number of values in equal differences or
    factors (0..1:lin5, 0.1..10:log5); whole numbers go up by 1 (2..12). Inputs and
    designs that draw points take ranges without steps: 0.5..2, 1..100:log.

    E0702 a sweep that cannot be read or merged
    A folder of a sweep holds sweep.json, which says what is varied, and a file for
    each finished point beneath points/. Shards merge if they are of one sweep: the
    same scenario, axes, design, seed, metrics and version.

    W0301 mean load above 95 %
    With the load declared, this service would be busy more than 95 % of the time on
    average. Queues grow very long before that.

    W0302 prices much older than the scenario
    The price rows used are more than a year older than `start`.

    W0303 a threshold that these runs cannot decide
    A claim about N % of the runs needs enough runs: with few replications even a
    perfect result leaves the share undecided. The message says how many are needed.

    W0304 something without a price
    The amounts are reported, the money is `unknown`, never 0. A cost threshold can
    then only be breached or undecided.
    """#
}
