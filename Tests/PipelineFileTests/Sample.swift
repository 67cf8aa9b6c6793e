import Model
import StageKit

@testable import PipelineFile

/// A catalogue and a project in memory, for tests.
enum Sample {
    static let catalogue = [
        StageDescription(name: "clean", summary: "Reads documents."),
        StageDescription(
            name: "tag-entities", summary: "Finds names.",
            options: [
                OptionDescription("gazetteer", .yamlFile, "Names that are known."),
                OptionDescription("stop-list", .file, "Words that are no names."),
                OptionDescription("decisions", .yamlFile, "What was decided by hand."),
                OptionDescription("types", .list(.choice(["person", "place"])), "What to look for."),
            ]),
        StageDescription(
            name: "summarize-statistics", summary: "Counts.",
            options: [
                OptionDescription("window", .integer(1...50), default: .integer(5), "How far apart words may be."),
                OptionDescription("share", .real(0...1), default: .real(0.5), "How much is enough."),
                OptionDescription("fold-case", .bool, default: .bool(true), "Whether case counts."),
                OptionDescription("label", .string, "A word for the report."),
                OptionDescription(
                    "author-claims", .choice(["none", "figures", "all"]), default: .string("figures"),
                    "Whose claims count."),
            ]),
    ]

    /// What every good pipeline has, so that an example shows only what it is about.
    static let head = "corpus: { include: ['corpus/*.txt'] }\n"

    static func load(
        _ text: String, files: [String: String] = [:], settings: [String] = []
    ) -> (pipeline: Pipeline?, diagnostics: [Diagnostic]) {
        load(bytes: Array(text.utf8), files: files, settings: settings)
    }

    static func load(
        bytes: [UInt8], files: [String: String] = [:], settings: [String] = []
    ) -> (pipeline: Pipeline?, diagnostics: [Diagnostic]) {
        var all = files.mapValues { Array($0.utf8) }
        all["pipelines/a.yaml"] = bytes
        return PipelineFile.load(
            path: "pipelines/a.yaml", catalogue: catalogue, settings: settings, access: .memory(all))
    }

    /// Everything that is reported, as it is shown.
    static func report(_ text: String, files: [String: String] = [:], settings: [String] = []) -> String {
        load(text, files: files, settings: settings).diagnostics.map(\.rendered).joined(separator: "\n")
    }
}
