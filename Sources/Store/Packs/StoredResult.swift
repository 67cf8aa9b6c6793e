import Digests
import StageKit

/// A result as a piece of a pack: a check over its key and itself, the parts of the key, the result.
///
/// The key is in the check, so that a piece can't answer for another.
struct StoredResult {
    private static let checkLength = 16

    /// The parts of the key in canonical bytes; not compared with the key yet.
    let parts: [UInt8]
    private let check: [UInt8]
    private let result: [UInt8]

    /// What is to be kept of a result.
    static func encoded(_ kept: KeptResult) -> [UInt8] {
        var result = ByteWriter()
        kept.result.encode(into: &result)
        var writer = ByteWriter()
        writer.append(Self.check(kept.key, result.bytes))
        writer.write(kept.parts.encoded)
        writer.write(result.bytes)
        return writer.bytes
    }

    /// Takes a piece apart; nil where it is none of a result.
    init?(_ piece: [UInt8]) {
        guard piece.count > Self.checkLength else { return nil }
        check = Array(piece[..<Self.checkLength])
        var reader = ByteReader(Array(piece[Self.checkLength...]))
        guard let parts = try? reader.blob(), let result = try? reader.blob(), reader.isAtEnd else { return nil }
        self.parts = parts
        self.result = result
    }

    /// The result, if it is sound and that of `key`.
    func result(of key: ContentDigest) -> StepResult? {
        guard check == Self.check(key, result) else { return nil }
        var reader = ByteReader(result)
        return try? StepResult(decoding: &reader)
    }

    /// The key that the parts make.
    var key: ContentDigest { ContentDigest(of: parts) }

    /// The parts of `key`, if they are those that it was made of: what was hashed to make a key is checked by it.
    func parts(of key: ContentDigest) -> KeyFields? {
        ContentDigest(of: parts) == key ? try? KeyFields(encoded: parts) : nil
    }

    /// Whether all of it is as it was written by the step of this name, for a key that begins so.
    func isSound(_ short: Int, step: UnsafeRawBufferPointer) -> Bool {
        let key = self.key
        guard key.short == short, result(of: key) != nil, let parts = try? KeyFields(encoded: parts) else {
            return false
        }
        return parts.fields.first.map { $0.tag != "step" || $0.bytes.elementsEqual(step) } ?? true
    }

    private static func check(_ key: ContentDigest, _ result: [UInt8]) -> [UInt8] {
        Array(ContentDigest(of: key.bytes + result).bytes.prefix(checkLength))
    }
}
