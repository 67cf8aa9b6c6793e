import Synchronization

/// The last lines that a program wrote to its standard error.
final class StandardErrorTail: Sendable {
    private static let lines = 20
    private static let bytes = 16 << 10
    private let kept = Mutex<[UInt8]>([])

    /// Takes in what came, and forgets what is too old.
    func append(_ bytes: some Collection<UInt8>) {
        kept.withLock { kept in
            kept.append(contentsOf: bytes.suffix(Self.bytes))
            if kept.count > 2 * Self.bytes { kept.removeFirst(kept.count - Self.bytes) }
        }
    }

    /// The lines, without empty ones at the end.
    var text: [String] {
        kept.withLock { kept in
            kept.suffix(Self.bytes).split(separator: UInt8(ascii: "\n")).suffix(Self.lines)
                .map { String(decoding: $0, as: UTF8.self) }
        }
    }
}
