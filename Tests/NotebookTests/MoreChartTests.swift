import Foundation
import Testing

@testable import Notebook

/// Charts of parts, points, fields and places.
@Suite struct MoreChartTests {
    private func svg(_ kind: ChartKind, _ columns: [String], _ rows: [[QueryValue]]) throws -> String {
        try kind.chart(QueryResult(columns: columns, rows: rows)).draw(title: "", link: { "#row-\($0)" }).inline
    }

    /// The numbers of an attribute of all elements of a class.
    private func values(_ svg: String, _ name: String, of start: String) -> [Double] {
        svg.components(separatedBy: start).dropFirst().compactMap { part in
            part.components(separatedBy: " \(name)=\"").dropFirst().first?.split(separator: "\"").first.flatMap {
                Double($0)
            }
        }
    }

    private let parts: [[QueryValue]] = [
        [.text("a"), .integer(1), .integer(3)], [.text("b"), .integer(4), .null], [.text("c"), .null, .null],
    ]

    @Test("stacked bars are as long as their sum, and shares are all of one length")
    func stacked() throws {
        let stacked = try svg(.stacked, ["name", "one", "two"], parts)
        let (one, two) = (
            values(stacked, "width", of: "<rect class=\"s0\""), values(stacked, "width", of: "<rect class=\"s1\"")
        )
        // the first is that of the legend
        #expect(one.count == 3 && two.count == 2)
        #expect((one[1] * 3 - two[1]).magnitude < 0.1 && (one[1] + two[1] - one[2]).magnitude < 0.1)
        let share = try svg(.share, ["name", "one", "two"], parts)
        let (first, second) = (
            values(share, "width", of: "<rect class=\"s0\""), values(share, "width", of: "<rect class=\"s1\"")
        )
        #expect((first[1] + second[1] - first[2]).magnitude < 0.1)
        #expect(share.contains("(25 %)") && share.contains(">n = 4</text>") && share.contains(">n = 0</text>"))
        #expect(throws: QueryProblem.self) { try svg(.stacked, ["name", "one"], [[.text("a"), .integer(-1)]]) }
    }

    @Test("a point stands where its numbers say, is a link, and a row without one of them is counted")
    func scatter() throws {
        let rows: [[QueryValue]] = [
            [.text("a"), .integer(0), .integer(10)], [.text("b"), .integer(50), .integer(0)],
            [.text("c"), .integer(100), .integer(5)], [.text("d"), .null, .integer(1)],
        ]
        let svg = try svg(.scatter, ["name", "far", "high"], rows)
        let (x, y) = (values(svg, "cx", of: "<circle"), values(svg, "cy", of: "<circle"))
        #expect(x.count == 3 && (x[1] - x[0] - (x[2] - x[1])).magnitude < 0.1 && y[0] < y[2] && y[2] < y[1])
        #expect(svg.contains(##"<a href="#row-1"><circle"##))
        #expect(
            try ScatterChart(ChartData(QueryResult(columns: ["name", "far", "high"], rows: rows))).notes.count == 1)
        #expect(throws: QueryProblem.self) { try self.svg(.scatter, ["name", "far"], [[.text("a"), .integer(1)]]) }
    }

    @Test("the largest number has the field of the strongest shade, and a pair that is given twice is a problem")
    func heat() throws {
        let rows: [[QueryValue]] = [
            [.text("a"), .text("x"), .integer(10)], [.text("a"), .text("y"), .integer(5)],
            [.text("b"), .text("y"), .integer(0)],
        ]
        let svg = try svg(.heat, ["source", "publisher", "claims"], rows)
        #expect(values(svg, "fill-opacity", of: "<rect class=\"heat\"") == [0.4, 0.23, 0.06])
        #expect(svg.contains("<title>a, y: 5 claims</title>"))
        #expect(throws: QueryProblem.self) { try self.svg(.heat, ["a", "b", "c"], rows + [rows[0]]) }
    }

    @Test("each place of a dispersion chart has a stroke, on a scale of numbers or of time")
    func dispersion() throws {
        let rows: [[QueryValue]] = [
            [.text("a"), .integer(0)], [.text("a"), .integer(100)], [.text("b"), .integer(50)],
        ]
        let svg = try svg(.dispersion, ["word", "place"], rows)
        #expect(svg.components("<path class=\"a\"") == 2 && svg.components("V") >= 3)
        let dated = try self.svg(
            .dispersion, ["word", "day"], [[.text("a"), .text("2024-01-01")], [.text("a"), .text("2024-03-01")]])
        #expect(dated.contains(">2024-02</text>") || dated.contains("2024-02-"))
        #expect(throws: QueryProblem.self) {
            try self.svg(.dispersion, ["word", "day"], [[.text("a"), .text("2024")], [.text("a"), .integer(3)]])
        }
    }
}
