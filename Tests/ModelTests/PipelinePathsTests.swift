import Testing

@testable import Model

@Suite("Paths of a pipeline are relative to the project")
struct PipelinePathsTests {
    @Test(
        "the project is the parent of a folder named pipelines, else the pipeline's folder",
        arguments: [
            ("pipelines/a.yaml", "."), ("./pipelines/a.yaml", "."), ("x/pipelines/a.yaml", "x"), ("a.yaml", "."),
            ("x/a.yaml", "x"), ("../pipelines/a.yaml", ".."), ("/pipelines/a.yaml", "/"), ("/x/pipelines/a.yaml", "/x"),
            ("/a.yaml", "/"), ("pipelines//a.yaml", "."), ("my-pipelines/a.yaml", "my-pipelines"),
        ])
    func projectFolder(_ path: String, _ folder: String) {
        #expect(Pipeline.projectFolder(for: path, workingFolder: "/home/project") == folder)
    }

    @Test("within the folder named pipelines, the project is one up")
    func within() {
        #expect(Pipeline.projectFolder(for: "a.yaml", workingFolder: "/home/pipelines") == "..")
        #expect(Pipeline.projectFolder(for: "x/a.yaml", workingFolder: "/home/pipelines") == "x")
    }

    @Test(
        "paths are joined without detours",
        arguments: [
            (".", "a/b", "a/b"), ("x", "../a", "a"), ("x", "../../a", "../a"), ("..", "../a", "../../a"),
            ("/x", "../../a", "/a"), ("x", "/a", "/a"), (".", ".", "."), ("x", "./a//b/", "x/a/b"),
        ])
    func join(_ folder: String, _ path: String, _ joined: String) {
        #expect(Pipeline.join(folder, path) == joined)
    }

    @Test("the way from a folder to a path goes up where it must")
    func way() {
        #expect(Pipeline.path("/a/b/c", from: "/a") == "b/c")
        #expect(Pipeline.path("/a/x", from: "/a/b/c") == "../../x")
        #expect(Pipeline.path("/a", from: "/a") == ".")
    }

    @Test(
        "the folder of a path, however short the path is",
        arguments: [
            ("a", "."), ("a/b", "a"), ("/a", "/"), ("/", "/"), (".", "."), ("", "."), ("a/", "."), ("x/y/z", "x/y"),
            ("//a", "/"),
        ])
    func folder(_ path: String, _ folder: String) { #expect(Pipeline.folder(of: path) == folder) }

    @Test(
        "the extension of a file's name",
        arguments: [
            ("a", ""), ("a.txt", "txt"), ("x.y/a", ""), (".txt", ""), ("x/.txt", ""), ("a.b.md", "md"), ("", ""),
            (".", ""), ("a.", ""),
        ])
    func fileExtension(_ path: String, _ found: String) { #expect(Pipeline.fileExtension(of: path) == found) }

    @Test("a name loses its folder and one extension")
    func name() {
        #expect(Pipeline.name(of: "pipelines/border.yaml") == "border")
        #expect(Pipeline.name(of: "a.b.yml") == "a.b")
        #expect(Pipeline.name(of: ".yaml") == ".yaml")
        #expect(Pipeline.name(of: "") == "")
    }
}
