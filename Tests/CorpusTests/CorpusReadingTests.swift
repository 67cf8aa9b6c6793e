import Foundation
import Model
import StageKit
import Store
import TestSupport
import Testing

@testable import Corpus

@Suite("The corpus as a run finds it")
struct CorpusReadingTests {
    private func read(
        _ project: TemporaryProject, _ store: ResultStore? = nil, include: [String] = ["corpus/**/*.txt"],
        exclude: [String] = [], metadata: String? = nil
    ) async throws -> CorpusReading {
        try await CorpusReading(
            .init(project: project.path(), include: include, exclude: exclude, metadata: metadata),
            store: try store ?? ResultStore(folder: nil), jobs: 2)
    }

    /// Makes every file older than the file table's tick, as if nobody had touched it for a minute.
    private func age(_ project: TemporaryProject, _ paths: [String]) async throws {
        // The time of a file's last change in place can't be set: it has to pass.
        try await Task.sleep(for: .milliseconds(150))
        for path in paths { #expect(project.exists(path)) }
    }

    @Test("a file that nobody touched is not read again")
    func trusted() async throws {
        let project = try TemporaryProject(["corpus/a.txt": "one", "corpus/b.txt": "two"])
        let store = try ResultStore(folder: project.path(".colophon"))
        #expect(try await read(project, store).hashed == 2)
        try await age(project, ["corpus/a.txt"])
        #expect(
            try await read(project, store).hashed == 2, "entries as young as the run that made them are not trusted")
        let third = try await read(project, store)
        #expect(third.hashed == 0)
        try project.write("due", to: "corpus/b.txt")
        let fourth = try await read(project, store)
        #expect(fourth.hashed == 1)
        #expect(fourth.tree.root != third.tree.root)
    }

    @Test("an edit that keeps size and time is seen")
    func racy() async throws {
        let project = try TemporaryProject(["corpus/a.txt": "one"])
        let store = try ResultStore(folder: project.path(".colophon"))
        let before = try await read(project, store).tree.root
        let path = project.path("corpus/a.txt")
        let time = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
        try project.write("two", to: "corpus/a.txt")
        try FileManager.default.setAttributes([.modificationDate: time as Any], ofItemAtPath: path)
        #expect(try await read(project, store).tree.root != before)
    }

    @Test("files whose names differ only in how accents are encoded are left out together")
    func duplicates() async throws {
        let project = try TemporaryProject(["corpus/a.txt": "x"])
        for name in ["caf\u{E9}.txt", "cafe\u{301}.txt"] {
            let descriptor = open(project.path("corpus") + "/" + name, O_WRONLY | O_CREAT, 0o600)
            #expect(descriptor >= 0)
            close(descriptor)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: project.path("corpus"))
        // Some file systems take the two for one.
        guard names.count == 3 else { return }
        let corpus = try await read(project)
        #expect(corpus.tree.entries.map(\.id) == ["corpus/a.txt"])
        #expect(corpus.leftOut.map(\.failure.code) == ["duplicate-id"])
        #expect(corpus.leftOut.map { Array($0.id.utf8) } == [Array("corpus/caf\u{E9}.txt".utf8)])
    }

    @Test("an id is in NFC, its path as the file system spells it")
    func normalForm() async throws {
        let project = try TemporaryProject()
        try project.write("x", to: "corpus/a.txt")
        let descriptor = open(project.path("corpus") + "/du\u{308}ne.txt", O_WRONLY | O_CREAT, 0o600)
        #expect(descriptor >= 0)
        close(descriptor)
        let entry = try #require(try await read(project).tree.entries.last)
        #expect(Array(entry.id.utf8) == Array("corpus/d\u{FC}ne.txt".utf8))
        #expect(FileManager.default.fileExists(atPath: project.path() + "/" + entry.path))
    }

