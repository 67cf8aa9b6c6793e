import Text

/// Neighbouring documents whose sentences stand in files of their own.
///
/// Where a portion ends depends on the path of the next document, and on sizes where documents are large. So a document
/// that is added or removed moves few borders.
struct SearchPortion: Equatable {
    /// A hash of the path of the first document, in letters and digits.
    let name: String
    /// The places of its documents in the list of all.
    let documents: Range<Int>

    /// How many documents a portion has on average, and at most.
    private static let usual: UInt64 = 32
    static let most = 256
    /// How many bytes of documents a portion has at most, unless one document has more.
    private static let bytes = 400_000

    /// The portions of `documents`, which are in order of their paths.
    static func portions(of documents: [SiteDocument]) -> [SearchPortion] {
        var portions: [SearchPortion] = []
        var start = 0
        var bytes = 0
        func close(at end: Int) {
            guard start < end else { return }
            portions.append(.init(name: name(documents[start].id), documents: start..<end))
            start = end
            bytes = 0
        }
        for (k, document) in documents.enumerated() {
            let isBorder = StableHash.of(document.id.utf8) % usual == 0
            if isBorder || k - start == most || bytes + document.bytes > Self.bytes { close(at: k) }
            bytes += document.bytes
        }
        close(at: documents.count)
        return portions
    }

    /// A name for files that depends on `first` only.
    static func name(_ first: String) -> String { String(StableHash.of(first.utf8) >> 24, radix: 36) }
}
