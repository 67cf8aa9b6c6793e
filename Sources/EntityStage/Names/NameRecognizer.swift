import StageKit

/// A passage that names somebody or something.
struct FoundName {
    /// The atoms of the name, without title and possessive.
    var range: Range<Int>
    var kind: Mention.Kind
    /// Whether the name's own words or its surroundings tell the kind; false for a guess.
    var isSure: Bool
    /// Whether nothing at all tells the kind, so that any hint elsewhere in the document is better.
    var isDefault = false
}

/// Finds names in a document. The rules below are one; a trained tagger is another.
protocol NameRecognizer: Sendable {
    /// The names by start, none overlapping another or an atom that is `taken` already by a date or a quantity.
    func names(in reading: Reading, taken: [Bool]) -> [FoundName]
}
