import Foundation
import GRDB
import Project
import Store
import TestSupport
import Testing

@testable import Commands

@Suite("What a run leaves behind is what it wrote")
struct OutputTests {
    @Test(
        "what somebody changed or removed is restored by the next run",
        arguments: ["outputs/sample/report.md", "pipelines/sample.lock"], [true, false])
    func restored(path: String, isRemoved: Bool) async throws {
        let project = try SampleProject()
        await project.run()
        let before = try project.outputs()
        if isRemoved { try project.folder.remove(path) } else { try project.folder.write("something else", to: path) }
        #expect(await project.run() == 0)
        #expect(try project.outputs() == before)
        #expect(try project.records().first?.ranCount == 0)
    }

    @Test("results that somebody wrote into are written anew")
    func touchedResults() async throws {
        let project = try SampleProject()
        await project.run()
        let before = try project.query("SELECT document, title FROM documents")
        try await DatabaseQueue(path: project.folder.path("outputs/sample/results.sqlite")).write { db in
            try db.execute(sql: "DELETE FROM _metadata_rows")
        }
        #expect(try project.query("SELECT * FROM metadata").isEmpty)
        #expect(await project.run() == 0)
        #expect(!(try project.query("SELECT * FROM metadata")).isEmpty)
        #expect(try project.query("SELECT document, title FROM documents") == before)
    }

    @Test(
        "a database that is damaged or of something else is put aside, and the run gives the same bytes",
        arguments: [".colophon/store.sqlite", ".colophon/state/sample.sqlite", "outputs/sample/results.sqlite"],
        ["text", "middle", "cut"])
    func damaged(path: String, how: String) async throws {
        let project = try SampleProject()
        await project.run()
        let before = try project.outputs()
        var bytes = try project.folder.bytes(of: path)
        switch how {
        case "text": bytes = Array(String(repeating: "no database ", count: 500).utf8)
        case "middle": for k in stride(from: 4096, to: bytes.count, by: 97) { bytes[k] ^= 0x5A }
        default: bytes = Array(bytes.prefix(bytes.count / 2 + 100))
        }
        try project.folder.write(bytes, to: path)
        // A change brings the run to read what is damaged; taken back, the bytes have to be the old ones.
        let text = try project.folder.text(of: "corpus/wire/budget.txt")
        try project.folder.write(text + "\n\nThe NHU said nothing.\n", to: "corpus/wire/budget.txt")
        #expect(await project.run() == 0)
        try project.folder.write(text, to: "corpus/wire/budget.txt")
        #expect(await project.run() == 0)
        #expect(try project.outputs() == before)
    }

    @Test("two runs at once on one project both succeed, with the bytes of one")
    func atOnce() async throws {
        let project = try SampleProject()
        async let one = project.run("--jobs", "1")
        async let two = project.run("--jobs", "2")
        #expect(await [one, two] == [0, 0])
        let fresh = try project.fresh()
        await fresh.run()
        #expect(try project.outputs() == (try fresh.outputs()))
    }

    @Test("outputs are no part of the corpus, whatever the pattern")
    func ownOutputs() async throws {
        let project = try SampleProject(
            pipeline: SampleProject.pipeline.replacing("corpus/**/*.{txt,md,html}", with: "'**/*.{txt,md}'"))
        await project.run()
        #expect(await project.run() == 0)
        #expect(try project.records().count == 1)
    }

    @Test("with settings of its own a run writes beside, and no lock")
    func settings() async throws {
        let project = try SampleProject()
        #expect(await project.run("--set", "summarize-statistics.window=3") == 0)
        #expect(project.folder.exists("outputs/sample--summarize-statistics.window-3/report.md"))
        #expect(!project.folder.exists("pipelines/sample.lock") && !project.folder.exists("outputs/sample"))
    }

    @Test("a dry run writes no report and computes nothing")
    func dryRun() async throws {
        let project = try SampleProject()
        #expect(await project.run("--dry-run") == 0)
        #expect(!project.folder.exists("outputs"))
        #expect(try project.records().isEmpty)
    }
}
