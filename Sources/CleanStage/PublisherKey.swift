import StageKit

/// Whose documents are compared to find what a publisher repeats: the declared publisher, else the folder.
enum PublisherKey {
    /// The first parts of the keys of a document's blocks. A document that stands in no folder and names no publisher
    /// is compared with the others of its kind, which takes more of them to agree.
    static func parts(_ page: Page, _ facts: DocumentFacts) -> [String] {
        if let publisher = page.metadata.publisher { return ["publisher", publisher] }
        return ["folder", facts.folder]
    }

    /// The key of a signature.
    static func key(_ parts: [String], _ signature: BlockSignature) -> FoldKey {
        var writer = ByteWriter()
        for part in parts { writer.write(part) }
        writer.write(signature.bytes)
        return FoldKey(writer.bytes)
    }

    /// How many documents have to agree.
    static func least(_ key: FoldKey) -> Int {
        var reader = ByteReader(key.bytes)
        guard let kind = try? reader.string(), let name = try? reader.string() else { return 3 }
        return kind == "folder" && name.isEmpty ? 4 : 3
    }
}
