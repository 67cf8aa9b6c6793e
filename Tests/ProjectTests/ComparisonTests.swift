import Foundation
import Model
import Results
import TestSupport
import Testing

@testable import Project

@Suite("What differs between two runs")
struct ComparisonTests {
    /// The results of the sample, and of the sample after a change.
    private func compared(
        pipeline: String = SampleProject.pipeline, _ change: (SampleProject) throws -> Void
    ) async throws -> (Comparison, SampleProject) {
        let project = try SampleProject(pipeline: pipeline)
        try await project.run()
        let before = project.folder.path("before")
        try FileManager.default.copyItem(atPath: project.folder.path("outputs/sample"), toPath: before)
        try change(project)
        try await project.run()
        return (
            try await ComparedSide.compare(ComparedSide(before), ComparedSide(project.pipelinePath), jobs: 2), project
        )
    }

    private func entries(_ comparison: Comparison, _ subject: String) -> [Comparison.Entry] {
        comparison.sections.first { $0.subject.one == subject }?.entries ?? []
    }

    @Test("two runs over the same inputs do not differ, whatever their history")
    func same() async throws {
        let (comparison, project) = try await compared { project in
            try project.folder.write("Rain\n\nTom Reed said that it rained.\n", to: "corpus/wire/rain.txt")
            try project.folder.remove("corpus/wire/rain.txt")
        }
        #expect(comparison.isSame && comparison.text() == "no difference")
        let fresh = try project.fresh()
        try fresh.folder.write("Rain\n\nTom Reed said that it rained.\n", to: "corpus/wire/rain.txt")
        try await fresh.run()
        try fresh.folder.remove("corpus/wire/rain.txt")
        try await fresh.run()
        let other = try await ComparedSide.compare(
            ComparedSide(project.folder.path("outputs/sample")), ComparedSide(fresh.folder.path("outputs/sample")),
            jobs: 2)
        #expect(other.isSame)
    }

