import StageKit

/// `link-claims.index`: for each band the claims that fall into it, over the corpus.
struct ClaimIndex: FoldStep {
    static let name = "link-claims.index"
    static let contract = StepContract(name, reads: [ClaimSignatures.name], facts: [.id])

    init(options: OptionReader) throws(OptionProblem) {}

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        let document = input.facts.id
        var entries: [SummaryEntry] = []
        for signature in try input.layer(ClaimSignatures.self).signatures {
            let member = IndexMember(signature: signature, document: document).encoded
            entries += Bands.of(signature).map { SummaryEntry(FoldKey(band: $0), member) }
        }
        return Summary(entries)
    }
}

/// A claim in a row of the index.
struct IndexMember {
    /// What is compared.
    var signature: ClaimSignature
    /// The document that makes the claim.
    var document: String

    /// The canonical bytes. They begin with the hash of the content, so that claims of the same words stand together.
    var encoded: [UInt8] {
        var writer = ByteWriter()
        signature.encode(into: &writer)
        writer.write(document)
        return writer.bytes
    }

    init(signature: ClaimSignature, document: String) {
        self.signature = signature
        self.document = document
    }

    init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        signature = try ClaimSignature(decoding: &reader)
        document = try reader.string()
        try reader.finish()
    }
}

extension FoldKey {
    /// The row of a band.
    init(band: UInt64) {
        var writer = ByteWriter()
        writer.write(band)
        self.init(writer.bytes)
    }

    /// The decision on one claim in a band.
    init(band row: FoldKey, document: String, claim: ClaimReference) {
        var writer = ByteWriter()
        writer.write(row.bytes)
        writer.write(document)
        writer.write(claim.passage)
        writer.write(claim.occurrence)
        self.init(writer.bytes)
    }
}
