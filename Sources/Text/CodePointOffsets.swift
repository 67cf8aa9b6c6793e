/// Turns byte offsets of a text into offsets in Unicode code points, as Python, R and SQLite count them.
///
/// An index of every 32 bytes makes a look-up cost at most 32 steps, whatever the order of the questions; a text of
/// ASCII alone needs no index.
public struct CodePointOffsets: Sendable {
    private let bytes: [UInt8]
    private let starts: [Int]?
    private static let stride = 32

    /// An index over `bytes`, which has to be valid UTF-8.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts: [Int] = []
        var count = 0
        var offset = 0
        while offset < bytes.count {
            starts.append(count)
            let end = min(offset + Self.stride, bytes.count)
            count += Self.scalars(in: bytes, from: offset, to: end)
            offset = end
        }
        self.starts = count == bytes.count ? nil : starts
        self.count = count
    }

    /// How many code points the text has.
    public let count: Int

    /// The number of code points before the byte at `offset`.
    public func codePoints(before offset: Int) -> Int {
        guard let starts, offset > 0 else { return offset }
        guard offset < bytes.count else { return count }
        let block = offset / Self.stride
        return starts[block] + Self.scalars(in: bytes, from: block * Self.stride, to: offset)
    }

    /// The byte at which the code point with this number begins; the end of the text for ``count``; nil beyond.
    public func byte(ofCodePoint number: Int) -> Int? {
        guard number >= 0, number <= count else { return nil }
        guard let starts, number < count else { return starts == nil ? number : bytes.count }
        var low = 0
        var high = starts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= number { low = middle } else { high = middle }
        }
        var left = number - starts[low]
        for offset in (low * Self.stride)..<bytes.count where !UTF8Decoding.isContinuation(bytes[offset]) {
            if left == 0 { return offset }
            left -= 1
        }
        return bytes.count
    }

    private static func scalars(in bytes: [UInt8], from start: Int, to end: Int) -> Int {
        bytes.withUnsafeBufferPointer { bytes in
            // without a branch, so that many bytes are counted at once
            UnsafeBufferPointer(rebasing: bytes[start..<end]).reduce(0) {
                $0 + (UTF8Decoding.isContinuation($1) ? 0 : 1)
            }
        }
    }
}
