import Testing

@testable import Notebook

/// The function that names a document without a title.
@Suite struct FileNameTests {
    @Test(
        "the name of a file is without its folders and its ending",
        arguments: [
            ("corpus/wire/a.txt", "a"), ("a.b.txt", "a.b"), ("corpus/README", "README"), ("corpus/.hidden", ".hidden"),
            ("", ""), ("/", "/"),
        ])
    func name(path: String, name: String) { #expect(FileNameFunction.name(of: path) == name) }

    @Test("null stays null")
    func null() throws {
        let report = try NotebookFixture().report(
            "{value}`select file_name('corpus/a.txt') || coalesce(file_name(null), ' and nothing')`")
        #expect(report == "a and nothing")
    }
}
