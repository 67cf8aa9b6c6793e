import Model
import StageKit
import TestSupport
import Testing

@testable import Project

@Suite("The check and the run say the same of a notebook that is wrong")
struct CheckAndRunTests {
    private static let pipeline =
        SampleProject.pipeline + "notebook: n.md\nparameters: { length: 3, words: [a, b] }\n"

    private static func table(_ fields: String, _ sql: String = "select title, date, words from documents") -> String {
        "```{table}\n\(fields)\nsql: \(sql)\n```\n"
    }

    /// Bad notebooks, each with the kinds of its mistakes at their lines.
    static let notebooks: [(text: String, told: [String])] = [
        ("{value}`select 1\n", ["cell-syntax 1"]),
        ("```{table}\nsql: select 1 as a\n", ["cell-syntax 1"]),
        (":::{section}\neach: select 1 as a\n\nText.\n", ["cell-syntax 1"]),
        ("```{tabel}\nsql: select 1\n```\n", ["unknown-cell 1"]),
        ("{valu}`select 1`\n", ["unknown-cell 1"]),
        ("```{chart} pie\nsql: select 1, 2\n```\n", ["unknown-chart 1"]),
        (table("frame: red"), ["unknown-field 2"]),
        ("```{include} part.md\ncaption: x\n```\n", ["unknown-field 2"]),
        ("```{references}\nkind: x\n```\n", ["unknown-field 2"]),
        ("{value}`select wrds from documents`\n", ["sql 1"]),
        ("{value}`select 1 from documnts`\n", ["sql 1"]),
        ("{value}`select cont(*) from documents`\n", ["sql 1"]),
        ("{value}`select count(*) from documents where words > $lenght`\n", ["unknown-parameter 1"]),
        ("{param}`lenght`\n", ["unknown-parameter 1"]),
        ("{value}`delete from documents`\n", ["sql-writes 1"]),
        ("{value}`select count(*) from ngrams(9)`\n", ["sql-argument 1"]),
        ("{value}`select count(*) from occurrences('(wall')`\n", ["pattern-syntax 1"]),
        ("{value}`select count(*) from keywords('publishr', 'X')`\n", ["unknown-metadata 1"]),
        ("{value}`select formatted(words, '0.x') from documents`\n", ["unknown-format 1"]),
        ("{value}`select count(*) from documents where text regexp '('`\n", ["regular-expression 1"]),
        ("{value}`select date('now')`\n", ["sql-unsteady 1"]),
        ("{cite}`corpus/wire/none.txt`\n", ["unknown-document 1"]),
        ("{value}`select count(*) from tf_idf('corpus/none.txt')`\n", ["unknown-document 1"]),
        ("```{chart} bar\nsql: select publisher, title from documents\n```\n", ["chart-columns 2"]),
        ("```{chart} scatter\nsql: select title, words from documents\n```\n", ["chart-columns 2"]),
        (table("compare: titl | date"), ["unknown-column 2"]),
        (table("compare: title"), ["compare 2"]),
        (table("order: wrds desc"), ["unknown-column 2"]),
        (table("format: wrds 0"), ["unknown-column 2"]),
        (table("format: many"), ["unknown-format 2"]),
        (table("total: select 'many'"), ["cell-total 2"]),
        (table("label: A b"), ["label 2"]),
        ("{ref}`nowhere`\n", ["unknown-label 1"]),
        ("```{expect}\nsql: select 1\n```\n", ["missing-value 1"]),
        ("```{expect}\nsql: select 1, 2\nvalue: 1\n```\n", ["expect-value 2"]),
        ("```{concordance}\nsql: select words from documents\n```\n", ["quote-ids 2"]),
        ("```{changes}\nbaseline: none.sqlite\n```\n", ["baseline 2"]),
        (":::{section}\n\nText.\n:::\n", ["missing-sql 1"]),
        ("```{query} a b\nsql: select 1\n```\n", ["query-name 1"]),
        (
            "```{query} one\nsql: select * from two\n```\n\n```{query} two\nsql: select * from one\n```\n\n{value}`select titel from documents`\n",
            ["query-circular 2", "query-circular 6", "sql 9"]
        ),
        ("```{include} n.md\n```\n", ["include 1"]), ("```{include} gone.md\n```\n", ["include 1"]),
        (table("over: variants"), ["no-variants 2"]), (table("over: all"), ["over 2", "no-variants 2"]),
        (
            "{cite}`corpus/none.txt`\n\n{value}`select count(*) from ngrams(9)`\n\n{valu}`select 1`\n",
            ["unknown-document 1", "sql-argument 3", "unknown-cell 5"]
        ),
    ]

