import Text

/// Goes through the entries of one list.
package final class EntryCursor {
    private var reader: EntryReader

    /// A cursor before the first entry of `bytes`, as ``EntryWriter`` wrote them.
    package init(_ bytes: [UInt8]) { reader = EntryReader(bytes) }

    /// The entry that was read last, valid until the next is.
    package var entry: EntryView { reader.entry }
    /// Its key.
    package var key: [UInt8] { Array(reader.entry.key) }
    /// Its element.
    package var element: [UInt8] { Array(reader.entry.element) }
    /// Its count.
    package var count: Int { reader.entry.count }

    /// Goes on to the next entry; false at the end. Bytes that are no entries throw.
    package func next() throws(LayerError) -> Bool { try reader.next() }

    /// Negative where the key of the entry comes before `other`, zero where it is the same.
    package func order(toKey other: [UInt8]) -> Int { other.withUnsafeBufferPointer { reader.entry.key.order(to: $0) } }
}
