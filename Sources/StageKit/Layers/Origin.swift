public import Text

/// The way back from the text to the bytes of the original file.
///
/// The runs cover the whole text, in order, without gaps. A span of text leads to the source range from the start
/// of its first byte's place to the end of its last byte's.
public struct Origin: Layer {
    /// How the bytes of a run answer to bytes of the source.
    public enum Form: UInt8, Sendable {
        /// Byte for byte the same: both sides have the same length.
        case verbatim
        /// Every code point of the text comes from one byte of the source (a one-byte encoding).
        case oneByteEach
        /// Every code point of the text comes from two bytes of the source (UTF-16 without surrogates).
        case twoBytesEach
        /// The whole run comes from the whole source range (an entity, white space, a repaired word).
        case whole
    }

    /// A stretch of text and where it came from.
    public struct Run: Hashable, Sendable {
        /// How many bytes of text.
        public var length: Int
        /// The bytes of the original file. Empty, at the place in question, for what was added.
        public var source: ByteSpan
        /// How the two sides answer to each other.
        public var form: Form

        /// `length` bytes of text that came from `source`.
        public init(length: Int, source: ByteSpan, form: Form) {
            self.length = length
            self.source = source
            self.form = form
        }
    }

    /// `origin`
    public static let name: LayerName = "origin"
    /// The runs in order of the text.
    public let runs: [Run]
    private let starts: [Int]

    /// A map of these runs.
    public init(_ runs: [Run]) {
        self.runs = runs
        var starts: [Int] = []
        starts.reserveCapacity(runs.count)
        var at = 0
        for run in runs {
            starts.append(at)
            at += run.length
        }
        self.starts = starts
    }

    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) {
        var previous = 0
        writer.write(list: runs) { writer, run in
            writer.write(UInt64(run.length) << 2 | UInt64(run.form.rawValue))
            writer.write(run.source.start - previous)
            if run.form != .verbatim { writer.write(run.source.count) }
            previous = run.source.end
        }
    }

    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) {
        var previous = 0
        var total = 0
        self.init(
            try reader.list { reader throws(LayerError) in
                let head = try reader.unsigned()
                let length = Int(head >> 2)
                guard let form = Form(rawValue: UInt8(head & 3)) else { throw LayerError("no such form of origin") }
                let (start, overflow) = previous.addingReportingOverflow(try reader.integer())
                let (end, longer) = start.addingReportingOverflow(form == .verbatim ? length : try reader.integer())
                let (sum, tooLong) = total.addingReportingOverflow(length)
                guard !overflow, !longer, !tooLong, start >= 0, end >= start else {
                    throw LayerError("an origin is out of order")
                }
                previous = end
                total = sum
                return Run(length: length, source: ByteSpan(start, end), form: form)
            })
    }

    /// The bytes of the original file that `span` of `text` came from; an empty span gives an empty range.
    public func source(of span: ByteSpan, in text: [UInt8]) -> ByteSpan {
        guard !runs.isEmpty else { return ByteSpan(0, 0) }
        guard !span.isEmpty else {
            let at = place(of: span.start, in: text).start
            return ByteSpan(at, at)
        }
        let first = place(of: span.start, in: text)
        let last = place(of: span.end - 1, in: text)
        return ByteSpan(min(first.start, last.start), max(first.end, last.end))
    }

    /// Where the code point came from that holds the byte at `offset`.
    private func place(of offset: Int, in text: [UInt8]) -> ByteSpan {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        let run = runs[low]
        let start = starts[low]
        guard offset < start + run.length else { return ByteSpan(run.source.end, run.source.end) }
        let unit = run.form == .oneByteEach ? 1 : 2
        switch run.form {
        case .whole:
            return run.source
        case .verbatim:
            let at = run.source.start + offset - start
            return ByteSpan(at, at + 1)
        case .oneByteEach, .twoBytesEach:
            var scalars = 0
            for k in start..<offset + 1 where !UTF8Decoding.isContinuation(text[k]) { scalars += 1 }
            let at = run.source.start + (scalars - 1) * unit
            return ByteSpan(at, at + unit)
        }
    }
}
