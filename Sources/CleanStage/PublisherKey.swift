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

    /// What the keys of a document's blocks begin with. A document that stands in no folder and names no publisher
    /// is compared with the others of its kind, which takes more of them to agree.
    static func prefix(_ page: Page, _ facts: DocumentFacts) -> [UInt8] {
        var writer = ByteWriter()
        let publisher = page.metadata.publisher
        writer.write(publisher == nil ? "folder" : "publisher")
        writer.write(publisher ?? facts.folder)
        return writer.bytes
    }

    /// The key of the row of a signature.
    static func key(_ prefix: [UInt8], _ signature: BlockSignature) -> FoldKey {
        FoldKey(bytes(prefix, signature, []))
    }

    /// The key of what is decided about the blocks with a signature.
    static func decision(_ prefix: [UInt8], _ signature: BlockSignature) -> FoldKey {
        FoldKey(bytes(prefix, signature, signature.sketchBytes))
    }

    private static func bytes(_ prefix: [UInt8], _ signature: BlockSignature, _ sketch: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.reserve(prefix.count + 9 + sketch.count)
        writer.append(prefix)
        signature.write(to: &writer)
        writer.append(sketch)
        return writer.bytes
    }
}
