import StageKit
import Text

/// Headings of plain text: short lines that end like no sentence, above a paragraph.
enum HeadingLines {
    /// Marks them among the blocks that may be text.
    static func mark(_ blocks: inout [Page.Block]) {
        let kept = blocks.indices.filter { blocks[$0].reason.isEmpty }
        for (k, next) in zip(kept, kept.dropFirst()) where k != kept.first && blocks[k].kind == .paragraph {
            let below = blocks[next].text.bytes
            guard isHeading(blocks[k].text.bytes),
                TurnLine.mark(blocks[k].text.bytes, ByteSpan(0, blocks[k].text.bytes.count)) == nil,
                blocks[next].kind == .paragraph
            else { continue }
            let ends = below.last.map { ".:?!".utf8.contains($0) } ?? false
            if below.count >= 100 || (ends && below.count >= 40) { blocks[k].kind = .heading }
        }
    }

    private static func isHeading(_ line: [UInt8]) -> Bool {
        guard (3...80).contains(line.count), line.split(separator: 0x20).count <= 12,
            let last = UTF8Decoding.scalar(in: line, before: line.count)?.scalar
        else { return false }
        let first = UTF8Decoding.scalar(in: line, at: 0).scalar
        guard !first.properties.isLowercase, first.properties.isAlphabetic || "‘“\"'".unicodeScalars.contains(first)
        else { return false }
        // a short question may head a section; a longer one is asked in the text
        if last == "?" { return line.count <= 40 }
        return !".:;,!…-–—”\"".unicodeScalars.contains(last)
    }
}
