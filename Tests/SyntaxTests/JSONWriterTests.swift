import Randomness
import Syntax
import Testing

@Suite struct JSONWriterTests {
  @Test func `writes compact and pretty forms`() {
    let value = JSONValue.object([
      JSONMember("a", .array([.integer(1), .number(2.5), .null, .bool(true)])),
      JSONMember("b\n", .object([])), JSONMember("c", .array([])),
      JSONMember("d", .string("é\"\u{1}")),
    ])
    #expect(
      value.text(.compact) == #"{"a":[1,2.5,null,true],"b\n":{},"c":[],"d":"é\"\u0001"}"#)
    #expect(
      value.text() == """
        {
          "a": [
            1,
            2.5,
            null,
            true
          ],
          "b\\n": {},
          "c": [],
          "d": "é\\"\\u0001"
        }
        """)
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "-0"), (1, "1"), (0.1, "0.1"), (1e21, "1e21"), (1e-7, "1e-7"),
    (2.5e-308, "2.5e-308"), (1.7976931348623157e308, "1.7976931348623157e308"),
    (123456.75, "123456.75"),
    (-2.5e-10, "-2.5e-10"),
  ])
  func `writes the shortest text of a number`(value: Double, text: String) {
    #expect(ShortestNumber.text(value) == text)
  }

  @Test func `numbers read back as they were`() throws {
    var stream = RandomStream(seed: 7)
    for _ in 0..<2_000 {
      let value = Double(bitPattern: stream.next())
      guard value.isFinite else { continue }
      let (tree, _, _) = parse(ShortestNumber.text(value))
      #expect(try #require(tree?.number).value.bitPattern == value.bitPattern)
    }
  }

  @Test func `writes JSON5 for people`() {
    let value = CommentedValue(
      CommentedValue.Content.object([
        ("title", CommentedValue(JSONValue.string("A test"))),
        ("seed", CommentedValue(JSONValue.integer(1), comment: "default")),
        ("gpu-ranker", CommentedValue(JSONValue.object([JSONMember("min", .integer(4))]))),
        (
          "queue",
          CommentedValue(
            CommentedValue.Content.object([
              ("limit", CommentedValue(JSONValue.integer(9))),
              ("shed", CommentedValue(JSONValue.string("none"), comment: "default")),
            ]))
        ),
        ("none", CommentedValue(JSONValue.array([]), comment: "default")),
      ]))
    let text = JSON5Writer().text(value)
    #expect(
      text == """
        {
          title: "A test",
          seed: 1,  // default
          "gpu-ranker": { min: 4 },
          queue: {
            limit: 9,
            shed: "none",  // default
          },
          none: [],  // default
        }

        """)
    #expect(json(text).hasPrefix(#"{"title":"A test","seed":1,"#))
  }

  @Test func `emits a schema`() {
    var schema = JSONSchema(type: "object", summary: "a queue")
    var limit = JSONSchema(type: "integer", summary: "how many may wait")
    limit.minimum = 0
    limit.defaultValue = .integer(100)
    schema.properties = [.init("limit", limit), .init("on", JSONSchema(reference: "name"))]
    schema.required = ["limit"]
    schema.additional = .none
    #expect(
      schema.json.text(.compact)
        == #"{"type":"object","description":"a queue","properties":{"limit":{"type":"integer","#
        + #""description":"how many may wait","default":100,"minimum":0},"on":{"$ref":"#
        + ##""#/$defs/name"}},"required":["limit"],"additionalProperties":false}"##)
  }
}
