import Text

/// A word or a phrase that a pipeline names, and where it stands in a text.
///
/// A phrase is found where its words follow one another with nothing but blanks between them, or a hyphen where the
/// keyword has one or a blank.
struct Keyword: Sendable {
    /// Its words as the pipeline has them, parted by one blank.
    private let text: [UInt8]
    /// The words that have to follow one another: those between blanks, and where one holds a hyphen also its parts.
    private let sequences: [[[UInt8]]]

    /// Nil for a text without a word.
    init?(_ keyword: String) {
        let words = keyword.utf8.split { $0 <= 0x20 }.map { Array($0) }
        guard !words.isEmpty, !WordFolding.plain.folded(words[0]).isEmpty else { return nil }
        text = Array(words.joined(separator: [0x20]))
        let parts = words.flatMap { word in word.split(separator: UInt8(ascii: "-")).map { Array($0) } }
        sequences = parts == words || parts.isEmpty ? [words] : [words, parts]
    }

    /// Its name in the tables.
    func name(_ folding: WordFolding) -> [UInt8] {
        Array(sequences[0].map { folding.folded($0) }.joined(separator: [0x20]))
    }

    /// The words of `table` that are this keyword, if it is a word.
    func singles(in table: WordTable) -> [Int] {
        sequences[0].count == 1 ? [table.id(of: sequences[0][0])].compactMap(\.self) : []
    }

    /// Where it stands among the words of a document, with the sentence of each place; from left to right, without
    /// overlaps.
    func occurrences(in words: DocumentWords, of text: [UInt8]) -> [(tokens: Range<Int>, sentence: Range<Int>)] {
        let wanted = sequences.compactMap { sequence -> [Int]? in
            let ids = sequence.compactMap { words.table.id(of: $0) }
            return ids.count == sequence.count ? ids : nil
        }
        guard !wanted.isEmpty else { return [] }
        var found: [(tokens: Range<Int>, sentence: Range<Int>)] = []
        for sentence in words.sentences {
            var token = sentence.lowerBound
            while token < sentence.upperBound {
                let match = wanted.first { ids in
                    token + ids.count <= sentence.upperBound && words.ids[token..<token + ids.count].elementsEqual(ids)
                        && (token + 1..<token + ids.count).allSatisfy {
                            touches(words.spans[$0 - 1], words.spans[$0], text)
                        }
                }
                if let match { found.append((token..<token + match.count, sentence)) }
                token += match?.count ?? 1
            }
        }
        return found
    }

    /// Whether two words belong together: blanks between them, or one hyphen.
    private func touches(_ one: ByteSpan, _ next: ByteSpan, _ text: [UInt8]) -> Bool {
        let between = text[one.end..<next.start]
        if between.elementsEqual([UInt8(ascii: "-")]) || between.elementsEqual("\u{2010}".utf8)
            || between.elementsEqual("\u{2011}".utf8)
        {
            return true
        }
        return between.allSatisfy { $0 <= 0x20 } || between.elementsEqual("\u{A0}".utf8)
    }
}
