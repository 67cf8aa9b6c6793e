import ArgumentParser
import Foundation
import Model
import Project
import Text

/// A pipeline that need not be named where a project has only one.
struct FoundPipelineOptions: ParsableArguments {
    @Argument(
        help: "The pipeline, a YAML file, or the folder of a project that has one.",
        completion: .file(extensions: ["yaml", "yml"]))
    var pipeline: String?

    @OptionGroup private var setting: SettingOptions

    var settings: [String] { setting.settings }

    func analysis() throws -> Analysis { try PipelineCheck.analysis(at: try path, settings: settings).told }

    /// The path of the pipeline; an error where it can't be told.
    var path: String {
        get throws {
            let given = pipeline ?? "."
            var isFolder: ObjCBool = false
            guard
                pipeline == nil
                    || FileManager.default.fileExists(atPath: given, isDirectory: &isFolder) && isFolder.boolValue
            else { return given }
            let folder = Pipeline.join(given, "pipelines")
            let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter {
                [".yaml", ".yml"].contains(where: $0.hasSuffix) && !$0.hasPrefix(".")
            }.sorted { $0.precedes($1) }
            if names.count == 1 { return Pipeline.join(folder, names[0]) }
            let hint =
                names.isEmpty
                ? "'colophon init' makes a project."
                : "There are: \(names.map { Pipeline.join(folder, $0) }.joined(separator: ", "))."
            Terminal.report([
                Diagnostic(
                    names.isEmpty ? "the folder '\(folder)' has no pipeline" : "there are several pipelines: name one",
                    hint: hint, id: "no-pipeline")
            ])
            throw Ending.usage
        }
    }
}
