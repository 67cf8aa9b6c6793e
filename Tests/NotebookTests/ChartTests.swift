import TestSupport
import Testing

@testable import Notebook

@Suite struct ChartTests {
    private func data(_ rows: [(String, [Double?])], _ names: [String] = ["claims"]) throws -> ChartData {
        let result = QueryResult(
            columns: ["month"] + names,
            rows: rows.map { row in [.text(row.0)] + row.1.map { $0.map(QueryValue.real) ?? .null } })
        return try #require(ChartData(result))
    }

    @Test("a bar chart is the same to the byte")
    func bars() throws {
        let chart = BarChart(
            data: try data([("Harbour <Board>", [12, 3]), ("Šostak", [4, nil])], ["claims", "hedged"]),
            title: "Who & how")
        Golden.expect(chart.svg, matches: "bar.svg")
    }

    @Test("a timeline is the same to the byte")
    func timeline() throws {
        let chart = SeriesChart(
            data: try data([("2024-11", [2]), ("2025-02", [5])]).timeline, title: "Months", hasBars: true)
        Golden.expect(chart.svg, matches: "timeline.svg")
    }

    @Test("a line chart is the same to the byte")
    func lines() throws {
        let chart = SeriesChart(
            data: try data([("a", [0.5, -1]), ("b", [nil, 2]), ("c", [1.25, 0])], ["one", "two"]), title: "Lines",
            hasBars: false)
        Golden.expect(chart.svg, matches: "line.svg")
    }

    @Test("a timeline has every month, across years and leap days")
    func gaps() throws {
        #expect(
            try data([("2024-11", [2]), ("2025-02", [5])]).timeline.categories == [
                "2024-11", "2024-12", "2025-01", "2025-02",
            ])
        #expect(
            try data([("2024-02-28", [2]), ("2024-03-01", [5])]).timeline.categories == [
                "2024-02-28", "2024-02-29", "2024-03-01",
            ])
        #expect(try data([("2024-02", [2]), ("spring", [5])]).timeline.categories == ["2024-02", "spring"])
        #expect(try data([("0001", [2]), ("9999", [5])]).timeline.categories == ["0001", "9999"])
    }

    @Test(
        "an axis has round marks",
        arguments: [
            (0.0, 15.0, true, [0.0, 5, 10, 15]), (0, 1, true, [0, 1]), (0, 3, true, [0, 1, 2, 3]),
            (-1, 2, false, [-1, 0, 1, 2]), (0, 0, true, [0, 1]), (0, 0.3, false, [0, 0.1, 0.2, 0.3]),
        ])
    func axes(from: Double, to: Double, isWhole: Bool, ticks: [Double]) {
        let found = Scale(from: from, to: to, isWhole: isWhole).ticks
        #expect(zip(found, ticks).allSatisfy { ($0 - $1).magnitude < 1e-9 } && found.count == ticks.count, "\(found)")
    }

    @Test("figures that are no numbers leave no mark and do no harm")
    func strange() throws {
        let values: [Double?] = [.infinity, .nan, -1e308, 1e308, nil]
        let data = try data(values.map { ("x", [$0]) } + [("y", [1])])
        #expect(BarChart(data: data, title: "").svg.contains("</svg>"))
        #expect(SeriesChart(data: data, title: "", hasBars: true).svg.contains("</svg>"))
    }
}
