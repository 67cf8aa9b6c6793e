import Digests
import Foundation
import StageKit

/// Bytes with a check behind them: what stands in the state is found damaged before it is used.
enum Checked {
    static let length = 8

    /// `bytes` with their check. `place` is where they stand: bytes that turn up at another place don't pass.
    static func sealed(_ bytes: [UInt8], place: [UInt8]) -> [UInt8] { bytes + check(bytes, place) }

    /// The bytes, or nil if they are not as they were sealed.
    static func opened(_ data: Data, place: [UInt8]) -> [UInt8]? {
        guard data.count >= length else { return nil }
        let bytes = [UInt8](data.dropLast(length))
        return data.suffix(length).elementsEqual(check(bytes, place)) ? bytes : nil
    }

    private static func check(_ bytes: [UInt8], _ place: [UInt8]) -> ArraySlice<UInt8> {
        var stream = DigestStream()
        bytes.withUnsafeBytes { stream.update($0) }
        place.withUnsafeBytes { stream.update($0) }
        return stream.finish().bytes.prefix(length)
    }
}

/// Something in the state is not as it was written.
struct DamagedState: Error {}
