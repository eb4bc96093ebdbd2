/// The number of a rule.
///
/// `DiagnosticTable` has a title and an explanation for each.  E00 files and syntax, E01 keys and
/// types, E02 values and units, E03 names and cross-checks, E04 traces, E05 price tables, E06
/// results files, E07 axes and sweeps; W with the same hundreds are warnings.
package enum DiagnosticCode: String, CaseIterable, Sendable {
  case unreadableFile = "E0001"
  case notText = "E0002"
  case fileTooLarge = "E0003"
  case nestedTooDeeply = "E0004"
  case emptyFile = "E0005"
  case unexpectedText = "E0010"
  case missingComma = "E0011"
  case missingColon = "E0012"
  case unclosedBracket = "E0013"
  case wrongBracket = "E0014"
  case unterminatedString = "E0015"
  case unterminatedComment = "E0016"
  case badEscape = "E0017"
  case badNumber = "E0018"
  case notFinite = "E0019"
  case numberTooLarge = "E0020"
  case unquotedText = "E0021"
  case unquotedKey = "E0022"
  case textAfterEnd = "E0023"
  case missingValue = "E0024"

  case duplicateKey = "E0101"
  case wrongType = "E0102"
  case missingKey = "E0103"
  case unknownKind = "E0104"
  case unknownPreset = "E0105"
  case unknownChoice = "E0106"
  case unknownKey = "E0107"
  case badName = "E0108"
  case wrongCount = "E0110"
  case tooMany = "E0111"
  case conflictingKeys = "E0112"

  case badQuantity = "E0201"
  case wrongDimension = "E0202"
  case missingUnit = "E0203"
  case outOfRange = "E0204"
  case ambiguousChange = "E0205"
  case notWhole = "E0206"
  case badDate = "E0207"
  case badDistribution = "E0208"
  case badShares = "E0209"
  case badBelief = "E0210"

  case unknownName = "E0301"
  case doubledName = "E0302"
  case routeCycle = "E0303"
  case uncalledService = "E0304"
  case afterHorizon = "E0305"
  case doesNotFit = "E0306"
  case unpriced = "E0307"
  case wrongNameKind = "E0308"
  case unknownRow = "E0309"
  case badThreshold = "E0310"
  case unknownMetric = "E0311"
  case badSelector = "E0312"
  case notSimulated = "E0313"
  case unknownVariant = "E0314"
  case idlePatch = "E0315"
  case badPatch = "E0316"
  case badOverride = "E0317"
  case pathEscape = "E0318"
  case includeCycle = "E0319"
  case flowRefused = "E0320"

  case traceColumn = "E0401"
  case traceCell = "E0402"
  case traceRow = "E0403"
  case traceOrder = "E0404"
  case traceEmpty = "E0405"

  case priceColumn = "E0501"
  case priceCell = "E0502"
  case priceRow = "E0503"
  case priceDoubled = "E0504"
  case priceEmpty = "E0505"

  case notResults = "E0601"
  case resultsVersion = "E0602"
  case resultsField = "E0603"

  case badAxis = "E0701"
  case badSweep = "E0702"

  case highLoad = "W0301"
  case oldPrices = "W0302"
  case undecidableThreshold = "W0303"
  case missingPrice = "W0304"

  /// Errors stop everything, warnings do not.
  package var severity: Severity { rawValue.hasPrefix("W") ? .warning : .error }
}

extension DiagnosticCode {
  /// The rule in a few words.
  package var title: String { DiagnosticTable.entries[self]?.title ?? rawValue }

  /// What the rule is for and how a file is put right: what `towtank explain` prints.
  package var explanation: String { DiagnosticTable.entries[self]?.explanation ?? "" }
}
