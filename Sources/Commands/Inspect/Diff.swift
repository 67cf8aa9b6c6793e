import ArgumentParser
import Foundation
import Project

/// `colophon diff`
struct Diff: AsyncParsableCommand {
    /// How the comparison is written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, markdown, json
    }

    static let configuration = CommandConfiguration(
        abstract: "Compare the results of two runs, two locks or two packs.",
        discussion: """
            Takes two pipelines (their last results), two output folders, two results.sqlite, two locks or two packs. Lists \
            documents, settings, questions, claims, figures and entities that are new, gone or different, each with its \
            cause: the documents that it is read from, or a setting. Exits with code 0 if nothing differs, and with 3 if \
            something does. The results of a pack have to be what its lock says; otherwise it is refused.

              colophon diff pipelines/harbour.yaml outputs/harbour--window-3
              colophon diff before.lock pipelines/harbour.lock
              colophon diff theirs.colophon ours.colophon
              colophon diff ../theirs/outputs/harbour outputs/harbour --format markdown
            """)

    @Argument(help: "What to compare with.", completion: .file())
    var old: String

    @Argument(help: "What is compared.", completion: .file())
    var new: String

    @Option(help: "The output format: \(Format.allCases.map(\.rawValue).joined(separator: ", ")).")
    var format = Format.text

    @Flag(help: "List every difference; without it text has the first 20 of a kind, and Markdown the first 200.")
    var all = false

    @Flag(name: .shortAndLong, help: "Print nothing; the exit code says whether something differs.")
    var quiet = false

    func run() async throws {
        let (old, new) = (try ComparedSide(old), try ComparedSide(new))
        let jobs = ProcessInfo.processInfo.activeProcessorCount
        let comparison = try await Interruption.guarding { try await ComparedSide.compare(old, new, jobs: jobs) }
        if !quiet {
            switch format {
            case .text: Terminal.print(comparison.text(shown: all ? .max : 20))
            case .markdown:
                Terminal.print(comparison.markdown(title: "Differences", shown: all ? .max : 200))
            case .json: Terminal.print(comparison.json)
            }
        }
        if !comparison.isSame { throw Ending.difference }
    }
}
