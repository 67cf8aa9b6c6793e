/// A half-open range of bytes in a text, the unit in which every position is kept inside Colophon.
public struct ByteSpan: Hashable, Comparable, Sendable {
    /// The first byte.
    public var start: Int
    /// The byte after the last.
    public var end: Int

    /// The range from `start` up to, not including, `end`.
    public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    /// How many bytes it covers.
    public var count: Int { end - start }
    /// Whether it covers nothing.
    public var isEmpty: Bool { end <= start }
    /// The same bytes as a range of indices.
    public var range: Range<Int> { start..<end }

    /// Whether every byte of `other` lies inside.
    public func contains(_ other: ByteSpan) -> Bool { start <= other.start && other.end <= end }
    /// Whether the two share a byte.
    public func overlaps(_ other: ByteSpan) -> Bool { start < other.end && other.start < end }
    /// The shortest span that holds both.
    public func union(_ other: ByteSpan) -> ByteSpan { ByteSpan(min(start, other.start), max(end, other.end)) }

    /// In order of the text: by start, the shorter first.
    public static func < (a: ByteSpan, b: ByteSpan) -> Bool { (a.start, a.end) < (b.start, b.end) }
}
