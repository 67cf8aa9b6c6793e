import StageKit
import StatisticsStage
import Text

/// Which words a document may have: a filter after Bloom (1970), of about one byte for each different word. A word that the
/// document has is always found; of those that it has not, about one in fifty is found by mistake.
package enum WordMarks {
    /// How many bits stand for a word.
    private static let probes: UInt64 = 5

    /// The marks of the words among `tokens`, as they are counted in a document in `language`.
    static func encode(_ tokens: Tokens, in text: [UInt8], language: String?) -> [UInt8] {
        var words = WordTable(WordFolding(language: language))
        for (span, kind) in zip(tokens.spans, tokens.kinds) where kind == .word && span.end <= text.count {
            _ = words.insert(span, of: text)
        }
        var marks = [UInt8](repeating: 0, count: max(8, words.count))
        for id in 0..<words.count {
            let hash = hash(of: words[id])
            for bit in bits(hash, bytes: marks.count) { marks[bit >> 3] |= 1 << UInt8(bit & 7) }
        }
        return marks
    }

    /// What stands for a word as it is counted.
    package static func hash(of word: some Sequence<UInt8>) -> UInt64 { StableHash.of(word) }

    /// Whether the word with this hash may be among those of `marks`.
    package static func mayHold(_ hash: UInt64, _ marks: ArraySlice<UInt8>) -> Bool {
        !marks.isEmpty
            && bits(hash, bytes: marks.count).allSatisfy { marks[marks.startIndex + $0 >> 3] & 1 << UInt8($0 & 7) != 0 }
    }

    private static func bits(_ hash: UInt64, bytes: Int) -> some Sequence<Int> {
        let count = UInt64(bytes) * 8
        let step = hash >> 32 | 1
        return (0..<probes).lazy.map { Int((hash &+ $0 &* step) % count) }
    }
}
