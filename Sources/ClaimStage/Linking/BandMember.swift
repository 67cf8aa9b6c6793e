import StageKit
import Text

/// A claim of a band, looked up: as it stands in the table, since a large corpus has them by the million.
final class BandMember: Sendable {
    let bytes: [UInt8]
    let bands: [UInt64]
    /// What tells its document from others.
    let document: UInt64

    /// Nil for bytes that can't be read, which the store has kept out.
    init?(_ bytes: [UInt8]) {
        guard let claim = try? IndexedClaim(encoded: bytes) else { return nil }
        self.bytes = bytes
        bands = Bands.of(claim.signature)
        document = StableHash.of(claim.document.utf8)
        guard !bands.isEmpty else { return nil }
    }
}
