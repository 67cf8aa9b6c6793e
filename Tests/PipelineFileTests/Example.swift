import Model
import Testing

@testable import PipelineFile

/// A file with a mistake, and what is said about it.
struct Example: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    var files: [String: String] = [:]
    var settings: [String] = []
    let reported: String

    init(
        _ sentence: String, _ text: String, files: [String: String] = [:], settings: [String] = [],
        reports reported: String
    ) {
        testDescription = sentence
        self.text = text
        self.files = files
        self.settings = settings
        self.reported = reported
    }

    /// What is said about the text as a pipeline.
    var pipelineReport: String { Sample.report(text, files: files, settings: settings) }

    /// What is said about the text as YAML, whatever it is for.
    var treeReport: String {
        PipelineFile.tree(Array(text.utf8), name: "a.yaml").diagnostics.map(\.rendered).joined(separator: "\n")
    }
}
