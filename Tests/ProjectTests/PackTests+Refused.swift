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

/// Packs that are damaged, or that somebody made to do harm.
extension PackTests {
    @Test("a pack that is cut or damaged anywhere leaves nothing")
    func damaged() async throws {
        let project = try SampleProject()
        try await project.run()
        _ = try await pack(project)
        let whole = try project.folder.bytes(of: "a.colophon")
        let place = try TemporaryProject()
        for k in stride(from: 0, to: whole.count, by: max(1, whole.count / 40)) {
            var bytes = whole
            bytes[k] ^= 0x20
            try place.write(bytes, to: "flipped.colophon")
            try place.write(Array(whole[..<k]), to: "cut.colophon")
            let cut = try await diagnostics {
                _ = try await unpack(place.path("cut.colophon"), to: place.path("new/x"))
            }
            #expect(cut.map(\.id) == ["pack"], "cut at \(k)")
            let flipped = try await diagnostics {
                _ = try await unpack(place.path("flipped.colophon"), to: place.path("new/x"))
            }
            // A bit that says nothing leaves what was packed; every other is found.
            if flipped.isEmpty {
                #expect(try files(place.path("new/x")) == files(project.folder.path()))
                try place.remove("new")
            } else {
                #expect(flipped.map(\.id) == ["pack"])
            }
            #expect(!place.exists("new"))
        }
    }

    /// Packs entries with a list of contents as it is given.
    func forge(
        _ entries: [ArchiveWriter.Entry], listed: [PackManifest.Entry]? = nil, format: Int = 3,
        pipeline: String = "pipelines/sample.yaml", outputs: String = "sample", in folder: TemporaryProject
    ) throws -> String {
        let manifest = PackManifest(
            release: "0", pipeline: pipeline, outputs: outputs, hasTexts: true, hasQuotations: true,
            entries: listed
                ?? entries.map {
                    PackManifest.Entry(
                        name: $0.name, size: $0.bytes.count, digest: ContentDigest(of: $0.bytes),
                        isExecutable: $0.isExecutable)
                })
        let text = String(decoding: manifest.encoded, as: UTF8.self).replacing("format 3\n", with: "format \(format)\n")
        // As a pack is: what may be read by itself is compressed by itself.
        let frame = ([ArchiveWriter.Entry(PackManifest.name, Array(text.utf8))] + entries).flatMap {
            ArchiveWriter.frame([$0])
        }
        let path = folder.path("forged.colophon")
        try folder.write([], to: "forged.colophon")
        let descriptor = open(path, O_WRONLY)
        defer { close(descriptor) }
        let writer = ArchiveWriter(to: descriptor)
        try writer.write(frame)
        try writer.finish()
        return path
    }

