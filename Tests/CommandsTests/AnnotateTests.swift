import Foundation
import Model
import StageKit
import TestSupport
import Testing

@testable import Commands

@Suite("One-off records")
struct AnnotateTests {
    @Test("every readable record is a document, the others are told with their line")
    func records() throws {
        let project = try TemporaryProject([
            "r.jsonl": """
            {"id":"a","text":"One."}

            nonsense
            {"id":7,"text":"Two."}
            {"text":"Three."}
            {"id":"b"}
            """
        ])
        let input = AnnotationInput(project.path("r.jsonl"))
        #expect(input.documents.map(\.facts.id) == ["a", "7", project.path("r.jsonl") + "#5"])
        #expect(input.problems.map(\.line) == [3, 6])
        #expect(input.problems.allSatisfy { $0.id == "bad-record" })
    }

    @Test("what is wrong with one input keeps no other from its record, and fails the command")
    func exitCodes() async throws {
        let project = try TemporaryProject([
            "a.txt": "Tom Reed said that it rained.", "empty.txt": "", "twice.jsonl": #"{"id":"x","text":"One."}"#,
        ])
        #expect(await Colophon.run(["annotate", project.path("a.txt")]) == 0)
        for bad in ["none.txt", "empty.txt", "."] {
            #expect(await Colophon.run(["annotate", project.path("a.txt"), project.path(bad)]) == 1, "\(bad)")
        }
        let twice = project.path("twice.jsonl")
        #expect(await Colophon.run(["annotate", twice, twice]) == 1)
        for usage in [["--stages", "claen"], ["--stages", ""], ["--set", "clean.none=1"], ["--jobs", "0"]] {
            #expect(await Colophon.run(["annotate"] + usage + [project.path("a.txt")]) == 2, "\(usage)")
        }
    }
}
