import Model
import StageKit
import Testing

@testable import PipelineFile

@Suite("Variants are read as a matrix or as a list with names")
struct VariantsReaderTests {
    private func variants(_ text: String) -> (variants: [Pipeline.Variant]?, diagnostics: [Diagnostic]) {
        let result = Sample.load(
            Sample.head + "parameters: { window: 3, other: 1 }\nstages: [{ uses: clean }]\nvariants: \(text)\n")
        return (result.pipeline?.variants, result.diagnostics)
    }

    @Test("every combination of a matrix is a variant, called by its settings")
    func matrix() throws {
        let found = try #require(variants("{ window: [3, 5], clean.keep: [a, b] }").variants)
        #expect(
            found.map(\.name) == [
                "window=3, clean.keep=a", "window=3, clean.keep=b", "window=5, clean.keep=a", "window=5, clean.keep=b",
            ])
        #expect(found.first?.settings == ["clean.keep=a", "window=3"])
        #expect(found.first?.positions["window=3"]?.line == 4)
        #expect(variants("{ window: 4 }").variants?.map(\.name) == ["window=4"])
    }

    @Test(
        "a setting means what was written",
        arguments: [
            ("[[a, b]]", OptionValue.list([.string("a"), .string("b")])), ("['3']", .string("3")), ("[3]", .integer(3)),
            ("[true]", .bool(true)), ("['true']", .string("true")), ("['[x']", .string("[x")),
            ("['it''s']", .string("it's")),
            ("['a: b # c']", .string("a: b # c")), ("[0.5]", .real(0.5)), ("['a = b']", .string("a = b")),
            ("[{ not: x }]", .mapping([OptionEntry("not", .string("x"), line: 1)])), ("[\"a\\nb\"]", .string("a\nb")),
        ])
    func values(text: String, value: OptionValue) throws {
        let variant = try #require(variants("{ other: \(text) }").variants?.first)
        let settings = Settings(variant.settings, problems: ProblemList())
        #expect(settings.parameters["other"]?.value.value == value)
    }

    @Test("a list gives variants names of their own")
    func names() throws {
        let found = try #require(
            variants("[{ name: narrow, set: { window: 1, other: 2 } }, { name: plain, set: {} }]").variants)
        #expect(found.map(\.name) == ["narrow", "plain"])
        #expect(found.map(\.settings) == [["other=2", "window=1"], []])
    }

    @Test(
        "what is no variant is an error",
        arguments: [
            ("{}", "empty-list"), ("[]", "empty-list"), ("{ window: [] }", "empty-list"),
            ("[{ name: a }]", "missing-key"),
            ("[{ set: { window: 1 } }]", "missing-key"), ("[{ name: a, sets: {} }]", "unknown-key"),
            ("[{ name: a, set: {} }, { name: a, set: {} }]", "duplicate-variant"),
            ("{ window: [3, 3] }", "duplicate-variant"),
            (
                "{ window: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], other: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] }",
                "too-many-variants"
            ),
            ("[window]", "wrong-type"),
        ])
    func mistakes(text: String, id: String) {
        #expect(variants(text).diagnostics.map(\.id).contains(id), "\(variants(text).diagnostics)")
        #expect(variants(text).variants == nil)
    }
}
