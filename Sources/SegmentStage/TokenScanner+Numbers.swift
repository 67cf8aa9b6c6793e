import Text

extension TokenScanner {
    /// A number with its separators, a time, a date in figures, a telephone number, or a word that begins with figures.
    mutating func scanNumber(_ start: Int) -> Int {
        var at = digitsEnd(start)
        scan: while at < passage.end {
            switch text[at] {
            case UInt8(ascii: ","):
                let group = digitsEnd(at + 1)
                guard language.decimalComma ? group > at + 1 : group == at + 4 else { break scan }
                at = group
            case UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "/"):
                let group = digitsEnd(at + 1)
                guard group > at + 1 else { break scan }
                at = group
            case UInt8(ascii: "-"):
                guard let end = groupsEnd(start, at) else { break scan }
                at = end
            case UInt8(ascii: "'"), 0xE2:
                guard let next = apostropheEnd(at), byte(next) == UInt8(ascii: "s"), wordEnd(next) == next + 1 else {
                    break scan
                }
                at = next + 1
            default: break scan
            }
        }
        let letters = wordEnd(at)
        let rest = ByteSpan(at, letters)
        if letters > at, isOrdinal(rest) { return add(start, letters, .number) }
        if letters > at, !Lexicon.units.contains(rest, in: text) {
            if at - start > 4 || text[start..<at].contains(where: { !(0x30...0x39).contains($0) }) {
                return add(start, at, .number)
            }
            at = letters
            if byte(at) == UInt8(ascii: "."), let end = addressEnd(start, at) { return add(start, end, .address) }
            return scanWord(start, from: &at, .caseless)
        }
        if byte(at) == UInt8(ascii: "@"), let end = addressEnd(start, at) { return add(start, end, .address) }
        if let end = markerEnd(start, at) { return add(start, end, .marker) }
        return add(start, ordinalEnd(start, at) ?? at, .number)
    }

    /// The end of a list's number with its full stop or bracket, where one opens the passage or follows a bullet.
    private func markerEnd(_ start: Int, _ at: Int) -> Int? {
        guard isFirst || tokens.last?.role == .bullet || tokens.last?.role == .openBracket, at - start <= 5 else {
            return nil
        }
        var end = at
        if byte(end) == UInt8(ascii: ".") { end += 1 }
        if byte(end) == UInt8(ascii: ")"), isFirst { end += 1 }
        return end > at && byte(end) == 0x20 ? end : nil
    }

    /// The end of a telephone number or a date whose first hyphen stands at `at`; a range is cut instead.
    private func groupsEnd(_ start: Int, _ at: Int) -> Int? {
        var groups = [at - start]
        var end = at
        while byte(end) == UInt8(ascii: "-"), groups.count <= 6 {
            let next = digitsEnd(end + 1)
            guard next > end + 1 else { break }
            groups.append(next - end - 1)
            end = next
        }
        guard !scalarClass(at: end).kind.continuesWord else { return nil }
        if groups.count >= 3 { return end }
        return groups.count == 2 && (groups[0] == 3 || groups[0] == 1) && groups[1] == 4 ? end : nil
    }

    private func isOrdinal(_ span: ByteSpan) -> Bool {
        guard span.count <= 2 else { return false }
        let first = text[span.start] | 0x20
        if span.count == 1 { return first == UInt8(ascii: "s") }
        switch (first, text[span.start + 1] | 0x20) {
        case (UInt8(ascii: "s"), UInt8(ascii: "t")), (UInt8(ascii: "n"), UInt8(ascii: "d")),
            (UInt8(ascii: "r"), UInt8(ascii: "d")), (UInt8(ascii: "t"), UInt8(ascii: "h")):
            return true
        default: return false
        }
    }
}
