import Digests
import StageKit

/// What stands under `/ac/` in a cache that speaks Bazel's protocol: a message `ActionResult` of the Remote Execution API
/// with one output file, which names an object under `/cas/` by its SHA-256 and its size. Servers that look at what they
/// keep (bazel-remote does) take nothing else.
struct ActionResult: Equatable {
    let digest: ContentDigest
    let size: Int

    private static let path = "sheet"

    /// As protocol buffers write it: `output_files` is field 2 of the message; `path` 1 and `digest` 2 of the file; `hash` 1
    /// and `size_bytes` 2 of the digest.
    var encoded: [UInt8] {
        let named = Self.field(1, Array(digest.description.utf8)) + [2 << 3] + Self.number(size)
        return Self.field(2, Self.field(1, Array(Self.path.utf8)) + Self.field(2, named))
    }

    init(digest: ContentDigest, size: Int) {
        self.digest = digest
        self.size = size
    }

    /// Reads a message; nil for what is none, or has no such file.
    init?(_ bytes: [UInt8]) {
        guard let file = Self.fields(bytes)?.first(where: { $0.number == 2 })?.bytes, let parts = Self.fields(file),
            parts.first(where: { $0.number == 1 })?.bytes == Array(Self.path.utf8),
            let named = parts.first(where: { $0.number == 2 })?.bytes, let fields = Self.fields(named),
            let hash = fields.first(where: { $0.number == 1 })?.bytes,
            let digest = ContentDigest(hexadecimal: String(decoding: hash, as: UTF8.self)),
            let size = fields.first(where: { $0.number == 2 })?.value, size >= 0
        else { return nil }
        self.init(digest: digest, size: size)
    }

    private static func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [number << 3 | 2] + Self.number(bytes.count) + bytes
    }

    private static func number(_ value: Int) -> [UInt8] {
        var writer = ByteWriter()
        writer.write(UInt64(value))
        return writer.bytes
    }

    private struct Field {
        var number: UInt64
        var bytes: [UInt8] = []
        var value = 0
    }

    private static func fields(_ bytes: [UInt8]) -> [Field]? {
        var reader = ByteReader(bytes)
        var fields: [Field] = []
        while !reader.isAtEnd {
            guard let tag = try? reader.unsigned() else { return nil }
            switch tag & 7 {
            case 0:
                guard let value = try? reader.unsigned(), value <= UInt64(Int.max) else { return nil }
                fields.append(Field(number: tag >> 3, value: Int(value)))
            case 2:
                guard let bytes = try? reader.blob() else { return nil }
                fields.append(Field(number: tag >> 3, bytes: bytes))
            default: return nil
            }
        }
        return fields
    }
}
