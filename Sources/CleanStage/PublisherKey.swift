import StageKit

/// Whose documents are compared to find what a publisher repeats: the declared publisher, else the folder.
struct PublisherKey {
    /// How many documents have to agree.
    let least: Int
    /// What the key's row counts.
    let form: BlockSignature.Form

    /// Reads the key of a row.
    init?(_ key: FoldKey) {
        var reader = ByteReader(key.bytes)
        guard let kind = try? reader.string(), let name = try? reader.string(), let byte = try? reader.byte(),
            let form = BlockSignature.Form(rawValue: byte)
        else { return nil }
        least = kind == "folder" && name.isEmpty ? 4 : 3
        self.form = form
    }

    /// The first parts of the keys of a document's blocks. A document that stands in no folder and names no publisher
    /// is compared with the others of its kind, which takes more of them to agree.
    static func parts(_ page: Page, _ facts: DocumentFacts) -> [String] {
        if let publisher = page.metadata.publisher { return ["publisher", publisher] }
        return ["folder", facts.folder]
    }

    /// The key of the row of a signature.
    static func key(_ parts: [String], _ signature: BlockSignature) -> FoldKey {
        var writer = ByteWriter()
        for part in parts { writer.write(part) }
        return FoldKey(writer.bytes + signature.bytes)
    }

    /// The key of what is decided about the blocks with a signature.
    static func decision(_ parts: [String], _ signature: BlockSignature) -> FoldKey {
        FoldKey(key(parts, signature).bytes + signature.sketchBytes)
    }
}
