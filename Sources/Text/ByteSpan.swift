/// A half-open range of bytes in a text, the unit in which every position is kept inside Colophon.
@frozen public struct ByteSpan: Hashable, Comparable, Sendable {
    /// The first byte.
    public var start: Int
    /// The byte after the last.
    public var end: Int

    /// The range from `start` up to, not including, `end`.
    @inlinable
    public init(_ start: Int, _ end: Int) {
        self.start = start
        self.end = end
    }

    /// How many bytes it covers.
    @inlinable
    public var count: Int { end - start }
    /// Whether it covers nothing.
    @inlinable
    public var isEmpty: Bool { end <= start }
    /// The same bytes as a range of indices.
    @inlinable
    public var range: Range<Int> { start..<end }

    /// Whether every byte of `other` lies inside.
    @inlinable
    public func contains(_ other: ByteSpan) -> Bool { start <= other.start && other.end <= end }
    /// Whether the two share a byte.
    @inlinable
    public func overlaps(_ other: ByteSpan) -> Bool { start < other.end && other.start < end }
    /// The shortest span that holds both.
    @inlinable
    public func union(_ other: ByteSpan) -> ByteSpan { ByteSpan(min(start, other.start), max(end, other.end)) }

    /// In order of the text: by start, the shorter first.
    @inlinable
    public static func < (a: ByteSpan, b: ByteSpan) -> Bool { (a.start, a.end) < (b.start, b.end) }
}
