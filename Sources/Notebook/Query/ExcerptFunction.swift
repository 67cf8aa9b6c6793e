import GRDB

/// The SQL function `excerpt(text, length)`: the text, cut between words to at most so many code points, with `…`.
enum ExcerptFunction {
    /// The function, to be added to a connection.
    static let function = DatabaseFunction("excerpt", argumentCount: 2, pure: true) { values in
        guard let text = String.fromDatabaseValue(values[0]), let length = Int.fromDatabaseValue(values[1]) else {
            return values[0]
        }
        return excerpt(of: text, length: length)
    }

    /// `text` without line ends, cut to `length` code points.
    static func excerpt(of text: String, length: Int) -> String {
        var scalars: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            let scalar = isSpace(scalar) ? " " : scalar
            if scalar != " " || scalars.last != " " { scalars.append(scalar) }
            // what stands behind the cut makes no difference
            if scalars.count > max(1, length) { break }
        }
        guard scalars.count > max(1, length) else { return string(scalars[...]) }
        let cut = scalars[..<max(1, length - 1)]
        // in scripts without spaces a cut stands anywhere, unless a space is near
        let least = hasNoSpaces(scalars[cut.count]) ? cut.count / 2 : 0
        let end = scalars[cut.count] == " " ? nil : cut.lastIndex(of: " ").flatMap { $0 > least ? $0 : nil }
        var kept = cut[..<(end ?? cut.count)]
        while let last = kept.last, last == " " || last == "," || last == ";" || last == ":" { kept = kept.dropLast() }
        return string(kept) + "…"
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        // the properties of a code point are looked up at some expense
        scalar.value < 0x80
            ? scalar == " " || (0x09...0x0D).contains(scalar.value)
            : scalar.properties.isWhitespace && scalar != "\u{A0}"
    }

    /// Whether a scalar belongs to a script that is written without spaces between words.
    private static func hasNoSpaces(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Thai, Lao, Burmese, Khmer; kana
        case 0xE00...0xEFF, 0x1000...0x109F, 0x1780...0x17FF, 0x3000...0x30FF: true
        default: scalar.value >= 0x80 && scalar.properties.isIdeographic
        }
    }

    private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }
}
