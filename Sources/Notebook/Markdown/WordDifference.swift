/// Two texts cut into stretches that both have, in order, and stretches that only one has.
package struct WordDifference {
    /// A piece of a text with the blanks behind it.
    package struct Piece: Hashable, Sendable {
        package let text: String
        /// Whether only this text has it.
        package let differs: Bool
    }

    package let one: [Piece]
    package let other: [Piece]

    /// More words than these are not compared: the work grows with their product.
    private static let limit = 400

    /// Of texts with so little in common that marks would say nothing, less than a third of the shorter one, only figures
    /// differ. Nil where these do not either.
    package init?(_ one: String, _ other: String) {
        let (a, b) = (Self.words(one), Self.words(other))
        guard !a.isEmpty, !b.isEmpty, a.count <= Self.limit, b.count <= Self.limit else { return nil }
        let (keys, others) = (a.map(Self.key), b.map(Self.key))
        // The length of the longest common sequence of the words from i and from j on.
        var lengths = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
        for i in a.indices.reversed() {
            for j in b.indices.reversed() {
                lengths[i][j] =
                    keys[i] == others[j] ? lengths[i + 1][j + 1] + 1 : max(lengths[i + 1][j], lengths[i][j + 1])
            }
        }
        guard lengths[0][0] * 3 >= min(a.count, b.count) else {
            let figures = (Set(keys.filter(Self.isFigure)), Set(others.filter(Self.isFigure)))
            guard figures.0 != figures.1 else { return nil }
            self.one = Self.pieces(a) { figures.0.contains(keys[$0]) && !figures.1.contains(keys[$0]) }
            self.other = Self.pieces(b) { figures.1.contains(others[$0]) && !figures.0.contains(others[$0]) }
            return
        }
        var common: (one: Set<Int>, other: Set<Int>) = ([], [])
        var (i, j) = (0, 0)
        while i < a.count, j < b.count {
            if keys[i] == others[j] {
                common.one.insert(i)
                common.other.insert(j)
                (i, j) = (i + 1, j + 1)
            } else if lengths[i + 1][j] >= lengths[i][j + 1] {
                i += 1
            } else {
                j += 1
            }
        }
        self.one = Self.pieces(a) { !common.one.contains($0) }
        self.other = Self.pieces(b) { !common.other.contains($0) }
    }

    /// Words with the blanks behind them.
    private static func words(_ text: String) -> [String] {
        var words: [String] = []
        var isBlank = true
        for character in text {
            if !character.isWhitespace, isBlank { words.append("") }
            isBlank = character.isWhitespace
            guard !words.isEmpty else { continue }
            words[words.count - 1].append(character)
        }
        return words
    }

    /// A word without the marks around it, in small letters.
    private static func key(_ word: String) -> String {
        let letters = word.filter { $0.isLetter || $0.isNumber || $0.isSymbol }
        return letters.isEmpty ? word.filter { !$0.isWhitespace } : letters.lowercased()
    }

    /// Whether a word gives a number, in digits or in letters.
    private static func isFigure(_ key: String) -> Bool {
        key.contains { ("0"..."9").contains($0) } || numberWords.contains(key)
    }

    private static let numberWords = Set(
        Embedded.numberWords.description.split(separator: "\n").filter { !$0.hasPrefix("#") }
            .flatMap { $0.split(separator: " ").map(String.init) })

    private static func pieces(_ words: [String], differs: (Int) -> Bool) -> [Piece] {
        var pieces: [Piece] = []
        for (k, word) in words.enumerated() {
            let differs = differs(k)
            if let last = pieces.last, last.differs == differs {
                pieces[pieces.count - 1] = Piece(text: last.text + word, differs: differs)
            } else {
                pieces.append(Piece(text: word, differs: differs))
            }
        }
        return pieces
    }
}
