package import StageKit

/// A document that a program is to annotate.
package struct ProgramRecord: Sendable {
    /// Its id, for messages: the program is not told.
    package var document: String
    /// Its layers, those among them that the stage reads.
    package var layers: LayerSet

    package init(document: String, layers: LayerSet) {
        self.document = document
        self.layers = layers
    }

    /// The text; missing text is a failure.
    func text() throws(StageFailure) -> [UInt8] {
        do throws(LayerError) {
            if let text = try layers.value(DocumentText.self) { return text.bytes }
        } catch {
            throw StageFailure("the text can't be read: \(error.message)", code: "damaged-layer")
        }
        throw StageFailure("there is no text for the program", code: "missing-layer")
    }
}
