import Model
import StageKit
import Testing

@testable import PipelineFile

@Suite("What is set for a run stands in the place of what is written")
struct SettingsTests {
    private let text =
        Sample.head + """
            parameters: { window: 3, types: [person] }
            stages:
              - { uses: summarize-statistics, with: { window: $window, label: a } }
              - { uses: tag-entities, with: { types: $types } }
            """

    private func options(_ settings: [String]) throws -> [String: OptionValue] {
        let result = Sample.load(text, settings: settings)
        let pipeline = try #require(result.pipeline, "\(result.diagnostics)")
        return pipeline.stages.reduce(into: [:]) { $0.merge($1.options) { $1 } }
    }

    @Test("a parameter takes a scalar or a list in brackets")
    func parameters() throws {
        #expect(try options(["window=7"])["window"] == .integer(7))
        #expect(try options(["window=7", "window=8"])["window"] == .integer(8))
        #expect(try options(["types=[place, person]"])["types"] == .list([.string("place"), .string("person")]))
    }

    @Test("an option takes a value whether it is written or not, quotes making it a text")
    func stageOptions() throws {
        #expect(try options(["summarize-statistics.share=1"])["share"] == .real(1))
        #expect(try options(["summarize-statistics.label='2024'"])["label"] == .string("2024"))
        #expect(try options(["summarize-statistics.label=a: b # c = *d"])["label"] == .string("a: b # c = *d"))
    }

    @Test("the settings of a pipeline are listed by name, the last of each")
    func list() throws {
        let settings = ["window=1", "summarize-statistics.share=1", "window=2"]
        #expect(
            Sample.load(text, settings: settings).pipeline?.settings == ["summarize-statistics.share=1", "window=2"])
    }
}
