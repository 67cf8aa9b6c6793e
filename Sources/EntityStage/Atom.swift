/// The smallest piece that the rules look at: a run of letters, a run of digits, or one mark.
///
/// Tokens are made for counting and reading; rules for numbers, dates and names need finer cuts (`$3bn`, `2016-11-07`,
/// `TEV-DEM`), so words are cut again here, within the same sentences.
struct Atom: Sendable {
    enum Kind: UInt8 { case word, digits, mark }

    struct Shape: OptionSet, Sendable {
        let rawValue: UInt8
        /// It begins with a capital.
        static let capital = Shape(rawValue: 1)
        /// It has no small letter.
        static let allCapitals = Shape(rawValue: 2)
        /// White space stands before it.
        static let spaced = Shape(rawValue: 4)
        /// It begins a sentence, or follows an opening quotation mark or bracket that does.
        static let opens = Shape(rawValue: 8)
        /// It is part of an address of the web, of mail or of a user.
        static let address = Shape(rawValue: 16)
        /// A line break stands before it.
        static let newLine = Shape(rawValue: 32)
        /// Letters with dots: `U.S.`
        static let dotted = Shape(rawValue: 64)
    }

    var start: Int32
    var end: Int32
    var kind: Kind
    var shape: Shape
    /// The first byte, which tells an ASCII mark.
    var lead: UInt8
    /// The sentence it stands in.
    var sentence: Int32
    /// Of the folded letters, of the digits, or of the mark's bytes.
    var hash: UInt64
    var classes: WordClass

    var isWord: Bool { kind == .word }
    var isDigits: Bool { kind == .digits }
    var isCapital: Bool { shape.contains(.capital) }
    var isSpaced: Bool { shape.contains(.spaced) }
    /// A run of two or more capitals.
    var isAcronym: Bool { kind == .word && shape.contains(.allCapitals) && end - start >= 2 }

    /// Whether it is this ASCII mark.
    func isMark(_ mark: Unicode.Scalar) -> Bool {
        kind == .mark && lead == UInt8(truncatingIfNeeded: mark.value) && end - start == 1
    }

    /// Whether one of the categories holds.
    func has(_ category: WordClass) -> Bool { !classes.isDisjoint(with: category) }
}