    @Test("what a pack may not have is refused before anything is written")
    func forged() async throws {
        let folder = try TemporaryProject()
        func refused(_ entries: [ArchiveWriter.Entry], _ listed: [PackManifest.Entry]? = nil, format: Int = 3)
            async throws
            -> String
        {
            let path = try forge(entries, listed: listed, format: format, in: folder)
            let found = try await diagnostics { _ = try await unpack(path, to: folder.path("new")) }
            #expect(!folder.exists("new"))
            return found.first.map { "\($0.id): \($0.message)" } ?? "unpacked"
        }
        for name in [
            "project/.git/hooks/pre-commit", "project/.colophon/store.sqlite", "project/a/.GIT/config",
            "project/colophon.yaml", "project/Colophon.YAML", "project/.envrc", "project/a/.vscode/tasks.json",
            "elsewhere/x", "x", "project/", "project/a/colophon.yaml", "project/.g\u{131}t/config",
            "project/.git:x/config", "project/GIT~1/config", "comparison",
            "snapshot/x", "snapshot/list/x", "snapshot/results/x", "snapshot/other/000000", "snapshot/state/../000000",
            // What a run makes is not brought along: it would be taken for computed here.
            "project/outputs/sample/results.sqlite", "project/Outputs/sample/Results.SQLite",
            "project/outputs/sample/results.sqlite-wal", "project/outputs/sample/variants/window-3/results.sqlite",
            "project/outputs/sample/changes.md", "project/outputs/sample/site/index.html",
            "project/outputs/sample/evidence/a.html", "project/outputs/sample/report.md/x",
            "project/outputs/another/report.md", "project/outputs/report.md",
            "tables/../x.csv",
        ] { #expect(try await refused([ArchiveWriter.Entry(name, [1])]).hasPrefix("pack: "), "\(name)") }
        for more in [["objects/x", "refs/x"], ["commondir"], ["OBJECTS/info/x", "refs/heads/x"]] {
            for place in ["project/", "project/corpus/notes/"] {
                let names = ["HEAD", "config"] + more
                let found = try await refused(names.map { ArchiveWriter.Entry(place + $0, [1]) })
                #expect(found.contains("repository of git"), "\(place) \(more)")
            }
        }
        let good = ArchiveWriter.Entry("project/a.txt", [1, 2])
        let listed = PackManifest.Entry(
            name: good.name, size: 2, digest: ContentDigest(of: [1, 2]), isExecutable: false)
        let other = PackManifest.Entry(name: good.name, size: 2, digest: ContentDigest(of: [3]), isExecutable: false)
        #expect(try await refused([good], [other]).contains("another digest"))
        #expect(try await refused([good], []).contains("not listed"))
        #expect(try await refused([], [listed]).contains("does not come"))
        #expect(try await refused([good], format: 4).contains("format 4"))
        #expect(try await refused([good], format: 2).contains("format 2"))
        #expect(try await refused([good, ArchiveWriter.Entry("project/A.txt", [1])]).contains("one name"))
        #expect(try await refused([ArchiveWriter.Entry("results/000000", Array("nonsense".utf8))]).contains("sheet"))
        let bomb = ArchiveWriter.Entry("project/zeros", [UInt8](repeating: 0, count: 80 << 20))
        #expect(try await refused([bomb]).contains("unpacks to more"))
        let path = try forge([bomb], in: folder)
        #expect(try await unpack(path, to: folder.path("new"), bounds: .init(ratio: 1 << 30)).files == 1)
    }

    @Test(
        "a pack whose pipeline is at no proper place is refused, and its name does nothing to a terminal",
        arguments: [
            ("pipelines/\u{1B}[2Jx.yaml", "\u{1B}[2Jx"), ("../x.yaml", "x"), ("/x.yaml", "x"), ("x.sh", "x"),
            ("pipelines/a.yaml", "b"), ("a\u{202E}b.yaml", "a\u{202E}b"), ("pipelines/../x.yaml", "x"),
            ("colophon.yaml", "colophon"),
        ])
    func pipelinePath(pipeline: String, outputs: String) async throws {
        let folder = try TemporaryProject()
        let path = try forge(
            [ArchiveWriter.Entry("project/a.txt", [1])], pipeline: pipeline, outputs: outputs, in: folder)
        let found = try await diagnostics { _ = try await unpack(path, to: folder.path("new")) }
        #expect(found.map(\.id) == ["pack"] && !folder.exists("new"))
        #expect(!found.contains { $0.message.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E } })
        #expect(throws: ProjectProblem.self) { try ComparedSide(path) }
    }

    @Test("a result that lost an object is named with its sheet and step, and nothing is written")
    func incomplete() async throws {
        let project = try SampleProject()
        try await project.run()
        let store = try ResultStore(folder: project.folder.path(".colophon"))
        let state = try ProjectStore(project: project.folder.path()) { _ in }.openState("sample")
        var sheet = Sheet()
        let step = StepID(stage: "segment", name: "cut")
        let kept = try #require(try state.allDocuments()["corpus/wire/budget.txt"]?.steps[step])
        var parts = KeyFields()
        for field in try #require(try store.reader.parts(kept.key)).fields { parts.add(field.tag, field.bytes) }
        sheet.add(KeptResult(key: kept.key, step: step, parts: parts, result: kept.result), [])
        let place = try TemporaryProject()
        let path = try forge([ArchiveWriter.Entry("results/000000", sheet.encoded)], in: place)
        let found = try await diagnostics { _ = try await unpack(path, to: place.path("new")) }
        #expect(found.first?.message.contains("results/000000") == true)
        #expect(found.first?.message.contains("segment.cut") == true)
        #expect(!place.exists("new"))
    }

    @Test(
        "a report that is not the one of the lock is not unpacked, nor is its page, a chart or a page of evidence",
        arguments: ["report.md", "report.html", "charts/", "evidence/"])
    func otherReport(file: String) async throws {
        let project = try SampleProject()
        try await project.run()
        let place = try TemporaryProject()
        var entries: [ArchiveWriter.Entry] = []
        _ = try await pack(project)
        let reader = try ArchiveReader(path: project.folder.path("a.colophon"))
        var hasForged = false
        while let entry = try reader.next() {
            var bytes = try reader.contents(most: .max)
            guard entry.name != PackManifest.name else { continue }
            if !hasForged, entry.name.hasPrefix("project/outputs/sample/\(file)") {
                bytes.append(0x20)
                hasForged = true
            }
            entries.append(ArchiveWriter.Entry(entry.name, bytes, isExecutable: entry.isExecutable))
        }
        try #require(hasForged)
        let path = try forge(entries, in: place)
        let found = try await diagnostics { _ = try await unpack(path, to: place.path("new")) }
        #expect(found.first?.message.contains("lock names") == true && !place.exists("new"))
    }
}
