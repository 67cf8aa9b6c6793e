/// Writes the text of a document with its marks. The text is cut at every border of a mark, so that marks may overlap.
struct MarkedText {
    private let text: [UInt8]
    private let blocks: [DocumentMarks.Block]
    /// By their starts; of those with one start, the longest first.
    private let stretches: [DocumentMarks.Stretch]
    /// Where the reading stands: a byte of the text, and its number in code points.
    private var byte = 0
    private var point = 0
    /// The next stretch to be opened, and those that are open.
    private var next = 0
    private var open: [Int] = []

    init(_ text: String, _ marks: DocumentMarks) {
        self.text = Array(text.utf8)
        blocks = marks.blocks.enumerated().sorted { ($0.element.start, $0.offset) < ($1.element.start, $1.offset) }
            .map(\.element)
        stretches = marks.stretches.enumerated().sorted { a, b in
            if a.element.start != b.element.start { return a.element.start < b.element.start }
            if a.element.end != b.element.end { return a.element.end > b.element.end }
            return a.offset < b.offset
        }.map(\.element)
    }

    /// A part of the text as HTML, with the code point where it begins.
    typealias Part = (start: Int, html: [UInt8])

    /// The text in parts of about `limit` bytes of HTML, cut between blocks.
    mutating func parts(limit: Int) -> [Part] {
        var parts: [Part] = []
        var page = PageBytes()
        var start = 0
        func isFull(_ page: PageBytes) -> Bool { page.bytes.count >= limit }
        for block in blocks {
            if let removed = block.removed {
                page.html("<div class=\"out\" dir=\"auto\"><span class=\"why\">")
                page.text("taken out: \(removed.reason)")
                page.html("</span> ")
                page.text(removed.text)
                page.html("</div>\n")
            } else if block.end > point {
                // text that no block holds
                if block.start > point { write(to: block.start, in: "p", &page, limit: limit, &parts, &start) }
                write(to: block.end, in: Self.element(block.kind), &page, limit: limit, &parts, &start)
            }
            if isFull(page) { Self.cut(&page, &parts, &start, at: point) }
        }
        write(to: Int.max, in: "p", &page, limit: limit, &parts, &start)
        if !page.bytes.isEmpty || parts.isEmpty { parts.append((start, page.bytes)) }
        return parts
    }

    private static func cut(_ page: inout PageBytes, _ parts: inout [Part], _ start: inout Int, at point: Int) {
        parts.append((start, page.bytes))
        page = PageBytes()
        start = point
    }

    private static func element(_ kind: String) -> String {
        switch kind {
        case "title": "h2"
        case "heading": "h3"
        case "quote": "blockquote"
        case "code", "table": "pre"
        default: "p"
        }
    }

    /// Writes what stands before the code point `end`. A block that is too long for a part is cut.
    private mutating func write(
        to end: Int, in element: String, _ page: inout PageBytes, limit: Int, _ parts: inout [Part], _ start: inout Int
    ) {
        guard point < end, byte < text.count else { return }
        // Blank lines between blocks belong to none.
        var ahead = byte
        while ahead < text.count, point < end, text[ahead] == 0x0A || text[ahead] == 0x20 {
            ahead += 1
            point += 1
        }
        byte = ahead
        guard point < end, byte < text.count else { return }
        page.html("<\(element) dir=\"auto\">")
        while point < end, byte < text.count {
            if page.bytes.count >= limit {
                page.html("</\(element)>\n")
                Self.cut(&page, &parts, &start, at: point)
                page.html("<\(element) dir=\"auto\">")
            }
            step(before: end, piece: max(64, min(65_536, limit / 8)), &page)
        }
        page.html("</\(element)>\n")
    }

    /// Writes up to the next border of a mark, at most `piece` bytes of the text.
    private mutating func step(before end: Int, piece: Int, _ page: inout PageBytes) {
        open.removeAll { stretches[$0].end <= point }
        while next < stretches.count, stretches[next].start <= point {
            if stretches[next].end > point {
                open.append(next)
                switch stretches[next].content {
                case .sentence(let number): page.html("<a id=\"s\(number)\"></a>")
                case .claim(let id, _, _), .mention(let id, _, _):
                    page.html("<a id=\"")
                    page.text(id)
                    page.html("\"></a>")
                }
            }
            next += 1
        }
        var border = end
        if next < stretches.count { border = min(border, stretches[next].start) }
        for k in open { border = min(border, stretches[k].end) }
        let first = byte
        while byte < text.count, point < border, byte - first < piece {
            byte += 1
            while byte < text.count, text[byte] & 0xC0 == 0x80 { byte += 1 }
            point += 1
        }
        var closing = ""
        var isLinked = false
        for k in open {
            switch stretches[k].content {
            case .sentence: break
            case .claim(_, let note, let isAuthors):
                page.html(isAuthors ? "<mark class=\"own\" title=\"" : "<mark title=\"")
                page.text(note)
                page.html("\">")
                closing = "</mark>" + closing
            case .mention(_, let address, let note):
                // a link in a link is none
                if let address, !isLinked {
                    isLinked = true
                    page.html("<a class=\"m\" href=\"../\(address)\" title=\"")
                    page.text(note)
                    page.html("\">")
                    closing = "</a>" + closing
                }
            }
        }
        page.text(text[first..<byte])
        page.html(closing)
    }
}
