import ArgumentParser
import Foundation
import Model
import Project
import StageKit
import Text

/// `colophon trust`
struct Trust: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Consent to the programs that a pipeline runs, and to the shared cache of its project.",
        discussion: """
            Shows each program of the pipeline: its command, what it reads, its files with their digests and first lines; and \
            the shared cache that the project's colophon.yaml names. After you consent, runs may use them. The consent is kept outside the project and holds for these \
            very bytes: when a command or a file changes, runs ask again, and this command shows the difference.

              colophon trust pipelines/harbour.yaml
              colophon trust pipelines/harbour.yaml --show
              colophon trust pipelines/harbour.yaml --yes

            Where nobody can be asked, set COLOPHON_TRUST to the digest that this command prints.
            """)

    @OptionGroup var pipeline: PipelineOptions

    @Flag(help: "Only show what consent is needed for.")
    var show = false

    @Flag(help: "Consent without being asked.")
    var yes = false

    @Flag(help: "Take the consent back.")
    var revoke = false

    func validate() throws {
        if [show, yes, revoke].count(where: { $0 }) > 1 {
            throw ValidationError("give only one of '--show', '--yes' and '--revoke'")
        }
    }

    func run() throws {
        let analysis = try pipeline.analysis()
        let items = try analysis.allConsentItems()
        guard !items.isEmpty else {
            return Terminal.print(
                "this pipeline runs no programs, and its project names no shared cache and no lines for tasks: no consent is needed"
            )
        }
        let consents = Consents()
        if revoke {
            let count = items.count(where: consents.revoke)
            return Terminal.print("\(Wording.count(count, "consent")) taken back")
        }
        for item in items { Terminal.print(ConsentReview(item, consents).text) }
        Terminal.print("digest: \(items.consentDigest)")
        guard !show else { return }
        let isOpen = !consents.missing(items).isEmpty
        if isOpen, !yes { try ask() }
        for item in items { try consents.record(item) }
        Terminal.print(isOpen ? "consent recorded" : "nothing changed: you have consented to all of it")
    }

    private func ask() throws {
        guard Terminal.isTerminal(STDIN_FILENO) else {
            Terminal.error(
                "error: consent is asked for at a terminal. Give '--yes' to consent without being asked. [not-trusted]")
            throw Ending.usage
        }
        Terminal.print("May this happen with your rights? (yes/no)")
        guard ["y", "yes"].contains(readLine()?.lowercased() ?? "") else {
            Terminal.error("no consent was recorded")
            throw Ending.failed
        }
    }
}
