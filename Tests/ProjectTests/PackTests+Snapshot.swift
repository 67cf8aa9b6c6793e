import Archive
import Digests
import Engine
import Foundation
import Model
import Results
import StageKit
import Store
import TestSupport
import Testing

@testable import Project

/// The snapshot of where the run left off, which a pack brings.
extension PackTests {
    /// The entries of a pack, with the files of its snapshot as `body` leaves them in a folder.
    private func entries(
        of path: String, _ body: (_ folder: String, _ snapshot: inout Snapshot) throws -> Void
    ) throws -> [ArchiveWriter.Entry] {
        let place = try TemporaryProject(["state/.keep": ""])
        let paths = [
            Snapshot.results: place.path("results.sqlite"), Snapshot.state: place.path("state/snapshot.sqlite"),
        ]
        var others: [ArchiveWriter.Entry] = []
        var files: [String: [UInt8]] = [:]
        var list = ArchiveWriter.Entry("", [])
        let reader = try ArchiveReader(path: path)
        while let entry = try reader.next() {
            let bytes = try reader.contents(most: .max)
            let parts = entry.name.split(separator: "/").map(String.init)
            if entry.name == PackManifest.name { continue }
            if entry.name.hasPrefix(PackManifest.snapshotList) {
                list = ArchiveWriter.Entry(entry.name, bytes)
            } else if parts[0] == "snapshot" {
                files[parts[1], default: []] += try #require(Packing.unpacked(bytes))
            } else {
                others.append(ArchiveWriter.Entry(entry.name, bytes, isExecutable: entry.isExecutable))
            }
        }
        for (name, path) in paths { try Data(files[name] ?? []).write(to: URL(filePath: path)) }
        var snapshot = try Snapshot(list.bytes)
        let before = snapshot
        try body(place.path(), &snapshot)
        var pieces: [ArchiveWriter.Entry] = []
        for (number, file) in snapshot.files.enumerated() {
            let path = try #require(paths[file.name])
            try Sqlite.run("pragma wal_checkpoint(truncate)", at: path)
            let size = FileWriting.size(of: path) ?? 0
            let packed = try Snapshot.starts(of: size).map {
                try #require(Snapshot.packed(path, from: $0, size: size))
            }
            pieces += packed.enumerated().map { ArchiveWriter.Entry(PackManifest.piece($0, of: file.name), $1) }
            guard snapshot == before || number > 0 else { continue }
            snapshot.files[number] = Snapshot.File(
                name: file.name, size: size,
                pieces: packed.map { Snapshot.Piece(digest: ContentDigest(of: $0), size: $0.count) })
        }
        return [others[0]] + pieces + [ArchiveWriter.Entry(list.name, snapshot.encoded)] + others.dropFirst()
    }

