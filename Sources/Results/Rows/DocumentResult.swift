package import StageKit

/// What the stages know about one document, to be put into the results.
package struct DocumentResult: Sendable {
    /// The document's id.
    package var id: String
    /// SHA-256 of the original file, in hexadecimal.
    package var sha256: String
    /// How many bytes the original file has.
    package var byteCount: Int
    /// The layers; any may be missing where the pipeline lacks its stage.
    package var layers: LayerSet

    /// The document `id`.
    package init(id: String, sha256: String, byteCount: Int, layers: LayerSet) {
        self.id = id
        self.sha256 = sha256
        self.byteCount = byteCount
        self.layers = layers
    }
}
