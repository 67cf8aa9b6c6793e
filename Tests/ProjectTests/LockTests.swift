import Digests
import Model
import StageKit
import TestSupport
import Testing

@testable import Project

@Suite("The lock beside a pipeline")
struct LockTests {
    @Test("a lock is sorted, one fact a line, and is read as it was written", .ownConsents)
    func written() async throws {
        let project = try SampleProject(
            pipeline: SampleProject.pipeline + "    with: {keywords: [storm, pay]}\n"
                + "  - {id: own, run: [python3, own stage.py], files: [own stage.py], reads: [text], writes: own}\n")
        try project.folder.write(
            """
            import json, sys
            sys.stdin.readline()
            print(json.dumps({"hello": {"protocol": 1}}), flush=True)
            for line in sys.stdin: print(json.dumps({"n": json.loads(line)["n"], "spans": []}), flush=True)
            """, to: "own stage.py")
        for item in try project.analysis().consentItems { try Consents().record(item) }
        try await project.run()
        let text = try project.folder.text(of: "pipelines/sample.lock")
        let lines = text.split(separator: "\n").dropFirst()
        #expect(
            text.hasPrefix(Pipeline.lockHeader)
                && lines.elementsEqual(lines.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }))
        let lock = Lock(text: text)
        #expect(lock.text == text && lock.facts.count == lines.count && lock.isCurrent && lock.conflict == nil)

        func value(_ kind: LockFact.Kind, _ name: String = "") -> String? {
            lock.facts.first { $0.kind == kind && $0.name == name }?.value
        }
        #expect(value(.release) == Release.version)
        #expect(value(.corpus)?.hasSuffix(" 4 documents") == true)
        #expect(value(.stage, "clean") == "clean" && value(.stage, "own") == "program")
        #expect(value(.document, "corpus/wire/budget.txt")?.utf8.count == 16)
        #expect(value(.option, "summarize-statistics.keywords") == "[storm, pay]")
        #expect(value(.command, "own") == "python3 own stage.py")
        #expect(value(.file, "own own stage.py")?.utf8.count == 64)
        #expect(value(.pipeline, "pipelines/sample.yaml")?.utf8.count == 64)
        #expect(value(.code, "clean")?.utf8.count == 64 && value(.library, "unicode") != nil)
        #expect(value(.table, "claims")?.utf8.count == 64 && value(.report)?.utf8.count == 64)
    }

    @Test("a line break in an option does not make a second fact")
    func lineBreak() {
        let fact = LockFact(.option, "clean.keep", "a\ntable claims 0")
        #expect(!fact.line.contains("\n"))
        #expect(Lock(text: Lock([fact]).text).facts == [fact])
    }

    @Test("a corpus of many documents has a line for some neighbours, and an edit is told by these")
    func manyDocuments() throws {
        func facts(_ edited: Int?) -> [LockFact] {
            let entries = (0..<2500).map { (k: Int) -> DocumentEntry in
                return DocumentEntry(
                    id: "corpus/\(k).txt", path: "corpus/\(k).txt", content: ContentDigest(of: [k == edited ? 1 : 0]),
                    size: 1, folder: "", format: .text)
            }
            return RunFacts.documentFacts(of: CorpusTree(entries) { ContentDigest(of: $0) })
        }
        let all = facts(nil)
        #expect(all.count < 100 && all.allSatisfy { $0.kind == .documents })
        let total = all.reduce(0) { $0 + (Int($1.value.prefix { $0 != "+" }) ?? 0) }
        #expect(total == 2500)
        #expect(LockDifference(from: Lock(all), to: Lock(facts(1234))).causes.map(\.kind) == [.documents])
    }

    @Test("of neighbours that stand in one line, those are named that were edited, are new or have another row")
    func marks() throws {
        var entries = (0..<5).map { (k: Int) -> DocumentEntry in
            DocumentEntry(
                id: "corpus/\(k).txt", path: "corpus/\(k).txt", content: ContentDigest(of: [UInt8(k)]), size: 1,
                folder: "", format: .text, row: [MetadataField("publisher", "The Wire")])
        }
        let before = DocumentMarks(entries[...])
        let read = try #require(DocumentMarks(before.description, count: 5))
        #expect(read == before && DocumentMarks(before.description, count: 4) == nil)
        #expect(read.changes(to: entries[...]).isEmpty)
        entries[1].content = ContentDigest(of: [9])
        entries[3].row[0].value = "The Post"
        #expect(
            read.changes(to: entries[...]) == [
                "the document 'corpus/1.txt' was edited",
                "the document 'corpus/3.txt' has another row in the metadata file",
            ])
        entries.remove(at: 4)
        #expect(
            read.changes(to: entries[...]) == [
                "the document 'corpus/1.txt' is new or was edited",
                "of the 5 documents from 'corpus/0.txt' on, 2 were edited or are gone",
            ])
    }

    @Test("what another fact explains is no cause of its own")
    func causes() {
        func lock(_ lines: String...) -> Lock { Lock(text: lines.joined(separator: "\n")) }
        let old = lock("stage clean clean", "step clean.read 1", "step own 2", "pipeline p.yaml 3", "table claims 4")
        func causes(_ lines: String...) -> [LockFact.Kind] {
            LockDifference(from: old, to: Lock(text: lines.joined(separator: "\n"))).causes.map(\.kind)
        }
        #expect(
            causes(
                "stage clean clean", "option clean.keep [a]", "step clean.read 9", "step own 2", "pipeline p.yaml 9",
                "table claims 9") == [.option])
        #expect(
            causes("stage clean clean", "step clean.read 1", "step own 9", "pipeline p.yaml 3", "table claims 4")
                == [.step])
        #expect(
            causes("stage clean clean", "step clean.read 1", "step own 2", "pipeline p.yaml 9", "table claims 4")
                == [.pipeline])
        #expect(
            causes("stage clean clean", "step clean.read 1", "step own 2", "pipeline p.yaml 3", "table claims 9")
                .isEmpty)
    }
}
