/// Writes delimited text (RFC 4180): commas, LF, quotes only where a field needs them.
public enum DelimitedTextWriter {
  /// One record with its line end.
  public static func record(_ fields: [String]) -> String {
    fields.map(field).joined(separator: ",") + "\n"
  }

  /// One field, in quotes where it holds a comma, a quote, a line end or blanks at its ends.
  public static func field(_ text: String) -> String {
    let needsQuotes = text.utf8.contains { byte in
      byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
    }
    let hasBlanks = text.utf8.first == 0x20 || text.utf8.last == 0x20
    guard needsQuotes || hasBlanks else { return text }
    var quoted: [UInt8] = [0x22]
    for byte in text.utf8 {
      if byte == 0x22 { quoted.append(byte) }
      quoted.append(byte)
    }
    quoted.append(0x22)
    return String(decoding: quoted, as: UTF8.self)
  }
}
