import Foundation
import Project
import TestSupport
import Testing

@testable import Commands

@Suite("What runs again, and that nothing stale is served")
struct RerunTests {
    @Test("a second run computes nothing and touches nothing")
    func second() async throws {
        let project = try SampleProject()
        #expect(await project.run() == 0)
        let before = try project.outputs()
        #expect(before.keys.contains("outputs/sample/report.md"))
        let time = try FileManager.default.attributesOfItem(atPath: project.folder.path("outputs/sample/report.md"))
        #expect(await project.run() == 0)
        #expect(try project.records().count == 1)
        #expect(try project.outputs() == before)
        let after = try FileManager.default.attributesOfItem(atPath: project.folder.path("outputs/sample/report.md"))
        #expect(time[.modificationDate] as? Date == after[.modificationDate] as? Date)
    }

    @Test("without outputs the report is written again from the store, and no step runs")
    func lostOutputs() async throws {
        let project = try SampleProject()
        await project.run()
        let before = try project.outputs()
        try project.folder.remove("outputs")
        #expect(await project.run() == 0)
        #expect(try project.record().ranCount == 0)
        #expect(try project.outputs() == before)
    }

    @Test("an edited document runs alone through the maps, and the record says why")
    func edited() async throws {
        let project = try SampleProject()
        await project.run()
        try project.folder.write(
            SampleProject.documents["corpus/wire/weather.txt", default: ""] + "\n\nNobody was hurt on the quay.\n",
            to: "corpus/wire/weather.txt")
        #expect(await project.run() == 0)
        let record = try project.record()
        #expect(record.changed == ["corpus/wire/weather.txt"])
        for step in record.steps where step.ran > 0 {
            #expect(step.causes.flatMap(\.documents) == ["corpus/wire/weather.txt"], "\(step.step)")
        }
        #expect(record.steps.first { $0.step == "clean.read" }?.causes.map(\.cause) == ["edited"])
        // What stands behind the edit says so too, and not only that a layer changed.
        #expect(record.steps.first { $0.step == "segment.cut" }?.causes.map(\.cause) == ["edited"])
        let stage = try #require(record.stages?.first { $0.stage == "clean" })
        #expect(stage.ran == 1 && stage.reused == 3 && RunRecord.wording(stage.causes).hasPrefix("1 document edited ("))
        #expect(record.steps.filter { $0.stage == "segment" }.allSatisfy { $0.ran == 1 && $0.reused == 3 })
        #expect(record.tables.allSatisfy { !$0.rebuilt })
        #expect(try project.outputs() == (try await outputsFromNothing(project)))
    }

    @Test("a decision that moves joins again only the documents that asked for it")
    func decisions() async throws {
        let project = try SampleProject()
        await project.run()
        try project.folder.write(
            "Strike ends\n\nThe Northern Harbour Union said the strike was over. It is now called NHU.\n",
            to: "corpus/courier/strike.txt")
        #expect(await project.run() == 0)
        let record = try project.record()
        let joined = record.documents("tag-entities.mentions")
        #expect(joined.contains("corpus/courier/strike.txt"))
        #expect(joined.contains("corpus/courier/talks.txt"), "NHU is defined no more")
        #expect(!joined.contains("corpus/wire/budget.txt") && !joined.contains("corpus/wire/weather.txt"))
        #expect(record.documents("segment.cut").allSatisfy { $0 == "corpus/courier/strike.txt" })
        #expect(try project.outputs() == (try await outputsFromNothing(project)))
    }

