import EntityStage
import Text

/// Sources mark names in different ways; the tagger's way is a name without article, title and possessive, and
/// "Lyon, France" as two places.
extension MarkedText {
    /// With the names cut as the stage cuts them.
    func inOurWay() -> MarkedText {
        var text = self
        text.names = names.flatMap(cut).sorted { $0.span < $1.span }
        var clean: [Name] = []
        for name in text.names where clean.last.map({ $0.span.end <= name.span.start }) ?? true { clean.append(name) }
        text.names = clean
        return text
    }

    private func cut(_ name: Name) -> [Name] {
        var pieces: [[ByteSpan]] = [[]]
        var isBehindComma = false
        for word in words(in: name.span) {
            let text = string(word)
            let isJoint = name.kind != .organization && text == "and" && !pieces[0].isEmpty && name.kind == .person
            let startsPiece = isBehindComma && (name.kind != .organization || WordHints.isPlace(text))
            if isJoint || startsPiece { pieces.append([]) }
            if !isJoint { pieces[pieces.count - 1].append(word) }
            isBehindComma = word.end < name.span.end && bytes[word.end] == UInt8(ascii: ",")
        }
        return pieces.enumerated().flatMap { k, words in
            trimmed(words, kind: k > 0 && name.kind == .organization ? .place : name.kind)
        }
    }

    private func trimmed(_ words: [ByteSpan], kind: Kind) -> [Name] {
        var words = words
        var found: [Name] = []
        while let first = words.first {
            let text = string(first)
            if text == "The" || isSmall(first) {
                words.removeFirst()
            } else if kind == .person, WordHints.isTitle(text) || WordHints.isPeople(text) {
                words.removeFirst()
            } else if kind == .person, words.count > 1, WordHints.isPlace(text), !WordHints.isFirstName(text) {
                found.append(Name(span: first, kind: .place))
                words.removeFirst()
            } else {
                break
            }
        }
        if kind == .person { words = Array(words.prefix { !isSmall($0) }) }
        guard let first = words.first, let last = words.last else { return found }
        if words.count == 1, kind == .person, WordHints.isCommon(string(first)), !WordHints.isFirstName(string(first)) {
            return found
        }
        if kind == .place, words.allSatisfy({ WordHints.isPeople(string($0)) }) { return found }
        let span = ByteSpan(first.start, last.end)
        return found + [Name(span: span, kind: kind)]
    }

    /// Whether a word is in small letters and no particle of a surname.
    private func isSmall(_ span: ByteSpan) -> Bool {
        let text = string(span)
        return text.unicodeScalars.first?.properties.isLowercase != false && !WordHints.isParticle(text)
    }

    private func string(_ span: ByteSpan) -> String { String(decoding: bytes[span.range], as: UTF8.self) }

    /// The words of a name, parted by blanks, without marks at their ends and without a possessive.
    private func words(in span: ByteSpan) -> [ByteSpan] {
        var words: [ByteSpan] = []
        var start = span.start
        for k in span.start...span.end where k == span.end || bytes[k] == 0x20 || bytes[k] == 0x0A {
            var end = k
            while end > start, [UInt8(ascii: ","), UInt8(ascii: ")"), UInt8(ascii: "\"")].contains(bytes[end - 1]) {
                end -= 1
            }
            var from = start
            while from < end, [UInt8(ascii: "("), UInt8(ascii: "\"")].contains(bytes[from]) { from += 1 }
            if k == span.end {
                let endings = ["'s", "’s", "'", "’"].map { Array($0.utf8) }
                if let ending = endings.first(where: { bytes[from..<end].suffix($0.count).elementsEqual($0) }) {
                    end -= ending.count
                }
            }
            if end > from { words.append(ByteSpan(from, end)) }
            start = k + 1
        }
        return words
    }
}
