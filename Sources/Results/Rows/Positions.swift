import StageKit
import Text

/// Turns spans of a document's text into what results hold: code points, bytes of the original file, and its line.
struct Positions: Sendable {
    let text: [UInt8]
    private let offsets: CodePointOffsets
    private let origin: Origin?
    private let lines: SourceLines?

    init(_ layers: LayerSet) throws(LayerError) {
        text = try layers.value(DocumentText.self)?.bytes ?? []
        offsets = CodePointOffsets(text)
        origin = try layers.value(Origin.self)
        lines = try layers.value(SourceLines.self)
    }

    /// `span` cut to the text and to whole characters: what programs and damaged layers say is not trusted.
    func clamped(_ span: ByteSpan) -> ByteSpan {
        let start = beginning(ofCharacterAt: span.start)
        return ByteSpan(start, max(start, beginning(ofCharacterAt: span.end)))
    }

    private func beginning(ofCharacterAt offset: Int) -> Int {
        var offset = min(max(0, offset), text.count)
        while offset > 0, offset < text.count, UTF8Decoding.isContinuation(text[offset]) { offset -= 1 }
        return offset
    }

    /// The words of `span`.
    func words(_ span: ByteSpan) -> ArraySlice<UInt8> { text[clamped(span).range] }

    /// The words of several passages in one text.
    func joined(_ spans: [ByteSpan], by separator: String) -> ArraySlice<UInt8> {
        ArraySlice(spans.map(words).joined(separator: separator.utf8))
    }

    /// Where a passage stands.
    struct Place {
        /// In code points of the text.
        var start: Int
        var end: Int
        /// In bytes of the original file.
        var source: ByteSpan?
        var line: Int?
    }

    /// The place of `span`; `source` stands in for the origin where the text has been taken out.
    func place(of span: ByteSpan, source: ByteSpan? = nil) -> Place {
        let span = clamped(span)
        let source = source ?? origin?.source(of: span, in: text)
        return Place(
            start: offsets.codePoints(before: span.start), end: offsets.codePoints(before: span.end), source: source,
            line: source.flatMap { lines?.line(at: $0.start) })
    }

    /// Writes the five columns of a place.
    func write(_ span: ByteSpan, to row: some ValueSink) {
        let place = place(of: span)
        row.integer(place.start)
        row.integer(place.end)
        row.integer(place.source?.start)
        row.integer(place.source?.end)
        row.integer(place.line)
    }
}

/// Which of a list of spans, in order, holds a place.
struct SpanFinder {
    let spans: [ByteSpan]

    /// The index of the last span that starts at or before `span` does and reaches its start; nil where there is none.
    func index(of span: ByteSpan) -> Int? {
        var low = 0
        var high = spans.count
        while low < high {
            let middle = (low + high) / 2
            if spans[middle].start <= span.start { low = middle + 1 } else { high = middle }
        }
        guard low > 0, spans[low - 1].end >= span.start else { return nil }
        return low - 1
    }
}
