import ArgumentParser
import Foundation
import Model
import Project
import Results
import Text

/// `colophon trace`
struct Trace: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List the passages behind a result, or the results that come from a place.",
        discussion: """
            With an id (of a claim, a mention, an entity, a source) it lists every row of the results that names the id, \
            with file, line and bytes. With FILE:LINE or FILE:FIRST-LAST it lists every row that was read from these lines.

              colophon trace pipelines/harbour.yaml place:skerrow
              colophon trace pipelines/harbour.yaml corpus/wire/toll.txt:12
              colophon trace pipelines/harbour.yaml corpus/wire/toll.txt:12-14 --json
            """)

    @OptionGroup var pipeline: PipelineOptions

    @Argument(help: ArgumentHelp("An id of the results, or a place in a file.", valueName: "ID|FILE:LINE"))
    var subject: String

    @Flag(help: "Print one JSON object per row.")
    var json = false

    func run() async throws {
        let analysis = try pipeline.analysis()
        let results = try analysis.lastResults()
        let tracing = Tracing(results)
        var groups: [Tracing.Group] = []
        if let place = SourcePlace(subject), let document = try document(place.file, analysis, results) {
            do {
                groups = try tracing.rows(
                    at: place, in: document, file: Pipeline.join(analysis.pipeline.projectFolder, document))
            } catch let problem as Tracing.Problem {
                Terminal.error("error: \(problem.message)")
                throw Ending.failed
            }
        } else {
            groups = try tracing.rows(naming: subject)
        }
        guard !groups.isEmpty else {
            Terminal.error(
                "error: no row of the results names '\(subject)'. Ids are in the tables of "
                    + "\(OutputFolder.results) ('colophon export \(analysis.pipeline.path) --to csv' exports them); "
                    + "a place is written FILE:LINE, with the path of the file in the project. [unknown-subject]"
            )
            throw Ending.failed
        }
        for group in groups {
            Terminal.print(json ? group.json : Array(group.text.utf8))
        }
    }

    /// The document that the user means by a path: its id, or a path from where the user is.
    private func document(_ file: String, _ analysis: Analysis, _ results: ResultsDatabase) throws -> String? {
        let folder = URL(filePath: analysis.pipeline.projectFolder).standardizedFileURL.path
        let absolute = URL(filePath: file).standardizedFileURL.path
        var names = [file.hasPrefix("./") ? String(file.dropFirst(2)) : file]
        if absolute.hasPrefix(folder + "/") { names.append(String(absolute.dropFirst(folder.count + 1))) }
        for name in names {
            var isKnown = false
            try results.forEachRow(of: "documents", whereAnyOf: ["document"], is: name) { _ in isKnown = true }
            if isKnown { return name }
        }
        return nil
    }
}

/// Lines of a file, as `FILE:LINE` or `FILE:FIRST-LAST` names them.
struct SourcePlace: Equatable {
    let file: String
    /// Counted from 1.
    let lines: ClosedRange<Int>

    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), colon > text.startIndex else { return nil }
        let numbers = text[text.index(after: colon)...].split(separator: "-", omittingEmptySubsequences: false)
        guard let first = numbers.first.flatMap({ Int($0) }), let last = numbers.last.flatMap({ Int($0) }),
            numbers.count <= 2, first >= 1, first <= last
        else { return nil }
        file = String(text[..<colon])
        lines = first...last
    }
}
