/// Writes entries of a fold that come in order of key and element: of each, how much it shares with the one before,
/// the rest, and the count. Equal lists give equal bytes.
package struct EntryWriter {
    private var writer = ByteWriter()
    /// The key of the last entry.
    package private(set) var key: [UInt8] = []
    private var element: [UInt8] = []

    package init() {}

    /// What has been written.
    package var bytes: [UInt8] { writer.bytes }
    /// How long that is.
    package var size: Int { writer.bytes.count }

    /// Adds an entry behind the last one.
    package mutating func append(_ key: [UInt8], _ element: [UInt8], _ count: Int) {
        writer.write(key, after: &self.key)
        writer.write(element, after: &self.element)
        writer.write(count)
    }
}

extension ByteWriter {
    /// Writes what `value` does not share with `previous`, which becomes `value`.
    fileprivate mutating func write(_ value: [UInt8], after previous: inout [UInt8]) {
        let most = min(value.count, previous.count)
        var shared = 0
        while shared < most, value[shared] == previous[shared] { shared += 1 }
        write(UInt64(shared))
        write(value[shared...])
        previous.removeSubrange(shared...)
        previous.append(contentsOf: value[shared...])
    }
}
