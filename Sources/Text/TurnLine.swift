/// A line that begins a turn of a conversation: a message with its time, or the words of a speaker behind a name.
public enum TurnLine {
    /// What a line begins with.
    public enum Mark: Hashable, Sendable {
        /// A time, as programs put it before a message: `[03/05/2021, 09:12:44] Ada:`, `09:12 Ada:`, `<ada>`.
        case stamp
        /// A name and a colon: the hash of the name.
        case speaker(UInt64)
    }

    /// The mark that `line` of `text` begins with; nil for one that may go on with the line before it.
    public static func mark(_ text: [UInt8], _ line: ByteSpan) -> Mark? {
        guard line.count > 1 else { return nil }
        if isStamp(text, line) { return .stamp }
        return speaker(text, line).map { .speaker(StableHash.of(text[$0.range])) }
    }

    /// Figures and their signs, with an hour and a minute among them; or a nickname in angle brackets.
    private static func isStamp(_ text: [UInt8], _ line: ByteSpan) -> Bool {
        let limit = min(line.end, line.start + 40)
        if text[line.start] == UInt8(ascii: "<") {
            var k = line.start + 1
            while k < limit, text[k] != UInt8(ascii: ">"), text[k] != UInt8(ascii: "/"), text[k] != 0x20 { k += 1 }
            return k > line.start + 1 && k + 1 < line.end && text[k] == UInt8(ascii: ">") && text[k + 1] == 0x20
        }
        var k = line.start
        var hasTime = false
        while k < limit {
            let byte = text[k]
            if isDigit(byte) {
                hasTime =
                    hasTime
                    || (k >= line.start + 2 && text[k - 1] == UInt8(ascii: ":") && isDigit(text[k - 2])
                        && k + 1 < line.end && isDigit(text[k + 1]))
            } else if !"[]()/.,:- T".utf8.contains(byte) {
                break
            }
            k += 1
        }
        // a sentence may begin with a time; a message has a bracket, a stroke or a name behind it
        guard hasTime, k < line.end else { return false }
        let before = text[line.start..<k]
        if before.contains(UInt8(ascii: "]")) || before.contains(UInt8(ascii: "/")) { return true }
        if before.last == UInt8(ascii: "-") || before.dropLast().last == UInt8(ascii: "-") { return true }
        return speaker(text, ByteSpan(k, line.end)) != nil
    }

    /// The name before the first colon: one to four words that begin with capitals, and something behind it.
    private static func speaker(_ text: [UInt8], _ line: ByteSpan) -> ByteSpan? {
        let limit = min(line.end, line.start + 48)
        guard let colon = text[line.start..<limit].firstIndex(of: UInt8(ascii: ":")), colon > line.start,
            colon + 1 == line.end || text[colon + 1] == 0x20
        else { return nil }
        let words = text[line.start..<colon].split(separator: 0x20)
        guard (1...4).contains(words.count) else { return nil }
        for (k, word) in words.enumerated() {
            guard let first = word.first else { return nil }
            let isCapital = (first >= 0x41 && first <= 0x5A) || first >= 0xC3
            // Speaker 1, Ada (laughing)
            let isBeside = k > 0 && (isDigit(first) || first == UInt8(ascii: "("))
            guard isCapital || isBeside, !word.dropLast().contains(where: { ".,;!?\"".utf8.contains($0) }) else {
                return nil
            }
        }
        return ByteSpan(line.start, colon)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}

extension TurnLine {
    /// The starts of those of `lines` that begin a turn, if the lines are a conversation: two of them have a time, or one
    /// name stands before two of them, or three lines in a row have one each.
    public static func starts(_ text: [UInt8], _ lines: [ByteSpan]) -> Set<Int> {
        var starts: Set<Int> = []
        var stamps = 0
        var speakers: [UInt64: Int] = [:]
        var inRow = 0
        var longest = 0
        for line in lines {
            guard let mark = mark(text, line) else {
                // an empty line between two turns parts none
                if !line.isEmpty { inRow = 0 }
                continue
            }
            starts.insert(line.start)
            inRow += 1
            longest = max(longest, inRow)
            switch mark {
            case .stamp: stamps += 1
            case .speaker(let name): speakers[name, default: 0] += 1
            }
        }
        return stamps > 1 || longest > 2 || speakers.contains { $0.value > 1 } ? starts : []
    }
}
