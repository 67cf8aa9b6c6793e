import StageKit

/// The text of a document as its file has it, or as it was read out of a file of another format.
struct SourceText {
    /// How it is to be read.
    let form: ExtractedSource.Body
    let bytes: [UInt8]
    /// What the file says about the document, beside its text.
    let facts: [MetadataField]
    private let notes: [String]
    /// Whether the bytes are those of the file, with its encoding.
    let isText: Bool

    init(_ input: StepInput) throws(StageFailure) {
        let source = try input.layer(SourceBytes.self).bytes
        guard input.facts.format == .extracted else {
            form =
                switch input.facts.format {
                case .markdown: .markdown
                case .html: .html
                case .text, .record, .extracted: .text
                }
            (bytes, facts, notes, isText) = (source, [], [], true)
            return
        }
        do throws(LayerError) {
            let extracted = try ExtractedSource(encoded: source)
            (form, bytes, facts, notes) = (extracted.body, extracted.bytes, extracted.facts, extracted.notes)
            isText = form != .blocks && form != .pages
        } catch {
            throw StageFailure("what was read of the file is damaged: \(error.message)", code: "damaged-layer")
        }
    }

    /// What the file says, as metadata of the document.
    var entries: [Metadata.Entry] {
        facts.filter { $0.key != "encoding" }.map { Metadata.Entry($0.key, $0.value, .record) }
            + notes.map { Metadata.Entry(notice: $0) }
    }
}
