import Model
import StageKit
import Testing

@testable import Notebook

@Suite("Arguments that a run would refuse for their form are refused before it")
struct ArgumentCheckTests {
    private func problems(
        _ sql: String, parameters: [String: OptionValue] = [:], corpus: CorpusFacts? = nil
    ) throws -> [String] {
        try Notebook("{value}`\(sql)`", file: "n.md").problems(parameters: parameters, corpus: corpus).map {
            "\($0.column ?? 0) \($0.id)"
        }
    }

    @Test(
        "an argument that is wrong is told at its place",
        arguments: [
            ("select count(*) from ngrams(9)", "37 sql-argument"),
            ("select count(*) from ngrams(3, 0)", "40 sql-argument"),
            ("select count(*) from ngrams()", "30 sql-argument"),
            ("select count(*) from collocates('wall', 99)", "49 sql-argument"),
            ("select count(*) from diversity('long')", "40 sql-argument"),
            ("select count(*) from occurrences('(wall')", "42 pattern-syntax"),
            ("select count(*) from occurrences('')", "42 empty-pattern"),
            ("select count(*) from occurrences('/w(/')", "42 regular-expression"),
            ("select count(*) from occurrences('wall', 'folde')", "50 sql-argument"),
            ("select count(*) from keywords()", "30 sql-argument"),
            ("select count(*) from frequencies('publisher', 'word')", "55 sql-argument"),
            ("select count(*) from keywords('publisher', 'X', '{\"a\": -1}')", "57 sql-argument"),
            ("select formatted(words, '0.x') from documents", "33 unknown-format"),
            ("select text regexp '(?i' from documents", "28 regular-expression"),
            ("select regexp('[', text) from documents", "23 regular-expression"),
            ("select strftime('%Y', 'now') from documents", "31 sql-unsteady"),
            ("select date() from documents", "16 sql-unsteady"),
            ("select count(*) from json_each('[')", "9 sql"),
        ])
    func wrong(sql: String, told: String) throws {
        #expect(try problems(sql) == [told])
    }

    @Test(
        "an argument that is right, or is known only from rows, is not told",
        arguments: [
            "select count(*) from ngrams(6, 3)", "select count(*) from ngrams where length = 2",
            "select count(*) from occurrences('sea (wall|dam)')", "select count(*) from occurrences('(wall', 'term')",
            "select count(*) from occurrences('@Nobody')", "select formatted(words, '0,0.0 km') from documents",
            "select formatted(words, title) from documents", "select text regexp '(?i)sea[ -]wall' from documents",
            "select text regexp title from documents", "select strftime('%Y', date) from documents",
            "select 'ngrams(9)', \"date\" from documents -- formatted(1, 'x')",
            "select count(*) from documents d, occurrences(d.title)",
            "select count(*) from keywords('publisher', 'X', '{\"a\": 3}')",
        ])
    func right(sql: String) throws {
        #expect(try problems(sql) == [])
    }

    @Test("parameters count with their values, and columns of the row of a section do not")
    func parameters() throws {
        let values: [String: OptionValue] = ["length": .integer(9), "words": .list([.string("a")])]
        #expect(try problems("select count(*) from ngrams($length)", parameters: values) == ["37 sql-argument"])
        #expect(try problems("select count(*) from json_each($words)", parameters: values) == [])
        let text =
            ":::{section}\neach: select words as length from documents\n\n{value}`select count(*) from ngrams($length)`\n:::"
        #expect(try Notebook(text, file: "n.md").problems(parameters: values).isEmpty)
    }

    @Test("a variant's value of a parameter is wrong where variants are asked")
    func variants() throws {
        let text = "```{table}\nover: variants\nsql: select count(*) as n from ngrams($length)\n```\n"
        let variants = [3, 9].map { VariantSetting(name: "\($0)", parameters: ["length": .integer($0)]) }
        let found = try Notebook(text, file: "n.md").problems(parameters: ["length": .integer(3)], variants: variants)
        #expect(found.map { "\($0.line ?? 0):\($0.column ?? 0) \($0.id)" } == ["3:39 sql-argument"])
    }

    @Test("documents, columns and values that the corpus does not have are told, where all of it is known")
    func corpus() throws {
        let all = CorpusFacts(
            documents: ["a/one.txt"], keys: ["publisher", "place"], values: ["place": ["Low Quay"]])
        func told(_ sql: String, _ facts: CorpusFacts? = all) throws -> [String] { try problems(sql, corpus: facts) }
        #expect(try told("select count(*) from tf_idf('a/on.txt')") == ["37 unknown-document"])
        #expect(try told("select count(*) from tf_idf('a/one.txt')") == [])
        #expect(try told("select count(*) from tf_idf('Low Quay', 'place')") == [])
        #expect(try told("select count(*) from frequencies('place, year')") == [])
        #expect(try told("select count(*) from frequencies('year, plce')") == ["42 unknown-metadata"])
        #expect(try told("select count(*) from frequencies('plce')") == ["42 unknown-metadata"])
        #expect(try told("select count(*) from frequencies('place')") == [])
        #expect(try told("select count(*) from frequencies('month')") == [])
        #expect(try told("select count(*) from keywords('place', 'High Quay')") == ["48 unknown-metadata"])
        #expect(try told("select count(*) from keywords('publisher', 'Wire')") == [])
        #expect(try told("select count(*) from frequencies('plce')", CorpusFacts(documents: [])) == [])
        let cited = try Notebook("{cite}`a/on.txt` {cite}`a/one.txt`", file: "n.md")
        #expect(cited.problems(parameters: [:], corpus: all).map(\.column) == [8])
        #expect(cited.problems(parameters: [:]).isEmpty)
    }
}
