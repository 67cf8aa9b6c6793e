import StageKit
import Text

/// A token with what the splitting into sentences and the search for quotations need to know about it.
struct Token {
    /// What a token is at the border of sentences.
    enum Role: UInt8 {
        /// Words by how they begin; a caseless one is written in a script without capitals.
        case upperWord, lowerWord, caselessWord
        case number, address
        /// Words with the full stop that belongs to them. A title never ends a sentence (`Dr.`); what stands before a
        /// number (`No.`) ends one unless a number follows; another abbreviation ends one where a new one begins.
        case title, numberAbbreviation, abbreviation, initial
        case period, strong, ellipsis
        /// Full stops with blanks between: three stand for an omission, four for one at the end of a sentence.
        case spacedEllipsis
        case openBracket, closeBracket, openQuote, closeQuote
        case dash, comma, colon, semicolon, bullet
        /// The number or letter of an item in a list.
        case marker
        /// A face made of marks.
        case face
        case symbol, other
    }

    var span: ByteSpan
    var role: Role

    var kind: Tokens.Kind {
        switch role {
        case .upperWord, .lowerWord, .caselessWord, .title, .numberAbbreviation, .abbreviation, .initial: .word
        case .number, .marker: .number
        case .address: .address
        case .symbol, .face: .symbol
        default: .punctuation
        }
    }
}
