/// Letters that Unicode does not take apart, with those that readers commonly write for them: letters of European languages
/// that are written without their stroke or as two, and forms of one letter.
package enum PlainLetters {
    /// By letter, what stands for it.
    package static let all: [Unicode.Scalar: String] = [
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ħ": "h",
        "ŧ": "t", "ŋ": "n", "ς": "σ", "ſ": "s",
    ]
}
