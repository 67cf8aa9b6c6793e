import ArgumentParser
import Foundation
import Model
import Project
import Site
import Store

/// `colophon site`
struct SiteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "site",
        abstract: "Write the results as a folder of static pages.",
        discussion: """
            Reads the results of the last run and writes outputs/<pipeline>/site/: the report, a page for each document \
            with its claims and names marked, one for each name, source, question and publisher, and a search over all \
            sentences. It needs no server: open index.html, or copy the folder to any web server. Only pages whose \
            content changed are made and written again. A page that was edited, replaced or deleted is made again; \
            its size, time or number on the disk tells.

              colophon site pipelines/harbour.yaml
            """)

    @OptionGroup var pipeline: PipelineOptions

    @Flag(help: "Make every page again and compare it with what is there.")
    var anew = false

    @Flag(name: .shortAndLong, help: "Print only errors.")
    var quiet = false

    func run() async throws {
        let analysis = try pipeline.analysis()
        let outputs = OutputFolder(analysis.outputFolder)
        // the lock would make the folder
        guard FileManager.default.fileExists(atPath: outputs.path(OutputFolder.results)),
            let report = FileWriting.contents(of: outputs.path("report.html"))
        else { throw analysis.noResults }
        // a run that writes at the same time would give pages of two moments
        let lock = try await outputs.lock(with: nil, waiting: Terminal.waiting)
        defer { withExtendedLifetime(lock) {} }
        let site = Site(try analysis.lastResults(), report: report, projectFolder: "../..")
        let summary = try SiteFolder(outputs.path("site")).write(site, anew: anew)
        guard !quiet else { return }
        let removed = summary.removed > 0 ? ", \(Wording.grouped(summary.removed)) removed" : ""
        Terminal.print(
            "\(Wording.count(summary.pages, "page")): \(Wording.grouped(summary.written)) written\(removed)")
        Terminal.print("site: \(outputs.path("site/index.html"))")
    }
}
