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

/// The rows of one document in one table: each its number, then its values.
struct EncodedRows: Sendable {
    let bytes: [UInt8]
    let count: Int
    /// The digest of all of them together.
    let sum: SetDigest
}

/// Gathers the rows of one document in one table.
final class RowEncoder: ValueSink {
    private let table: DocumentTable
    private let document: String
    private var rows = RowBytes()
    private var count = 0

    init(_ table: DocumentTable, document: String) {
        self.table = table
        self.document = document
    }

    /// Begins the row with this number within the document.
    func begin(_ number: Int) {
        rows.append(number)
        count += 1
    }

    func null() { rows.appendNull() }
    func integer(_ value: Int) { rows.append(value) }
    func real(_ value: Double) { rows.append(value) }
    func text(utf8 value: UnsafeBufferPointer<UInt8>) { rows.append(text: value) }

    /// What was gathered.
    var encoded: EncodedRows {
        EncodedRows(bytes: rows.bytes, count: count, sum: table.digest(of: rows, count: count, document: document))
    }
}

extension DocumentTable {
    /// The digest of all rows of a document.
    func digest(of rows: RowBytes, count: Int, document: String) -> SetDigest {
        guard count > 0 else { return SetDigest() }
        var bytes = RowBytes()
        bytes.begin(name)
        bytes.append(text: document.utf8)
        bytes.append(rows)
        return bytes.digest(rows: isAppendix ? 0 : count)
    }
}
