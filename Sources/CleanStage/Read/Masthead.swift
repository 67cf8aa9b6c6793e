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

    /// The first line above the text that is still there and may be the title.
    static func title(among blocks: [Page.Block]) -> Int? {
        for k in blocks.indices.prefix(20) where blocks[k].reason.isEmpty {
            if blocks[k].kind == .title || isProse(blocks[k]) { return nil }
            if isTitle(blocks[k]) { return k }
            if isSentence(blocks[k].text.bytes) { return nil }
        }
        return nil
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
            // above a date that stands above the headline stands the name of the paper
            if let first = [date, byline].compactMap({ $0 }).min(), first < title {
                for k in head where k < first && blocks[k].reason.isEmpty && blocks[k].kind != .table {
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

    /// The title: the first line, where neither date nor byline stands below it; else the headline above the byline, or
    /// the one between the date and the text.
    private func title(date: Int?, byline: Int?, marks: [Bool]) -> Int? {
        func isFree(_ k: Int) -> Bool { !marks[k] && blocks[k].reason.isEmpty && Self.isTitle(blocks[k]) }
        guard let first = [date, byline].compactMap({ $0 }).min(), let last = [date, byline].compactMap({ $0 }).max()
        else {
            guard let first = head.first(where: { !marks[$0] }), isFree(first) else { return nil }
            return first
        }
        let free = head.filter { $0 < first && isFree($0) }
        let long = free.filter { Self.wordCount(blocks[$0].text.bytes) >= 3 }
        // a row of links has capitals only; a headline may have them too
        let written = long.filter { Self.hasSmallWord(blocks[$0].text.bytes) }
        let above =
            written.contains(first - 1)
            ? first - 1
            : (written.isEmpty ? long : written).max {
                blocks[$0].text.bytes.count < blocks[$1].text.bytes.count
            }
        let below = head.first { $0 > first && !marks[$0] && blocks[$0].reason.isEmpty && !isName($0) }
            .flatMap { ($0 < last || $0 <= first + 3) && isFree($0) ? $0 : nil }
        // a byline stands below its headline; above a date stands the headline or the name of the paper
        if first == byline || written.contains(first - 1), below.map({ $0 > last }) ?? true, let above { return above }
        return below ?? above ?? (first == byline ? free.last : nil)
    }

    /// A name and nothing else between the title and the date.
    private func bareName(title: Int?, date: Int?, marks: [Bool]) -> Int? {
        guard let title, let date, date == title + 2, !marks[title + 1], blocks[title + 1].reason.isEmpty,
            blocks[title + 1].kind == .paragraph, isName(title + 1), PersonName.isLikely(blocks[title + 1].text.bytes)
        else { return nil }
        return title + 1
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
            && !isSentence(block.text.bytes) && !ContactAddress.isAddress(block.text.bytes)
            && TurnLine.mark(block.text.bytes, ByteSpan(0, block.text.bytes.count)) == nil
    }

    /// Whether a line ends with a full stop and is not set as titles are: all in capitals, or each word with one.
    private static func isSentence(_ bytes: [UInt8]) -> Bool {
        var end = bytes.count
        while let (scalar, width) = UTF8Decoding.scalar(in: bytes, before: end),
            "\"'”’»)]".unicodeScalars.contains(scalar)
        {
            end -= width
        }
        guard end > 0, bytes[end - 1] == UInt8(ascii: ".") || bytes[..<end].suffix(3).elementsEqual("…".utf8) else {
            return false
        }
        return bytes.split(separator: 0x20).contains {
            $0.count > 3 && $0[$0.startIndex] >= 0x61 && $0[$0.startIndex] <= 0x7A
        }
            || (wordCount(bytes) < 3 && hasSmallWord(bytes))
    }

    private static func hasSmallWord(_ bytes: [UInt8]) -> Bool {
        bytes.split(separator: 0x20).contains { ($0.first ?? 0) >= 0x61 && ($0.first ?? 0) <= 0x7A }
    }

    private static func wordCount(_ bytes: [UInt8]) -> Int { bytes.split(separator: 0x20).count }
}

/// The publisher in a copyright line: `© 2026 The Gazette. All rights reserved.`
enum CopyrightLine {
    /// Whether a reduced line that begins with `copyright` is a notice: with a year, a sign, or an owner and nothing else.
    static func isNotice(_ line: [UInt8]) -> Bool {
        let words = line.split(separator: 0x20).dropFirst()
        let text = String(decoding: line, as: UTF8.self)
        if text.contains("©") || text.contains("ⓒ") || text.contains("(c)") || text.contains("reserved") { return true }
        guard let first = words.first else { return true }
        if first.count >= 4, first.prefix(4).allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) { return words.count <= 8 }
        return ["by", "of"].contains { first.elementsEqual($0.utf8) } && words.count <= 6
            || words.last.map { last in ["ltd", "inc", "llc", "gmbh", "plc"].contains { last.elementsEqual($0.utf8) } }
                ?? false
    }

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
