import Digests
import Model
import Results
import StageKit
import TestSupport
import Testing

@testable import Notebook

/// What a report takes over from the one before, and what it asks again.
@Suite struct KeptReportTests {
    /// A cell for each kind of table; the first word of a row of `cells` names it.
    private static let cells: KeyValuePairs = [
        "documents": "select count(*), min(title) from documents",
        "texts": "select sum(length(text)) from documents",
        "claims": "select count(*), evidence(claim) from claims",
        "mentions": "select count(*) from mentions where type = 'person'",
        "dates": "select group_concat(value) from dates",
        "entities": "select group_concat(name) from entities",
        "aliases": "select count(*) from aliases",
        "statistics": "select sum(words) from publisher_counts",
        "terms": "select count(*) from terms",
        "kept": "select sum(claims) from claim_totals",
        "left out": "select count(*) from left_out",
        "custom": "select count(*) from mood",
        "about": "select value from about where key = 'title'",
    ]

    private static func notebook(_ cells: KeyValuePairs<String, String>) -> String {
        cells.map { "\($0.key): {value}`\($0.value)`" }.joined(separator: "\n") + """

            ```{quote}
            sql: select claim from claims where stance = 'asserted' limit 1
            ```
            """
    }

    /// The names of the cells that are asked again when a report follows on `edit`, and whether all is as it would be
    /// without anything kept.
    private func asked(
        _ cells: KeyValuePairs<String, String> = Self.cells, before: [HandmadeDocument] = [],
        after edit: (ResultsWriter) throws -> Void, about: String = "Crates", leftOut: [LeftOut] = []
    ) throws -> [String] {
        let notebook = Self.notebook(cells)
        let fixture = try NotebookFixture(HandmadeCorpus.documents + before, layers: ["mood"]) { writer in
            try writer.put(Self.row(["publisher_counts", "Wire"], [("documents", 1), ("words", 9)]))
            try writer.put(Self.row(["term_counts", "content", "quay", "Wire"], [("documents", 1)]))
        }
        var kept = try fixture.renderer(notebook).render().kept
        let next = try fixture.database.begin(fresh: false, layers: ["mood"])
        try edit(next)
        _ = try next.finish(
            runKey: "next", leftOut: leftOut, about: [("title", about), ("pipeline", "pipelines/crates.yaml")])

        let plain = try fixture.renderer(notebook).render()
        let again = try fixture.renderer(notebook, kept: kept).render()
        #expect(again.files == plain.files)
        #expect(again.kept == plain.kept)

        for key in kept.cells.keys { kept.cells[key]?.text = CellText("KEPT") }
        let marked = try fixture.renderer(notebook, kept: kept).render()
        let report = String(decoding: marked.files.last?.bytes ?? [], as: UTF8.self)
        let lines = report.split(separator: "\n").filter { !$0.hasSuffix("KEPT") }
        let names = cells.map(\.key).filter { name in lines.contains { $0.hasPrefix("\(name): ") } }
        return names + (report.hasSuffix("KEPT\n") ? [] : ["quote"])
    }

    private static func row(_ parts: [String], _ counts: [(String, Int)]) -> [FoldRow] {
        [FoldRow(key: FoldKey(parts: parts), elements: counts.map { (bytes: Array($0.0.utf8), count: $0.1) })]
    }

    private static func result(_ document: HandmadeDocument) -> DocumentResult {
        DocumentResult(id: document.id, sha256: "00", byteCount: document.source.count, layers: document.layers)
    }

    @Test("nothing is asked again where nothing moved")
    func nothing() throws {
        #expect(try asked { _ in } == [])
        #expect(try asked { try $0.put(Self.result(HandmadeCorpus.telegram)) } == [])
    }

