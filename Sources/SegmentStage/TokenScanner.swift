import Text

/// Cuts passages into tokens as Universal Dependencies writes them on the surface.
struct TokenScanner {
    let text: [UInt8]
    let language: Language
    private let classes = ScalarClass.table
    var tokens: [Token] = []
    /// The passage under the scanner.
    var passage = ByteSpan(0, 0)
    /// Whether a double, a single quotation mark was opened in this passage and not closed.
    var doubleIsOpen = false
    var singleIsOpen = false

    init(_ text: [UInt8], language: Language) {
        self.text = text
        self.language = language
        // blanks are no tokens: seldom more than this
        tokens.reserveCapacity(text.count / 4)
    }

    /// Adds the tokens of one passage.
    mutating func scan(_ span: ByteSpan) {
        passage = span
        doubleIsOpen = false
        singleIsOpen = false
        var at = span.start
        while at < span.end {
            let (kind, width) = scalarClass(at: at)
            switch kind {
            case .space, .format: at += width
            case .upper, .lower, .caseless: at = scanWord(at, kind)
            case .mark: at = scanLooseMark(at)
            case .digit: at = scanNumber(at)
            default: at = scanMark(at, kind, width)
            }
        }
    }

    /// Adds a token and gives its end.
    mutating func add(_ start: Int, _ end: Int, _ role: Token.Role) -> Int {
        tokens.append(Token(span: ByteSpan(start, end), role: role))
        return end
    }

    /// The class and the width of the code point at `offset`; at the end of the passage a space without width.
    @inline(__always)
    func scalarClass(at offset: Int) -> (kind: ScalarClass, width: Int) {
        guard offset < passage.end else { return (.space, 0) }
        let byte = text[offset]
        if byte < 0x80 { return (classes[Int(byte)], 1) }
        let (scalar, width) = UTF8Decoding.scalar(in: text, at: offset)
        return (ScalarClass.of(scalar), min(width, passage.end - offset))
    }

    /// The class of the code point before `offset`; at the beginning of the passage a space.
    func scalarClass(before offset: Int) -> ScalarClass {
        guard offset > passage.start, let (scalar, _) = UTF8Decoding.scalar(in: text, before: offset) else {
            return .space
        }
        return ScalarClass.of(scalar)
    }

    /// The byte at `offset`; 0 at the end of the passage.
    @inline(__always)
    func byte(_ offset: Int) -> UInt8 { offset < passage.end ? text[offset] : 0 }

    /// The end of the letters, digits and marks from `offset` on.
    func wordEnd(_ offset: Int) -> Int {
        var at = offset
        while at < passage.end {
            let (kind, width) = scalarClass(at: at)
            guard kind.continuesWord else { break }
            at += width
        }
        return at
    }

    /// The end of the digits from `offset` on.
    func digitsEnd(_ offset: Int) -> Int {
        var at = offset
        while at < passage.end {
            let (kind, width) = scalarClass(at: at)
            guard kind == .digit else { break }
            at += width
        }
        return at
    }

    /// Whether the token that begins now is the passage's first.
    var isFirst: Bool { tokens.last.map { $0.span.start < passage.start } ?? true }
}
