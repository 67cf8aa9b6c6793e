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

    /// `span` cut to the text: what programs and damaged layers say is not trusted.
    func clamped(_ span: ByteSpan) -> ByteSpan {
        let start = min(max(0, span.start), text.count)
        return ByteSpan(start, min(max(start, span.end), text.count))
    }

    /// The words of `span`.
    func words(_ span: ByteSpan) -> ArraySlice<UInt8> { text[clamped(span).range] }

    /// Writes the five columns of a place; `source` stands in for the origin where the text has been taken out.
    func write(_ span: ByteSpan, source: ByteSpan? = nil, to row: some ValueSink) {
        let span = clamped(span)
        row.integer(offsets.codePoints(before: span.start))
        row.integer(offsets.codePoints(before: span.end))
        guard let source = source ?? origin?.source(of: span, in: text) else {
            row.null()
            row.null()
            return row.null()
        }
        row.integer(source.start)
        row.integer(source.end)
        row.integer(lines?.line(at: source.start))
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
