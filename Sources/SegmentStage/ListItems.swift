import Text

/// Finds the items of a list that is set in one passage: `1) sugar 2) salt`, `a. who b. when`, bullets.
struct ListItems {
    let tokens: [Token]
    let text: [UInt8]

    /// The tokens of the marks of the items behind the first, when the passage opens with an item's mark.
    func marks(in passage: Range<Int>) -> [Range<Int>] {
        guard let first = mark(at: passage.lowerBound, in: passage) else { return [] }
        var expected = first.next
        var marks: [Range<Int>] = []
        var k = passage.lowerBound + 1
        while k < passage.upperBound {
            if let mark = mark(at: k, in: passage), mark.value == expected.value, mark.style == expected.style {
                marks.append(k..<mark.end)
                expected = mark.next
            }
            k += 1
        }
        return marks
    }

    /// An item's mark: its number or its letter's, and the bytes behind it.
    private struct Mark {
        var value: Int
        var style: [UInt8]
        /// The token behind it.
        var end: Int
        var next: Mark { Mark(value: value + 1, style: style, end: end) }
    }

    private func mark(at k: Int, in passage: Range<Int>) -> Mark? {
        let span = tokens[k].span
        // it stands apart, and something follows
        if k > passage.lowerBound, tokens[k - 1].span.end == span.start { return nil }
        var value = 0
        var at = span.start
        let limit = tokens[passage.upperBound - 1].span.end
        if (0x61...0x7A).contains(text[at]) {
            value = Int(text[at])
            at += 1
        } else {
            while at < limit, (0x30...0x39).contains(text[at]), at - span.start < 3 {
                value = value * 10 + Int(text[at] - 0x30)
                at += 1
            }
        }
        guard at > span.start else { return nil }
        var style: [UInt8] = []
        while at < limit, text[at] == UInt8(ascii: ".") || text[at] == UInt8(ascii: ")"), style.count < 2 {
            style.append(text[at])
            at += 1
        }
        guard !style.isEmpty, at < limit, text[at] == 0x20 else { return nil }
        var end = k + 1
        while end < passage.upperBound, tokens[end].span.start < at { end += 1 }
        return Mark(value: value, style: style, end: end)
    }
}
