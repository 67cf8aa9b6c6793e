import Model
import StageKit
import Store
import Synchronization
import TestSupport
import Testing

@testable import Corpus

@Suite("Conditions select documents by what is known of them")
struct DocumentSelectionTests {
    private static let position = SourcePosition(file: "pipelines/a.yaml", line: 4, column: 5)

    private static func condition(
        _ column: String, _ among: [String] = [], not: [String] = [], from: String? = nil, to: String? = nil
    ) -> DocumentCondition {
        DocumentCondition(
            column, among: among.map { .init($0, at: position) }, except: not.map { .init($0, at: position) },
            from: from.map { .init($0, at: position) }, to: to.map { .init($0, at: position) }, at: position)
    }

    private static let metadata = """
        document,publisher,date,pages,language
        corpus/a.txt,The Lamp,2024-01-31,3,en
        corpus/b.txt,The Lamp,2024-02-10,12,de
        corpus/c.txt,The Wire,2024-02,2,en
        corpus/d.txt,,2025,,en
        """

    private func read(_ conditions: [DocumentCondition], metadata: String? = "corpus/metadata.csv") async throws
        -> CorpusReading
    {
        var files = ["corpus/metadata.csv": Self.metadata]
        for name in ["a", "b", "c", "d", "e"] { files["corpus/\(name).txt"] = "Text \(name)." }
        let project = try TemporaryProject(files)
        return try await CorpusReading(
            .init(project: project.path(), include: ["corpus/*.txt"], metadata: metadata, conditions: conditions),
            store: try ResultStore(folder: nil), jobs: 2)
    }

    /// The same documents, which say something of themselves: `e` can't be read.
    private func readHeads(
        _ conditions: [DocumentCondition], metadata: String? = "corpus/metadata.csv"
    ) async throws -> (corpus: CorpusReading, asked: Set<String>) {
        var files = ["corpus/metadata.csv": Self.metadata]
        for name in ["a", "b", "c", "d", "e"] { files["corpus/\(name).txt"] = "Text \(name)." }
        let project = try TemporaryProject(files)
        let asked = Mutex<Set<String>>([])
        let corpus = try await CorpusReading(
            .init(
                project: project.path(), include: ["corpus/*.txt"], metadata: metadata, conditions: conditions,
                heads: { entries in
                    asked.withLock { $0.formUnion(entries.map { String($0.id.dropFirst(7).dropLast(4)) }) }
                    return [
                        "corpus/a.txt": Metadata([.init("publisher", "The Gale", .frontMatter)]),
                        "corpus/b.txt": Metadata([.init("section", "sea", .page)]),
                        "corpus/c.txt": Metadata([]),
                        "corpus/d.txt": Metadata([
                            .init("publisher", "The Gale", .record), .init("section", "town", .record),
                            .init("date", "2019-05-02T10:00", .page),
                        ]),
                    ]
                }), store: try ResultStore(folder: nil), jobs: 2)
        return (corpus, asked.withLock { $0 })
    }