    @Test("a cell is asked again when its own table has moved, and no other")
    func tables() throws {
        let sized = try asked {
            try $0.put(Self.row(["publisher_counts", "Wire"], [("documents", 1), ("words", 10)]))
        }
        #expect(sized == ["statistics", "terms"])
        let worded = try asked { try $0.put(Self.row(["term_counts", "content", "pier", "Wire"], [("documents", 1)])) }
        #expect(worded == ["terms"])
        #expect(try asked(after: { _ in }, about: "Other crates") == ["about"])
        let decision = EntityDecision(entity: "person:mira-sostak", name: "M. Šostak", kind: .person, reason: "by hand")
        #expect(
            try asked { writer in
                for form in ["Mira Šostak", "Šostak"] { try writer.put(decision, on: FoldKey(form)) }
            } == ["entities", "aliases", "quote"])
    }

    @Test("a document moves the tables in which it has other rows")
    func documents() throws {
        // Every view of what documents have tells their paths, of which there is one fewer.
        let gone = try asked { try $0.remove(document: HandmadeCorpus.ferry.id) }
        #expect(gone == ["documents", "texts", "claims", "mentions", "dates", "quote"])
        let bare = HandmadeDocument(HandmadeCorpus.ferry.id, "The ferry runs to Š.")
        bare.layers.set(Mentions([Mention(bare.span("Š"), .person)]))
        let edited = try asked { try $0.put(Self.result(bare)) }
        #expect(edited == ["texts", "mentions", "dates", "quote"])
        let mood = HandmadeDocument("mood.txt", "Calm.")
        for layer in mood.layers.names { mood.layers.remove(layer) }
        mood.layers.set("mood", bytes: CustomLayer([.init(nil, [.init("score", .integer(1))])]).encoded)
        #expect(try asked { try $0.put(Self.result(mood)) }.contains("custom"))
    }

    /// Cells that read single columns; `by publisher` may come in the order of an index that has the date as well.
    private static let columns: KeyValuePairs = [
        "digest": "select min(sha256) from documents",
        "size": "select sum(bytes) from documents",
        "titles": "select group_concat(title) from documents",
        "dates": "select group_concat(date) from documents",
        "publishers": "select group_concat(publisher) from documents",
        "words": "select group_concat(text) from claims",
        "places": "select sum(start) from claims",
        "sources": "select group_concat(source) from claims",
        "sentences": "select group_concat(text) from sentences",
        "count": "select count(*) from claims",
        "linked": "select count(*) from claim_links",
        "months": "select count(*) from claims where date > '1900'",
    ]

    @Test("a cell is asked again when a column that it reads has moved, and no other")
    func movedColumns() throws {
        func asked(sha256: String = "00", _ edit: (LayerSet) throws -> Void) throws -> [String] {
            let document = HandmadeCorpus.telegram
            let layers = LayerSet()
            for name in document.layers.names {
                if let bytes = document.layers.encoded(name) { layers.set(name, bytes: bytes) }
            }
            try edit(layers)
            return try self.asked(Self.columns) {
                try $0.put(
                    DocumentResult(id: document.id, sha256: sha256, byteCount: document.source.count, layers: layers))
            }
        }
        func facts(_ layers: LayerSet, _ key: String, _ value: String) throws {
            let entries = try layers.value(Metadata.self)?.entries ?? []
            layers.set(Metadata(entries.filter { $0.key != key } + [.init(key, value, .row)]))
        }
        #expect(try asked { _ in } == [])
        #expect(try asked(sha256: "11") { _ in } == ["digest", "quote"])
        #expect(try asked { try facts($0, "title", "Another title") } == ["titles", "quote"])
        // the index over publishers has the date as well, and claims tell the date of their document
        let dated = try asked { try facts($0, "date", "1931-01-01") }
        #expect(dated == ["dates", "publishers", "months", "quote"])
        let without = try asked { $0.set(Claims([])) }
        #expect(without == ["words", "places", "sources", "count", "linked", "months", "quote"])
    }

    @Test("words that an edit moves are no others")
    func movedWords() throws {
        let before = HandmadeDocument("corpus/wall.txt", "Quiet. The board said the wall is safe.")
        let after = HandmadeDocument("corpus/wall.txt", "So quiet. The board said the wall is safe.")
        for document in [before, after] {
            document.layers.set(
                Claims([
                    Claim(
                        document.span("The board said the wall is safe."), source: document.span("The board"),
                        content: [document.span("the wall is safe")], form: .indirect, stance: .asserted)
                ]))
        }
        let asked = try asked(Self.columns, before: [before]) { try $0.put(Self.result(after)) }
        #expect(asked == ["size", "places", "sentences", "quote"])
    }

    @Test("a file that is left out, or a claim that is gone, is seen")
    func others() throws {
        let left = LeftOut(id: "b.bin", stage: "clean", failure: StageFailure("it is no text", code: "binary-file"))
        #expect(try asked(after: { _ in }, leftOut: [left]) == ["left out"])
        let gone = try asked { try $0.remove(document: HandmadeCorpus.telegram.id) }
        #expect(gone.contains("kept") && gone.contains("claims"))
    }

    @Test("results that were written from nothing are others, whatever the key of the run")
    func fresh() throws {
        let fixture = try NotebookFixture()
        var kept = try fixture.renderer("{value}`select count(*) from claims`").render().kept
        for key in kept.cells.keys { kept.cells[key]?.text = CellText("KEPT") }
        let writer = try fixture.database.begin(fresh: true)
        _ = try writer.finish(
            runKey: "key", about: [("title", "Crates"), ("pipeline", "pipelines/crates.yaml")])
        let report = try fixture.renderer("{value}`select count(*) from claims`", kept: kept).render()
        #expect(
            report.files.filter { $0.path == "report.md" }.map { String(decoding: $0.bytes ?? [], as: UTF8.self) } == [
                "0"
            ])
    }

    @Test("a cell whose place among the figures is another one is rendered again")
    func figures() throws {
        let fixture = try NotebookFixture()
        let figure = "{value}`select count(*), evidence(claim) from claims`"
        let kept = try fixture.renderer(figure).render().kept
        let before = "{value}`select count(*), evidence(mention) from mentions` "
        let plain = try fixture.renderer(before + figure).render()
        #expect(try fixture.renderer(before + figure, kept: kept).render().files == plain.files)
    }

    @Test("what is kept reads back, and damaged bytes are told")
    func coding() throws {
        let fixture = try NotebookFixture(layers: ["mood"])
        let kept = try fixture.renderer(BuiltInReport.text).render().kept
        #expect(!kept.cells.isEmpty && !kept.pages.pages.isEmpty)
        let (rest, pages) = (kept.encoded, kept.encodedPages)
        #expect(try KeptReport(encoded: rest, pages: pages) == kept)
        #expect(throws: LayerError.self) { try KeptReport(encoded: rest.dropLast(), pages: pages) }
        #expect(throws: LayerError.self) { try KeptReport(encoded: rest, pages: pages.dropLast()) }
    }
}
