import Digests
package import StageKit

/// The rows of one document, read from its layers and hashed: what can be done for several documents at once.
package struct DocumentRows: Sendable {
    /// The document.
    let id: String
    /// Its rows, in the order of ``ResultsSchema/documentTables``.
    let tables: [EncodedRows]
    /// How often it mentions which entity in which words.
    let names: [EntityName: Int]
    /// The layers of stages of the user's own, whose columns are known when they are written.
    let custom: [LayerName: [UInt8]]
    /// What they need to be written.
    let positions: Positions

    /// The rows that the layers of `result` give; `custom` are those that
    /// stages of the user's own write, and those of second uses of a stage.
    package init(_ result: DocumentResult, custom: [LayerName] = []) throws(ResultsError) {
        do {
            var encoder = try DocumentEncoder(result)
            try encoder.encode()
            id = result.id
            tables = encoder.tables.map(\.encoded)
            names = encoder.names
            positions = encoder.positions
        } catch {
            throw ResultsError("the layers of '\(result.id)' can't be read: \(error.message)")
        }
        var layers: [LayerName: [UInt8]] = [:]
        do {
            for layer in custom {
                layers[layer] =
                    layer.base == layer
                    ? result.layers.encoded(layer)
                    : try NamespacedLayer.annotations(layer, of: result.layers, positions)?.encoded
            }
        } catch {
            throw ResultsError("the layers of '\(result.id)' can't be read: \(error.message)")
        }
        self.custom = layers
    }
}

/// An entity in one of the forms that a text has for it.
struct EntityName: Hashable, Sendable {
    let entity: String
    /// The words with one blank between them, however they were set apart.
    let words: String
}
