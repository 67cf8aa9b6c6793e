import Foundation
import Testing

@testable import Notebook

/// Slopes, small multiples, sparklines, labels at the ends of lines, and what charts say in words.
@Suite struct SlopeChartTests {
    private func svg(
        _ kind: ChartKind, _ columns: [String], _ rows: [[QueryValue]], highlighted: Set<String> = []
    ) throws -> String {
        try kind.chart(QueryResult(columns: columns, rows: rows))
            .draw(title: "", highlighted: highlighted, link: { "#row-\($0)" }).inline
    }

    private let pairs: [[QueryValue]] = [
        [.text("a"), .integer(1), .integer(9)], [.text("b"), .integer(8), .integer(2)],
        [.text("c"), .null, .integer(2)],
    ]

    @Test("a slope has name and number at both ends, its fall is dashed, and a row without a number is counted")
    func slope() throws {
        let svg = try svg(.slope, ["name", "before", "now"], pairs, highlighted: ["b"])
        #expect(svg.contains(">a 1</text>") && svg.contains(">9 a</text>"))
        #expect(svg.contains("class=\"strong\"") && svg.contains("<polyline class=\"l0\""))
        #expect(svg.contains("<polyline class=\"l1 hl\"") && !svg.contains(">c "))
        #expect(
            svg.contains("<desc>before and now of 2; largest rise: a from 1 to 9; largest fall: b from 8 to 2</desc>"))
        #expect(svg.components(separatedBy: "href=\"#row-0\"").count == 3)
        let chart = try ChartKind.slope.chart(QueryResult(columns: ["name", "before", "now"], rows: pairs))
        #expect(chart.notes == ["1 row has no pair of numbers and is not in the picture.", "Dashed lines fall."])
        #expect(throws: QueryProblem.self) { try self.svg(.slope, ["name", "one"], [[.text("a"), .integer(1)]]) }
    }

    @Test("labels keep apart, stay within their room, and move no further than they must")
    func labels() {
        #expect(LabelColumn.places([50, 100], from: 0, to: 200) == [50, 100])
        #expect(LabelColumn.places([50, 50, 52], from: 0, to: 200) == [50, 65, 80])
        #expect(LabelColumn.places([200, 199], from: 0, to: 200) == [200, 185])
        #expect(LabelColumn.places([], from: 0, to: 200) == [])
    }

    @Test("small multiples have one scale, a picture a name, and the last value of each")
    func multiples() throws {
        let rows: [[QueryValue]] = [
            [.text("a"), .text("2024-01"), .integer(1)], [.text("a"), .text("2024-03"), .integer(40)],
            [.text("b"), .text("2024-02"), .integer(20)],
        ]
        let svg = try svg(.multiples, ["name", "month", "claims"], rows, highlighted: ["b"])
        #expect(svg.contains(">a</text>") && svg.contains("class=\"strong\" x=\"") && svg.contains(">40</text>"))
        #expect(svg.contains(">20</text>") && svg.contains("a, 2024-03: 40 claims"))
        #expect(svg.contains("<desc>a: highest 40 (2024-03); b: highest 20 (2024-02)</desc>"))
        #expect(throws: QueryProblem.self) { try self.svg(.multiples, ["name", "month", "claims"], rows + [rows[0]]) }
        #expect(throws: QueryProblem.self) {
            try self.svg(.multiples, ["name", "claims"], [[.text("a"), .integer(1)]])
        }
        let many = (0..<30).map { k -> [QueryValue] in [.text("n\(k)"), .integer(k), .integer(k)] }
        let chart = try ChartKind.multiples.chart(QueryResult(columns: ["name", "place", "claims"], rows: many))
        #expect(chart.notes == ["The picture shows the first 24 of 30 names."])
    }

    @Test("lines that end at one place have their names there, and others a legend")
    func ends() throws {
        let together = try svg(
            .line, ["year", "north", "south"],
            [
                [.integer(2000), .integer(1), .integer(2)], [.integer(2001), .integer(3), .null],
                [.integer(2002), .integer(5), .integer(5)],
            ],
            highlighted: ["south"])
        #expect(together.contains(">north</text>") && together.contains("<polyline class=\"l0\""))
        // the names stand apart, though the lines end in one point
        let places = together.components(separatedBy: "<text").dropFirst().compactMap { part -> Double? in
            guard part.contains(">north<") || part.contains(">south<") else { return nil }
            return part.components(separatedBy: " y=\"").dropFirst().first?.split(separator: "\"").first.flatMap {
                Double($0)
            }
        }
        #expect(places.count == 2 && (places[0] - places[1]).magnitude >= 14)
        #expect(
            together.contains(
                "<desc>north: from 1 (2000) to 5 (2002), highest 5 (2002); south: from 2 (2000) to 5 (2002), highest 5 (2002)</desc>"
            ))
        let apart = try svg(
            .line, ["year", "north", "south"],
            [[.integer(2000), .integer(1), .integer(2)], [.integer(2001), .integer(3), .null]])
        #expect(apart.contains(">north</text>"))
    }

    @Test("a bar chart says its largest and its smallest value, and shows a highlight")
    func finding() throws {
        let svg = try svg(
            .bar, ["name", "claims"], [[.text("a"), .integer(3)], [.text("b"), .integer(1)]], highlighted: ["a"])
        #expect(svg.contains("<desc>claims: most a (3), least b (1)</desc>"))
        #expect(svg.contains("class=\"s0 hl\"") && svg.contains("class=\"s0\""))
    }

    @Test("two texts are cut where only one has a word, and not at all where they have little in common")
    func differences() throws {
        let found = try #require(WordDifference("In all 44 people were hurt.", "In all, 52 people were badly hurt"))
        #expect(found.one.filter(\.differs).map(\.text) == ["44 "])
        #expect(found.other.filter(\.differs).map(\.text) == ["52 ", "badly "])
        #expect(found.one.map(\.text).joined() == "In all 44 people were hurt.")
        #expect(WordDifference("One thing", "Quite another") == nil && WordDifference("", "a") == nil)
        // texts with few words in common differ in their figures
        let figures = try #require(
            WordDifference("Two were killed and 44 hurt as the mole fell", "Three are dead; 44 went to a ward"))
        #expect(figures.one.filter(\.differs).map(\.text) == ["Two "])
        #expect(figures.other.filter(\.differs).map(\.text) == ["Three "])
        let fixture = try NotebookFixture()
        let files = try fixture.render(
            "```{table}\ncompare: one | other\nsql: select 'In all 44 were <b>hurt' as one, 'In all 52 were <b>hurt' as other\n```\n"
        ).files
        #expect(files["report.md"]?.contains("| In all **44** were \\<b\\>hurt | In all **52** were") == true)
        #expect(files["report.html"]?.contains("In all <mark>44</mark> were &lt;b&gt;hurt") == true)
    }

    @Test("a text that the row above has is left out of the column by which rows are grouped, and there for who sorts")
    func groups() throws {
        let files = try NotebookFixture().render(
            "```{table}\ngroup: q\nsql: select 'How many?' as q, 44 as n union all select 'How many?', 44 union all select 'Who?', 44\n```\n"
        ).files
        #expect(files["report.md"]?.contains("| How many? | 44 |\n|  | 44 |\n| Who? | 44 |") == true)
        let html = try #require(files["report.html"])
        #expect(html.contains("<td dir=\"auto\" class=\"s\"><span class=\"again\">How many?</span></td>"))
        #expect(html.components(separatedBy: "class=\"again\"").count == 2)
    }

    @Test("a date in a text of a table is not broken at its hyphens")
    func dates() throws {
        let html = try #require(
            try NotebookFixture().render(
                "```{table}\nsql: select 'The Daily Lamp, 2024-01-15 / 12024-01-15, 2024-01-155' as place\n```\n"
            ).files["report.html"])
        #expect(html.contains(">The Daily Lamp, <span class=\"d\">2024-01-15</span> / 12024-01-15, 2024-01-155</td>"))
    }

    @Test("a sparkline is a line as small as a word, and only of numbers")
    func sparklines() throws {
        #expect(Sparkline("0 4 8 - 2")?.text == "▁▄█·▂")
        #expect(Sparkline("-1 1")?.text == "▁█")
        #expect(Sparkline("3")?.text == "█" && Sparkline("0 0")?.text == "▁▁")
        for text in ["", "a", "1 b", "-", "1 nan", String(repeating: "1 ", count: 300)] {
            #expect(Sparkline(text) == nil)
        }
        let html = try #require(Sparkline("1 2 - 4")?.html)
        #expect(html.contains("<polyline points=") && html.contains("aria-label=\"4 values from 1 to 4, at most 4\""))
        let fixture = try NotebookFixture()
        let files = try fixture.render(
            "```{table}\nformat: trend sparkline\nn: {value}`select 2`\ncaption: T\nsql: select '1 2 8' as trend, '1 2' as other\n```\n"
        ).files
        #expect(files["report.md"]?.contains("▁▂█ | 1 2 |") == true && files["report.md"]?.contains("*n = 2*") == true)
        #expect(files["report.html"]?.contains("<svg class=\"spark\"") == true)
    }
}