    @Test("a run after unpacking begins where the run that was packed left off")
    func snapshot() async throws {
        let project = try SampleProject()
        try await project.run()
        _ = try await pack(project)
        let place = try TemporaryProject()
        let folder = place.path("copy")
        _ = try await unpack(project.folder.path("a.colophon"), to: folder)
        #expect(place.exists("copy/.colophon/unpacked/sample"))
        let record = try await run(folder).record
        #expect(record.ranCount == 0 && record.tables.allSatisfy { !$0.rebuilt })
        #expect(!place.exists("copy/.colophon/unpacked/sample"), "it is not needed any more")
        // It goes on like one that computed everything.
        try place.write("Storm\n\nThe weather service warned of a gale.\n", to: "copy/corpus/wire/weather.txt")
        try project.folder.write("Storm\n\nThe weather service warned of a gale.\n", to: "corpus/wire/weather.txt")
        #expect(try await run(folder).record.ranCount == project.run().record.ranCount)
        #expect(
            try files(folder)["outputs/sample/report.md"] == files(project.folder.path())["outputs/sample/report.md"])
        let analysis = try Analysis(path: "\(folder)/pipelines/sample.yaml")
        #expect(try await Verification(of: analysis, jobs: 2, share: 1) { _ in }.problems.isEmpty)
    }

    @Test("after an edit a snapshot is not the one of the run, and the cached results are used")
    func otherSnapshot() async throws {
        let project = try SampleProject()
        try await project.run()
        _ = try await pack(project)
        let place = try TemporaryProject()
        _ = try await unpack(project.folder.path("a.colophon"), to: place.path("copy"))
        try place.write("Storm\n\nThe weather service warned of a gale.\n", to: "copy/corpus/wire/weather.txt")
        let record = try await run(place.path("copy")).record
        #expect(record.ranCount > 0 && record.ranCount < 40 && record.reusedCount > 20)
        #expect(!place.exists("copy/.colophon/unpacked/sample"))
    }

    enum Forgery: CaseIterable { case noise, row, words, index, size, key, page }

    @Test("a snapshot in a pack that is not sound is told once and not used", arguments: Forgery.allCases)
    func forgedSnapshot(_ forgery: Forgery) async throws {
        let project = try SampleProject()
        try await project.run()
        _ = try await pack(project)
        let place = try TemporaryProject()
        let entries = try entries(of: project.folder.path("a.colophon")) { folder, snapshot in
            let (results, state) = ("\(folder)/results.sqlite", "\(folder)/state/snapshot.sqlite")
            switch forgery {
            case .noise: try Data([1, 2, 3]).write(to: URL(filePath: results))
            case .row: try Sqlite.run("delete from _sentence_rows where n = 0", at: results)
            // Rows that no digest of the results names follow from others; the documents' own digests name them.
            case .words: try Sqlite.run("update _document_words set marks = x'00'", at: results)
            case .index: try Sqlite.run("create index i on _claim_rows (claim)", at: results)
            case .size: snapshot.files[0].size += 1
            case .key: try Sqlite.run("update documents set id = id || 'x'", at: state)
            case .page:
                try Sqlite.run("update pages set bytes = x'00' where id = (select min(id) from pages)", at: state)
            }
        }
        _ = try await unpack(forge(entries, in: place), to: place.path("copy"))
        let told = ToldEvents()
        let analysis = try Analysis(path: place.path("copy/pipelines/sample.yaml"))
        let record = try await PipelineRun(analysis, jobs: 2, observer: told).run().record
        #expect(told.diagnostics.map(\.id) == ["snapshot"])
        #expect(record.ranCount == 0)
        #expect(
            try files(place.path("copy"))["outputs/sample/report.md"]
                == files(project.folder.path())["outputs/sample/report.md"])
    }

    @Test("a result that a pack's snapshot lies about is found by verify, told with its pack, and not taken again")
    func lyingSnapshot() async throws {
        let project = try SampleProject()
        try await project.run()
        _ = try await pack(project)
        let place = try TemporaryProject()
        let entries = try entries(of: project.folder.path("a.colophon")) { folder, _ in
            let state = try StateDatabase(path: "\(folder)/state/snapshot.sqlite")
            let id = "corpus/wire/budget.txt"
            var documents = try state.documents([id])
            let wrong = StepResult(.layers([.init(Questions.name, ContentDigest(of: [1]))]))
            documents[id]?.steps[StepID(stage: "link-claims", name: "questions")]?.result = wrong
            try state.put([(id, try #require(documents[id]))])
        }
        _ = try await unpack(forge(entries, in: place), to: place.path("copy"))
        let analysis = try Analysis(path: place.path("copy/pipelines/sample.yaml"))
        #expect(try await run(place.path("copy")).record.ranCount == 0)
        let found = try await Verification(of: analysis, jobs: 2, share: 1) { _ in }
        #expect(found.problems.contains { $0.contains("forged.colophon") && $0.contains("link-claims.questions") })
        _ = try await run(place.path("copy"))
        #expect(try await Verification(of: analysis, jobs: 2, share: 1) { _ in }.problems.isEmpty)
    }

    enum Lie: String, CaseIterable {
        case lock = "other digests", sum = "not the sum", row = "in the table '_claim_rows'"
        case figure = "'thing_figures' has other rows", entity = "'entities' has other rows"
        case release = "another release", view = "tables or views"
    }

    @Test("a pack whose results are not what its lock says is not compared", arguments: Lie.allCases)
    func lyingComparison(_ lie: Lie) async throws {
        let project = try SampleProject()
        try await project.run()
        let standing = try #require(SampleProject.documents["corpus/courier/talks.txt"])
        _ = try await pack(project)
        let before = project.folder.path("a.colophon")
        try project.folder.write(
            standing.replacing("25 dockers", with: "35 dockers") + "\nThe Harbour Board of Aldmouth met Ann Lee.\n",
            to: "corpus/courier/talks.txt")
        try await project.run()
        _ = try await pack(project, to: "b.colophon")
        let place = try TemporaryProject()
        let other = "corpus/wire/budget.txt"
        var entries = try entries(of: project.folder.path("b.colophon")) { folder, _ in
            let of = { (path: String) in "d = (select d from _paths where document = '\(path)')" }
            let statement: String? =
                switch lie {
                case .lock: nil
                case .sum: "delete from _document_sums where \(of(other))"
                case .row: "update _claim_rows set negated = 1 - negated where \(of("corpus/courier/talks.txt"))"
                case .figure: "update thing_figures set mentions = mentions + 1"
                case .entity: "update entities set mentions = mentions + 1"
                case .release: "update about set value = '9' where key = 'release'"
                case .view: "drop view repeats"
                }
            if let statement { try Sqlite.run(statement, at: "\(folder)/results.sqlite") }
        }
        if lie == .lock {
            let lock = String(decoding: entries[0].bytes, as: UTF8.self)
            entries[0].bytes = Array(lock.replacing("table claims ", with: "table claims 0").utf8)
        }
        let liar = try ComparedSide(forge(entries, in: place))
        for old in [before, project.pipelinePath] {
            let found = try await diagnostics {
                _ = try await ComparedSide.compare(ComparedSide(old), liar, jobs: 2)
            }
            // Where nothing else differs, no rows are read.
            if [Lie.row, .figure, .entity].contains(lie), old != before { continue }
            #expect(found.map(\.id) == ["pack"])
            #expect(found.first?.message.contains(lie.rawValue) ?? false, "\(found)")
        }
    }
}

/// Another program that writes into a database.
enum Sqlite {
    static func run(_ statement: String, at path: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            """
            import sqlite3, sys
            try:
                d = sqlite3.connect(sys.argv[1]); d.execute(sys.argv[2]); d.commit()
            except sqlite3.DatabaseError:
                sys.exit(0 if 'checkpoint' in sys.argv[2] else 1)
            """,
            path, statement,
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
    }
}