    @Test(
        "a pattern that matches nothing comes with the reason",
        arguments: [
            ("Corpus/*.txt", "there is 'corpus/a.txt'"), ("corpus/A.txt", "there is 'corpus/a.txt'"),
            ("corpus/*.md", "'corpus/.b.md' is hidden"), ("**/*.md", "is hidden"), ("corpus", "'corpus/**'"),
            ("corpus/", "'corpus/**'"), ("corpus\\*.txt", "not by a backslash"), ("../*.txt", "inside it"),
            ("/srv/corpus/*.txt", "inside it"), ("corpus/**.html", "'corpus/**/*.html'"),
            ("corpus/*.pdf", "Paths are relative to the project's folder."),
        ])
    func emptyPattern(pattern: String, hint: String) async throws {
        let project = try TemporaryProject(["corpus/a.txt": "x", "corpus/.b.md": "y", "corpus/c/d.html": "z"])
        let note = try #require(try await read(project, include: [pattern]).notes.first)
        #expect(note.code == "empty-pattern")
        #expect(note.hint?.contains(hint) == true, "\(note.hint ?? "")")
    }

    @Test("'./' before a pattern and capitals in an extension are no reason to leave a file out")
    func lenientPatterns() async throws {
        let project = try TemporaryProject(["corpus/A.TXT": "x", "corpus/b.txt": "y"])
        let corpus = try await read(project, include: ["./corpus/*.txt"])
        #expect(corpus.tree.entries.map(\.id) == ["corpus/A.TXT", "corpus/b.txt"])
        #expect(corpus.notes.isEmpty)
    }

    @Test("a document has its folder below the corpus, its format and its row")
    func facts() async throws {
        let project = try TemporaryProject([
            "corpus/courier/a.txt": "x", "corpus/b.HTML": "y",
            "meta.csv": "document,title\ncorpus/courier/a.txt,A title\n",
        ])
        let corpus = try await read(project, include: ["corpus/**/*.{txt,HTML}"], metadata: "meta.csv")
        let entries = corpus.tree.entries
        #expect(entries.map(\.folder) == ["", "courier"])
        #expect(entries.map(\.format) == [.html, .text])
        #expect(entries.map(\.row) == [[], [MetadataField("title", "A title")]])
        #expect(corpus.notes.isEmpty)
    }

    @Test("rows without a document, patterns without a file and a missing metadata file are told, with the line")
    func notes() async throws {
        let project = try TemporaryProject([
            "corpus/a.txt": "x", "corpus/old/b.txt": "y", "meta.csv": "document,t\ncorpus/a.txt,1\ncorpus/gone.txt,2\n",
        ])
        var corpus = try await read(
            project, include: ["corpus/*.txt", "corpus/*.docx", "corpus"], exclude: ["corpus/old", "corpus/none/**"],
            metadata: "meta.csv")
        #expect(
            corpus.notes.map { "\($0.file ?? "-"):\($0.line): \($0.summary)" } == [
                "-:0: the pattern 'corpus/*.docx' matches no file", "-:0: the pattern 'corpus' matches no file",
                "-:0: the pattern 'corpus/old' matches no file", "meta.csv:3: there is no document 'corpus/gone.txt'",
            ])
        #expect(corpus.notes[1].hint == "It names a folder; what is in it is named by 'corpus/**'.")
        corpus = try await read(project, metadata: "none.csv")
        #expect(corpus.notes.map(\.code) == ["unreadable"])
        #expect(corpus.tree.entries.count == 2)
    }

    @Test("a row of the metadata file is a part of its document")
    func rows() async throws {
        let project = try TemporaryProject(["corpus/a.txt": "x", "corpus/b.txt": "y", "meta.csv": "document,t\n"])
        let store = try ResultStore(folder: nil)
        let before = try await read(project, store, metadata: "meta.csv").tree
        try project.write("document,t\ncorpus/b.txt,1\n", to: "meta.csv")
        let after = try await read(project, store, metadata: "meta.csv").tree
        #expect(zip(before.entries, after.entries).map { $0 == $1 } == [true, false])
        #expect(before.root != after.root)
    }

    @Test("an empty corpus is a corpus without documents")
    func empty() async throws {
        let corpus = try await read(try TemporaryProject())
        #expect(corpus.tree.entries.isEmpty)
        #expect(corpus.notes.map(\.code) == ["empty-pattern"])
    }
}
