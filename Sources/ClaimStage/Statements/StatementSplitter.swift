import StageKit
import Text

/// Cuts what is said into statements: at the ends of sentences, and before a coordinated clause with a subject and a
/// finite verb of its own.
struct StatementSplitter {
    private let reading: Reading
    private let words: [Word]
    private let polarity: Polarity

    /// A splitter over `reading`.
    init(_ reading: Reading) {
        self.reading = reading
        words = reading.words
        polarity = Polarity(reading)
    }

    /// The statements of a content, whose pieces come in order; one for each stretch that has a word in it.
    func statements(of content: [Range<Int>], sentences first: Int) -> [Claim.Statement] {
        var statements: [Claim.Statement] = []
        for stretch in stretches(of: content, from: first) {
            for part in clauses(of: withoutDateline(stretch)) {
                let part = part.compactMap(reading.trimmed)
                guard let start = part.first?.lowerBound, let end = part.last?.upperBound else { continue }
                statements.append(
                    Claim.Statement(
                        reading.span(start..<end), negated: polarity.isNegated(part), hedged: polarity.isHedged(part),
                        figures: figures(part)))
            }
        }
        return statements
    }

    /// The pieces sentence by sentence: pieces of one sentence belong together, a piece of several is cut.
    private func stretches(of content: [Range<Int>], from first: Int) -> [[Range<Int>]] {
        var stretches: [[Range<Int>]] = []
        var sentence = first
        var last = -1
        for piece in content {
            var start = piece.lowerBound
            while sentence > 0, reading.sentences[sentence].lowerBound > start { sentence -= 1 }
            while start < piece.upperBound {
                while sentence + 1 < reading.sentences.count, reading.sentences[sentence].upperBound <= start {
                    sentence += 1
                }
                let end = sentence < reading.sentences.count ? reading.sentences[sentence].upperBound : piece.upperBound
                let stop = end > start ? min(piece.upperBound, end) : piece.upperBound
                if sentence == last {
                    stretches[stretches.count - 1].append(start..<stop)
                } else {
                    stretches.append([start..<stop])
                }
                last = sentence
                start = stop
            }
        }
        return stretches
    }

    /// The pieces of a sentence without what says where a report was sent from: a place in capitals, and what follows it up
    /// to a dash, *SKERROW, Vestrey, 13 Jan (NSP) –*.
    private func withoutDateline(_ pieces: [Range<Int>]) -> [Range<Int>] {
        guard let first = pieces.first, first.count > 3 else { return pieces }
        let place = reading.text[words[first.lowerBound].span.range]
        guard place.count > 2, place.allSatisfy({ !(0x61...0x7A).contains($0) && $0 > 0x40 }) else { return pieces }
        let head = first.prefix(Self.reach)
        guard let dash = head.first(where: isDash), dash + 2 < first.upperBound,
            !first[..<dash].contains(where: { reading.isFiniteVerb($0) || words[$0].isAny(.auxiliary) })
        else { return pieces }
        return [dash + 1..<first.upperBound] + pieces.dropFirst()
    }

    private func isDash(_ index: Int) -> Bool {
        let word = words[index]
        return word.isPunctuation && Self.dashes.contains(Array(reading.text[word.span.range]))
            && word.span.start > 0 && reading.text[word.span.start - 1] == UInt8(ascii: " ")
    }

    /// The coordinated clauses of one sentence's pieces.
    private func clauses(of pieces: [Range<Int>]) -> [[Range<Int>]] {
        var clauses: [[Range<Int>]] = []
        var open: [Range<Int>] = []
        var hasVerb = false
        for piece in pieces {
            var start = piece.lowerBound
            for index in piece {
                if hasVerb, index > start, let next = border(at: index, in: piece) {
                    open.append(start..<index)
                    clauses.append(open)
                    open = []
                    start = next
                    hasVerb = false
                } else if reading.isFiniteVerb(index) {
                    hasVerb = true
                }
            }
            if start < piece.upperBound { open.append(start..<piece.upperBound) }
        }
        if !open.isEmpty {
            // what is left over without a verb belongs to the clause before it
            if !hasVerb, !clauses.isEmpty { clauses[clauses.count - 1] += open } else { clauses.append(open) }
        }
        return clauses
    }

    /// Where a coordinated clause begins that the word at `index` joins to what is before; nil where it joins something
    /// else.
    private func border(at index: Int, in piece: Range<Int>) -> Int? {
        let word = words[index]
        let isSemicolon = word.mark == UInt8(ascii: ";")
        guard isSemicolon || word.isAny(.conjunction) else { return nil }
        var next = index + 1
        while next < piece.upperBound, words[next].isPunctuation || words[next].isAny([.conjunction, .that, .opener]) {
            next += 1
        }
        return beginsClause(next, piece.upperBound) ? next : nil
    }

    /// Whether a subject begins at `start` and its finite verb follows before anything that would need another.
    private func beginsClause(_ start: Int, _ end: Int) -> Bool {
        guard start < end else { return false }
        let first = words[start]
        guard
            first.isAny([.subject, .determiner]) || first.isName || first.isCapital || first.kind == .number
                || first.forms.contains(.plural)
        else { return false }
        for index in start + 1..<max(start + 1, min(end, start + Self.reach)) {
            let word = words[index]
            if reading.isFiniteVerb(index) { return true }
            if word.isPunctuation && word.mark != UInt8(ascii: "-") || word.isAny([.conjunction, .relative, .that]) {
                return false
            }
        }
        return false
    }

    /// The mentions of numbers and amounts in the pieces, in order.
    func figures(_ pieces: [Range<Int>]) -> [Int] {
        var figures: [Int] = []
        for index in pieces.joined() {
            guard let mention = words[index].mention, figures.last != mention, figures.count < Self.mostFigures,
                case .quantity? = reading.mentions[mention].value
            else { continue }
            figures.append(mention)
        }
        return figures
    }

    private static let reach = 12
    private static let dashes = ["-", "–", "—"].map { Array($0.utf8) }
    private static let mostFigures = 32
}
