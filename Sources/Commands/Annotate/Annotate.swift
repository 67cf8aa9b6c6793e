import Engine
import ArgumentParser
import Foundation
import Model
import Project
import StageKit
import Text

/// `colophon annotate`
struct Annotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Annotate files without a pipeline, and print one JSON record per document.",
        discussion: """
            Reads .txt, .md and .html files, .jsonl files with an object {"id": …, "text": …} on each line, the other \
            formats that a corpus may have, and standard input ('-'). The stages run in memory, over all documents together. Without 'clean' the text is the input \
            unchanged. Positions count code points, and the end is exclusive. Records are printed in the order of the \
            inputs. A document that can't be read or is rejected is reported on standard error; the others are still \
            annotated, and the exit code is 1.

              colophon annotate --stages clean,segment article.html
              cat article.txt | colophon annotate -
              colophon annotate --set link-claims.author-claims=all records.jsonl
            """)

    @Option(help: "The stages to run, separated by commas.")
    var stages = "clean,segment,tag-entities,link-claims"

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: ArgumentHelp("Set an option of a stage. Can be repeated.", valueName: "STAGE.OPTION=VALUE"))
    var settings: [String] = []

    @Option(
        name: .shortAndLong,
        help: "Number of documents to process at the same time. (default: the number of processors)")
    var jobs: Int?

    @OptionGroup var input: InputOptions

    @Argument(help: "The files to annotate; '-' is standard input.", completion: .file())
    var inputs: [String]

    func validate() throws {
        if names.isEmpty { throw ValidationError("'--stages' needs at least one stage") }
        if let jobs, jobs < 1 || jobs > 1024 { throw ValidationError("'--jobs' takes a number from 1 to 1024") }
    }

    /// Records that are written at once: they are made in parallel and printed in order.
    private static let portion = 128

    private var parallel: Int { jobs ?? ProcessInfo.processInfo.activeProcessorCount }

    /// The stages that are named.
    private var names: [String] {
        stages.split(separator: ",").map { String($0.filter { $0 != " " }) }.filter { !$0.isEmpty }
    }

    func run() async throws {
        let graph = try Analysis(stages: names, settings: settings).told.plan.graph
        var documents: [MemoryRun.Document] = []
        var problems: [Diagnostic] = []
        var ids: Set<String> = []
        for (path, read) in inputs.map({ ($0, input.read($0)) }) {
            problems += read.problems
            for document in read.documents {
                if ids.insert(document.facts.id).inserted {
                    documents.append(document)
                } else {
                    problems.append(
                        Diagnostic(
                            "two documents have the id '\(document.facts.id)'", hint: "Give each document its own id.",
                            id: "duplicate-id", at: SourcePosition(file: path)))
                }
            }
        }
        Terminal.report(problems)
        let run = try await MemoryRun(graph, over: documents, jobs: parallel)

        var claimIndex: [String: [ClaimReference: Int]] = [:]
        for document in run.documents {
            guard let text = try document.layers.value(DocumentText.self),
                let attributions = try document.layers.value(Attributions.self)
            else { continue }
            let references = ClaimReference.of(attributions.claims.map(\.span), in: text.bytes)
            claimIndex[document.facts.id] = Dictionary(
                references.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        }
        let index = claimIndex
        for start in stride(from: 0, to: run.documents.count, by: Self.portion) {
            let portion = Array(run.documents[start..<min(start + Self.portion, run.documents.count)])
            let records = try await concurrentMap(portion, jobs: parallel) { document in
                var output = JSONOutput()
                if document.failure == nil {
                    try AnnotationRecord(document: document, claimIndex: index).write(to: &output)
                }
                return output.bytes
            }
            for (document, record) in zip(portion, records) {
                if let failure = document.failure {
                    Terminal.error("\(document.facts.id): error: \(Failure.message(for: failure))")
                } else {
                    Terminal.print(record)
                }
            }
        }
        if !problems.isEmpty || run.documents.contains(where: { $0.failure != nil }) { throw Ending.failed }
    }
}
