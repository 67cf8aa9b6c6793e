import Foundation
import Results
import TestSupport
import Testing

@testable import Commands

@Suite("Tracing results to places and places to results") struct TraceTests {
    @Test("a place is a file and one line or several; anything else is an id")
    func places() {
        #expect(SourcePlace("corpus/a.txt:12")?.lines == 12...12)
        #expect(SourcePlace("corpus/a:b.txt:3-5")?.file == "corpus/a:b.txt")
        for other in ["place:skerrow", "a.txt", "a.txt:0", "a.txt:5-3", "a.txt:1-2-3", ":3", "a.txt:-3"] {
            #expect(SourcePlace(other) == nil, "\(other)")
        }
    }

    @Test("the bytes of a line end behind its line end, and the last line needs none")
    func lines() {
        let data = Data("ab\n\ncd".utf8)
        #expect(Tracing.bytes(of: 1...1, in: data) == 0..<3)
        #expect(Tracing.bytes(of: 2...2, in: data) == 3..<4)
        #expect(Tracing.bytes(of: 2...3, in: data) == 3..<6)
        #expect(Tracing.bytes(of: 4...4, in: data) == nil)
        #expect(Tracing.bytes(of: 1...1, in: Data()) == nil)
    }

    @Test("the rows of a line are those that overlap it, and an id leads to every row that names it")
    func rows() async throws {
        let project = try SampleProject()
        #expect(await project.run() == 0)
        let results = try ResultsDatabase(at: project.folder.path("outputs/sample/results.sqlite"))
        let tracing = Tracing(results)
        let document = "corpus/courier/talks.txt"
        let place = try #require(SourcePlace("\(document):3"))
        let groups = try tracing.rows(at: place, in: document, file: project.folder.path(document))
        let sentences = try #require(groups.first { $0.table == "sentences" })
        #expect(
            sentences.rows.map { $0["text"].text } == [
                "The NHU said that the talks had failed.", "Petra Holm said that 25 dockers would stay at home.",
            ])
        let claim = try #require(groups.first { $0.table == "claims" }?.rows.first?["claim"].text)
        #expect(try tracing.rows(naming: claim).contains { $0.table == "claims" && $0.rows.count == 1 })
        #expect(try tracing.rows(naming: "no such id").isEmpty)
    }

    @Test("a file that changed since the run is refused")
    func changed() async throws {
        let project = try SampleProject()
        #expect(await project.run() == 0)
        let tracing = Tracing(try ResultsDatabase(at: project.folder.path("outputs/sample/results.sqlite")))
        let document = "corpus/courier/talks.txt"
        try project.folder.write("Talks end\n", to: document)
        let place = try #require(SourcePlace("\(document):1"))
        #expect(throws: Tracing.Problem.self) {
            try tracing.rows(at: place, in: document, file: project.folder.path(document))
        }
    }
}
