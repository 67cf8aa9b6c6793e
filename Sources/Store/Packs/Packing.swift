import CZstd
import Synchronization

/// How bytes stand in databases: compressed by zstd, at its fastest level, where that makes them shorter.
///
/// Layers and tables take a half to a third of their room then, and are written and read in less time. The first byte tells
/// how the rest stands there. What is packed is not canonical: digests and seals of contents are over the bytes themselves.
package enum Packing {
    private static let plain: UInt8 = 0
    private static let compressed: UInt8 = 1
    /// Shorter bytes are not tried.
    private static let least = 64
    /// No object is longer: what says so is damaged.
    package static let most = 1 << 32

    /// `bytes` as they are to be kept.
    package static func packed(_ bytes: [UInt8]) -> [UInt8] {
        if bytes.count >= least, let short = compress(bytes), short.count <= bytes.count { return short }
        return [plain] + bytes
    }

    /// The bytes that were packed; nil for what is nothing of the kind.
    static func unpacked(_ packed: UnsafeRawBufferPointer, most: Int = most) -> [UInt8]? {
        guard let first = packed.first else { return nil }
        let rest = UnsafeRawBufferPointer(rebasing: packed.dropFirst())
        switch first {
        case plain: return Array(rest)
        case compressed: return decompress(rest, most: most)
        default: return nil
        }
    }

    /// The bytes that were packed; nil for what is nothing of the kind.
    package static func unpacked(_ packed: [UInt8], most: Int = most) -> [UInt8]? {
        packed.withUnsafeBytes { unpacked($0, most: most) }
    }

    private static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        let bound = ZSTD_compressBound(bytes.count)
        var size = 0
        let short = [UInt8](unsafeUninitializedCapacity: bound + 1) { buffer, count in
            buffer[0] = compressed
            let target = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[1...])
            size = Contexts.compressing.with { context in
                bytes.withUnsafeBytes {
                    ZSTD_compressCCtx(context, target.baseAddress, target.count, $0.baseAddress, $0.count, 1)
                }
            }
            count = ZSTD_isError(size) == 0 ? size + 1 : 0
        }
        return short.isEmpty ? nil : short
    }

    private static func decompress(_ bytes: UnsafeRawBufferPointer, most: Int) -> [UInt8]? {
        let size = ZSTD_getFrameContentSize(bytes.baseAddress, bytes.count)
        guard size < most, size <= UInt64(max(1, bytes.count)) << 16 else { return nil }
        var isSound = false
        let whole = [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
            let found = Contexts.expanding.with { context in
                ZSTD_decompressDCtx(context, buffer.baseAddress, buffer.count, bytes.baseAddress, bytes.count)
            }
            isSound = ZSTD_isError(found) == 0 && found == size
            count = isSound ? Int(size) : 0
        }
        return isSound ? whole : nil
    }
}

/// What zstd works with, kept from one call to the next: each takes some hundred kilobytes.
private final class Contexts: Sendable {
    static let compressing = Contexts { ZSTD_createCCtx() }
    static let expanding = Contexts { ZSTD_createDCtx() }

    /// A context that one call at a time uses.
    private struct Context: @unchecked Sendable {  // taken out of `idle` while a call uses it
        let pointer: OpaquePointer?
    }

    private let idle = Mutex<[Context]>([])
    private let make: @Sendable () -> OpaquePointer?

    private init(_ make: @escaping @Sendable () -> OpaquePointer?) { self.make = make }

    /// Runs `body` with a context that nobody else has meanwhile.
    func with<Value>(_ body: (OpaquePointer?) -> Value) -> Value {
        let context = idle.withLock { $0.popLast() } ?? Context(pointer: make())
        defer { idle.withLock { $0.append(context) } }
        return body(context.pointer)
    }
}