    @Test("a document says itself what the metadata file does not say of it, and the file comes first")
    func heads() async throws {
        // the rows of a, b and c have a publisher; e can't be read, and the run will say so
        let (gale, asked) = try await readHeads([Self.condition("publisher", ["The Gale"])])
        #expect(names(gale) == "de" && asked == ["d", "e"])
        #expect(gale.problems.isEmpty && gale.notes.isEmpty)
        #expect(gale.unselected.map(\.failure.summary).first == "not selected: its publisher is 'The Lamp'")
        #expect(try await names(readHeads([Self.condition("section", ["sea", "town"])]).corpus) == "bde")
        #expect(try await names(readHeads([Self.condition("publisher", ["The Lamp"])]).corpus) == "abe")
        let (sea, _) = try await readHeads([Self.condition("section", ["sea"])])
        #expect(sea.unselected.map(\.failure.summary).first == "not selected: it has no 'section'")
        #expect(
            sea.notes.map(\.summary) == ["2 documents have no 'section' and are not selected"],
            "a and c; e can't be asked")
    }

    @Test("without a metadata file documents are asked alone, for parts of their date too")
    func headsAlone() async throws {
        let (year, asked) = try await readHeads([Self.condition("year", ["2019"])], metadata: nil)
        #expect(names(year) == "de" && asked == ["a", "b", "c", "d", "e"])
        let path = try await readHeads([Self.condition("document", ["*/a.txt"])], metadata: nil)
        #expect(names(path.corpus) == "a" && path.asked.isEmpty)
        let (wrong, _) = try await readHeads([Self.condition("sektion", ["sea"])], metadata: nil)
        #expect(wrong.problems.map(\.message) == ["no document has a column 'sektion'"])
        #expect(wrong.problems.first?.hint == "Did you mean 'section'?")
    }

    private func names(_ corpus: CorpusReading) -> String {
        corpus.tree.entries.map { String($0.id.dropFirst(7).dropLast(4)) }.joined()
    }

    @Test(
        "a document is selected when its row meets every condition",
        arguments: [
            ([condition("publisher", ["The Lamp"])], "ab"),
            ([condition("publisher", ["The Lamp", "The Wire"])], "abc"),
            ([condition("publisher", ["The *"])], "abc"), ([condition("publisher", [""])], "de"),
            ([condition("publisher", not: ["The Lamp"])], "cde"),
            ([condition("publisher", ["The Lamp"]), condition("language", ["en"])], "a"),
            ([condition("document", ["corpus/b*"])], "b"), ([condition("year", ["2024"])], "abc"),
            ([condition("month", ["2024-02"])], "bc"), ([condition("date", ["2024-02"])], "bc"),
            ([condition("date", from: "2024-02")], "bcd"), ([condition("date", to: "2024-02")], "abc"),
            // a month that a period begins in is not all in it
            ([condition("date", from: "2024-02-05", to: "2024-12")], "b"),
            ([condition("pages", from: "3")], "ab"), ([condition("pages", from: "2", to: "3.5")], "ac"),
        ])
    func selection(conditions: [DocumentCondition], selected: String) async throws {
        let corpus = try await read(conditions)
        #expect(corpus.problems.isEmpty)
        #expect(names(corpus) == selected)
        #expect(corpus.unselected.count == 5 - selected.count)
        #expect(corpus.leftOut.isEmpty)
    }

    @Test("the reason why a document is not selected is the first condition that it does not meet")
    func reasons() async throws {
        let corpus = try await read([
            Self.condition("publisher", ["The Lamp"]), Self.condition("language", ["en"]),
        ])
        #expect(
            corpus.unselected.map(\.failure.summary) == [
                "not selected: its language is 'de'", "not selected: its publisher is 'The Wire'",
                "not selected: it has no 'publisher' in the metadata file",
                "not selected: it has no 'publisher' in the metadata file",
            ])
        #expect(corpus.notes.map(\.code) == ["no-value", "no-value"])
    }

    @Test(
        "a condition that can't be met is an error that says what there is",
        arguments: [
            (condition("publisher", ["The Lmap"]), "unknown-value", "Did you mean 'The Lamp'?"),
            (condition("publishers", ["The Lamp"]), "unknown-column", "Did you mean 'publisher'?"),
            (
                condition("date", from: "2031"), "nothing-selected",
                "The values go from '2024-01-31' to '2025'."
            ),
            (condition("pages", from: "100"), "nothing-selected", "The values go from 2 to 12."),
        ])
    func mistakes(condition: DocumentCondition, id: String, hint: String) async throws {
        let corpus = try await read([condition])
        #expect(corpus.problems.map(\.id) == [id])
        #expect(corpus.problems.first?.hint == hint)
        #expect(corpus.problems.first?.line == 4)
    }

    @Test("conditions that no document meets together are an error, and so is a condition without a metadata file")
    func nothing() async throws {
        let both = [Self.condition("publisher", ["The Wire"]), Self.condition("language", ["de"])]
        #expect(try await read(both).problems.map(\.id) == ["nothing-selected"])
        #expect(
            try await read([Self.condition("publisher", ["a"])], metadata: nil).problems.map(\.id) == ["no-metadata"])
        #expect(try await names(read([Self.condition("document", ["*/a.txt"])], metadata: nil)) == "a")
    }
}
