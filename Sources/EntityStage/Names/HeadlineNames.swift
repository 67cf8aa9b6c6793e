import StageKit
import Text

/// Finds the names of headlines whose words all have capitals: those that the text below has.
struct HeadlineNames {
    private let reading: Reading
    private let taken: [Bool]
    /// The names of the text below, by the keys of their words, and the most atoms of one.
    private var forms: [UInt64: Mention.Kind] = [:]
    private var longest = 1
    /// Those of them that stand there as they are.
    private var whole: Set<UInt64> = []

    /// The names, those of headlines corrected.
    static func corrected(_ names: [FoundName], in reading: Reading, taken: [Bool]) -> [FoundName] {
        let isHeadline = reading.sentences.indices.map {
            reading.isHeadline[$0] || reading.isShouted[$0] || isSetInCapitals(reading.sentences[$0], reading)
        }
        guard isHeadline.contains(true) else { return names }
        var inHeadline = [Bool](repeating: false, count: reading.atoms.count)
        for (k, sentence) in reading.sentences.enumerated() where isHeadline[k] {
            for atom in sentence { inHeadline[atom] = true }
        }
        var rule = HeadlineNames(reading: reading, taken: taken)
        for name in names where !inHeadline[name.range.lowerBound] { rule.note(name) }
        var found = names.flatMap { name in
            inHeadline[name.range.lowerBound] ? rule.parts(of: name) : [name]
        }
        var isNamed = [Bool](repeating: false, count: reading.atoms.count)
        for name in found { for k in name.range { isNamed[k] = true } }
        for (k, sentence) in reading.sentences.enumerated() where isHeadline[k] {
            found += rule.missed(in: sentence, isNamed)
        }
        return found
    }

    /// Longer names are not looked for in headlines.
    private static let most = 16

    private init(reading: Reading, taken: [Bool]) {
        self.reading = reading
        self.taken = taken
    }

    private mutating func note(_ name: FoundName) {
        let key = reading.formKey(name.range)
        forms[key] = name.kind
        whole.insert(key)
        longest = max(longest, min(name.range.count, Self.most))
        if name.kind == .person, name.range.count > 1 {
            forms[reading.formKey(name.range.upperBound - 1..<name.range.upperBound)] = .person
        }
    }

    /// The names of the text that a run of capitalized words holds; the run itself where it holds none.
    private func parts(of name: FoundName) -> [FoundName] {
        guard name.range.count > 2, forms[reading.formKey(name.range)] == nil else { return [name] }
        var pieces: [FoundName] = []
        var at = name.range.lowerBound
        while at < name.range.upperBound {
            guard let piece = known(at: at, limit: name.range.upperBound) else {
                at += 1
                continue
            }
            pieces.append(piece)
            at = piece.range.upperBound
        }
        return pieces.isEmpty ? [name] : pieces
    }

    /// The longest name of the text that begins at `k`.
    private func known(at k: Int, limit: Int) -> FoundName? {
        for end in stride(from: min(limit, k + longest), to: k, by: -1) where reading.atoms[end - 1].isWord {
            if let kind = forms[reading.formKey(k..<end)] { return FoundName(range: k..<end, kind: kind, isSure: true) }
        }
        return nil
    }

    /// Names of the text that nobody found in a headline. A common word may be meant as such, unless it is part of more.
    private func missed(in sentence: Range<Int>, _ isNamed: [Bool]) -> [FoundName] {
        var found: [FoundName] = []
        var k = sentence.lowerBound
        while k < sentence.upperBound {
            guard reading.atoms[k].isWord, reading.atoms[k].isCapital,
                let name = known(at: k, limit: sentence.upperBound), NameLabel.kinds.contains(name.kind),
                !name.range.contains(where: { isNamed[$0] || taken[$0] }),
                whole.contains(reading.formKey(name.range)), name.range.count > 1 || !reading.atoms[k].has(.common),
                !isMail(name.range)
            else {
                k += 1
                continue
            }
            found.append(name)
            k = name.range.upperBound
        }
        return found
    }

    /// Whether it is part of an address: "Weir@ORSA".
    private func isMail(_ range: Range<Int>) -> Bool {
        range.lowerBound > 0 && reading.atoms[range.lowerBound - 1].isMark("@")
            || range.upperBound < reading.atoms.count && reading.atoms[range.upperBound].isMark("@")
    }

    /// Whether all longer words of a sentence without a full stop have capitals, if only a few.
    private static func isSetInCapitals(_ sentence: Range<Int>, _ reading: Reading) -> Bool {
        guard let last = sentence.last, !reading.atoms[last].isMark("."), sentence.count <= 20 else { return false }
        let words = sentence.filter { reading.atoms[$0].isWord && reading.atoms[$0].end - reading.atoms[$0].start >= 4 }
        return words.count >= 3 && words.allSatisfy { reading.atoms[$0].isCapital }
    }
}
