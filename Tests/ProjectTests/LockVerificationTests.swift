import Foundation
import Model
import Results
import TestSupport
import Testing

@testable import Project

@Suite("A lock that is verified from the documents alone")
struct LockVerificationTests {
    private func verified(_ project: SampleProject) async throws -> LockVerification {
        try await LockVerification(of: project.analysis(), jobs: 2, observer: ToldEvents())
    }

    @Test("a report that was made from the same documents is the same, and the project is left as it was")
    func same() async throws {
        let project = try SampleProject()
        try await project.run()
        let before = try project.outputs()
        try project.folder.remove(".colophon")
        let found = try await verified(project)
        #expect(found.isSame && found.difference.isEmpty && found.first == nil && found.documents == 4)
        #expect(try project.outputs() == before && !project.folder.exists(".colophon"))
        // Somebody who has the lock and no results knows as much.
        try project.folder.remove("outputs")
        #expect(try await verified(project).isSame)
        #expect(!project.folder.exists("outputs"))
    }

    @Test("the first difference is told with its table, document and line")
    func different() async throws {
        let project = try SampleProject()
        try await project.run()
        try project.folder.write(
            SampleProject.documents["corpus/courier/talks.txt"]?.replacing("25 dockers", with: "35 dockers") ?? "",
            to: "corpus/courier/talks.txt")
        let found = try await verified(project)
        #expect(!found.isSame && found.changedTables.contains("claims"))
        #expect(found.difference.causes.map(\.kind) == [.document])
        let first = try #require(found.first)
        #expect(first.table == "documents" && first.document == "corpus/courier/talks.txt")
        #expect(first.fields.contains { $0.name == "sha256" })
    }

    @Test("the first difference of every table over documents has its document, layer and passage")
    func places() async throws {
        let project = try SampleProject()
        try await project.run()
        let before = project.folder.path("before.sqlite")
        let after = project.folder.path("outputs/sample/results.sqlite")
        try FileManager.default.copyItem(atPath: after, toPath: before)
        // What is said of the same thing elsewhere: the links and questions of a document that was not touched.
        try project.folder.write(
            SampleProject.documents["corpus/courier/talks.txt"]?.replacing(
                "the talks had failed", with: "the talks went well")
                ?? "", to: "corpus/courier/talks.txt")
        try await project.run()
        let first = try #require(try FirstDifference(from: before, to: after))
        #expect(first.table == "documents" && first.layer == "text")
        for (table, layer) in [
            ("claims", "claims"), ("statements", "claims"), ("mentions", "mentions"), ("sentences", "sentences"),
            ("blocks", "blocks"), ("comparisons", "links"), ("claim_links", "links"), ("question_claims", "questions"),
            ("questions", "questions"), ("answers", "questions"), ("entities", nil), ("term_counts", nil),
        ] {
            guard let found = try FirstDifference(from: before, to: after, in: [table]), !found.fields.isEmpty else {
                continue
            }
            #expect(found.table == table && found.layer == layer)
            guard layer != nil else { continue }
            #expect(found.document?.hasPrefix("corpus/") == true, "\(found)")
            if table != "comparisons" { #expect(found.line != nil && found.passage != nil, "\(found)") }
        }
    }

    @Test("without the results that the lock is about, the tables are told")
    func noResults() async throws {
        let project = try SampleProject()
        try await project.run()
        try project.folder.remove("outputs")
        try project.folder.write("Calm\n\nThe weather service saw no storm.\n", to: "corpus/wire/weather.txt")
        let found = try await verified(project)
        #expect(!found.isSame && found.first == nil && found.changedTables.contains("documents"))
    }

    @Test("the temporary folder that documents come into is one that nobody else may look into")
    func scratch() throws {
        let folder = try PipelineRun.scratchFolder(for: "test")
        defer { rmdir(folder) }
        var info = stat()
        #expect(stat(folder, &info) == 0 && info.st_mode & 0o777 == 0o700)
    }

    @Test("a lock that is not there, or has the marks of a conflict, is a difference")
    func noLock() async throws {
        let project = try SampleProject()
        for text in [nil, "<<<<<<< HEAD\n"] {
            if let text { try project.folder.write(text, to: "pipelines/sample.lock") }
            await #expect {
                try await verified(project)
            } throws: { error in
                (error as? ProjectProblem)?.kind == .difference
            }
        }
    }
}
