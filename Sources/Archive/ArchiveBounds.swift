/// How much an archive may unpack to. What is beyond is taken for a bomb.
package struct ArchiveBounds: Sendable {
    /// Bytes of all entries together.
    package var total: Int
    /// How many times as many bytes as the archive itself has.
    package var ratio: Int
    /// How many entries.
    package var entries: Int

    package init(total: Int = 64 << 30, ratio: Int = 200, entries: Int = 2_000_000) {
        self.total = total
        self.ratio = ratio
        self.entries = entries
    }

    /// Archives of so few bytes may unpack to more than `ratio` says.
    package static let small = 64 << 20
}
