import StageKit
import Text

/// UTF-8 with the way back to the bytes that it was read from: what every repair takes and gives.
struct TracedText: Equatable {
    /// The text.
    private(set) var bytes: [UInt8] = []
    /// Where each stretch of it came from, in order, without gaps.
    private(set) var runs: [Origin.Run] = []
    /// The byte at which each run begins.
    private var starts: [Int] = []

    /// A text without bytes.
    init() {}

    /// A text of runs that are known to cover it.
    init(bytes: [UInt8], runs: [Origin.Run]) {
        self.bytes = bytes
        for run in runs {
            note(run, at: starts.isEmpty ? 0 : starts[starts.count - 1] + self.runs[starts.count - 1].length)
        }
    }

    /// Makes room for `count` bytes.
    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    /// Adds bytes that came from `source`.
    mutating func append(_ new: some Collection<UInt8>, from source: ByteSpan, _ form: Origin.Form) {
        guard !new.isEmpty else { return }
        note(Origin.Run(length: new.count, source: source, form: form), at: bytes.count)
        bytes.append(contentsOf: new)
    }

    /// Adds a piece of another text, with its way back.
    mutating func append(_ span: ByteSpan, of other: TracedText) {
        guard !span.isEmpty else { return }
        var k = other.run(at: span.start)
        while k < other.runs.count, other.starts[k] < span.end {
            let run = other.runs[k]
            let from = max(span.start, other.starts[k]) - other.starts[k]
            let to = min(span.end, other.starts[k] + run.length) - other.starts[k]
            note(
                Origin.Run(length: to - from, source: other.source(of: from, to, inRun: k), form: run.form),
                at: bytes.count + other.starts[k] + from - span.start)
            k += 1
        }
        bytes.append(contentsOf: other.bytes[span.range])
    }

    /// Adds all of another text.
    mutating func append(_ other: TracedText) { append(ByteSpan(0, other.bytes.count), of: other) }

    /// Takes the last byte away, which has to be a character of its own.
    mutating func removeLast() {
        guard let run = runs.last else { return }
        bytes.removeLast()
        guard run.length > 1, run.form != .whole else {
            runs.removeLast()
            starts.removeLast()
            return
        }
        runs[runs.count - 1].length -= 1
        runs[runs.count - 1].source.end -= run.form == .twoBytesEach ? 2 : 1
    }

    /// The piece at `span`.
    func slice(_ span: ByteSpan) -> TracedText {
        var piece = TracedText()
        piece.append(span, of: self)
        return piece
    }

    /// The source of a piece; of an empty one, the empty range where it would stand.
    func source(of span: ByteSpan) -> ByteSpan {
        guard !runs.isEmpty else { return ByteSpan(0, 0) }
        guard !span.isEmpty else {
            let before = span.start == 0 ? nil : Optional(source(of: ByteSpan(span.start - 1, span.start)).end)
            let at = before ?? runs[0].source.start
            return ByteSpan(at, at)
        }
        let first = run(at: span.start)
        let last = run(at: span.end - 1)
        let start = source(of: span.start - starts[first], span.start - starts[first] + 1, inRun: first).start
        let end = source(of: span.end - 1 - starts[last], span.end - starts[last], inRun: last).end
        return ByteSpan(min(start, end), max(start, end))
    }

    /// The run that holds the byte at `offset`.
    private func run(at offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }

    /// The source of the bytes from `from` to `to` of a run.
    private func source(of from: Int, _ to: Int, inRun k: Int) -> ByteSpan {
        let run = runs[k]
        switch run.form {
        case .whole: return run.source
        case .verbatim: return ByteSpan(run.source.start + from, run.source.start + to)
        case .oneByteEach, .twoBytesEach:
            let unit = run.form == .oneByteEach ? 1 : 2
            var before = 0
            var inside = 0
            for offset in 0..<to where !UTF8Decoding.isContinuation(bytes[starts[k] + offset]) {
                if offset < from { before += 1 } else { inside += 1 }
            }
            // a piece that begins inside a scalar belongs to that scalar
            if from < to, UTF8Decoding.isContinuation(bytes[starts[k] + from]) {
                before -= 1
                inside += 1
            }
            return ByteSpan(run.source.start + before * unit, run.source.start + (before + inside) * unit)
        }
    }

    private mutating func note(_ run: Origin.Run, at start: Int) {
        if let last = runs.last, last.form == run.form, last.source.end == run.source.start, run.form != .whole,
            // short runs keep the count of scalars in them cheap
            run.form == .verbatim || last.length < 256
        {
            runs[runs.count - 1].length += run.length
            runs[runs.count - 1].source.end = run.source.end
        } else {
            runs.append(run)
            starts.append(start)
        }
    }
}
