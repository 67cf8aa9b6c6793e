import StageKit
import Text

/// Reads what a word stands for when statements are compared: its stem, and where it makes one expression with a word
/// behind it (*lost their lives*), the stem of the word that says the same.
struct StemReader {
    private let reading: Reading
    private var folded: [UInt8] = []

    /// A reader over the words of `reading`.
    init(_ reading: Reading) { self.reading = reading }

    /// So many words are looked at behind the first word of an expression.
    private static let reach = 5

    /// The stem of the word at `index` and, where it begins an expression, the index of its last word.
    mutating func stem(at index: Int, in piece: Range<Int>) -> (stem: UInt32, end: Int?) {
        let own = plain(index)
        guard let expressions = Vocabulary.expressions(own) else { return (own, nil) }
        for next in index + 1..<max(index + 1, min(index + Self.reach, piece.upperBound)) {
            let word = reading.words[next]
            if word.isPunctuation { break }
            let stem = plain(next)
            if let found = expressions.first(where: { $0.second == stem }) { return (found.same, next) }
            guard word.isAny([.possessive, .determiner, .pronoun]) || word.kind == .number else { break }
        }
        return (own, nil)
    }

    /// The stem of the word at `index` by itself.
    mutating func plain(_ index: Int) -> UInt32 {
        folded.removeAll(keepingCapacity: true)
        Folding.append(reading.text, reading.words[index].span, to: &folded)
        return Vocabulary.stem(&folded)
    }
}
