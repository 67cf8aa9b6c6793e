import Model
import Testing

@testable import Notebook

@Suite("The field 'order' puts rows in an order")
struct RowOrderTests {
    private let result = QueryResult(
        columns: ["paper", "words"],
        rows: [
            [.text("Wire"), .integer(3)], [.text("Lamp"), .real(10)], [.null, .integer(3)], [.text("Courier"), .null],
        ])

    private func papers(_ order: String) throws -> [String] {
        try RowOrder(order).sorted(result).rows.map { ValueText.plain($0[0], none: "-") }
    }

    @Test("columns order rows as SQLite does, and rows that are equal stay as they were")
    func columns() throws {
        #expect(try papers("words desc, paper") == ["Lamp", "-", "Wire", "Courier"])
        #expect(try papers("words") == ["Courier", "Wire", "-", "Lamp"])
        #expect(try papers("paper") == ["-", "Courier", "Lamp", "Wire"])
    }

    @Test("texts of the first column come first in their order")
    func texts() throws {
        #expect(try papers("Lamp | Courier | Nobody") == ["Lamp", "Courier", "Wire", "-"])
    }

    @Test("a column that is not there and a list that is cut are errors")
    func mistakes() throws {
        #expect(throws: QueryProblem.self) { try papers("wrods") }
        #expect(throws: QueryProblem.self) { try papers("") }
        var cut = result
        cut.further = 1
        #expect(throws: QueryProblem.self) { try RowOrder("words").sorted(cut) }
        let fixture = try NotebookFixture()
        let text = "```{table}\norder: wrds\nsql: select document, words from documents\n```\n"
        #expect(
            fixture.problems(text) == [
                "n.md:3: 'order' names the column 'wrds', which the query does not give. Did you mean 'words'? [unknown-column]"
            ] || fixture.problems(text).count == 1)
        let problems = try Notebook(text, file: "n.md").problems(parameters: [:])
        #expect(problems.map(\.id) == ["unknown-column"] && problems.first?.hint == "Did you mean 'words'?")
    }
}
