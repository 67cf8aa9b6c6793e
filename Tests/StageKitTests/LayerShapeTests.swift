import Foundation
import Testing

@testable import StageKit

@Suite struct LayerShapeTests {
    /// The fields of a layer as a table of docs/layers.md.
    private static func table(_ shape: LayerShape) -> String {
        func rows(_ fields: [LayerShape.Field], _ prefix: String) -> [String] {
            fields.flatMap { field -> [String] in
                let giving =
                    switch field.giving {
                    case .required: "required"
                    case .optional: "optional"
                    case .later: "–"
                    }
                let kind = field.content.name.replacing("'", with: "`") + (field.isNullable ? ", or null" : "")
                let row = "| `\(prefix)\(field.name)` | \(kind) | \(field.summary). |"
                let parts: [String] =
                    switch field.content {
                    case .either(let all):
                        all.flatMap { part -> [String] in
                            if case .object(let fields) = part { rows(fields, "\(field.name).") } else { [] }
                        }
                    case .list(.object(let fields)) where field.name == "statements": rows(fields, "statements[].")
                    default: []
                    }
                return [shape.isGiven ? row + " \(giving) |" : row] + parts
            }
        }
        let head = shape.isGiven ? "| field | | | when given |\n|---|---|---|---|" : "| field | | |\n|---|---|---|"
        return "### `\(shape.layer)`\n\n\(shape.summary)\n\n"
            + ([head] + rows(shape.fields, "")).joined(separator: "\n")
            + "\n"
    }

    @Test("docs/layers.md describes every field of every layer", arguments: LayerShape.all)
    func documented(shape: LayerShape) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/layers.md")
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text.contains(Self.table(shape)), "docs/layers.md has to hold:\n\(Self.table(shape))")
        #expect(text.contains("version \(LayerShape.version)"))
    }

    @Test("the layers that stages of one's own may give are those whose shapes say so")
    func given() {
        #expect(Set(LayerShape.all.filter(\.isGiven).map(\.layer)) == Set(GivenLayers.all.map { $0.name }))
        for layer in LayerJSON.readable where layer != Metadata.name { #expect(LayerShape.of(layer) != nil) }
    }
}
