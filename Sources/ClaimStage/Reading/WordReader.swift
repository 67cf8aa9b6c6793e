import StageKit
import Text

/// Looks tokens up in the lexicon.
struct WordReader {
    private let text: [UInt8]
    private let lexicon = Lexicon.shared
    private let forms = FormTable.shared
    private var buffer: [UInt8] = []

    /// A reader over `text`.
    init(_ text: [UInt8]) { self.text = text }

    /// Appends the token at `span`; what is contracted (`doesn't`, `we're`, `Smith's`) as two words.
    mutating func append(_ span: ByteSpan, _ kind: Tokens.Kind, to words: inout [Word]) {
        guard kind == .word, let border = contraction(in: span) else { return words.append(word(span, kind)) }
        words.append(word(ByteSpan(span.start, border), kind))
        words.append(word(ByteSpan(border, span.end), kind))
    }

    /// Where the second word of a contraction begins; nil when the token is none.
    private func contraction(in span: ByteSpan) -> Int? {
        var at = span.end - 1
        while at > span.start, span.end - at <= 5 {
            let isCurly = at + 2 < span.end && text[at] == 0xE2 && text[at + 1] == 0x80 && text[at + 2] | 1 == 0x99
            if text[at] == UInt8(ascii: "'") || isCurly {
                let ending = text[at + (isCurly ? 3 : 1)..<span.end].map { $0 | 0x20 }
                if ending == [UInt8(ascii: "t")] {
                    return text[at - 1] | 0x20 == UInt8(ascii: "n") && at - 1 > span.start ? at - 1 : nil
                }
                return Self.endings.contains(ending) ? at : nil
            }
            at -= 1
        }
        return nil
    }

    private static let endings = Set(["", "s", "re", "ve", "ll", "d", "m"].map { Array($0.utf8) })

    /// The word at `span`.
    private mutating func word(_ span: ByteSpan, _ kind: Tokens.Kind) -> Word {
        let folded = folded(span)
        let entry = kind == .punctuation ? nil : lexicon[folded.key]
        let isCapital = isCapital(span)
        return Word(
            span: span, key: folded.key, kind: kind, classes: entry?.classes ?? [], cue: entry?.cue,
            forms: kind == .word ? forms[folded.key] : [],
            isCapital: isCapital, endsInLy: !isCapital && folded.ending == 0x6C79, endsInEd: folded.ending == 0x6564,
            mark: mark(span), mention: nil, quotation: nil)
    }

    /// The hash of the folded word at `span`, and its last two bytes if there are more than three.
    private mutating func folded(_ span: ByteSpan) -> (key: UInt64, ending: UInt16) {
        var hash = StableHash()
        var ending: UInt16 = 0
        for at in span.range {
            let byte = text[at]
            guard byte < 0x80 else { return foldedBeyondASCII(span) }
            let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
            hash.combine(lower)
            ending = ending << 8 | UInt16(lower)
        }
        return (hash.value, span.count > 3 ? ending : 0)
    }

    private mutating func foldedBeyondASCII(_ span: ByteSpan) -> (key: UInt64, ending: UInt16) {
        buffer.removeAll(keepingCapacity: true)
        Folding.append(text, span, to: &buffer)
        let ending = buffer.suffix(2).reduce(UInt16(0)) { $0 << 8 | UInt16($1) }
        return (StableHash.of(buffer), buffer.count > 3 ? ending : 0)
    }

    private func isCapital(_ span: ByteSpan) -> Bool {
        guard !span.isEmpty else { return false }
        let byte = text[span.start]
        if byte < 0x80 { return byte >= 0x41 && byte <= 0x5A }
        return UTF8Decoding.scalar(in: text, at: span.start).scalar.properties.isUppercase
    }

    private func mark(_ span: ByteSpan) -> UInt8 {
        guard !span.isEmpty else { return 0 }
        let byte = text[span.start]
        if (0x41...0x5A).contains(byte & 0xDF) { return 0 }
        if byte < 0x80 {
            let isMark = span.count == 1 && !(0x30...0x39).contains(byte)
            return isMark ? byte : text[span.range].allSatisfy { $0 == 0x2E } ? 0x2E : doubled(span)
        }
        switch UTF8Decoding.scalar(in: text, at: span.start).scalar {
        case "“", "”", "„", "‟", "«", "»": return UInt8(ascii: "\"")
        case "‘", "’": return span.count == 3 ? UInt8(ascii: "'") : 0
        case "–", "—": return UInt8(ascii: "-")
        case "…": return UInt8(ascii: ".")
        default: return 0
        }
    }

    private func doubled(_ span: ByteSpan) -> UInt8 {
        guard span.count == 2, text[span.start] == text[span.start + 1] else { return 0 }
        switch text[span.start] {
        case UInt8(ascii: "'"), UInt8(ascii: "`"): return UInt8(ascii: "\"")
        case UInt8(ascii: "-"): return UInt8(ascii: "-")
        default: return 0
        }
    }
}
