import Foundation
import Results
import Site
import Store
import TestSupport
import Testing

@testable import Commands

@Suite("A site that follows its results", .timeLimit(.minutes(5)))
struct SiteUpdateTests {
    /// An invented affair: a dozen reports with names, figures and sources in common.
    private static func report(_ k: Int, crates: Int, speaker: String = "Mira Sostak") -> String {
        """
        Crates lost at Orle \(k)

        The Harbour Board said on Friday that \(crates) crates had been lost at Orle. "Nobody warned us," said \
        \(speaker), who leads the board. Officials said that the wall had been checked in March.

        \(k % 3 == 0 ? "The Dockers' Union denied that the wall had been checked in March." : "A former technician said that \(crates + 2) crates had been lost at Orle.")

        Ferry number \(k) runs again.
        """
    }

    private static var documents: [String: String] {
        var documents: [String: String] = [:]
        for k in 0..<12 {
            documents["corpus/\(k % 2 == 0 ? "lamp" : "wire")/report-\(k).txt"] = report(k, crates: 40 + k % 4)
        }
        return documents
    }

    private static let pipeline = SampleProject.pipeline.replacing(
        "stages:", with: "  metadata: corpus/metadata.csv\nstages:")

    private static func metadata(_ title: String = "The wall") -> String {
        """
        document,title,publisher,date
        lamp/report-0.txt,\(title),The Daily Lamp,2024-05-03
        lamp/report-2.txt,Again,The Daily Lamp,2024-05-04
        wire/report-1.txt,Wire,Wire,2024-05-03

        """
    }

    /// The files of the site in the folder `name`, by their paths in it.
    private func site(of project: SampleProject, _ name: String = "site") throws -> [String: [UInt8]] {
        let folder = "outputs/sample/\(name)/"
        let files = try project.outputs().filter { $0.key.hasPrefix(folder) }
        return Dictionary(uniqueKeysWithValues: files.map { (String($0.key.dropFirst(folder.count)), $0.value) })
    }

    /// Writes the site of the results to the folder `name` beside them, with pages so small that a text of some hundred
    /// sentences takes several, and gives its files.
    private func makeSmall(_ project: SampleProject, _ name: String = "site") throws -> [String: [UInt8]] {
        let report = try project.folder.bytes(of: "outputs/sample/report.html")
        let results = try ResultsDatabase(at: project.folder.path("outputs/sample/results.sqlite"))
        _ = try SiteFolder(project.folder.path("outputs/sample/\(name)"))
            .write(Site(results, report: report, projectFolder: "../..", partBytes: 20_000))
        return try site(of: project, name)
    }

    /// What the site would be if it were made for the first time.
    private func freshSmall(_ project: SampleProject) throws -> [String: [UInt8]] {
        let site = try makeSmall(project, "fresh")
        for path in ["fresh", "fresh.sqlite"] { try project.folder.remove("outputs/sample/\(path)") }
        return site
    }

    private func make(_ project: SampleProject, _ options: String...) async -> Int32 {
        await Colophon.run(["site", project.pipelinePath, "--quiet"] + options)
    }

    private func expectSame(_ site: [String: [UInt8]], _ fresh: [String: [UInt8]], _ what: String) {
        let differing = Set(site.keys).union(fresh.keys).filter { site[$0] != fresh[$0] }.sorted()
        #expect(differing.isEmpty, "\(what): \(differing)")
    }

    private static let sentences = (0..<300).map { "Sentence \($0) of the Harbour Board is about Orle. " }.joined()

    @Test("after each of a sequence of changes, the site is what a first one would be")
    func sequence() async throws {
        let project = try SampleProject(Self.documents, pipeline: Self.pipeline)
        try project.folder.write(Self.metadata(), to: "corpus/metadata.csv")
        #expect(await project.run() == 0)
        _ = try makeSmall(project)
        let changes: [(String, () throws -> Void)] = [
            (
                "an edit of a figure",
                { try project.folder.write(Self.report(4, crates: 90), to: "corpus/lamp/report-4.txt") }
            ),
            (
                "a name that becomes longer",
                {
                    try project.folder.write(
                        Self.report(6, crates: 41, speaker: "Mira Anna Sostak"), to: "corpus/lamp/report-6.txt")
                }
            ),
            ("a new document", { try project.folder.write(Self.report(20, crates: 40), to: "corpus/a/report-20.txt") }),
            ("a title", { try project.folder.write(Self.metadata("Another wall"), to: "corpus/metadata.csv") }),
            ("a document that is gone", { try project.folder.remove("corpus/wire/report-5.txt") }),
            (
                "a text that is long now",
                {
                    let text = Self.sentences
                    try project.folder.write(Self.report(7, crates: 41) + "\n\n" + text, to: "corpus/wire/report-7.txt")
                }
            ),
            (
                "another beginning of it",
                {
                    let text = Self.sentences
                    try project.folder.write(
                        "New.\n\n" + text + "\n\n" + Self.report(7, crates: 41),
                        to: "corpus/wire/report-7.txt")
                }
            ),
            ("nothing said any more", { try project.folder.write("Short.", to: "corpus/wire/report-7.txt") }),
            (
                "several at once",
                {
                    for k in [1, 3, 9] {
                        try project.folder.write(
                            Self.report(k, crates: 55, speaker: "Tom Reed"), to: "corpus/wire/report-\(k).txt")
                    }
                }
            ),
        ]
        for (what, change) in changes {
            try change()
            #expect(await project.run() == 0)
            expectSame(try makeSmall(project), try freshSmall(project), what)
        }
    }

    @Test(
        "a page that was edited, replaced or deleted is made again, and one that does not belong is taken away with --anew"
    )
    func hands() async throws {
        let project = try SampleProject()
        #expect(await project.run() == 0)
        #expect(await make(project) == 0)
        let before = try site(of: project)
        let pages = before.keys.sorted()
        for (k, name) in pages.enumerated() {
            let page = "outputs/sample/site/\(name)"
            switch k % 3 {
            case 0: try project.folder.remove(page)
            case 1: try project.folder.write("", to: page)
            default:
                var bytes = try project.folder.bytes(of: page)
                bytes[bytes.count / 2] ^= 1
                try project.folder.write(bytes, to: page)
            }
        }
        #expect(await make(project) == 0)
        expectSame(try site(of: project), before, "edited")
        try project.folder.write("strange", to: "outputs/sample/site/names/strange.html")
        #expect(await make(project, "--anew") == 0)
        expectSame(try site(of: project), before, "strange")
    }

    @Test(
        "a record that is damaged, or of another moment, makes no difference to the pages",
        arguments: ["cut", "text", "gone"])
    func damagedRecord(how: String) async throws {
        let project = try SampleProject()
        #expect(await project.run() == 0)
        #expect(await make(project) == 0)
        let record = "outputs/sample/site.sqlite"
        let bytes = try project.folder.bytes(of: record)
        let path = "corpus/wire/budget.txt"
        try project.folder.write(try project.folder.text(of: path) + "\n\nThe NHU said nothing.\n", to: path)
        #expect(await project.run() == 0)
        switch how {
        case "cut": try project.folder.write(Array(bytes.prefix(bytes.count / 2 + 100)), to: record)
        case "text": try project.folder.write(String(repeating: "no database ", count: 500), to: record)
        default: try project.folder.remove(record)
        }
        #expect(await make(project) == 0)
        let updated = try site(of: project)
        #expect(await make(project, "--anew") == 0)
        expectSame(updated, try site(of: project), how)
    }
}