    private static func shown(_ problems: [Diagnostic]) -> [String] { problems.map { "\($0.id) \($0.line ?? 0)" } }

    /// What the check and the run say.
    private func told(_ project: SampleProject) async throws -> (check: [Diagnostic], run: [Diagnostic]) {
        var check: [Diagnostic] = []
        do {
            let analysis = try PipelineCheck.analysis(at: project.pipelinePath)
            check = try await PipelineCheck(analysis, tell: { _ in }).problems.filter { $0.severity == .error }
        } catch let problem as ProjectProblem {
            check = problem.diagnostics
        }
        do {
            let analysis = try PipelineCheck.analysis(at: project.pipelinePath)
            _ = try await PipelineRun(analysis, jobs: 2, observer: ToldEvents()).run()
        } catch let problem as ProjectProblem {
            return (check, problem.diagnostics)
        }
        return (check, [])
    }

    @Test("each mistake is told by both, with line and column", arguments: notebooks.indices)
    func same(_ k: Int) async throws {
        let project = try SampleProject(pipeline: Self.pipeline)
        try project.folder.write("A part.\n", to: "part.md")
        try project.folder.write(Self.notebooks[k].text, to: "n.md")
        let (check, run) = try await told(project)
        #expect(Self.shown(check) == Self.notebooks[k].told)
        #expect(run == check)
        #expect(check.allSatisfy { $0.column ?? 0 > 0 }, "\(check)")
        #expect(!project.folder.exists("outputs"))
    }

    @Test("a pipeline that is wrong does not hide what is wrong with its notebook")
    func pipeline() async throws {
        let project = try SampleProject(
            pipeline: Self.pipeline.replacing("uses: segment", with: "uses: segmnt"))
        try project.folder.write(
            "{value}`select titel from documents` {param}`lenght` {value}`select count(*) from ngrams(9)` {value}`select x from own`\n",
            to: "n.md")
        let (check, run) = try await told(project)
        #expect(Self.shown(check) == ["unknown-stage 6", "sql 1", "unknown-parameter 1", "sql-argument 1"], "\(check)")
        #expect(run == check)
    }

    @Test("variants that are wrong do not hide what is wrong with the notebook")
    func variants() async throws {
        let project = try SampleProject(
            pipeline: Self.pipeline + "variants: { summarize-statistics.window: [2, wide], length: [3, 9] }\n")
        try project.folder.write(
            "```{table}\nover: variants\nsql: select titel from documents\n```\n", to: "n.md")
        let (check, run) = try await told(project)
        #expect(Self.shown(check) == ["wrong-type 12", "sql 3"], "\(check)")
        #expect(run == check)
    }

    @Test("a chart of more variants than it can show is told before anything runs")
    func manyVariants() async throws {
        let project = try SampleProject(pipeline: Self.pipeline + "variants: { length: [1, 2, 4, 5, 6, 9] }\n")
        try project.folder.write(
            """
            ```{chart} bar
            over: variants
            sql: select name, mentions from entities
            ```

            ```{table}
            over: variants
            sql: select count(*) as n from ngrams($length)
            ```

            """, to: "n.md")
        let (check, run) = try await told(project)
        #expect(Self.shown(check) == ["chart-columns 3", "sql-argument 8"], "\(check)")
        #expect(run == check)
    }

    @Test("names that no row has are told by the run")
    func warnings() async throws {
        let project = try SampleProject(pipeline: Self.pipeline)
        try project.folder.write(
            "```{table}\nhighlight: Nobody\nsql: select name, mentions from entities\n```\n", to: "n.md")
        let events = ToldEvents()
        try await project.run(observer: events)
        #expect(events.diagnostics.filter { $0.severity == .warning }.map(\.id) == ["unknown-row"])
    }
}
