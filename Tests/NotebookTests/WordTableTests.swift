import Foundation
import GRDB
import Model
import Results
import StageKit
import TestSupport
import Testing

@testable import Notebook

@Suite("Words in SQL")
struct WordTableTests {
    private let fixture: NotebookFixture
    private let runner: QueryRunner

    init() throws {
        fixture = try NotebookFixture()
        runner = QueryRunner(try ReportConnection(fixture.database))
    }

    private func rows(_ sql: String) throws -> [[String]] {
        try runner.run(sql).rows.map { $0.map { ValueText.plain($0, none: "-") } }
    }

    @Test("occurrences gives the places of a pattern, and stops where a limit says so")
    func occurrences() throws {
        #expect(
            try rows(#"select occurrence, document, sentence, start, "end", text from occurrences('crates')"#) == [
                ["corpus/harbour.txt#35-41", "corpus/harbour.txt", "0", "35", "41", "crates"],
                ["corpus/telegram.txt#18-24", "corpus/telegram.txt", "0", "18", "24", "crates"],
            ])
        #expect(try rows("select count(*) from occurrences('crates')") == [["2"]])
        #expect(
            try rows("select l3, l2, l1, text, r1, r2, r3 from occurrences('crates') order by r1, l1") == [
                ["officials", "said", "44", "crates", "were", "lost.", "sostak"],
                ["at", "least", "50", "crates", "were", "lost.", "it"],
            ])
        #expect(try rows("select l3, r1 from occurrences('officials')") == [["", "said"]])
        #expect(
            try rows(
                "select text from occurrences('crates') where l2 = 'least' union all select r1 from occurrences('board')"
            )
                == [["crates"], ["says"], ["denies"]])
        #expect(try rows("select text from occurrences('c*') limit 1") == [["crates"]])
        #expect(
            try rows(
                "select document from occurrences('crates', 'term', 'Wire') union all select document from occurrences('the', null, '')"
            )
                == [["corpus/telegram.txt"], ["corpus/ferry.txt"]])
        #expect(try rows("select document from occurrences('crates', 'folded', 'Nobody')").isEmpty)
        #expect(
            try rows(
                "select t.term, count(*) from (select 'crates' as term union all select 'board') t join occurrences(t.term, 'term') group by t.term"
            )
                == [["board", "2"], ["crates", "2"]])
    }

    @Test("the ids of occurrences lead to passages")
    func evidence() throws {
        let row = try #require(try runner.run("select evidence(occurrence) from occurrences('crates')").rows.first)
        guard case .evidence(let set) = row[0] else { return #expect(Bool(false), "\(row)") }
        #expect(set.count == 2)
        let reader = PassageReader(try ReportConnection(fixture.database))
        let passages = try set.ids.compactMap { try reader.passage($0) }
        #expect(passages.map(\.words) == ["crates", "crates"])
        #expect(passages[0].before.hasSuffix("at least 50 ") && passages[0].after.hasPrefix(" were lost."))
        #expect(try reader.passage("corpus/harbour.txt#900000-900002") == nil)
        #expect(try reader.passage("corpus/nowhere.txt#1-2") == nil)
    }

    @Test("every table of words has the columns that the documentation names, in this order")
    func columns() throws {
        let page = try String(
            contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(
                path: "../../docs/statistics.md"),
            encoding: .utf8)
        for table in WordTables.all {
            let line = try #require(
                page.split(separator: "\n").first {
                    $0.hasPrefix("| `\(table.name)(\(table.parameters.map(\.name).joined(separator: ", ")))`")
                },
                "\(table.name)")
            let cell = line.split(separator: "|", omittingEmptySubsequences: true).last.map(String.init) ?? ""
            // what stands in brackets explains a column
            let named = cell.replacing(/\([^)]*\)/, with: "").matches(of: /`([a-z0-9_]+)`/).map { String($0.1) }
            #expect(named == table.columns, "\(table.name)")
        }
    }

    @Test("each table gives rows, also over results without any")
    func rowsOfAll() throws {
        let calls = [
            "occurrences('board')", "frequencies()", "frequencies('publisher')", "ngrams(2, 1)", "collocates('board')",
            "keywords('publisher', 'Wire')", #"keywords('publisher', 'Wire', '{"the": 10, "toll": 2}')"#,
            "dispersions()", "diversity()", "tf_idf('corpus/harbour.txt')", "similar_documents('corpus/harbour.txt')",
            "pattern_counts('board')", "pattern_counts('[be]', 'publisher, year')", "frequencies('publisher', 'lemma')",
            "ngrams(2, 1, 'publisher', 'lemma')", "collocates('board', 3, 'exact', 'publisher', 'lemma')",
            "keywords('publisher')", "keywords('publisher', 'Wire', null, 'lemma')",
            "dispersions('publisher', 'lemma')",
            "diversity(20, 'publisher', 'lemma')", "readabilities()", "readabilities('publisher')", "tf_idf()",
            "tf_idf('Wire', 'publisher', 'lemma')", "similar_documents()",
            "similar_parts('publisher', 'Wire', 'lemma')",
            "similar_parts('publisher')",
        ]
        let empty = QueryRunner(try ReportConnection(emptyWith: [], statistics: []))
        for call in calls {
            #expect(try !rows("select * from \(call)").isEmpty, "\(call)")
            #expect(try !empty.columns(of: "select * from \(call)").isEmpty, "\(call)")
        }
    }

    @Test("an argument that was left out is told by a column, and so is what it stands for")
    func arguments() throws {
        #expect(try rows("select distinct least, length from ngrams(1)") == [["2", "1"]])
        #expect(try rows("select distinct length from ngrams where length = 2 and least = 1") == [["2"]])
        #expect(
            try rows("select part, count(*) > 5 from keywords('publisher') group by part")
                == rows("select distinct coalesce(publisher, ''), 1 from documents order by 1"))
        #expect(
            try rows("select term, g2 from keywords('publisher') where part = 'Wire'")
                == rows("select term, g2 from keywords('publisher', 'Wire')"))
        #expect(
            try rows("select to_part, part, round(similarity, 9) from similar_parts('publisher') where to_part < part")
                == rows(
                    "select part, to_part, round(similarity, 9) from similar_parts('publisher') where part < to_part order by 1, 2"
                ))
        #expect(
            try rows("select document, words, stretch from diversity() where part = 'corpus/harbour.txt'")
                == rows("select part, words, 50 from diversity(50, 'document') where document = 'corpus/harbour.txt'"))
    }

    @Test(
        "a call that can't be answered says why",
        arguments: [
            ("select * from occurrences('')", "the pattern is empty"),
            ("select * from occurrences()", "needs 'pattern'"), ("select * from occurrences('/a(/')", "can't be read"),
            ("select * from occurrences('a', 'upper')", "'folded', 'term' or 'exact'"),
            ("select * from frequencies('desk')", "no document has 'desk'"),
            ("select * from ngrams(9)", "from 1 to 6"), ("select * from ngrams('two')", "from 1 to 6"),
            ("select * from keywords('publisher', 'Wir')", "no document belongs to 'Wir'"),
            ("select * from keywords('publisher', 'Wire', '{no json')", "no JSON object"),
            ("select * from tf_idf('nowhere.txt')", "no document belongs to 'nowhere.txt'"),
            ("select * from frequencies('publisher', 'stem')", "'term' or 'lemma', not 'stem'"),
            ("select * from similar_parts()", "needs 'grouping'"),
            ("select * from similar_parts('publisher', 'Wir')", "no document belongs to 'Wir'"),
            ("select * from pattern_counts('a', 'publisher, desk')", "no document has 'desk'"),
            ("select * from occurences('a')", "no such table"),
            ("select words from _document_words", "not a table for reports"),
            ("select 'a' regexp '('", "can't be read"),
        ])
    func problems(sql: String, words: String) {
        #expect { try runner.run(sql) } throws: { ($0 as? QueryProblem)?.message.contains(words) == true }
    }

    @Test("a name of a table of words that is mistyped gets advice")
    func advice() {
        #expect { try runner.run("select * from occurences('a')") } throws: {
            ($0 as? QueryProblem)?.hint == "Did you mean 'occurrences'?"
        }
    }

    @Test("measures, medians and regular expressions are functions of SQL")
    func functions() throws {
        #expect(
            try rows("select round(g2(10, 100, 5, 200), 6), round(chi2(10, 100, 5, 200), 6)") == [
                ["7.329812", "7.894737"]
            ])
        #expect(try rows("select log_ratio(10, 100, 5, 200), percent_diff(10, 100, 5, 200)") == [["2", "300"]])
        #expect(
            try rows("select round(p_value(3.841458820694124), 9), g2(1, 0, 1, 1), g2(null, 1, 1, 1)") == [
                ["0.05", "-", "-"]
            ])
        #expect(try rows("select median(value) from json_each('[5, 1, 4, null]')") == [["4"]])
        #expect(try rows("select median(value) from json_each('[]')") == [["-"]])
        #expect(
            try rows(
                "select 'Straße' regexp 'stra.e', 'Straße' regexp '(?i)^STRA\\we$', '' regexp '^$', null regexp 'a'")
                == [["0", "1", "1", "-"]])
    }

    @Test("a query over words is bounded like any other")
    func bounds() throws {
        var limits = QueryLimits()
        limits.steps = 50
        let runner = QueryRunner(try ReportConnection(fixture.database), limits: limits)
        #expect { try runner.run("select count(*) from occurrences('wall')") } throws: {
            ($0 as? QueryProblem)?.message.contains("more text") == true
        }
    }
}
