import StageKit
import Text

/// The JSON Schema of layers: what programs are sent, what they may answer, and what `colophon annotate` prints.
package enum LayersSchema {
    /// The schema (draft 2020-12) as JSON with a line end. It describes an object with layers by name. `write-…` among the
    /// definitions is what a program may answer: in place of a built-in stage, as a layer of its own (`write-own`), and
    /// about the corpus as a whole (`write-corpus`).
    package static var json: [UInt8] {
        let layers = LayerShape.all.map { shape in
            (key: shape.layer.rawValue, value: list(of: shape, fields(shape.fields, isGiven: false)))
        }
        let given = LayerShape.all.filter(\.isGiven).map { shape in
            (key: "write-\(shape.layer)", value: list(of: shape, fields(shape.fields, isGiven: true)))
        }
        let metadata: JSONValue = ["type": "object", "additionalProperties": ["type": "string"]]
        let schema: JSONValue = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": .string("Layers of Colophon, version \(LayerShape.version)"), "type": "object",
            "properties": .object([(key: "metadata", value: metadata)] + layers), "$defs": .object(given + own),
        ]
        var output = JSONOutput()
        schema.write(to: &output)
        output.endLine()
        return output.bytes
    }

    /// Layers of a program's own.
    private static var own: [(key: String, value: JSONValue)] {
        let value: JSONValue = ["type": ["string", "number", "boolean", "null"]]
        let place: JSONValue = ["type": "integer", "minimum": 0]
        let span: JSONValue = [
            "type": "object", "properties": ["start": place, "end": place],
            "dependentRequired": ["start": ["end"], "end": ["start"]], "additionalProperties": value,
        ]
        let row: JSONValue = ["type": "object", "additionalProperties": value]
        return [
            (
                key: "write-own",
                value: [
                    "description": "What a program says of a document, in the order in which it says it.",
                    "type": "array", "items": span,
                ]
            ),
            (
                key: "write-corpus",
                value: [
                    "description": "What a program says of the corpus as a whole, a row each.", "type": "array",
                    "items": row,
                ]
            ),
        ]
    }

    private static func list(of shape: LayerShape, _ element: JSONValue) -> JSONValue {
        ["description": .string(shape.summary), "type": "array", "items": element]
    }

    private static func fields(_ fields: [LayerShape.Field], isGiven: Bool) -> JSONValue {
        let known = fields.filter { !isGiven || $0.giving != .later || $0.isNullable }
        let required = known.filter { isGiven ? $0.giving == .required : $0.isAlways }
        let object: JSONValue = [
            "type": "object",
            "properties": .object(known.map { ($0.name, field($0, isGiven: isGiven)) }),
            "required": .array(required.map { .string($0.name) }),
        ]
        // a program can't say more than is understood; a later release may write more
        return isGiven ? object.with(["additionalProperties": false]) : object
    }

    private static func field(_ field: LayerShape.Field, isGiven: Bool) -> JSONValue {
        let summary: JSONValue = ["description": .string(field.summary + ".")]
        if isGiven, field.giving == .later { return summary.with(["type": "null"]) }
        let content = content(field.content, isGiven: isGiven)
        return summary.with(field.isNullable ? ["anyOf": [content, ["type": "null"]]] : content)
    }

    private static func content(_ content: LayerShape.Content, isGiven: Bool) -> JSONValue {
        switch content {
        case .string: ["type": "string"]
        case .integer: ["type": "integer"]
        case .number: ["type": "number"]
        case .bool: ["type": "boolean"]
        case .choice(let words): ["enum": .array(words.map { .string($0) })]
        case .object(let fields): self.fields(fields, isGiven: isGiven)
        case .list(let content): ["type": "array", "items": self.content(content, isGiven: isGiven)]
        case .either(let all): ["anyOf": .array(all.map { self.content($0, isGiven: isGiven) })]
        }
    }
}
