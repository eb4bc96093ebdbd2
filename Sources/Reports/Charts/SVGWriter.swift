/// Writes the elements of a picture.
///
/// Colours and line styles come from the page's style sheet by class, so that light, dark and print
/// need no second picture.
struct SVGWriter {
  /// The width of every picture in its own units.
  static let width = 680.0
  /// The width of a character of axis text, on average.
  static let characterWidth = 7.1

  private(set) var body = ""

  mutating func line(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ classes: String
  ) {
    let ends = "x1=\"\(n(x1))\" y1=\"\(n(y1))\" x2=\"\(n(x2))\" y2=\"\(n(y2))\""
    body += "<line class=\"\(classes)\" \(ends)/>\n"
  }

  mutating func rectangle(
    _ x: Double, _ y: Double, width: Double, height: Double, _ classes: String, title: String = ""
  ) {
    let size = "width=\"\(n(max(width, 0)))\" height=\"\(n(max(height, 0)))\""
    body += "<rect class=\"\(classes)\" x=\"\(n(x))\" y=\"\(n(y))\" \(size)"
    body += title.isEmpty ? "/>\n" : "><title>\(HTMLText.safe(title))</title></rect>\n"
  }

  mutating func circle(_ x: Double, _ y: Double, radius: Double, _ classes: String) {
    body += "<circle class=\"\(classes)\" cx=\"\(n(x))\" cy=\"\(n(y))\" r=\"\(n(radius))\"/>\n"
  }

  /// A line through points, broken where a point is missing.
  mutating func path(_ points: [(x: Double, y: Double)?], _ classes: String) {
    var commands = ""
    var isOpen = false
    for point in points {
      guard let point else {
        isOpen = false
        continue
      }
      commands += (isOpen ? "L" : "M") + n(point.x) + " " + n(point.y)
      isOpen = true
    }
    if !commands.isEmpty { body += "<path class=\"\(classes)\" d=\"\(commands)\"/>\n" }
  }

  /// A closed area.
  mutating func area(_ points: [(x: Double, y: Double)], _ classes: String, title: String = "") {
    guard let first = points.first else { return }
    let rest = points.dropFirst().map { "L\(n($0.x)) \(n($0.y))" }.joined()
    body += "<path class=\"\(classes)\" d=\"M\(n(first.x)) \(n(first.y))\(rest)Z\""
    body += title.isEmpty ? "/>\n" : "><title>\(HTMLText.safe(title))</title></path>\n"
  }

  enum Anchor: String {
    case start
    case middle
    case end
  }

  mutating func text(
    _ text: String, _ x: Double, _ y: Double, _ anchor: Anchor = .start, _ classes: String = "t"
  ) {
    guard !text.isEmpty else { return }
    let place = "x=\"\(n(x))\" y=\"\(n(y))\" text-anchor=\"\(anchor.rawValue)\""
    body += "<text class=\"\(classes)\" \(place)>\(HTMLText.safe(text))</text>\n"
  }

  /// Names of what is drawn, side by side and in further rows where they need them; returns the
  /// height that they take.
  mutating func legend(_ names: [String], swatch: Swatch) -> Double {
    guard names.count > 1 else { return 0 }
    var x = 0.0
    var y = 12.0
    for (index, name) in names.enumerated() {
      let name = Self.cut(name, to: 40)
      let size = 30 + Self.width(of: name) + 18
      if x > 0, x + size > Self.width {
        x = 0
        y += 18
      }
      switch swatch {
      case .line: line(x, y - 4, x + 24, y - 4, "l \(Palette.line(index))")
      case .fill: rectangle(x, y - 11, width: 20, height: 12, "e \(Palette.fill(index))")
      }
      text(name, x + 30, y)
      x += size
    }
    return y + 10
  }

  enum Swatch {
    case line
    case fill
  }

  /// The whole picture with its title and description for those who cannot see it.
  func picture(height: Double, id: String, title: String, description: String) -> String {
    let size = "viewBox=\"0 0 \(n(Self.width)) \(n(height))\""
    return """
      <svg \(size) role="img" aria-labelledby="\(id)-t \(id)-d">
      <title id="\(id)-t">\(HTMLText.safe(title))</title>
      <desc id="\(id)-d">\(HTMLText.safe(description))</desc>
      \(body)</svg>

      """
  }

  /// The text, cut to a count of characters.
  static func cut(_ text: String, to limit: Int) -> String {
    text.count <= limit ? text : String(text.prefix(max(limit - 1, 1))) + "\u{2026}"
  }

  static func width(of text: String) -> Double {
    Double(TerminalText.width(text)) * characterWidth
  }

  private func n(_ value: Double) -> String {
    let rounded = (value * 10).rounded(.toNearestOrEven) / 10
    return NumberText.exact(rounded == 0 ? 0 : rounded)
  }
}

/// Classes of colour and line style: eight colours, each with a dash and a hatching of its own.
///
/// Colour-blind readers tell the colours apart: Okabe and Ito, "Color Universal Design", 2002.
enum Palette {
  static let count = 8

  static func line(_ index: Int) -> String { "s\(index % count)" }
  static func fill(_ index: Int) -> String { "f\(index % count)" }
  static func solid(_ index: Int) -> String { "g\(index % count)" }
  static func band(_ index: Int) -> String { "b\(index % count)" }
}
