import Foundation
import TestSupport
import Testing

/// The helper itself: a golden file that silently accepted anything would make every test that uses it worthless.
@Suite("Golden files")
struct GoldenTests {
    @Test("a missing file is written, and is a problem all the same")
    func missing() throws {
        let project = try TemporaryProject()
        let file = project.root.appending(path: "Golden/report.md")
        let problem = try #require(Golden.problem(of: Array("one\n".utf8), against: file))
        #expect(problem.contains("was missing and has been written"))
        #expect(try project.text(of: "Golden/report.md") == "one\n")
        #expect(Golden.problem(of: Array("one\n".utf8), against: file) == nil)
    }

    @Test("a difference is shown by its first lines")
    func different() throws {
        let project = try TemporaryProject(["report.md": "one\ntwo\nthree\n"])
        let problem = Golden.problem(
            of: Array("one\n2\nthree\n".utf8), against: project.root.appending(path: "report.md"))
        #expect(problem?.contains("at line 2:\n  one\n- two\n- three") == true)
        #expect(problem?.contains("+ 2\n+ three") == true)
    }

    @Test("a text that merely goes on differs where the shorter one ends")
    func longer() throws {
        let project = try TemporaryProject(["report.md": "one\ntwo"])
        let problem = Golden.problem(
            of: Array("one\ntwo\nthree".utf8), against: project.root.appending(path: "report.md"))
        #expect(problem?.contains("at line 3") == true)
    }

    @Test("a temporary project is gone with its last reference")
    func temporary() throws {
        var project: TemporaryProject? = try TemporaryProject(bytes: ["a/b.bin": [0, 255]])
        let path = try #require(project?.path())
        #expect(try project?.bytes(of: "a/b.bin") == [0, 255])
        project = nil
        let after = try TemporaryProject()
        #expect(!after.exists("../" + (path.split(separator: "/").last ?? "")))
    }
}
