import StageKit
import Text

/// The lines above a text: the page's header, title, date and byline.
struct Masthead {
    private var blocks: [Page.Block]
    /// The blocks before the first paragraph of prose.
    private let head: Range<Int>
    private var entries: [Metadata.Entry] = []

    /// Reads the head of `blocks`: marks its lines and gives what they say. `titled` says that the title is known.
    static func read(_ blocks: inout [Page.Block], titled: Bool = false) -> Metadata {
        var masthead = Masthead(blocks)
        masthead.read(titled: titled)
        blocks = masthead.blocks
        return Metadata(masthead.entries)
    }

    private init(_ blocks: [Page.Block]) {
        self.blocks = blocks
        head = 0..<min(20, blocks.firstIndex { Self.isProse($0) } ?? blocks.count)
    }

    private mutating func read(titled: Bool) {
        let marks = head.map { Self.hasMark(blocks[$0]) }
        let date = head.first { DateLine.date(of: blocks[$0].text.bytes) != nil }
        let byline = head.first { Byline(blocks[$0].text.bytes) != nil }
        if let date, let iso = DateLine.date(of: blocks[date].text.bytes) {
            entries.append(.init("date", iso, .text))
            blocks[date].reason = "date line"
        }
        if let byline, let names = Byline(blocks[byline].text.bytes) {
            entries.append(.init("author", names.author, .text))
            if let publisher = names.publisher { entries.append(.init("publisher", publisher, .text)) }
            blocks[byline].reason = "byline"
        }
        var title = titled ? nil : self.title(date: date, byline: byline, marks: marks)
        if titled { title = head.first { blocks[$0].kind == .title } }
        if let title {
            if !titled { blocks[title].kind = .title }
            entries.append(.init("title", String(decoding: blocks[title].text.bytes, as: UTF8.self), .text))
            if date != nil || byline != nil {
                for k in head where k < title && blocks[k].reason.isEmpty {
                    blocks[k].reason = "page header above the title"
                }
            }
        }
        if byline == nil, let author = bareName(title: title, date: date, marks: marks) {
            entries.append(.init("author", String(decoding: blocks[author].text.bytes, as: UTF8.self), .text))
            blocks[author].reason = "byline"
        }
        if let publisher = CopyrightLine.publisher(in: blocks) { entries.append(.init("publisher", publisher, .text)) }
    }

    /// The title: below the date or byline if one stands there, else the longest line above them, else the first line.
    private func title(date: Int?, byline: Int?, marks: [Bool]) -> Int? {
        func isFree(_ k: Int) -> Bool { !marks[k] && blocks[k].reason.isEmpty && Self.isTitle(blocks[k]) }
        guard let first = [date, byline].compactMap({ $0 }).min(), let last = [date, byline].compactMap({ $0 }).max()
        else {
            guard let first = head.first(where: { !marks[$0] }), isFree(first) else { return nil }
            let ends = blocks[first].text.bytes.last == UInt8(ascii: ".")
            // a first line that ends like a sentence is a title only when no paragraph follows it
            return ends && first + 1 >= head.upperBound ? nil : first
        }
        let below = head.first { $0 > first && !marks[$0] && blocks[$0].reason.isEmpty && !isName($0) }
        if let below, below < last || below <= first + 3, isFree(below) { return below }
        let above = head.filter { $0 < first && isFree($0) && Self.wordCount(blocks[$0].text.bytes) >= 3 }
        // a row of links has capitals only; a headline may have them too
        let written = above.filter { Self.hasSmallWord(blocks[$0].text.bytes) }
        return (written.isEmpty ? above : written).max { blocks[$0].text.bytes.count < blocks[$1].text.bytes.count }
    }

    /// A line that is a name and nothing else, beside the title or the date.
    private func bareName(title: Int?, date: Int?, marks: [Bool]) -> Int? {
        head.first { k in
            !marks[k] && blocks[k].reason.isEmpty && k != title && isName(k)
                && (title.map { k > $0 && k <= $0 + 1 } ?? false || date.map { abs(k - $0) == 1 } ?? false)
        }
    }

    private func isName(_ k: Int) -> Bool { Byline.isName(blocks[k].text.bytes) }

    private static func isProse(_ block: Page.Block) -> Bool {
        block.text.bytes.count >= 160 || (block.text.bytes.count >= 100 && SentenceShape.isSentence(block.text.bytes))
    }

    private static func hasMark(_ block: Page.Block) -> Bool {
        !block.reason.isEmpty
            || FurnitureMarks.reason(
                PlainLine.reduced(block.text.bytes), block.text.bytes, isHead: true, isTail: false) != nil
    }

    private static func isTitle(_ block: Page.Block) -> Bool {
        (block.kind == .paragraph || block.kind == .heading) && (8...160).contains(block.text.bytes.count)
            && wordCount(block.text.bytes) >= 2 && block.text.bytes.last != UInt8(ascii: ":")
    }

    private static func hasSmallWord(_ bytes: [UInt8]) -> Bool {
        bytes.split(separator: 0x20).contains { ($0.first ?? 0) >= 0x61 && ($0.first ?? 0) <= 0x7A }
    }

    private static func wordCount(_ bytes: [UInt8]) -> Int { bytes.split(separator: 0x20).count }
}

/// The publisher in a copyright line: `© 2026 The Gazette. All rights reserved.`
enum CopyrightLine {
    static func publisher(in blocks: [Page.Block]) -> String? {
        for block in blocks.suffix(14) where block.text.bytes.starts(with: "©".utf8) && block.text.bytes.count < 120 {
            let text = String(decoding: block.text.bytes.dropFirst(2), as: UTF8.self)
            let words = text.split(separator: " ").drop { $0.allSatisfy { $0.isNumber || "–-,".contains($0) } }
            let name = words.joined(separator: " ").split(separator: ".").first.map(String.init) ?? ""
            if (3...60).contains(name.utf8.count), name.first?.isUppercase == true { return name }
        }
        return nil
    }
}
