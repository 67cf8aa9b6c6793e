import TestSupport
import Testing

@testable import Notebook

/// The chart of who gives which figure, and when.
@Suite struct FiguresChartTests {
    private typealias Row = (source: String?, date: String?, lower: Double?, upper: Double?, words: String?)

    private func result(_ rows: [Row]) -> QueryResult {
        func text(_ text: String?) -> QueryValue { text.map { .text($0) } ?? .null }
        func number(_ number: Double?) -> QueryValue { number.map { .real($0) } ?? .null }
        return QueryResult(
            columns: ["source", "date", "lower", "upper", "figure"],
            rows: rows.map { [text($0.source), text($0.date), number($0.lower), number($0.upper), text($0.words)] })
    }

    private func picture(_ rows: [Row]) throws -> Picture {
        try FiguresChart(result(rows)).draw(title: "How many?", link: { "#row-\($0)" })
    }

    private let sample: [Row] = [
        ("Ministry", "2024-01-15", 40, 40, "40"), ("Ministry", "2024-01-17", 44, 44, "44"),
        ("Inquiry", "2025-06-04", 52, 52, "52"), ("Hospital", "2025-12-01", 50, nil, "at least 50"),
        ("Fire brigade", "2024-01-14", 30, 45, "30 to 45"), ("Union", nil, nil, 60, nil),
    ]

    @Test("a chart of figures is the same to the byte")
    func golden() throws { Golden.expect(try picture(sample).svg, matches: "figures.svg") }

    @Test("sources stand in order of the day on which they are first heard, and those without a day last")
    func order() throws {
        let data = try FiguresData(result(sample))
        #expect(data.sources.map(\.name) == ["Fire brigade", "Ministry", "Inquiry", "Hospital", "Union"])
        #expect(data.notes == ["1 figure has no date."])
    }

    @Test("the latest figure of a source is filled and in bold, an earlier one hollow, and both are links")
    func latest() throws {
        let html = try picture([sample[0], sample[1]]).inline
        #expect(html.contains(##"<a href="#row-0"><circle class="o""##))
        #expect(html.contains(##"<a href="#row-1"><circle class="p""##))
        #expect(html.contains(#"<text class="strong""#) && html.contains(">44</text>"))
        #expect(html.contains("<title>Ministry: 40, 2024-01-15</title>"))
    }

    @Test("a range is as long as its bounds, and an open bound is an arrow to its side")
    func bounds() throws {
        let range = try picture([("A", "2024", 10, 20, nil), ("B", "2025", 0, 40, nil)]).svg
        let widths = range.split(separator: "<rect ").dropFirst().compactMap { part in
            part.split(separator: "width=\"").last?.split(separator: "\"").first.flatMap { Double($0) }
        }
        #expect(widths.count == 2 && (widths[1] / widths[0] - 4).magnitude < 0.01)
        #expect(range.contains(">10 to 20</text>"))
        #expect(try picture([("A", "2024", 10, nil, nil)]).svg.contains(">at least 10</text>"))
        #expect(try picture([("A", "2024", nil, 10, nil)]).svg.contains(">at most 10</text>"))
        #expect(try !picture([("A", "2024", 10, 10, nil)]).svg.contains("class=\"a\""))
    }

    @Test("a figure that a source repeats has one mark on the scale, and each of its days has one")
    func repeated() throws {
        let svg = try picture([
            ("A", "2024-01-01", 44, 44, "44"), ("A", "2024-03-01", 44, 44, "44"), ("B", "2024-02-01", 50, 50, "50"),
        ]).svg
        #expect(svg.components("<circle class=\"p\"") == 4 && svg.components("<circle class=\"o\"") == 1)
    }

    @Test("figures of one day need no scale of time: the caption names the day")
    func oneDay() throws {
        let chart = try FiguresChart(result([("A", "2024-01-01", 1, 1, nil), ("B", "2024-01-01", 2, 2, nil)]))
        #expect(chart.captionNote == "published 2024-01-01")
        #expect(!chart.draw(title: "", link: { _ in nil }).svg.contains(">published</text>"))
        // that of one of them is not that of all
        let partly = try FiguresChart(result([("A", "2024-01-01", 1, 1, nil), ("B", nil, 2, 2, nil)]))
        #expect(partly.captionNote == nil && partly.notes == ["1 figure has no date."])
    }