    @Test("a renamed document runs through no map")
    func renamed() async throws {
        let project = try SampleProject()
        await project.run()
        let steps = try project.record().steps
        try project.folder.move("corpus/wire/weather.txt", to: "corpus/wire/storm.txt")
        #expect(await project.run() == 0)
        let record = try project.record()
        #expect(record.removed == ["corpus/wire/weather.txt"])
        #expect(record.steps.map(\.step) == steps.map(\.step))
        // Tables and links that name the document itself have to move. Nothing that reads words runs again.
        #expect(
            Set(record.stepsThatRan).isSubset(of: [
                "link-claims.links", "link-claims.linked", "link-claims.questions", "link-claims.index",
                "summarize-statistics.words",
            ]), "\(record.stepsThatRan)")
        #expect(!(try project.everything()).contains("weather.txt"))
        #expect(try project.outputs() == (try await outputsFromNothing(project)))
    }

    @Test("a deleted document leaves no trace in the report and the results")
    func deleted() async throws {
        var documents = SampleProject.documents
        documents["corpus/wire/secret.txt"] = """
            Zanzibar affair

            Quentin Zugzwang said that 77,123 zebras had vanished. The NHU said that Quentin Zugzwang was wrong.
            """
        let project = try SampleProject(documents)
        await project.run()
        #expect(try project.everything().contains("Zugzwang"))
        try project.folder.remove("corpus/wire/secret.txt")
        #expect(await project.run() == 0)
        let all = try project.everything().lowercased()
        for word in ["zugzwang", "zanzibar", "zebra", "77,123", "secret.txt"] {
            #expect(!all.contains(word), "\(word)")
        }
        for (path, bytes) in try project.outputs() where !path.hasSuffix(".lock") {
            #expect(!String(decoding: bytes, as: UTF8.self).lowercased().contains("zugzwang"), "\(path)")
        }
        let raw = try project.folder.bytes(of: "outputs/sample/results.sqlite")
        #expect(String(decoding: raw, as: UTF8.self).range(of: "Zugzwang") == nil, "deleted text stays in the file")
        #expect(try project.outputs() == (try await outputsFromNothing(project)))
    }

    @Test("a run without the store, and one with other jobs, gives the same bytes")
    func sameBytes() async throws {
        let project = try SampleProject()
        await project.run("--jobs", "1")
        let before = try project.outputs()
        try project.folder.remove(".colophon")
        #expect(await project.run("--jobs", "8") == 0)
        #expect(try project.record().reusedCount == 0)
        #expect(try project.outputs() == before)
        #expect(try project.outputs() == (try await outputsFromNothing(project)))
    }

    @Test("after any series of changes the outputs are those of a run from nothing", arguments: 1...3)
    func series(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let project = try SampleProject()
        let texts = SampleProject.documents.sorted { $0.key < $1.key }.map(\.value) + ["", "\u{0}\u{1}", "Tom Reed."]
        await project.run()
        for _ in 0..<5 {
            for _ in 0..<1 + random.below(2) {
                let path = "corpus/\(["courier", "wire"][random.below(2)])/d\(random.below(5)).txt"
                if project.folder.exists(path), random.below(2) == 0 {
                    try project.folder.remove(path)
                } else {
                    let parts = (0..<1 + random.below(3)).map { _ in texts[random.below(texts.count)] }
                    try project.folder.write(parts.joined(separator: "\n\n"), to: path)
                }
            }
            if random.below(4) == 0 { try project.folder.remove(".colophon") }
            #expect(await project.run() == 0)
        }
        #expect(try project.outputs() == (try await outputsFromNothing(project)), "seed \(seed)")
    }

    @Test("an option that changes runs its stage again, and what depends on it")
    func option() async throws {
        let project = try SampleProject()
        await project.run()
        try project.folder.write(
            SampleProject.pipeline.replacing(
                "uses: summarize-statistics", with: "uses: summarize-statistics\n    with: {window: 3}"),
            to: "pipelines/sample.yaml")
        #expect(await project.run() == 0)
        let record = try project.record()
        #expect(Set(record.steps.filter { $0.ran > 0 }.map(\.stage)) == ["summarize-statistics"])
        #expect(record.steps.flatMap(\.causes).map(\.cause).contains("option 'window' changed"))
        #expect(try project.outputs() == (try await outputsFromNothing(project)))
    }

    @Test("a stage that is taken out of the pipeline leaves no rows behind, and one that comes back has all of its own")
    func lessStages() async throws {
        let project = try SampleProject()
        #expect(await project.run() == 0)
        let whole = try project.outputs()
        let fewer = SampleProject.pipeline.replacing("  - uses: tag-entities\n", with: "")
            .replacing("  - uses: link-claims\n", with: "")
        try project.folder.write(fewer, to: "pipelines/sample.yaml")
        #expect(await project.run() == 0)
        #expect(try project.outputs() == (try await outputsFromNothing(project)))
        try project.folder.write(SampleProject.pipeline, to: "pipelines/sample.yaml")
        #expect(await project.run() == 0)
        #expect(try project.outputs() == whole)
    }

    private func outputsFromNothing(_ project: SampleProject) async throws -> [String: [UInt8]] {
        let fresh = try project.fresh()
        #expect(await fresh.run() == 0)
        return try fresh.outputs()
    }
}
