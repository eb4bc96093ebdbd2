/// A stretch of bytes in one of the files of a `SourceMap`.
package struct SourceRange: Hashable, Sendable {
  /// Which file.
  package var file: FileID
  /// The first byte.
  package var start: Int
  /// One past the last byte.
  package var end: Int

  /// A stretch from `start` up to and without `end`.
  package init(file: FileID, start: Int, end: Int) {
    self.file = file
    self.start = start
    self.end = max(start, end)
  }

  /// The stretch as a plain range of offsets.
  package var offsets: Range<Int> { start..<end }

  /// From the start of this stretch to the end of another in the same file.
  package func joined(to other: SourceRange) -> SourceRange {
    SourceRange(file: file, start: start, end: max(end, other.end))
  }
}

/// The number of a file in a `SourceMap`.
package struct FileID: Hashable, Sendable {
  /// The index in the map.
  package let index: Int

  /// The file at an index of the map.
  package init(index: Int) { self.index = index }
}

/// All texts that went into one scenario: the file, what it includes, `--set` options.
package struct SourceMap: Sendable {
  /// The files in the order in which they were read.
  package private(set) var files: [SourceFile] = []

  /// A map without files.
  package init() {}

  /// Adds a file and says how ranges name it.
  package mutating func add(_ file: SourceFile) -> FileID {
    files.append(file)
    return FileID(index: files.count - 1)
  }

  /// The file with a number.
  package subscript(file: FileID) -> SourceFile { files[file.index] }

  /// The text at a range.
  package func text(_ range: SourceRange) -> String { self[range.file].text(range.offsets) }

  /// `my.json5:21:16`.
  package func place(_ range: SourceRange) -> String {
    let file = self[range.file]
    let location = file.location(of: range.start)
    return "\(VisibleText.escaped(file.name)):\(location.line):\(location.column)"
  }
}
