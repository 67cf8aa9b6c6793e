import Model
package import StageKit
import Text

/// The JSON Schema of pipelines, for editors: keys, stages and options with their descriptions and defaults.
package enum PipelineSchema {
    /// The schema (draft 2020-12) of pipelines that use stages of `catalogue`, as JSON with a line end. The bytes depend
    /// on the catalogue and its order alone.
    package static func json(_ catalogue: [StageDescription]) -> [UInt8] {
        var output = JSONOutput()
        schema(catalogue).write(to: &output)
        output.endLine()
        return output.bytes
    }

    private static func schema(_ catalogue: [StageDescription]) -> JSONValue {
        let head: JSONValue = [
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "A pipeline of Colophon",
        ]
        let definitions: JSONValue = [
            "$defs": [
                "name": ["type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_-]{0,63}$"],
                "path": ["type": "string", "pattern": "^[^/]", "description": "Relative to the project."],
                "parameter": [
                    "type": "string", "pattern": #"^\$[A-Za-z][A-Za-z0-9_-]*$"#,
                    "description": "The value of a parameter.",
                ],
            ]
        ]
        let body = object(Keys.pipeline) { key in
            switch key {
            case "corpus": corpus
            case "parameters":
                [
                    "type": "object", "propertyNames": reference("name"),
                    "additionalProperties": ["type": ["string", "number", "boolean", "array", "object"]],
                ]
            case "stages": ["type": "array", "items": ["oneOf": .array(catalogue.map(stage) + [folder, program])]]
            case "variants": variants
            case "include": oneOrMore(["type": "string"])
            case "notebook", "decisions": reference("path")
            default: ["type": "string"]
            }
        }
        return head.with(body).with(definitions)
    }

    private static var corpus: JSONValue {
        object(Keys.corpus) { key in
            switch key {
            case "metadata": reference("path")
            case "columns": object(Keys.columns) { _ in ["type": "string"] }
            case "where": ["type": "object", "additionalProperties": condition]
            default: oneOrMore(["type": "string"])
            }
        }
    }

    /// A condition on a column: a value, values, or a mapping.
    private static var condition: JSONValue {
        let value: JSONValue = ["type": ["string", "number", "boolean"]]
        let range = object(Keys.condition) { ["is", "not"].contains($0) ? oneOrMore(value) : value }
        return ["anyOf": [oneOrMore(value), range, ["type": "null"]]]
    }

    /// A matrix, or a list of variants with names.
    private static var variants: JSONValue {
        let named = object(Keys.variant, required: ["name", "set"]) { key in
            key == "set" ? ["type": "object"] : ["type": "string"]
        }
        return ["anyOf": [["type": "object"], ["type": "array", "items": named]]]
    }

    private static func stage(_ stage: StageDescription) -> JSONValue {
        let options = stage.options.map { option -> (key: String, value: JSONValue) in
            (option.name, self.option(option))
        }
        let with: JSONValue = ["type": "object", "additionalProperties": false, "properties": .object(options)]
        return object(Keys.stage, required: ["uses"]) { key in
            switch key {
            case "uses": ["const": .string(stage.name), "title": .string(stage.summary)]
            case "with": with
            default: reference("name")
            }
        }
    }

    private static func option(_ option: OptionDescription) -> JSONValue {
        var value: JSONValue = [
            "description": .string(option.summary), "anyOf": [type(option.type), reference("parameter")],
        ]
        if let standard = option.standard { value = value.with(["default": JSONValue(standard)]) }
        return value
    }

    private static func type(_ type: OptionType) -> JSONValue {
        switch type {
        case .bool: ["type": "boolean"]
        case .integer(let range):
            JSONValue.object([("type", "integer")])
                .with(range.lowerBound == .min ? [:] : ["minimum": .integer(range.lowerBound)])
                .with(range.upperBound == .max ? [:] : ["maximum": .integer(range.upperBound)])
        case .real(let range):
            JSONValue.object([("type", "number")])
                .with(range.lowerBound <= -.greatestFiniteMagnitude ? [:] : ["minimum": .number(range.lowerBound)])
                .with(range.upperBound >= .greatestFiniteMagnitude ? [:] : ["maximum": .number(range.upperBound)])
        case .string: ["type": "string"]
        case .choice(let words), .weights(let words): ["enum": .array(words.map { .string($0) })]
        case .list(let element):
            ["type": "array", "items": ["anyOf": [self.type(element), reference("parameter")]]]
        case .yamlFile, .file: reference("path")
        }
    }

    private static var program: JSONValue {
        let keys = Keys.stage.filter { $0.name != "uses" } + Keys.program
        return object(keys, required: ["run", "reads", "writes"]) { key in
            switch key {
            case "run": ["type": "array", "minItems": 1, "items": ["type": ["string", "number"]]]
            case "files": oneOrMore(reference("path"))
            case "reads", "writes", "environment": oneOrMore(["type": "string"])
            case "with": ["type": "object"]
            case "pin": ["type": "boolean", "default": false]
            case "confined": ["type": "boolean", "default": true]
            case "scope": ["enum": .array(ProgramUse.Scope.allCases.map { .string($0.rawValue) })]
            case "limits": object(Keys.limits) { _ in ["type": "number", "exclusiveMinimum": 0] }
            default: reference("name")
            }
        }
    }

    /// A stage that a folder describes.
    private static var folder: JSONValue {
        object(Keys.stage, required: ["uses"]) { key in
            switch key {
            case "uses": ["type": "string", "pattern": "/"]
            case "with": ["type": "object"]
            default: reference("name")
            }
        }
    }

    /// An object with these keys and no others.
    private static func object(
        _ keys: [Keys.Key], required: [String] = [], _ value: (String) -> JSONValue
    ) -> JSONValue {
        let properties = keys.map { key -> (key: String, value: JSONValue) in
            (key.name, JSONValue.object([("description", .string(key.summary))]).with(value(key.name)))
        }
        let object: JSONValue = ["type": "object", "additionalProperties": false, "properties": .object(properties)]
        return required.isEmpty ? object : object.with(["required": .array(required.map { .string($0) })])
    }

    private static func oneOrMore(_ value: JSONValue) -> JSONValue {
        ["anyOf": [value, ["type": "array", "items": value]]]
    }

    private static func reference(_ name: String) -> JSONValue { ["$ref": .string("#/$defs/\(name)")] }
}
