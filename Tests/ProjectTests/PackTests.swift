import Archive
import Digests
import Foundation
import Model
import Results
import StageKit
import Store
import TestSupport
import Testing

@testable import Project

@Suite("Packs")
struct PackTests {
    func pack(
        _ project: SampleProject, _ options: PackMaking.Options = .init(), to name: String = "a.colophon"
    ) async throws -> PackMaking.Made {
        try await PackMaking(project.analysis(), options, jobs: 2, observer: ToldEvents())
            .write(to: project.folder.path(name))
    }

    func unpack(
        _ path: String, to folder: String, into: Bool = false, force: Bool = false,
        bounds: Unpacking.Bounds = .init()
    ) async throws -> Unpacking.Made {
        try await Unpacking(path, bounds: bounds, jobs: 2) { _ in }.unpack(to: folder, into: into, force: force)
    }

    /// The project that was unpacked to `folder`.
    func run(_ folder: String) async throws -> PipelineRun.Summary {
        try await PipelineRun(
            Analysis(path: "\(folder)/pipelines/sample.yaml"), jobs: 2, observer: ToldEvents()
        ).run()
    }

    /// Every file below a folder, by path; the cache and what belongs to the machine left out.
    func files(_ folder: String) throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in FileManager.default.enumerator(atPath: folder)?.compactMap({ $0 as? String }) ?? [] {
            guard !name.hasPrefix(".colophon"), !name.contains(".sqlite"), !name.hasSuffix(".colophon") else {
                continue
            }
            if let bytes = FileManager.default.contents(atPath: "\(folder)/\(name)") { files[name] = Array(bytes) }
        }
        return files
    }

    func diagnostics(_ body: () async throws -> Void) async throws -> [Diagnostic] {
        do {
            try await body()
            return []
        } catch let problem as ProjectProblem {
            return problem.diagnostics
        }
    }

    @Test("an unpacked project is the one that was packed, and its first run computes nothing")
    func roundTrip() async throws {
        let project = try SampleProject()
        let first = try await project.run()
        let made = try await pack(project)
        #expect(made.documents == 4 && made.results > 40)
        let folder = project.folder.path("copy")
        let unpacked = try await unpack(project.folder.path("a.colophon"), to: folder)
        let there = try files(project.folder.path()).filter { !$0.key.hasPrefix("copy") }
        #expect(try files(folder) == there)
        #expect(unpacked.results == made.results)
        let again = try await run(folder)
        #expect(again.record.ranCount == 0 && again.record.reusedCount == first.record.ranCount)
        #expect(try files(folder) == there)
    }

    @Test("a pack has the same bytes whatever came before, and whatever the clock says")
    func deterministic() async throws {
        let project = try SampleProject()
        try await project.run()
        // A history: a document comes, is edited and goes.
        try project.folder.write("Rain\n\nIt rained, said Tom Reed.\n", to: "corpus/courier/rain.txt")
        try await project.run()
        try project.folder.write("Rain\n\nIt poured, said Tom Reed.\n", to: "corpus/courier/rain.txt")
        try await project.run()
        try project.folder.remove("corpus/courier/rain.txt")
        try await project.run()
        _ = try await pack(project)
        let fresh = try project.fresh()
        try await fresh.run()
        utimes(
            fresh.folder.path("corpus/wire/budget.txt"),
            [timeval(tv_sec: 1, tv_usec: 0), timeval(tv_sec: 1, tv_usec: 0)])
        _ = try await pack(fresh)
        #expect(try project.folder.bytes(of: "a.colophon") == fresh.folder.bytes(of: "a.colophon"))
    }

    @Test("a pack has what variants and comparisons with earlier runs need, and not without texts")
    func variants() async throws {
        let project = try SampleProject(
            pipeline: SampleProject.pipeline.replacing(
                "  - uses: summarize-statistics", with: "  - uses: summarize-statistics\n    with: { window: $window }")
                + "parameters: { window: 5 }\nnotebook: n.md\nvariants: { window: [3, 5] }\n")
        try project.folder.write("# None\n", to: "n.md")
        try await project.run()
        try project.folder.write(project.folder.bytes(of: "outputs/sample/results.sqlite"), to: "before.sqlite")
        try project.folder.write("# Now\n\n```{changes}\nbaseline: before.sqlite\n```\n", to: "n.md")
        try project.folder.write("Storm\n\nThe weather service warned of a gale.\n", to: "corpus/wire/weather.txt")
        try await project.run()
        let made = try await pack(project)
        #expect(made.missing == 0)
        let place = try TemporaryProject()
        let folder = place.path("copy")
        _ = try await unpack(project.folder.path("a.colophon"), to: folder)
        #expect(try await run(folder).record.ranCount == 0)
        let store = try ResultStore(folder: "\(folder)/.colophon")
        let text = try #require(try store.runs(of: "sample/variants/window-3", limit: 1).first)
        #expect(RunRecord(json: text.1, number: text.0)?.ranCount == 0)
        #expect(try files(folder)["outputs/sample/report.md"] == project.outputs()["outputs/sample/report.md"])

        _ = try await pack(project, .init(isWithoutTexts: true), to: "b.colophon")
        _ = try await unpack(project.folder.path("b.colophon"), to: place.path("bare"))
        #expect(!FileManager.default.fileExists(atPath: place.path("bare/before.sqlite")))
    }

    @Test("a pack of a run whose results the cache has no longer says how many are missing")
    func missing() async throws {
        let project = try SampleProject()
        try await project.run()
        let store = try ResultStore(folder: project.folder.path(".colophon"))
        _ = try await store.alone(waiting: {}) { try store.collect(keeping: Reachable(), maxBytes: 0) { _ in false } }
        let made = try await pack(project)
        #expect(made.missing > 10)
    }

    @Test("a report that is older than its documents is not packed")
    func outdated() async throws {
        let project = try SampleProject()
        #expect(try await diagnostics { _ = try await pack(project) }.map(\.id) == ["no-run"])
        try await project.run()
        try project.folder.write("Another text.\n", to: "corpus/wire/budget.txt")
        #expect(try await diagnostics { _ = try await pack(project) }.map(\.id) == ["outdated"])
        try await project.run()
        try project.folder.write("# Another report\n", to: "outputs/sample/report.md")
        #expect(try await diagnostics { _ = try await pack(project) }.map(\.id) == ["outdated"])
        #expect(!project.folder.exists("a.colophon"))
    }

    @Test("a project whose names some system can't tell apart, or can't hold, is not packed")
    func names() async throws {
        for name in ["corpus/wire/BUDGET.txt", "corpus/wire/a\\b.txt"] {
            let project = try SampleProject()
            try project.folder.write("Another text. It rained.\n", to: name)
            try await project.run()
            #expect(try await diagnostics { _ = try await pack(project) }.map(\.id) == ["not-packed"], "\(name)")
            #expect(!project.folder.exists("a.colophon"))
        }
    }

    @Test("nothing is written into a folder that is there, or over a file, unless it is said")
    func inTheWay() async throws {
        let project = try SampleProject()
        try await project.run()
        _ = try await pack(project)
        let path = project.folder.path("a.colophon")
        let other = try TemporaryProject(["corpus/wire/budget.txt": "mine\n", "notes.txt": "mine too\n"])
        let before = try files(other.path())
        #expect(try await diagnostics { _ = try await unpack(path, to: other.path()) }.map(\.id) == ["in-the-way"])
        #expect(
            try await diagnostics { _ = try await unpack(path, to: other.path(), into: true) }.map(\.id)
                == ["in-the-way"])
        #expect(try files(other.path()) == before)
        let made = try await unpack(path, to: other.path(), into: true, force: true)
        #expect(made.replaced == 1)
        #expect(try other.text(of: "notes.txt") == "mine too\n")
        #expect(try await run(other.path()).record.ranCount == 0)
        // What is there already is no obstacle where it is the same.
        #expect(try await unpack(path, to: other.path(), into: true).replaced == 0)
    }

    @Test("a folder of the target that is a link leads nowhere")
    func links() async throws {
        let project = try SampleProject()
        try await project.run()
        _ = try await pack(project)
        let outside = try TemporaryProject(["budget.txt": "mine\n"])
        let other = try TemporaryProject(["corpus/keep.txt": ""])
        try FileManager.default.createSymbolicLink(
            atPath: other.path("corpus/wire"), withDestinationPath: outside.path())
        let found = try await diagnostics {
            _ = try await unpack(project.folder.path("a.colophon"), to: other.path(), into: true, force: true)
        }
        #expect(found.map(\.id) == ["in-the-way"])
        #expect(try outside.text(of: "budget.txt") == "mine\n")
    }

    @Test("a project that was copied or touched is packed all the same, and the bytes are the same")
    func copied() async throws {
        let project = try SampleProject()
        try await project.run()
        _ = try await pack(project)
        let place = try TemporaryProject()
        try FileManager.default.copyItem(atPath: project.folder.path(), toPath: place.path("copy"))
        for name in FileManager.default.enumerator(atPath: place.path("copy"))?.compactMap({ $0 as? String }) ?? [] {
            utimes(
                place.path("copy/\(name)"),
                [timeval(tv_sec: 1_000_000_000, tv_usec: 0), timeval(tv_sec: 1_000_000_000, tv_usec: 0)])
        }
        let analysis = try Analysis(path: place.path("copy/pipelines/sample.yaml"))
        let made = try await PackMaking(analysis, .init(), jobs: 2, observer: ToldEvents()).write(to: place.path("b"))
        #expect(made.missing == 0)
        #expect(try place.bytes(of: "b") == project.folder.bytes(of: "a.colophon"))
        // Content decides: a row that somebody changed in the results is found, whatever the file's times say.
        let results = "copy/outputs/sample/results.sqlite"
        var bytes = try place.bytes(of: results)
        let title = Array("Council passes budget".utf8)
        let start = try #require(bytes.indices.first { bytes[$0...].starts(with: title) })
        bytes[start] = UInt8(ascii: "K")
        try place.write(bytes, to: results)
        let found = try await diagnostics {
            _ = try await PackMaking(analysis, .init(), jobs: 2, observer: ToldEvents()).write(to: place.path("c"))
        }
        #expect(found.map(\.id) == ["outdated"])
    }

    @Test("two packs are compared by their results")
    func comparison() async throws {
        let project = try SampleProject()
        try await project.run()
        _ = try await pack(project)
        try project.folder.write(
            SampleProject.documents["corpus/courier/talks.txt"]?.replacing("25 dockers", with: "35 dockers") ?? "",
            to: "corpus/courier/talks.txt")
        try await project.run()
        _ = try await pack(project, to: "b.colophon")
        let (one, other) = (
            try ComparedSide(project.folder.path("a.colophon")), try ComparedSide(project.folder.path("b.colophon"))
        )
        #expect(try await ComparedSide.compare(one, one, jobs: 2).isSame)
        let found = try await ComparedSide.compare(one, other, jobs: 2)
        #expect(found.sections.first?.entries.map(\.id) == ["corpus/courier/talks.txt"])
        #expect(found.sections.contains { $0.subject.one == "figure" })
        let results = try ComparedSide(project.pipelinePath)
        #expect(try await ComparedSide.compare(other, results, jobs: 2).isSame)
    }

    @Test("a result in a pack that lies under a sound key is found by verify, told with its pack and thrown away")
    func lie() async throws {
        let project = try SampleProject()
        try await project.run()
        let outputs = try project.outputs()
        let store = try ResultStore(folder: project.folder.path(".colophon"))
        let state = try ProjectStore(project: project.folder.path()) { _ in }.openState("sample")
        var states: [String: DocumentState] = [:]
        try state.eachDocument { states[$0] = $1 }
        // Somebody says that the sentences of one document are those of another.
        let step = StepID(stage: "segment", name: "cut")
        let one = try #require(states["corpus/wire/budget.txt"]?.steps[step])
        let other = try #require(states["corpus/wire/weather.txt"]?.steps[step])
        var parts = KeyFields()
        for field in try #require(try store.reader.parts(one.key)).fields { parts.add(field.tag, field.bytes) }
        var sheet = Sheet()
        let objects = try other.result.outputs.map { output in
            KeptObject(output.digest, try #require(try store.reader.object(output.digest)), output.layer)
        }
        sheet.add(KeptResult(key: one.key, step: step, parts: parts, result: other.result), objects)
        let entries =
            try project.outputs().keys.isEmpty
            ? []
            : files(project.folder.path()).filter {
                !$0.key.hasPrefix("outputs") && $0.key != "pipelines/sample.lock"
            }.sorted { $0.key < $1.key }.map { ArchiveWriter.Entry("project/\($0.key)", $0.value) }
        let place = try TemporaryProject()
        let path = try forge(entries + [ArchiveWriter.Entry("results/000000", sheet.encoded)], in: place)
        let folder = place.path("copy")
        #expect(try await unpack(path, to: folder).results == 1)
        let analysis = try Analysis(path: "\(folder)/pipelines/sample.yaml")
        _ = try await run(folder)
        #expect(try files(folder)["outputs/sample/report.md"] != outputs["outputs/sample/report.md"])
        let found = try await Verification(of: analysis, jobs: 2, share: 1) { _ in }
        #expect(found.problems.contains { $0.contains("forged.colophon") && $0.contains("segment.cut") })
        _ = try await run(folder)
        #expect(try files(folder)["outputs/sample/report.md"] == outputs["outputs/sample/report.md"])
        #expect(try await Verification(of: analysis, jobs: 2, share: 1) { _ in }.problems.isEmpty)
    }

    @Test("a pack without texts has no sentence of the documents that is not listed, and its report can be read")
    func withoutTexts() async throws {
        let project = try SampleProject()
        let notice = "We use cookies so that agent Zoe Marr in Elm Street learns who reads this."
        try project.folder.write(
            "<html><body><div id=\"cookie-notice\"><p>\(notice)</p></div><article><h1>The mole</h1>"
                + "<p>The mole was closed in May, the harbour master said. Nobody was hurt there.</p></article></body></html>",
            to: "corpus/wire/page.html")
        try await project.run()
        #expect(
            String(decoding: try project.folder.bytes(of: "outputs/sample/report.md"), as: UTF8.self).contains(
                "Zoe Marr"))
        let results = try project.analysis().lastResults()
        var sentences: [String] = []
        try results.forEachRow(of: "sentences", columns: ["text"]) { row in
            if let text = row.values[0].text, text.contains(" ") { sentences.append(text) }
        }
        // what was taken out of a page as well
        try results.forEachRow(of: "blocks", columns: ["kept", "text"]) { row in
            if row.values[0].integer == 0, let text = row.values[1].text { sentences.append(text) }
        }
        #expect(sentences.count > 8 && sentences.contains(notice))
        func found(_ made: PackMaking.Made, _ name: String) async throws -> [String] {
            let place = try TemporaryProject()
            _ = try await unpack(project.folder.path(name), to: place.path("copy"))
            // Tables come along into a folder that is there as well.
            _ = try await unpack(project.folder.path(name), to: place.path(), into: true)
            #expect(place.exists("outputs/sample/tables/claims.csv"))
            #expect(!place.exists("copy/corpus") && !place.exists("copy/.colophon"))
            #expect(place.exists("copy/outputs/sample/report.md") && place.exists("copy/pipelines/sample.lock"))
            #expect(place.exists("copy/outputs/sample/tables/claims.csv"))
            var text = ""
            for (path, bytes) in try files(place.path()) where !path.hasSuffix(name) {
                text += String(decoding: bytes, as: UTF8.self) + "\n"
            }
            return sentences.filter { text.contains($0) }
        }
        let without = try await pack(project, .init(isWithoutTexts: true), to: "b.colophon")
        #expect(without.quotations.isEmpty)
        #expect(try await found(without, "b.colophon").isEmpty)
        let with = try await pack(project, .init(isWithoutTexts: true, hasQuotations: true), to: "c.colophon")
        #expect(!with.quotations.isEmpty)
        let listed = with.quotations.map { $0.text.split { !$0.isLetter && !$0.isNumber }.joined(separator: " ") }
        for sentence in try await found(with, "c.colophon") {
            let words = sentence.split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
            #expect(listed.contains { $0.contains(words) }, "\(sentence)")
        }
    }

    @Test("the documentation names exactly the tables that a pack without texts has")
    func packedTables() async throws {
        let project = try SampleProject()
        try await project.run()
        let packed = try PackedTables.entries(of: project.analysis().lastResults())
            .map { String($0.name.dropFirst(PackManifest.tables.count).dropLast(".csv".count)) }
        let page = try String(contentsOf: URL(filePath: "docs/sharing.md"), encoding: .utf8)
        let start = try #require(page.range(of: "The tables that are packed: "))
        let sentence = page[start.upperBound...].prefix { $0 != "." }
        let named = sentence.split { $0 == "," || $0.isWhitespace }.map { $0.filter { $0 != "`" } }
        #expect(named.sorted() == packed.sorted())
    }

    @Test("a file of the user's own that quotes a document is told before it travels without the documents")
    func ownQuotation() async throws {
        let project = try SampleProject(
            pipeline: SampleProject.pipeline
                + "# the mayor: the budget was sound. According to the auditor, 3 million\n")
        try await project.run()
        let made = try await pack(project, .init(isWithoutTexts: true))
        #expect(made.quotations.map(\.file) == ["pipelines/sample.yaml"])
        #expect(made.quotations.map(\.document) == ["corpus/wire/budget.txt"])
    }

    @Test("a pack of the lock alone has nothing else")
    func onlyLock() async throws {
        let project = try SampleProject()
        try await project.run()
        _ = try await pack(project, .init(isOnlyLock: true))
        let place = try TemporaryProject()
        _ = try await unpack(project.folder.path("a.colophon"), to: place.path("copy"))
        let lock = try project.folder.bytes(of: "pipelines/sample.lock")
        #expect(
            try files(place.path("copy")) == ["pipelines/sample.lock": lock, "pipelines": []].filter { !$1.isEmpty })
    }
}
