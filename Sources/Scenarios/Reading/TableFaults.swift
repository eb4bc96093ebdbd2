import Quantities
import Syntax

extension DelimitedTextError {
  /// The code of the diagnostic for this mistake of a price table.
  package var code: DiagnosticCode {
    switch reason {
    case .missingColumn, .duplicateColumn, .unknownColumn, .unknownTable: .priceColumn
    case .emptyField, .notANumber, .notFinite, .outOfRange: .priceCell
    case .malformed(_, _, let expected):
      expected.contains("once") ? .priceDoubled : .priceCell
    case .fieldCount, .recordTooLong, .tooManyFields, .unclosedQuote, .textAfterQuote,
      .quoteInsideField:
      .priceRow
    case .emptyText: .priceEmpty
    case .zeroByte, .invalidEncoding: .notText
    case .textTooLong: .fileTooLarge
    }
  }
}