    @Test("a hollow mark is earlier or has no date, and a month is not earlier than a day in it")
    func hollow() throws {
        func notes(_ first: String?, _ second: String?) throws -> [String] {
            try FiguresChart(result([("A", first, 1, 1, nil), ("A", second, 2, 2, nil)])).notes
        }
        #expect(try notes("2024-01-01", "2024-02-01").first?.hasSuffix("Hollow marks: earlier figures.") == true)
        #expect(try notes(nil, "2024-02-01").first?.hasSuffix("Hollow marks: undated figures.") == true)
        #expect(try notes("2024-02", "2024-02-01").isEmpty && notes("2024", "2024-02").isEmpty)
    }

    @Test("in the data the words of all figures stand for their bounds, and lead to the passages")
    func data() throws {
        var worded = result([("A", "2024-01-01", 44, 44, "44"), ("B", nil, 50, nil, "at least 50")])
        worded = QueryResult(
            columns: worded.columns + ["evidence"],
            rows: worded.rows.map { $0 + [.evidence(.init(ids: ["c-1"], count: 1))] })
        let shown = try FiguresChart(worded).shown(worded)
        #expect(shown.columns == ["source", "date", "figure", "figure_evidence"])
        #expect(shown.rows.map { $0[2] } == [.text("44"), .text("at least 50")])
        // where a figure has no words, nothing else tells its bounds
        let bare = result([("A", "2024-01-01", 44, 44, "44"), ("B", "2024-01-02", 50, nil, nil)])
        #expect(try FiguresChart(bare).shown(bare).columns == bare.columns)
    }

    @Test("a scale of time has two marks at least: where only one is round, the first and the last day")
    func days() throws {
        let svg = try picture([("A", "2024-01-14", 1, 1, nil), ("B", "2025-12-01", 2, 2, nil)]).svg
        #expect(
            svg.contains(">2024-01-14</text>") && svg.contains(">2025-12-01</text>") && !svg.contains(">2025</text>"))
    }

    @Test("the words for those who don't see the picture give the latest figure of each source")
    func description() throws {
        #expect(
            try picture(Array(sample.prefix(3))).svg.contains(
                "<desc>Ministry: 44 (2024-01-17); Inquiry: 52 (2025-06-04)</desc>"))
    }

    @Test("rows without a figure and sources beyond the limit are counted")
    func counted() throws {
        let many = (0..<30).map { Row("source \($0)", "2024-01-01", Double($0), Double($0), nil) }
        let data = try FiguresData(result(many + [("x", "2024-01-01", nil, nil, "many")]))
        #expect(data.sources.count == 24)
        #expect(
            data.notes == [
                "1 row has no figure and is not in the picture.", "The picture shows the first 24 of 30 sources.",
            ])
    }

    @Test("a column that the chart can't show, and a missing one, are problems")
    func columns() {
        let surplus = QueryResult(columns: ["source", "lower", "upper", "size"], rows: [])
        let missing = QueryResult(columns: ["source", "lower"], rows: [])
        #expect(throws: QueryProblem.self) { try FiguresChart(surplus) }
        #expect(throws: QueryProblem.self) { try FiguresChart(missing) }
    }

    @Test("no label leaves the picture or lies over another, whatever is shown")
    func labels() throws {
        let long = "The committee for the schools, the roads and the harbours of the northern coast and islands"
        let names = ["Harbour wall", long, "長い名前の委員会", "اسم طويل جدا", String(repeating: "W", count: 90), ""]
        let sets: [[(Double?, Double?)]] = [
            [(1, 1), (1e9, 1e9), (-5, -5), (nil, 2), (3, nil), (1, 1e9)], Array(repeating: (7, 7), count: 6),
            Array(repeating: (-1e9, -1e9), count: 6), [(1e15, 1e15 + 2), (1e15, nil), (1, 1), (2, 2), (3, 3), (0, 0)],
            [(.infinity, .nan), (0.25, 0.5), (nil, nil), (0, 0), (1e-9, 1e-8), (2, 1)],
        ]
        for set in sets {
            for dates in [["2024-01-13", "2024-01-14"], ["1850", "2024-03"], ["2024-01-01"], [nil]] {
                let rows = set.enumerated().map { k, bounds in
                    Row(names[k], dates[k % dates.count], bounds.0, bounds.1, k == 1 ? long : nil)
                }
                let twice = rows + rows.map { Row($0.source, "2025", $0.lower.map { $0 + 1 }, $0.upper, nil) }
                for rows in [rows, twice] {
                    let labels = PictureLabel.all(in: try picture(rows).svg)
                    for (k, label) in labels.enumerated() {
                        #expect(label.left >= -1 && label.right <= Picture.width + 1, "\(label)")
                        for other in labels[(k + 1)...] where (label.y - other.y).magnitude < 4 {
                            #expect(
                                min(label.right, other.right) - max(label.left, other.left) <= 1, "\(label) \(other)")
                        }
                    }
                }
            }
        }
    }
}
