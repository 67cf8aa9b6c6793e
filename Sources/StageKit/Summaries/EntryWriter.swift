import Text

/// Writes entries of a fold that come in order of key and element: of each, how much it shares with the one before,
/// the rest, and the count. Equal lists give equal bytes.
package struct EntryWriter: ~Copyable {
    private var written = ByteScratch()
    private var key = ByteScratch()
    private var element = ByteScratch()

    package init() {}

    /// What has been written.
    package var bytes: [UInt8] { Array(written.bytes) }

    /// How long that is.
    package var size: Int { written.count }

    /// Adds an entry behind the last one.
    package mutating func append(_ entry: EntryView) {
        Self.write(entry.key, after: &key, to: &written)
        Self.write(entry.element, after: &element, to: &written)
        written.append(number: UInt64(bitPattern: Int64(entry.count << 1) ^ Int64(entry.count >> 63)))
    }

    /// Whether `other` is the key of the last entry.
    package func hasKey(_ other: UnsafeBufferPointer<UInt8>) -> Bool { key.bytes.order(to: other) == 0 }

    /// Writes what `value` does not share with `previous`, which becomes `value`.
    private static func write(
        _ value: UnsafeBufferPointer<UInt8>, after previous: inout ByteScratch, to written: inout ByteScratch
    ) {
        let shared = value.shared(with: previous.bytes)
        let rest = UnsafeBufferPointer(rebasing: value[shared...])
        written.append(number: UInt64(shared))
        written.append(number: UInt64(rest.count))
        written.append(rest)
        previous.replace(after: shared, with: rest)
    }
}
