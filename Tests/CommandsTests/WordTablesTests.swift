import Results
import TestSupport
import Testing

@testable import Commands
@testable import Notebook

@Suite("Tables of words over a run")
struct WordTablesTests {
    @Test("the measures of a grouping by documents are those of the views")
    func views() async throws {
        let readability = """
            sentences, words, types, letters, syllables, long_words, round(flesch, 9), round(grade, 9), round(ari, 9),
            round(coleman_liau, 9), round(lix, 9), round(type_token, 9)
            """
        let project = try SampleProject([
            "corpus/a.md": """
            ---
            publisher: Wire
            ---

            # The wall

            Mira Tarn met Jonas Vell in Skerrow on 3 May. Mira Tarn said that the 44 walls were old. Skerrow is a town.
            """,
            "corpus/b.md": """
            ---
            publisher: Wire
            ---

            # The town

            Jonas Vell came to Skerrow with Mira Tarn and Ada Groat. “It's an old wall,” Jonas Vell said in Skerrow. 12.
            """,
            "corpus/c.md": """
            ---
            publisher: Lamp
            ---

            # The sea

            Ada Groat saw Mira Tarn. The harbour master's boats were unmanageable.
            """,
        ])
        #expect(await project.run() == 0)
        let runner = QueryRunner(
            try ReportConnection(try ResultsDatabase(at: project.folder.path("outputs/sample/results.sqlite"))))
        func rows(_ sql: String) throws -> [[String]] {
            try runner.run(sql).rows.map { $0.map { ValueText.plain($0, none: "-") } }
        }
        let documents = try rows("select document, \(readability) from readability order by 1")
        #expect(documents.count > 2)
        #expect(try rows("select part, \(readability) from readabilities() order by 1") == documents)
        let pairs = "entity_a, entity_b, name_a, name_b, documents, sentences, round(pmi, 9), round(npmi, 9)"
        let together = try rows("select \(pairs) from cooccurrence order by 1, 2")
        #expect(together.count > 2)
        #expect(try rows("select \(pairs) from cooccurrences()") == together)
        #expect(
            try rows("select sum(sentences) from cooccurrences('publisher')")
                == rows("select sum(sentences) from cooccurrence"))
        #expect(
            try rows("select term, occurrences, documents from frequencies() order by 1")
                == rows("select term, sum(occurrences), max(documents) from terms group by term order by 1"))
        #expect(
            try rows("select document, words from documents order by 1")
                == rows("select document, words from diversity() order by 1"))
        #expect(
            try rows("select sum(words) from documents")
                == rows("select sum(words) from publisher_counts"))
    }
}
