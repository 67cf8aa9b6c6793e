import Foundation
import TestSupport
import Testing

@testable import Store

@Suite("Writing files whole or not at all")
struct FileWritingTests {
    @Test("a file is replaced, its folders are made, and nothing is left beside it")
    func replaces() throws {
        let project = try TemporaryProject()
        for text in ["one", "a longer text", ""] {
            try FileWriting.write(Array(text.utf8), to: project.path("a/b/c.txt"))
            #expect(try project.text(of: "a/b/c.txt") == text)
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: project.path("a/b")) == ["c.txt"])
    }

    @Test("what stands in the way is told with its reason, and stays")
    func inTheWay() throws {
        let project = try TemporaryProject(["file": "x", "folder/inside": ""])
        #expect(throws: FileWriteProblem(path: project.path("file"), number: ENOTDIR)) {
            try FileWriting.write([1], to: project.path("file/a.txt"))
        }
        #expect(throws: FileWriteProblem(path: project.path("folder"), number: EISDIR)) {
            try FileWriting.write([1], to: project.path("folder"))
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: project.path()).sorted() == ["file", "folder"])
    }

    @Test("folders are made as deep as it takes, and may be there already")
    func folders() throws {
        let project = try TemporaryProject()
        for _ in 0..<2 { try FileWriting.makeFolder(project.path("a/b/c")) }
        #expect(project.exists("a/b/c"))
    }

    @Test("a damaged database goes aside with what belongs to it, over one that went before")
    func aside() throws {
        let project = try TemporaryProject(["x.sqlite": "1", "x.sqlite-wal": "2", "x.sqlite.damaged": "old"])
        try DamagedFile.putAside(project.path("x.sqlite"))
        #expect(try project.text(of: "x.sqlite.damaged") == "1")
        #expect(try project.text(of: "x.sqlite.damaged-wal") == "2")
        #expect(!project.exists("x.sqlite") && !project.exists("x.sqlite-wal"))
    }

    @Test("many files are written as each would be, and one that can't be leaves no part of itself")
    func many() throws {
        let folder = try TemporaryProject(["blocked": "a file, and no folder"])
        let files = (0..<150).map { (path: folder.path("out/\($0).md"), bytes: Array("page \($0)".utf8)) }
        try FileWriting.write(files)
        for (path, bytes) in files { #expect(FileWriting.contents(of: path) == bytes) }
        #expect(throws: FileWriteProblem.self) {
            try FileWriting.write([
                (path: folder.path("out/0.md"), bytes: Array("other".utf8)),
                (path: folder.path("blocked/1.md"), bytes: Array("none".utf8)),
            ])
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("out"))
        #expect(names.count == 150 && names.allSatisfy { $0.hasSuffix(".md") })
    }
}
