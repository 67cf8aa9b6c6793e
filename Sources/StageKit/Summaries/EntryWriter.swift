import Text

/// Writes entries of a fold that come in order of key and element: of each, how much it shares with the one before,
/// the rest, and the count. Equal lists give equal bytes.
package struct EntryWriter {
    /// What has been written.
    package private(set) var bytes: [UInt8] = []
    /// The key of the last entry.
    package private(set) var key: [UInt8] = []
    private var element: [UInt8] = []

    package init() {}

    /// How long that is.
    package var size: Int { bytes.count }

    /// Adds an entry behind the last one.
    package mutating func append(_ entry: EntryView) {
        Self.write(entry.key, after: &key, to: &bytes)
        Self.write(entry.element, after: &element, to: &bytes)
        Self.write(UInt64(bitPattern: Int64(entry.count << 1) ^ Int64(entry.count >> 63)), to: &bytes)
    }

    /// Whether `other` is the key of the last entry.
    package func hasKey(_ other: UnsafeBufferPointer<UInt8>) -> Bool {
        key.withUnsafeBufferPointer { $0.order(to: other) == 0 }
    }

    /// Writes what `value` does not share with `previous`, which becomes `value`.
    private static func write(
        _ value: UnsafeBufferPointer<UInt8>, after previous: inout [UInt8], to bytes: inout [UInt8]
    ) {
        let shared = previous.withUnsafeBufferPointer { previous in
            let most = min(value.count, previous.count)
            var shared = 0
            while shared < most, value[shared] == previous[shared] { shared += 1 }
            return shared
        }
        let rest = UnsafeBufferPointer(rebasing: value[shared...])
        write(UInt64(shared), to: &bytes)
        write(UInt64(rest.count), to: &bytes)
        bytes.append(contentsOf: rest)
        previous.removeLast(previous.count - shared)
        previous.append(contentsOf: rest)
    }

    private static func write(_ value: UInt64, to bytes: inout [UInt8]) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}
