import StatisticsStage

/// Capitals and small letters of whole texts, as words are counted: *İ* is *i* everywhere, without a second dot, and a sigma
/// at the end of a word has its own form.
package enum LetterCase {
    /// `text` in small letters, as a language has them.
    package static func lower(_ text: String, language: String? = nil) -> String {
        let isTurkic = isTurkic(language)
        let scalars = Array(text.unicodeScalars)
        var small = String.UnicodeScalarView()
        for (k, scalar) in scalars.enumerated() {
            switch scalar {
            case "I" where isTurkic: small.append("ı")
            case "Σ" where isAtEnd(k, of: scalars): small.append("ς")
            default: small.append(contentsOf: lower(scalar))
            }
        }
        return String(small)
    }

    /// `text` in capitals, as a language has them.
    package static func upper(_ text: String, language: String? = nil) -> String {
        (isTurkic(language) ? text.replacing("i", with: "İ") : text).uppercased()
    }

    /// A scalar in small letters.
    package static func lower(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
        if scalar.isASCII {
            return [("A"..."Z").contains(scalar) ? Unicode.Scalar(UInt8(scalar.value) | 0x20) : scalar]
        }
        return scalar == "İ" ? ["i"] : Array(scalar.properties.lowercaseMapping.unicodeScalars)
    }

    /// Whether *I* is the capital of *ı*.
    private static func isTurkic(_ language: String?) -> Bool { WordFolding(language: language) != .plain }

    /// Whether a letter stands before the scalar at `place` and none behind it (Final_Sigma in Unicode's SpecialCasing).
    private static func isAtEnd(_ place: Int, of scalars: [Unicode.Scalar]) -> Bool {
        func isLetter(_ scalar: Unicode.Scalar?) -> Bool { scalar?.properties.isCased ?? false }
        func counts(_ scalar: Unicode.Scalar) -> Bool { !scalar.properties.isCaseIgnorable }
        return isLetter(scalars[..<place].last(where: counts))
            && !isLetter(scalars[(place + 1)...].first(where: counts))
    }
}
