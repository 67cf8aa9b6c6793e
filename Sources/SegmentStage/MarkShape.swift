import Text

/// The kinds of quotation marks that close each other.
enum MarkShape {
    case double, single, guillemet, singleGuillemet, corner

    /// The shape of the mark at `span`.
    init(_ span: ByteSpan, in text: [UInt8]) {
        let (scalar, _) = UTF8Decoding.scalar(in: text, at: span.start)
        switch scalar {
        case "'", "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}", "\u{FF07}", "\u{02BC}":
            self = span.count == 2 && scalar == "'" ? .double : .single
        case "\u{00AB}", "\u{00BB}": self = .guillemet
        case "\u{2039}", "\u{203A}": self = .singleGuillemet
        case "\u{300C}", "\u{300D}", "\u{300E}", "\u{300F}": self = .corner
        default: self = .double
        }
    }
}
