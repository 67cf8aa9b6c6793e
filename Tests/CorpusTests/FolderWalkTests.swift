import Foundation
import Model
import StageKit
import Store
import TestSupport
import Testing

@testable import Corpus

@Suite("Finding the files that patterns name")
struct FolderWalkTests {
    private func walk(
        _ project: TemporaryProject, _ include: [String] = ["corpus/**/*.txt"], exclude: [String] = []
    ) -> FolderWalk {
        FolderWalk(
            project: project.path(), include: include.map { Glob($0) }, exclude: exclude.map { Glob($0, .hidden) })
    }

    /// What is left out, with the kind of reason.
    private func leftOut(_ walk: FolderWalk) -> [String] { walk.leftOut.map { "\($0.id) [\($0.failure.code)]" } }

    @Test("files come in order of their paths' bytes, with their sizes")
    func order() throws {
        let project = try TemporaryProject([
            "corpus/b.txt": "12", "corpus/Z.txt": "1", "corpus/b/a.txt": "", "corpus/é.txt": "", "corpus/x.md": "",
            "other/a.txt": "",
        ])
        let walk = walk(project)
        #expect(walk.files.map(\.path) == ["corpus/Z.txt", "corpus/b.txt", "corpus/b/a.txt", "corpus/é.txt"])
        #expect(walk.files.map(\.stamp.size) == [1, 2, 0, 0])
        #expect(walk.leftOut.isEmpty)
    }

    @Test("hidden files and folders are no part of a corpus unless a pattern names them")
    func hidden() throws {
        let project = try TemporaryProject([
            "corpus/a.txt": "", "corpus/.a.txt": "", "corpus/.trash/b.txt": "", "corpus/x/.y/c.txt": "", ".d/e.txt": "",
        ])
        #expect(walk(project, ["**/*.txt"]).files.map(\.path) == ["corpus/a.txt"])
        #expect(walk(project, ["corpus/.trash/*.txt"]).files.map(\.path) == ["corpus/.trash/b.txt"])
        #expect(walk(project, [".d/*.txt", "corpus/.*.txt"]).files.map(\.path) == [".d/e.txt", "corpus/.a.txt"])
        #expect(walk(project, ["corpus/.*.txt"], exclude: ["corpus/**"]).files.isEmpty)
    }

    @Test("excluded folders are not looked into")
    func excluded() throws {
        let project = try TemporaryProject(["corpus/a.txt": "", "corpus/drafts/b.txt": ""])
        try FileManager.default.createSymbolicLink(
            atPath: project.path("corpus/drafts/up"), withDestinationPath: "../..")
        let walk = walk(project, exclude: ["corpus/drafts/**"])
        #expect(walk.files.map(\.path) == ["corpus/a.txt"])
        #expect(walk.leftOut.isEmpty)
    }

    @Test("what runs and git write is no part of a corpus")
    func written() throws {
        let project = try TemporaryProject([
            "a.md": "", "outputs/x/report.md": "", ".colophon/a.md": "", ".git/a.md": "", "corpus/outputs/b.md": "",
        ])
        #expect(walk(project, ["**/*.md"]).files.map(\.path) == ["a.md", "corpus/outputs/b.md"])
    }

    @Test("links lead to files and folders inside the project; others are told")
    func links() throws {
        let project = try TemporaryProject(["corpus/a.txt": "1", "shared/b.txt": "2", "shared/c.md": ""])
        for (link, target) in [
            ("file.txt", "a.txt"), ("folder", "../shared"), ("loop.txt", "loop.txt"), ("up", ".."), ("here", "."),
            ("away", "/usr"), ("away.txt", "/etc/passwd"), ("broken.txt", "nowhere"), ("broken.md", "nowhere"),
            ("away.md", "/etc/passwd"), ("loop.md", "loop.md"),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: project.path("corpus/\(link)"), withDestinationPath: target)
        }
        let walk = walk(project)
        #expect(walk.files.map(\.path) == ["corpus/a.txt", "corpus/file.txt", "corpus/folder/b.txt"])
        #expect(
            leftOut(walk) == [
                "corpus/away [link-leaves-project]", "corpus/away.txt [link-leaves-project]",
                "corpus/broken.txt [broken-link]", "corpus/here [link-loop]", "corpus/loop.txt [link-loop]",
                "corpus/up [link-loop]",
            ])
    }

    @Test("folders that link to each other end")
    func mutualLinks() throws {
        let project = try TemporaryProject(["corpus/one/a.txt": "", "corpus/two/b.txt": ""])
        for (from, to) in [("one", "two"), ("two", "one")] {
            try FileManager.default.createSymbolicLink(
                atPath: project.path("corpus/\(from)/other"), withDestinationPath: "../\(to)")
        }
        let walk = walk(project)
        #expect(
            walk.files.map(\.path) == [
                "corpus/one/a.txt", "corpus/one/other/b.txt", "corpus/two/b.txt", "corpus/two/other/a.txt",
            ])
        #expect(leftOut(walk).allSatisfy { $0.hasSuffix("[link-loop]") })
    }

    @Test("a FIFO, a socket and a device are told, and a folder with a file's name is looked into")
    func noFiles() throws {
        let project = try TemporaryProject(["corpus/folder.txt/a.txt": ""])
        #expect(mkfifo(project.path("corpus/fifo.txt"), 0o600) == 0)
        let walk = walk(project)
        #expect(walk.files.map(\.path) == ["corpus/folder.txt/a.txt"])
        #expect(leftOut(walk) == ["corpus/fifo.txt [not-a-file]"])
        #expect(walk.leftOut.first?.failure.summary == "it is a FIFO, not a file")
    }

    @Test("names that are not UTF-8 are told apart")
    func names() throws {
        let project = try TemporaryProject(["corpus/a.txt": ""])
        for (byte, suffix) in [(0xFE, ".txt"), (0xFF, ".txt"), (0xFD, ".md")] {
            let name = (Array(project.path("corpus/bad").utf8) + [UInt8(byte)] + Array(suffix.utf8) + [0])
                .map { CChar(bitPattern: $0) }
            let descriptor = open(name, O_WRONLY | O_CREAT, 0o600)
            // Some file systems take no such name.
            guard descriptor >= 0 else { return }
            close(descriptor)
        }
        #expect(leftOut(walk(project)) == ["corpus/bad\\xFE.txt [bad-name]", "corpus/bad\\xFF.txt [bad-name]"])
    }

    @Test("a folder that is not there has no files")
    func missing() throws {
        let project = try TemporaryProject()
        #expect(walk(project).files.isEmpty)
        #expect(walk(project).leftOut.isEmpty)
    }
}
