import Model
import Results
import StageKit
import TestSupport
import Testing

@testable import Notebook

@Suite("Cells ask the results of every variant")
struct VariantCellTests {
    private let base: NotebookFixture
    private let other: NotebookFixture

    init() throws {
        base = try NotebookFixture()
        other = try NotebookFixture(Array(HandmadeCorpus.documents.dropLast()))
    }

    private func report(_ text: String) throws -> String {
        let variants = [
            ReportVariant(
                name: "all", settings: [], isAsWritten: true, results: base.database, parameters: ["least": .integer(1)]
            ),
            ReportVariant(
                name: "least=2", settings: ["least=2"], isAsWritten: false, results: other.database,
                parameters: ["least": .integer(2)]),
        ]
        let files = try NotebookRenderer(
            Notebook(text, file: "n.md"), over: base.database, parameters: ["least": .integer(1)], variants: variants
        ).render().files
        return files.filter { $0.path == "report.md" || $0.path.hasSuffix(".svg") }
            .map { String(decoding: $0.bytes ?? [], as: UTF8.self) }.joined(separator: "\n")
    }

    private let count = HandmadeCorpus.documents.count

    @Test("a table has a row for each variant and row, with the variant's parameters")
    func table() throws {
        let text =
            "```{table}\nover: variants\nsql: select count(*) as documents, $least as least from documents\n```\n"
        let report = try report(text)
        #expect(report.contains("| all | \(count) | 1 |") && report.contains("| least=2 | \(count - 1) | 2 |"))
    }

    @Test("a named query over variants is a table that other queries join and subtract")
    func query() throws {
        let text = """
            ```{query} sizes
            over: variants
            sql: select document, words from documents
            ```

            {value}`select count(*) from sizes` rows; {value}`select group_concat(document) from (select document from sizes where variant = 'all' except select document from sizes where variant = 'least=2')`
            """
        let report = try report(text)
        #expect(report.contains("\(2 * count - 1) rows; "))
        #expect(report.contains(HandmadeCorpus.documents.last?.id.replacing("_", with: "\\_") ?? "-"))
    }

    @Test("a chart has a series for each variant")
    func chart() throws {
        let text =
            "```{chart} bar\nover: variants\nsql: select publisher, count(*) as n from documents where publisher is not null group by 1\n```\n"
        let report = try report(text)
        #expect(report.contains("| publisher | all | least=2 |"))
    }

    @Test("evidence of what only a variant has leads to passages")
    func evidence() throws {
        let text =
            "```{table}\nover: variants\nsql: select count(*) as n, evidence(document) as evidence from documents\n```\n"
        let variants = [
            ReportVariant(name: "few", settings: [], isAsWritten: true, results: other.database),
            ReportVariant(name: "all", settings: ["a=1"], isAsWritten: false, results: base.database),
        ]
        let files = try NotebookRenderer(Notebook(text, file: "n.md"), over: other.database, variants: variants)
            .render().files
        #expect(files.contains { $0.path.hasPrefix("evidence/") })
    }

    @Test("a named query over variants keeps its evidence for the queries that read it")
    func namedEvidence() throws {
        let text = """
            ```{query} sizes
            over: variants
            sql: select count(*) as n, evidence(document) as evidence from documents
            ```

            ```{table}
            sql: select variant, n, evidence from sizes where variant = 'all'
            ```

            {value}`select n, evidence from sizes where variant = 'few'` documents
            """
        let variants = [
            ReportVariant(name: "few", settings: [], isAsWritten: true, results: other.database),
            ReportVariant(name: "all", settings: ["a=1"], isAsWritten: false, results: base.database),
        ]
        let files = try NotebookRenderer(Notebook(text, file: "n.md"), over: other.database, variants: variants)
            .render().files
        let report = String(decoding: files.first { $0.path == "report.md" }?.bytes ?? [], as: UTF8.self)
        let evidence = files.filter { $0.path.hasPrefix("evidence/") }
            .map { String(decoding: $0.bytes ?? [], as: UTF8.self) }.joined()
        #expect(report.contains("| all | [\(count)]("))
        #expect(report.contains("[\(count - 1)](") && report.contains(" documents"))
        // only one of the variants has this document
        let last = HandmadeCorpus.documents.last?.id ?? "-"
        #expect(evidence.contains(last) || evidence.contains(last.replacing("_", with: "\\_")), "\(last)")
    }

    @Test(
        "what can't be asked of variants is an error",
        arguments: [
            ("```{table}\nover: everything\nsql: select 1 as a\n```\n", "over"),
            ("```{table}\nover: variants\nsql: select 1 as a\n```\n", "no-variants"),
            ("```{query} q\nover: variants\nsql: select 1 as variant\n```\n", "query-columns"),
            ("```{quote}\nover: variants\nsql: select 1\n```\n", "unknown-field"),
        ])
    func mistakes(text: String, id: String) {
        do {
            let problems = try Notebook(text, file: "n.md").problems(
                parameters: [:], variants: id == "no-variants" ? [] : [VariantSetting(name: "one", parameters: [:])])
            #expect(problems.map(\.id).contains(id), "\(problems)")
        } catch {
            #expect(error.diagnostics.map(\.id).contains(id))
        }
    }

    @Test("without variants their tables are empty")
    func none() throws {
        #expect(
            try base.report(
                "{value}`select (select count(*) from variants) + (select count(*) from variant_settings) + (select count(*) from variant_changes)`"
            ).contains("0"))
    }
}
