import Foundation
import Model
import Notebook
import Results
import StageKit
import TestSupport

/// A results database of handmade documents, and notebooks over it.
final class NotebookFixture {
    private let project: TemporaryProject
    let database: ResultsDatabase

    init(
        _ documents: [HandmadeDocument] = HandmadeCorpus.documents, layers: [LayerName] = [],
        edit: (ResultsWriter) throws -> Void = { _ in }
    ) throws {
        project = try TemporaryProject()
        database = try ResultsDatabase(at: project.path("results.sqlite"))
        let writer = try database.begin(fresh: true, layers: layers)
        for (key, decision) in HandmadeCorpus.decisions { try writer.put(decision, on: key) }
        for document in documents {
            try writer.put(
                DocumentResult(
                    id: document.id, sha256: "00", byteCount: document.source.count, layers: document.layers))
        }
        try edit(writer)
        _ = try writer.finish(runKey: "key", about: [("title", "Crates"), ("pipeline", "pipelines/crates.yaml")])
    }

    /// What renders a notebook; `kept` is what the last report was made of.
    func renderer(
        _ text: String, file: String = "n.md", parameters: [String: OptionValue] = [:], kept: KeptReport = KeptReport()
    ) throws -> NotebookRenderer {
        try NotebookRenderer(
            Notebook(text, file: file), over: database, projectFolder: "../..", parameters: parameters, kept: kept)
    }

    /// The files of a notebook's report by path.
    func render(
        _ text: String, file: String = "n.md", parameters: [String: OptionValue] = [:]
    ) throws -> (files: [String: String], failed: [String]) {
        let report = try renderer(text, file: file, parameters: parameters).render()
        let files = report.files.map { ($0.path, String(decoding: $0.bytes ?? [], as: UTF8.self)) }
        return (
            Dictionary(files, uniquingKeysWith: { a, _ in a }),
            report.failedChecks.map { "\($0.line): \($0.message) (\($0.rows))" }
        )
    }

    /// The report alone.
    func report(_ text: String, parameters: [String: OptionValue] = [:]) throws -> String {
        try render(text, parameters: parameters).files["report.md"] ?? ""
    }

    /// What is wrong with a notebook, as one line each: place, message, advice, id.
    func problems(_ text: String, parameters: [String: OptionValue] = [:]) -> [String] {
        do {
            _ = try render(text, parameters: parameters)
            return []
        } catch let problems as NotebookProblems {
            return problems.diagnostics.map(Self.line)
        } catch {
            return ["\(error)"]
        }
    }

    static func line(_ diagnostic: Diagnostic) -> String {
        let place = [diagnostic.file, diagnostic.line.map(String.init), diagnostic.column.map(String.init)]
            .compactMap { $0 }.joined(separator: ":")
        let hint = diagnostic.hint.map { " \($0)" } ?? ""
        return "\(place): \(diagnostic.message).\(hint) [\(diagnostic.id)]"
    }
}
