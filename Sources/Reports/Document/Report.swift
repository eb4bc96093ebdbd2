import Experiments

/// A report as a value: one tree that every renderer (terminal, Markdown, HTML, CSV) reads.
///
/// Builders make it from results; renderers never compute a reading. All text in it is plain text:
/// each renderer escapes it for its own medium, so builders may put user text anywhere.
package struct Report: Hashable, Sendable {
  /// The question that the report answers, in one line.
  package var title: String
  /// The answer.
  package var banner: Banner
  /// The sections in reading order.
  package var sections: [Section]

  /// Makes a report.
  package init(title: String, banner: Banner, sections: [Section]) {
    self.title = title
    self.banner = banner
    self.sections = sections
  }
}

/// The answer at the top of a report: a verdict, one sentence, and what it rests on.
package struct Banner: Hashable, Sendable {
  /// The overall verdict; `nil` where nothing was asked of the system.
  package var verdict: Outcome?
  /// The answer in a sentence.
  package var sentence: String
  /// A short remark set apart at the end of the sentence, such as the exit code.
  package var remark: String?
  /// Lines on what the answer rests on: replications, seed, fidelity, how to read intervals.
  package var basis: [String]

  /// Makes a banner.
  package init(
    verdict: Outcome?, sentence: String, remark: String? = nil, basis: [String] = []
  ) {
    self.verdict = verdict
    self.sentence = sentence
    self.remark = remark
    self.basis = basis
  }
}

/// How a promise came out.
package typealias Outcome = Verdict.Outcome

extension Outcome {
  /// The word that a terminal prints; it needs no colour to be read.
  package var mark: String {
    switch self {
    case .met: "ok"
    case .breached: "FAIL"
    case .undecided: "?"
    }
  }
}

/// A headed part of a report.
package struct Section: Hashable, Sendable {
  /// How a terminal sets the heading.
  package enum Layout: Hashable, Sendable {
    /// On a line of its own, or over the labels of the table that follows.
    case block
    /// At the left edge, with the content hanging to the right of it.
    case hanging
  }

  /// A name that stays the same between versions: HTML anchors and CSV file names use it.
  package var id: String
  /// The heading as a page shows it; a terminal prints it in capitals.
  package var heading: String
  /// How a terminal sets the heading.
  package var layout: Layout
  /// The content in reading order.
  package var blocks: [Block]

  /// Makes a section.
  package init(id: String, heading: String, layout: Layout = .block, blocks: [Block]) {
    self.id = id
    self.heading = heading
    self.layout = layout
    self.blocks = blocks
  }
}

/// Who sees a block.
package enum Audience: Hashable, Sendable {
  /// Only a terminal, where space is short.
  case terminal
  /// Only pages and documents: HTML and Markdown, and CSV for tables.
  case page
}

/// A piece of a section.
package indirect enum Block: Hashable, Sendable {
  /// Running text.
  case paragraph(String)
  /// The few figures that a reader should carry away.
  case highlights([Highlight])
  /// Rows and columns.
  case table(Table)
  /// Promises with what was found.
  case verdicts([VerdictRow])
  /// A picture, held as its data.
  case chart(Chart)
  /// Short remarks.
  case notes([String])
  /// Commands to type, each with what it is for.
  case commands([Command])
  /// A block for one audience.
  case only(Audience, Block)
}

/// A reading with a label and a remark.
package struct Highlight: Hashable, Sendable {
  /// What is measured.
  package var label: String
  /// The figure.
  package var reading: Reading
  /// A remark; empty for none.
  package var remark: String

  /// Makes a highlight.
  package init(_ label: String, _ reading: Reading, remark: String = "") {
    self.label = label
    self.reading = reading
    self.remark = remark
  }
}

/// One promise and how it came out.
package struct VerdictRow: Hashable, Sendable {
  /// How it came out.
  package var verdict: Outcome
  /// The promise as the scenario writes it.
  package var promise: String
  /// A qualifier that stands beneath the promise, such as `in every 1h after 14d`.
  package var qualifier: String
  /// What was found.
  package var reading: Reading
  /// A remark beside the reading, such as by how much the limit was missed.
  package var remark: String
  /// A remark that stands beneath the reading, such as the worst hour.
  package var detail: String

  /// Makes a row.
  package init(
    _ verdict: Outcome, _ promise: String, qualifier: String = "", reading: Reading,
    remark: String = "", detail: String = ""
  ) {
    self.verdict = verdict
    self.promise = promise
    self.qualifier = qualifier
    self.reading = reading
    self.remark = remark
    self.detail = detail
  }
}

/// A command line and what it is for.
package struct Command: Hashable, Sendable {
  /// What the command is for; empty when it needs no words.
  package var purpose: String
  /// The command line.
  package var line: String

  /// Makes a command.
  package init(_ purpose: String, _ line: String) {
    self.purpose = purpose
    self.line = line
  }
}
