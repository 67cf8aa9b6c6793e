import Model
import Synchronization

/// The text of one file, and where its lines begin. Offsets are in code points, as libyaml counts them.
final class SourceText: Sendable {
    /// The path as messages show it, or what stands for it.
    let name: String
    /// Valid UTF-8 without a byte order mark.
    let bytes: [UInt8]
    /// Whether it has lines that a message can show.
    private let isFile: Bool
    /// How many code points there are.
    let scalarCount: Int
    private let lines: [LineStart]
    /// The line that was shown last: one very long line is copied once, not once a message.
    private let lastLine = Mutex<(number: Int, text: String)?>(nil)

    private struct LineStart {
        var byte: Int
        var scalar: Int
    }

    init(name: String, bytes: [UInt8], isFile: Bool = true) {
        self.name = name
        self.bytes = bytes
        self.isFile = isFile
        var lines = [LineStart(byte: 0, scalar: 0)]
        var scalar = 0
        for (k, byte) in bytes.enumerated() {
            if byte & 0xC0 != 0x80 { scalar += 1 }
            let isReturn = byte == 0x0D && !(k + 1 < bytes.count && bytes[k + 1] == 0x0A)
            if byte == 0x0A || isReturn { lines.append(LineStart(byte: k + 1, scalar: scalar)) }
        }
        self.lines = lines
        scalarCount = scalar
    }

    /// The place of the code points from `start` up to `end`, cut at the end of the line.
    func position(_ start: Int, _ end: Int) -> SourcePosition {
        guard isFile else { return SourcePosition(file: name) }
        let index = line(of: start)
        let first = start - lines[index].scalar
        let rest = scalarCount(ofLine: index) - first
        return SourcePosition(
            file: name, line: index + 1, column: first + 1, length: max(1, min(end - start, rest)))
    }

    /// The line `number`, counted from 1, without its line end.
    func line(_ number: Int) -> String? {
        guard isFile, number >= 1, number <= lines.count else { return nil }
        if let last = lastLine.withLock({ $0 }), last.number == number { return last.text }
        let text = String(decoding: bytes[byteRange(ofLine: number - 1)], as: UTF8.self)
        lastLine.withLock { $0 = (number, text) }
        return text
    }

    /// The bytes of the line with a code point, and which of them is that code point.
    func lineBytes(around scalar: Int) -> (bytes: ArraySlice<UInt8>, column: Int) {
        let index = line(of: scalar)
        return (bytes[byteRange(ofLine: index)], scalar - lines[index].scalar)
    }

    /// The line of a code point, from 1.
    func lineNumber(_ scalar: Int) -> Int { line(of: scalar) + 1 }

    /// Where the line of a code point begins.
    func lineStart(_ scalar: Int) -> Int { lines[line(of: scalar)].scalar }

    private func line(of scalar: Int) -> Int {
        var low = 0
        var high = lines.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lines[middle].scalar <= scalar { low = middle } else { high = middle }
        }
        return low
    }

    private func byteRange(ofLine index: Int) -> Range<Int> {
        let start = lines[index].byte
        var end = index + 1 < lines.count ? lines[index + 1].byte : bytes.count
        while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return start..<end
    }

    private func scalarCount(ofLine index: Int) -> Int {
        let next = index + 1 < lines.count ? lines[index + 1] : LineStart(byte: bytes.count, scalar: scalarCount)
        // a line end is made of single bytes
        let lineEnd = next.byte - byteRange(ofLine: index).upperBound
        return next.scalar - lines[index].scalar - lineEnd
    }
}

/// A stretch of a source that a message can point at.
struct Mark {
    let source: SourceText
    /// Code points, half open.
    let start: Int
    let end: Int

    init(_ source: SourceText, _ start: Int, _ end: Int) {
        self.source = source
        self.start = start
        self.end = end
    }

    /// The whole of a source, when no place in it is to blame.
    init(_ source: SourceText) { self.init(source, 0, 1) }

    /// The line, from 1.
    var line: Int { source.lineNumber(start) }

    var position: SourcePosition { source.position(start, end) }
}
