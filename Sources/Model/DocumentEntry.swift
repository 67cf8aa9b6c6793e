package import StageKit

/// One document in a leaf of the corpus tree: all by which two trees can tell that it was edited.
package struct DocumentEntry: Hashable, Sendable {
    /// The path relative to the project, in NFC.
    package var id: String
    /// The path as the file system spells it, relative to the project.
    package var path: String
    /// SHA-256 of the file's bytes, or of what was read out of it (``ExtractedSource``).
    package var content: ContentDigest
    /// How many bytes the file has, or of a record what was read of it.
    package var size: Int
    /// The folder below the corpus, the format, and the row of the metadata file.
    package var folder: String
    package var format: DocumentFormat
    package var row: [MetadataField]
    /// SHA-256 of the file that ``content`` was read out of, where the file is one document; nil for other documents.
    package var file: ContentDigest?

    /// A document.
    package init(
        id: String, path: String, content: ContentDigest, size: Int, folder: String, format: DocumentFormat,
        row: [MetadataField] = [], file: ContentDigest? = nil
    ) {
        self.id = id
        self.path = path
        self.content = content
        self.size = size
        self.folder = folder
        self.format = format
        self.row = row
        self.file = file
    }

    /// What steps may ask about it.
    package var facts: DocumentFacts { DocumentFacts(id: id, folder: folder, format: format, row: row) }

    /// The canonical bytes, as a leaf of the tree holds them.
    package func encode(into writer: inout ByteWriter) {
        writer.write(id)
        writer.write(path == id ? "" : path)
        writer.write(content.bytes)
        writer.write(size)
        writer.write(folder)
        writer.write(format.rawValue)
        writer.write(list: row) { writer, field in
            writer.write(field.key)
            writer.write(field.value)
        }
        if format == .extracted { writer.write(file?.bytes ?? []) }
    }

    /// Reads canonical bytes.
    package init(decoding reader: inout ByteReader) throws(LayerError) {
        id = try reader.string()
        let path = try reader.string()
        self.path = path.isEmpty ? id : path
        guard let content = ContentDigest(try reader.blob()) else { throw LayerError("no digest of a document") }
        self.content = content
        size = try reader.integer()
        folder = try reader.string()
        guard let format = DocumentFormat(rawValue: try reader.string()) else { throw LayerError("no such format") }
        self.format = format
        row = try reader.list { reader throws(LayerError) in MetadataField(try reader.string(), try reader.string()) }
        file = format == .extracted ? ContentDigest(try reader.blob()) : nil
    }
}
