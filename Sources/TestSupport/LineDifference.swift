/// Where two texts part, shown line by line.
struct LineDifference {
    /// The first line that differs, from 1.
    let line: Int
    /// Lines of both around it: `-` expected, `+` actual.
    let shown: String

    init(expected: [UInt8], actual: [UInt8], context: Int = 2, most: Int = 6) {
        let old = Self.lines(expected)
        let new = Self.lines(actual)
        let first = zip(old, new).enumerated().first { $1.0 != $1.1 }?.offset ?? min(old.count, new.count)
        // a text that merely goes on differs from where the shorter one ends
        line = first + 1
        var shown = old[max(0, first - context)..<min(first, old.count)].map { "  " + $0 }
        shown += old[min(first, old.count)..<min(first + most, old.count)].map { "- " + $0 }
        shown += new[min(first, new.count)..<min(first + most, new.count)].map { "+ " + $0 }
        self.shown = shown.joined(separator: "\n")
    }

    private static func lines(_ bytes: [UInt8]) -> [String] {
        bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    }
}
