package import StageKit
package import Text

/// A document whose layers are made by hand: spans are found by the words that they cover.
///
/// Paragraphs of `text` are parted by an empty line, sentences by a full stop and a space, tokens by spaces. The
/// original file is `head` followed by the text.
package struct HandmadeDocument: Sendable {
    package let id: String
    package let layers = LayerSet()
    /// The bytes of the original file.
    package let source: [UInt8]
    private let text: [UInt8]

    package init(
        _ id: String, _ text: String, head: String = "", metadata: [Metadata.Entry] = [],
        removed: [(text: String, reason: String)] = []
    ) {
        self.id = id
        self.text = Array(text.utf8)
        source = Array(head.utf8) + self.text
        let source = source
        let start = head.utf8.count
        let paragraphs = Self.parts(of: self.text, from: 0, endingWith: Array("\n\n".utf8), keeping: 0)
        let sentences = paragraphs.flatMap { paragraph in
            Self.parts(
                of: Array(self.text[..<paragraph.end]), from: paragraph.start, endingWith: Array(". ".utf8), keeping: 1)
        }
        let words = sentences.flatMap { sentence in
            Self.parts(of: Array(self.text[..<sentence.end]), from: sentence.start, endingWith: [0x20], keeping: 0)
        }
        layers.set(DocumentText(self.text))
        layers.set(
            Origin([.init(length: self.text.count, source: ByteSpan(start, source.count), form: .verbatim)]))
        layers.set(SourceLines([0] + source.indices.filter { source[$0] == 0x0A }.map { $0 + 1 }))
        layers.set(Metadata(metadata))
        layers.set(
            Blocks(
                removed.map {
                    .init(.furniture, removedAt: 0, text: $0.text, source: ByteSpan(0, start), reason: $0.reason)
                } + paragraphs.map { .init(.paragraph, $0) }))
        layers.set(Sentences(sentences))
        layers.set(Tokens(spans: words, kinds: words.map { _ in .word }))
    }

    /// The place of `words`, the `occurrence`-th from 0; the empty span at the beginning where they do not stand.
    package func span(_ words: String, _ occurrence: Int = 0) -> ByteSpan {
        let words = Array(words.utf8)
        var left = occurrence
        for start in 0..<max(0, text.count - words.count + 1) where text[start...].starts(with: words) {
            if left == 0 { return ByteSpan(start, start + words.count) }
            left -= 1
        }
        return ByteSpan(0, 0)
    }

    /// The reference of a passage that stands once in the document.
    package func reference(_ words: String) -> ClaimReference {
        ClaimReference(passage: StableHash.of(Array(words.utf8)), occurrence: 0)
    }

    private static func parts(
        of bytes: [UInt8], from start: Int, endingWith mark: [UInt8], keeping kept: Int
    ) -> [ByteSpan] {
        var parts: [ByteSpan] = []
        var begin = start
        var at = start
        while at < bytes.count {
            if bytes[at...].starts(with: mark) {
                if at + kept > begin { parts.append(ByteSpan(begin, at + kept)) }
                at += mark.count
                begin = at
            } else {
                at += 1
            }
        }
        if begin < bytes.count { parts.append(ByteSpan(begin, bytes.count)) }
        return parts
    }
}