    @Test("documents that are new, edited and gone are told, and are the causes of what was read from them")
    func documents() async throws {
        let (comparison, _) = try await compared { project in
            try project.folder.write(
                "Rain\n\nUlla Brandt said that 70 houses were flooded.\n", to: "corpus/wire/rain.txt")
            try project.folder.write(
                SampleProject.documents["corpus/courier/talks.txt"]?.replacing("25 dockers", with: "35 dockers") ?? "",
                to: "corpus/courier/talks.txt")
            try project.folder.remove("corpus/wire/budget.txt")
        }
        #expect(
            Set(entries(comparison, "document").map { "\($0.id) \($0.cause)" })
                == [
                    "corpus/wire/rain.txt added", "corpus/courier/talks.txt edited", "corpus/wire/budget.txt removed",
                ])
        let claims = entries(comparison, "claim")
        #expect(claims.contains { $0.kind == .new && $0.document == "corpus/wire/rain.txt" })
        #expect(claims.contains { $0.kind == .gone && $0.cause == "corpus/wire/budget.txt removed" })
        #expect(!claims.contains { $0.document == "corpus/courier/strike.txt" && $0.kind != .different })
        let figures = entries(comparison, "figure")
        #expect(
            figures.contains { $0.kind == .new && $0.name.hasPrefix("35") && $0.causes == ["corpus/courier/talks.txt"] }
        )
        #expect(figures.contains { $0.kind == .gone && $0.name.hasPrefix("25") })
        #expect(entries(comparison, "entity").contains { $0.name == "Ulla Brandt" && $0.kind == .new })
        #expect(entries(comparison, "entity").contains { $0.name == "Tom Reed" && $0.kind == .gone })
    }

    @Test("a passage that only stands elsewhere in its document is no difference of claims")
    func moved() async throws {
        let (comparison, _) = try await compared { project in
            let text = SampleProject.documents["corpus/courier/talks.txt"] ?? ""
            try project.folder.write(
                text.replacing("Talks begin\n\n", with: "Talks begin\n\nThe hall is old.\n\n"),
                to: "corpus/courier/talks.txt")
        }
        #expect(!comparison.isSame)
        #expect(entries(comparison, "claim").isEmpty && entries(comparison, "figure").isEmpty)
    }

    @Test("a claim whose cue is another is told once, with what differs")
    func sameWording() async throws {
        let (comparison, _) = try await compared { project in
            try project.folder.write(
                SampleProject.documents["corpus/courier/talks.txt"]?.replacing(
                    "The NHU said that", with: "The NHU denied that") ?? "", to: "corpus/courier/talks.txt")
        }
        let claims = entries(comparison, "claim").filter { $0.name.contains("talks had failed") }
        #expect(claims.map(\.kind) == [.different])
        #expect(claims.first?.fields.contains { $0.name == "cue" } == true)
    }

    @Test("rows that differ are counted as such, and those that only stand elsewhere are not")
    func rows() async throws {
        let (comparison, _) = try await compared { project in
            let text = SampleProject.documents["corpus/courier/strike.txt"] ?? ""
            try project.folder.write(
                text.replacing("Dockers walk out\n\n", with: "Dockers walk out\n\nThe hall is old.\n\n"),
                to: "corpus/courier/strike.txt")
        }
        let sentences = try #require(comparison.tables.first { $0.name == "sentences" })
        #expect(sentences.rowsNew == 1 && sentences.rowsGone == 0 && sentences.new == sentences.old + 1)
        let claims = comparison.tables.first { $0.name == "claims" }
        #expect(claims == nil || claims?.rowsNew == 0 && claims?.rowsGone == 0)
        #expect(comparison.text().contains("\n  sentences: 1 new, of "))
    }

    @Test("an option is told as the cause where no document changed")
    func setting() async throws {
        let (comparison, _) = try await compared { project in
            try project.folder.write("decisions: {}\n", to: "unused.yaml")
            try project.folder.write(
                SampleProject.pipeline.replacing(
                    "uses: link-claims", with: "uses: link-claims\n    with: {author-claims: all}"),
                to: "pipelines/sample.yaml")
        }
        #expect(entries(comparison, "setting").map(\.name) == ["stage link-claims"])
        #expect(entries(comparison, "document").isEmpty)
        #expect(entries(comparison, "claim").allSatisfy { $0.cause == "stage link-claims changed" })
    }

    @Test("text, Markdown and JSON say the same, and what the corpus says is data in each of them")
    func rendering() async throws {
        let (comparison, _) = try await compared { project in
            try project.folder.write(
                "Rain\n\nUlla Brandt said that <b>70 houses</b> were | flooded `now`.\n", to: "corpus/wire/rain.txt")
        }
        #expect(comparison.text().contains("new: corpus/wire/rain.txt"))
        let markdown = comparison.markdown(title: "Changes")
        #expect(markdown.hasPrefix("# Changes\n") && !markdown.contains("<b>"))
        let object = try #require(
            try JSONSerialization.jsonObject(with: Data(comparison.json)) as? [String: Any])
        #expect(object["version"] as? Int == 1 && object["same"] as? Bool == false)
        let changes = try #require(object["changes"] as? [[String: Any]])
        #expect(changes.count == comparison.sections.reduce(0) { $0 + $1.entries.count })
        #expect(comparison.text(shown: 0).contains("  … 1 more\n"))
        // Everything stands with its cause, and the cause says how much it is of.
        #expect(comparison.text().contains("\n  corpus/wire/rain.txt added: "))
        #expect(markdown.contains("\n**corpus/wire/rain.txt added: "))
    }

    @Test("two locks are compared fact by fact")
    func locks() async throws {
        let project = try SampleProject()
        try await project.run()
        let lock = try project.folder.text(of: "pipelines/sample.lock")
        try project.folder.write(lock.replacing("release ", with: "release 9."), to: "other.lock")
        let one = try ComparedSide(project.folder.path("pipelines/sample.lock"))
        #expect(try await ComparedSide.compare(one, one, jobs: 2).isSame)
        let comparison = try await ComparedSide.compare(
            one, ComparedSide(project.folder.path("other.lock")), jobs: 2)
        #expect(entries(comparison, "fact").map(\.id) == ["release"])
    }

    @Test(
        "what can't be compared is wrong usage",
        arguments: ["none", "corpus", "corpus/wire/budget.txt", "empty.lock", "other.lock"])
    func wrong(path: String) throws {
        let project = try SampleProject()
        try project.folder.write("", to: "empty.lock")
        try project.folder.write([0xFF, 0xFE, 0x0A], to: "other.lock")
        #expect {
            try ComparedSide(project.folder.path(path))
        } throws: { error in
            (error as? ProjectProblem)?.kind == .usage
        }
    }
}
