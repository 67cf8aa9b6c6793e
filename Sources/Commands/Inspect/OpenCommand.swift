import ArgumentParser
import Foundation
import Project

/// `colophon open`
struct OpenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "open",
        abstract: "Open the report in a browser.",
        discussion: """
            Opens outputs/<pipeline>/report.html as the last run wrote it, or with --site the first page of the site that \
            'colophon site' wrote, and prints its path.

              colophon open pipelines/harbour.yaml
            """)

    @OptionGroup var pipeline: PipelineOptions

    @Flag(help: "Open the site instead of the report.")
    var site = false

    func run() throws {
        let analysis = try pipeline.analysis()
        let outputs = OutputFolder(analysis.outputFolder)
        let page = outputs.path(site ? "site/index.html" : "report.html")
        guard FileManager.default.fileExists(atPath: page) else {
            guard site, FileManager.default.fileExists(atPath: outputs.path("report.html")) else {
                throw analysis.noResults
            }
            Terminal.error("error: this pipeline has no site yet. Run '\(pipeline.command("site"))' first. [no-site]")
            throw Ending.failed
        }
        if !site, !analysis.isMadeHere("report.html") {
            Terminal.error(
                "note: no run on this machine wrote this report: it came with the project, or was changed. "
                    + "'\(analysis.command("run"))' makes it anew. [not-made-here]")
        }
        Terminal.print(page)
        guard Browser.open(URL(filePath: page).absoluteURL.absoluteString) else {
            Terminal.error(
                "error: no program opens pages here. Open the file in a browser, or install xdg-utils (Debian). "
                    + "[missing-program]")
            throw Ending.failed
        }
    }
}
