import Foundation
import StageKit
import Testing

@testable import PipelineFile

@Suite("Editors are told what a pipeline may hold")
struct PipelineSchemaTests {
    private func schema() throws -> [String: Any] {
        let json = try JSONSerialization.jsonObject(with: Data(PipelineSchema.json(Sample.catalogue)))
        return try #require(json as? [String: Any])
    }

    private func value(_ path: [String], in schema: [String: Any]) -> Any? {
        path.reduce(schema as Any?) { ($0 as? [String: Any])?[$1] }
    }

    @Test("the schema names its draft and every key, with a description")
    func keys() throws {
        let schema = try schema()
        #expect(schema["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["additionalProperties"] as? Bool == false)
        for key in Keys.pipeline {
            #expect(value(["properties", key.name, "description"], in: schema) as? String == key.summary)
        }
    }

    @Test("each stage has its options, with range, words, default and description")
    func stages() throws {
        let items = value(["properties", "stages", "items", "oneOf"], in: try schema()) as? [[String: Any]]
        let stages = try #require(items)
        #expect(stages.count == Sample.catalogue.count + 2)
        let options = ["properties", "with", "properties"]
        let window = try #require(value(options + ["window"], in: stages[2]) as? [String: Any])
        #expect(window["default"] as? Int == 5)
        #expect(window["description"] as? String == "How far apart words may be.")
        let type = try #require((window["anyOf"] as? [[String: Any]])?.first)
        #expect(type["minimum"] as? Int == 1 && type["maximum"] as? Int == 50)
        let claims = value(options + ["author-claims", "anyOf"], in: stages[2]) as? [[String: Any]]
        #expect(claims?.first?["enum"] as? [String] == ["none", "figures", "all"])
        #expect(value(["properties", "uses", "pattern"], in: stages[3]) as? String == "/")
        #expect(stages[4]["required"] as? [String] == ["run", "reads", "writes"])
    }

    @Test("keys come in the order in which pipelines are explained, and the text ends with a line end")
    func bytes() throws {
        let text = String(decoding: PipelineSchema.json(Sample.catalogue), as: UTF8.self)
        #expect(text.hasPrefix("{\"$schema\":") && text.hasSuffix("}\n"))
        let places = try ["corpus", "parameters", "stages", "notebook"].map {
            try #require(text.range(of: "\"\($0)\":{")).lowerBound
        }
        #expect(places == places.sorted())
    }
}
