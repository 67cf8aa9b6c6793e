import Foundation
import Testing

@testable import Notebook

/// Names that stand together, as arcs and as a matrix.
@Suite struct NetworkChartTests {
    private func chart(_ rows: [[QueryValue]]) throws -> any Chart {
        try ChartKind.network.chart(QueryResult(columns: ["a", "b", "shared_sentences"], rows: rows))
    }

    private func svg(_ rows: [[QueryValue]], highlighted: Set<String> = []) throws -> String {
        try chart(rows).draw(title: "", highlighted: highlighted, link: { "#row-\($0)" }).inline
    }

    private static func pair(_ a: String, _ b: String, _ value: Int) -> [QueryValue] {
        [.text(a), .text(b), .integer(value)]
    }

    /// The places of names in the picture, from the top.
    private func order(_ svg: String) -> [String] {
        svg.components(separatedBy: "</text>").compactMap { part in
            part.contains("rotate") ? nil : part.components(separatedBy: ">").last
        }.filter { $0.count == 1 }
    }

    @Test(
        "each pair has an arc and two fields, which lead to its evidence, and the names stand by what they have in common"
    )
    func pairs() throws {
        let svg = try svg(
            [
                Self.pair("a", "b", 1), Self.pair("c", "d", 9), Self.pair("d", "a", 4), Self.pair("e", "f", 2),
            ], highlighted: ["a"])
        #expect(svg.components(separatedBy: "stroke-opacity=\"0.55\"").count == 5)
        #expect(svg.components(separatedBy: "class=\"heat\"").count == 9)
        #expect(svg.components(separatedBy: "href=\"#row-1\"").count == 4)
        #expect(svg.contains("<title>c and d: 9 shared sentences</title>"))
        #expect(svg.contains("<desc>Most shared sentences: c and d (9)</desc>"))
        #expect(svg.contains("stroke-width=\"5\"") && svg.contains("class=\"strong\""))
        #expect(order(svg) == ["c", "d", "a", "b", "e", "f"])
    }

    @Test("what is not drawn is told: names beyond the first, a name with itself, a pair without a number")
    func notes() throws {
        let rows = (0..<30).map { Self.pair("n\($0)", "n\($0 + 1)", 30 - $0) }
        #expect(try chart(rows).notes == ["The picture shows the first 24 of 31 names."])
        let others = [Self.pair("a", "a", 3), [.text("a"), .text("b"), .null]]
        #expect(
            try chart(others).notes == [
                "1 row has no number and is not in the picture.", "1 row pairs a name with itself.",
            ])
        #expect(try svg(others).contains(">a</text>"))
    }

    @Test("values that are equal, negative, huge or hardly there give a picture")
    func hostile() throws {
        let rows = [
            Self.pair("a", "b", 0), Self.pair("a", "c", -4), Self.pair("b", "c", 1_000_000_000), Self.pair("b", "d", 1),
        ]
        let svg = try svg(rows)
        #expect(!svg.contains("nan") && !svg.contains("inf"))
        #expect(svg.components(separatedBy: "stroke-opacity=\"0.55\"").count == 3)
        #expect(try svg == self.svg(rows))
        #expect(!(try self.svg([Self.pair("a", "b", 0)])).contains("nan"))
    }

    @Test("two rows for one pair, in whatever direction, and other columns are errors")
    func mistakes() throws {
        #expect(throws: QueryProblem.self) { try chart([Self.pair("a", "b", 1), Self.pair("b", "a", 1)]) }
        #expect(throws: QueryProblem.self) {
            try ChartKind.network.chart(QueryResult(columns: ["a", "n"], rows: [[.text("a"), .integer(1)]]))
        }
        #expect(throws: QueryProblem.self) { try chart([[.text("a"), .text("b"), .text("c")]]) }
    }

    @Test("a chart of any kind takes an order, and one that it does not know is refused")
    func order() throws {
        let fixture = try NotebookFixture()
        for kind in ["bar", "stacked", "share", "slope", "scatter"] {
            let numbers = kind == "bar" ? "words" : "words, words as other"
            let text = "```{chart} \(kind)\norder: words desc\nsql: select document, \(numbers) from documents\n```\n"
            #expect(fixture.problems(text).isEmpty, "\(kind)")
        }
        let wrong = "```{chart} bar\norder: wrods\nsql: select document, words from documents\n```\n"
        #expect(fixture.problems(wrong).count == 1)
    }
}
