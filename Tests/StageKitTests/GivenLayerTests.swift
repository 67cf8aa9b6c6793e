import StageKit
import Testing
import Text

@Suite("Layers that stages of one's own give") struct GivenLayerTests {
    private static let text = Array("Łódź wall. It fell.\n\nAda said so.".utf8)

    private func failure(_ json: String, _ type: any GivenLayer.Type) throws -> String? {
        guard case .array(let elements) = try JSONValue(parsing: Array(json.utf8)) else { return nil }
        do throws(StageFailure) {
            _ = try GivenLayers.encoded(elements, as: type, text: Self.text)
            return nil
        } catch {
            return error.summary
        }
    }

    @Test("what a program writes in the shape of a layer is the layer, in bytes")
    func taken() throws {
        guard case .array(let elements) = try JSONValue(parsing: Array(#"[{"start": 0, "end": 11}]"#.utf8)) else {
            return
        }
        let bytes = try GivenLayers.encoded(elements, as: Sentences.self, text: Self.text)
        // white space at the end is cut
        #expect(try Sentences(encoded: bytes).spans == [ByteSpan(0, 13)])
    }

    @Test(
        "sentences that break a rule are refused with their number and their place",
        arguments: [
            (#"[{"start": 0, "end": 99}]"#, "sentence 0 (0, 99) is outside the text of 33 code points"),
            (#"[{"start": 3, "end": 1}]"#, "sentence 0 ends before it starts (3, 1)"),
            (#"[{"start": 0, "end": 4}, {"start": 3, "end": 9}]"#, "sentence 1 (3, 9) overlaps sentence 0 (0, 4)"),
            (#"[{"start": 5, "end": 9}, {"start": 0, "end": 4}]"#, "sentence 1 (0, 4) begins before sentence 0 (5, 9)"),
            (#"[{"start": 10, "end": 11}]"#, "sentence 0 (11, 11) is empty"),
            (#"[{"start": 0}]"#, "sentence 0 has no 'end'"),
            (#"[7]"#, "sentence 0 is a number, not an object"),
            (
                #"[{"start": 0, "end": 4, "score": 1}]"#,
                "sentence 0 has a field 'score' that is not known: there are start, end"
            ),
            (
                #"[{"start": 0.5, "end": 4}]"#,
                "sentence 0 has a field 'start' that has to be a whole number, not a number"
            ),
        ])
    func sentences(json: String, summary: String) throws { #expect(try failure(json, Sentences.self) == summary) }

    @Test(
        "tokens that break a rule are refused",
        arguments: [
            (#"[{"start": 0, "end": 4}]"#, "token 0 has no 'kind'"),
            (
                #"[{"start": 0, "end": 4, "kind": "NOUN"}]"#,
                "token 0 has a field 'kind' that has to be one of word, number, punctuation, symbol, address, not 'NOUN'"
            ),
            (#"[{"start": 18, "end": 22, "kind": "word"}]"#, "token 0 (18, 22) holds a line end"),
            (#"[{"start": 4, "end": 9, "kind": "word"}]"#, "token 0 (4, 9) begins or ends with white space"),
        ])
    func tokens(json: String, summary: String) throws { #expect(try failure(json, Tokens.self) == summary) }

    @Test("names can be given, their entities and other mentions can't")
    func mentions() throws {
        #expect(try failure(#"[{"start": 21, "end": 24, "type": "person", "entity": null}]"#, Mentions.self) == nil)
        #expect(
            try failure(#"[{"start": 21, "end": 24, "type": "person", "entity": "person:ada"}]"#, Mentions.self)
                == "mention 0 has a field 'entity' that is found by later stages: leave it out")
        #expect(
            try failure(#"[{"start": 21, "end": 24, "type": "date"}]"#, Mentions.self)?.hasPrefix(
                "mention 0 (21, 24) is of the type date, which can't be given") == true)
    }

    @Test(
        "claims have content, which stands in them in order",
        arguments: [
            (#"[{"start": 21, "end": 33, "content": [{"start": 30, "end": 32}]}]"#, nil),
            (#"[{"start": 21, "end": 33, "content": []}]"#, "claim 0 (21, 33) has no content"),
            (
                #"[{"start": 21, "end": 29, "content": [{"start": 30, "end": 32}]}]"#,
                "claim 0 (21, 29) does not hold its content"
            ),
            (
                #"[{"start": 21, "end": 33, "source": {"start": 0, "end": 4}, "content": [{"start": 30, "end": 32}]}]"#,
                "claim 0 (21, 33) does not hold its source"
            ),
            (
                #"[{"start": 21, "end": 33, "content": [{"start": 30, "end": 32}, {"start": 25, "end": 29}]}]"#,
                "claim 0 (21, 33) has content that is not in order"
            ),
            (
                #"[{"start": 21, "end": 33, "content": [{"start": 30, "end": 32}], "statements": [{"start": 21, "end": 24}]}]"#,
                "claim 0 (21, 33) has a statement outside of its content"
            ),
            (
                #"[{"start": 21, "end": 33, "content": [{"start": 30}]}]"#,
                "claim 0 has a field 'content[0]' that has no 'end'"
            ),
        ])
    func claims(json: String, summary: String?) throws { #expect(try failure(json, Claims.self) == summary) }

    @Test("a stage in Swift is held to the same rules")
    func swift() throws {
        #expect(
            throws: StageFailure("token 0 has an edge inside a character, at byte 1", hint: hint, code: "bad-layer")
        ) {
            try Tokens(spans: [ByteSpan(1, 3)], kinds: [.word]).check(in: Self.text)
        }
        #expect(
            throws: StageFailure(
                "sentence 0 (bytes 0 to 99) is outside the text of 36 bytes", hint: hint, code: "bad-layer")
        ) {
            try Sentences([ByteSpan(0, 99)]).check(in: Self.text)
        }
    }

    private let hint = "positions count code points from 0, and the end is exclusive: see docs/layers.md"

    @Test("the stage that takes a layer reads what another gives, and two stages can't give one")
    func taking() throws {
        func program(_ stage: String) -> Step {
            Step(
                stage: stage, contract: StepContract("", reads: ["text"], writes: ["sentences"]), shape: .program,
                fingerprint: "program")
        }
        let cutting = Step(
            stage: "cut", contract: StepContract("", reads: ["text"], writes: ["sentences"], takes: ["sentences"]),
            shape: .program, fingerprint: "program")
        let steps = try Step.taking([cutting, program("mine")], from: ["mine"])
        #expect(steps[0].contract.reads == ["text", "mine.sentences"] && steps[0].contract.writes == ["sentences"])
        #expect(steps[1].contract.writes == ["mine.sentences"])
        #expect(throws: StepGraphProblem.writtenTwice("sentences", stages: ["one", "two"])) {
            try Step.taking([cutting, program("one"), program("two")], from: ["one", "two"])
        }
        // where no stage takes it, it is the layer itself
        #expect(try Step.taking([program("mine")], from: ["mine"])[0].contract.writes == ["sentences"])
    }
}
