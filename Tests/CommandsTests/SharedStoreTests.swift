import Foundation
import Model
import Project
import Store
import TestSupport
import Testing

@testable import Commands

@Suite("Projects that share a store")
struct SharedStoreTests {
    private static let pipeline = ["run", "pipelines/sample.yaml"]

    private func runs(in folder: String, _ environment: [String: String]) throws -> [RunRecord] {
        let end = try ToolProcess.run(
            ["runs", "pipelines/sample.yaml", "--json"], in: folder, environment: environment)
        #expect(end.code == 0, "\(end.said)")
        return end.printed.split(separator: "\n").compactMap { RunRecord(json: String($0), number: 0) }
    }

    @Test("they reuse one another's results, and each has a state, a file table and records of runs of its own")
    func several() throws {
        let one = try SampleProject()
        let two = try one.fresh()
        try two.folder.remove("corpus/wire/weather.txt")
        let environment = ["COLOPHON_STORE": one.folder.path("shared")]
        for project in [one, two, one] {
            let end = try ToolProcess.run(Self.pipeline, in: project.folder.path(), environment: environment)
            #expect(end.code == 0, "\(end.said)")
        }
        #expect(!one.folder.exists(".colophon") && !two.folder.exists(".colophon"))
        // The third run has nothing to do.
        let (first, second) = (
            try runs(in: one.folder.path(), environment), try runs(in: two.folder.path(), environment)
        )
        #expect(first.map(\.documents) == [4] && second.map(\.documents) == [3])
        #expect(second.first?.steps.first { $0.step == "clean.read" }?.ran == 0)
        let why = try ToolProcess.run(
            ["why", "pipelines/sample.yaml"], in: one.folder.path(), environment: environment)
        #expect(why.printed.contains("4 documents"))
    }

    @Test("a project that was moved finds its state, its file table and its runs; a copy begins with its own")
    func moved() throws {
        let (store, place) = (try TemporaryProject(), try TemporaryProject())
        let project = try SampleProject()
        let environment = ["COLOPHON_STORE": store.path()]
        func run(_ folder: String) throws -> String {
            let end = try ToolProcess.run(Self.pipeline, in: folder, environment: environment)
            #expect(end.code == 0, "\(end.said)")
            return end.said + end.printed
        }
        _ = try run(project.folder.path())
        let (copy, other) = (place.path("copy"), place.path("other"))
        try FileManager.default.copyItem(atPath: project.folder.path(), toPath: copy)
        _ = try run(copy)
        #expect(try runs(in: copy, environment).count == 1)
        try FileManager.default.moveItem(atPath: copy, toPath: other)
        #expect(try run(other).contains("nothing changed"))
        #expect(try runs(in: other, environment).count == 1)
        // An edit after the move costs what depends on it, and gives what a first run gives.
        let texts = TemporaryProjectFiles(other)
        try texts.write("Talks end\n\nThe NHU said that the talks had ended.\n", to: "corpus/courier/talks.txt")
        _ = try run(other)
        let last = try #require(try runs(in: other, environment).first)
        #expect(last.documents == 4 && last.steps.first { $0.step == "clean.read" }?.ran == 1)
        try project.folder.write(
            "Talks end\n\nThe NHU said that the talks had ended.\n", to: "corpus/courier/talks.txt")
        let fresh = try project.fresh()
        _ = try run(fresh.folder.path())
        #expect(try texts.bytes(of: "outputs/sample/report.md") == fresh.folder.bytes(of: "outputs/sample/report.md"))
        #expect(try texts.bytes(of: "pipelines/sample.lock") == fresh.folder.bytes(of: "pipelines/sample.lock"))
        let states = FileManager.default.enumerator(atPath: store.path("state"))?.compactMap { $0 as? String } ?? []
        #expect(states.filter { $0.hasSuffix("sample.sqlite") }.count == 3, "the old one is gone")
    }
}

/// Files below a folder that somebody else made.
private struct TemporaryProjectFiles {
    let folder: String

    init(_ folder: String) { self.folder = folder }

    func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(path)"))
    }

    func bytes(of path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: "\(folder)/\(path)"))) }
}
