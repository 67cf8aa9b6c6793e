import StageKit
import Text

/// Lines near the headline that name author and date together, or the author in the publisher's own way.
enum CreditLine {
    /// What a line of parts between bars or bullets says, if it is made of bylines, dates and notes of a few words.
    static func entries(of line: [UInt8]) -> [Metadata.Entry] {
        guard line.count <= 120 else { return [] }
        if let signed = signed(line) ?? dated(line) { return signed }
        let parts = String(decoding: line, as: UTF8.self).unicodeScalars.split { "|•·–/".unicodeScalars.contains($0) }
            .map { TracedText.trimmed(Array(String($0).utf8)) }.filter { !$0.isEmpty }
        guard parts.count > 1, parts.allSatisfy({ $0.split(separator: 0x20).count <= 8 }) else { return [] }
        var entries: [Metadata.Entry] = []
        for part in parts {
            if let date = DateLine.date(of: part) { entries.append(.init("date", date, .text)) }
            if let byline = Byline(part) { entries.append(.init("author", byline.author, .text)) }
        }
        return entries
    }

    /// `Posted by Ada Moreau on 19 January 2026`.
    private static func signed(_ line: [UInt8]) -> [Metadata.Entry]? {
        let text = String(decoding: line, as: UTF8.self)
        guard let label = ["posted ", "published ", "written "].first(where: text.lowercased().hasPrefix) else {
            return nil
        }
        let words = text.dropFirst(label.count).split(separator: " ")
        guard let on = words.lastIndex(where: { $0 == "on" || $0 == "at" }),
            let byline = Byline(Array(words[..<on].joined(separator: " ").utf8)),
            let date = DateLine.date(of: Array(words[(on + 1)...].joined(separator: " ").utf8))
        else { return nil }
        return [.init("author", byline.author, .text), .init("date", date, .text)]
    }

    /// `Monday, 19 January 2026, 7:45 am by Ada Moreau`.
    private static func dated(_ line: [UInt8]) -> [Metadata.Entry]? {
        let text = String(decoding: line, as: UTF8.self)
        guard let label = text.ranges(of: " by ").last,
            let date = DateLine.date(of: Array(text[..<label.lowerBound].utf8)),
            let byline = Byline(Array(text[label.lowerBound...].dropFirst().utf8))
        else { return nil }
        return [.init("date", date, .text), .init("author", byline.author, .text)]
    }

    /// Marks a short line that begins with the name of the known author.
    static func mark(_ blocks: inout [Page.Block], author: String?) {
        guard let author, author.utf8.count >= 5 else { return }
        let kept = blocks.indices.filter { blocks[$0].reason.isEmpty && blocks[$0].kind == .paragraph }
        for k in kept.prefix(4) {
            let line = blocks[k].text.bytes
            guard line.starts(with: author.utf8), line.count <= author.utf8.count + 40, !SentenceShape.isSentence(line)
            else {
                continue
            }
            blocks[k].reason = "byline"
            return
        }
    }
}

extension TracedText {
    /// Bytes without white space at their ends.
    static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        Array(bytes[TextLines.trimmed(bytes, ByteSpan(0, bytes.count)).range])
    }
}
