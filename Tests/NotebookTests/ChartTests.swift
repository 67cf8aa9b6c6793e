import Foundation
import TestSupport
import Testing

@testable import Notebook

@Suite struct ChartTests {
    /// The charts of names, numbers or dates with columns of numbers.
    static let kinds: [ChartKind] = [.bar, .line, .timeline]

    private func data(_ rows: [(QueryValue, [Double?])], _ names: [String] = ["claims"]) -> QueryResult {
        QueryResult(
            columns: ["month"] + names,
            rows: rows.map { row in [row.0] + row.1.map { $0.map(QueryValue.real) ?? .null } })
    }

    private func dated(_ rows: [(String, Double?)]) -> QueryResult { data(rows.map { (.text($0.0), [$0.1]) }) }

    private func svg(_ kind: ChartKind, _ rows: QueryResult, title: String = "") throws -> String {
        try kind.chart(rows).draw(title: title, link: { _ in nil }).svg
    }

    @Test("a bar chart is the same to the byte")
    func bars() throws {
        let data = data(
            [(.text("Harbour <Board>"), [12, 3]), (.text("Šostak"), [4, nil]), (.text("Quay"), [-2, 1])],
            ["claims", "hedged"])
        Golden.expect(try svg(.bar, data, title: "Who & how"), matches: "bar.svg")
    }

    @Test("a timeline is the same to the byte")
    func timeline() throws {
        Golden.expect(
            try svg(.timeline, dated([("2024-11", 2), ("2025-02", 5)]), title: "Months"), matches: "timeline.svg")
    }

    @Test("a line chart is the same to the byte")
    func lines() throws {
        let data = data(
            [(.text("a"), [0.5, -1]), (.text("b"), [nil, 2]), (.text("c"), [1.25, 0])], ["one", "two"])
        Golden.expect(try svg(.line, data, title: "Lines"), matches: "line.svg")
    }

    @Test(
        "the unit of a timeline follows the span of time",
        arguments: [
            (["2024-03-01", "2024-03-20"], "day"), (["2024-03-01", "2024-12-20"], "week"),
            (["2024-03-01", "2030-12-20"], "month"), (["2010-03-01", "2030-12-20"], "quarter"),
            (["1950-03-01", "2030-12-20"], "year"), (["1500-03-01", "2030-12-20"], "decade"),
            (["-0043", "2030"], "century"), (["2024-03", "2024-04"], "month"), (["2024", "2025"], "year"),
            (["2024", "2024-03-01"], "year"),
        ])
    func units(dates: [String], unit: String) throws {
        #expect(try Timeline(ChartData(dated(dates.map { ($0, 1) }))).unit.name == unit)
    }

    @Test("a bar stands where its time is: twice as far for twice as long")
    func scale() throws {
        let bars = try Timeline(ChartData(dated([("2024-02-01", 1), ("2024-02-11", 1), ("2024-03-02", 1)]))).bars
        #expect(bars.map(\.days.lowerBound).map { $0 - bars[0].days.lowerBound } == [0, 10, 30])
        let scale = TimeScale(0..<30, from: 100, to: 400)
        #expect(scale.place(10) - scale.place(0) == 100)
        #expect(scale.place(30) - scale.place(10) == 200)
    }

    @Test("days that fall into one month are added up, and the caption says so")
    func sums() throws {
        let chart = try TimelineChart(ChartData(dated([("2020-01-05", 2), ("2020-01-09", 3), ("2026-01-01", 1)])))
        #expect(chart.timeline.bars.map(\.label) == ["2020-01", "2026-01"])
        #expect(chart.timeline.bars.map(\.values) == [[5], [1]])
        #expect(chart.captionNote == "per month")
    }

    @Test("a long time keeps its gaps")
    func longGaps() throws {
        let bars = try Timeline(ChartData(dated([("1500", 2), ("1990", 5), ("1991", 1)]))).bars
        #expect(bars.map(\.label) == ["1500s", "1990s"])
        #expect(bars[1].days.lowerBound - bars[0].days.lowerBound > 178_000)
    }

    @Test("rows without a date are counted")
    func undated() throws {
        let chart = try TimelineChart(
            ChartData(data([(.text("2024"), [1]), (.null, [2]), (.text("spring"), [3]), (.text("2024-13"), [1])])))
        #expect(chart.notes == ["3 rows have no date and are not in the picture."])
        #expect(throws: QueryProblem.self) { try TimelineChart(ChartData(data([(.text("spring"), [1])]))) }
    }

    @Test("two rows for one moment are a problem that names it")
    func doubled() throws {
        for kind in [ChartKind.timeline, .line] {
            let problem = #expect(throws: QueryProblem.self) {
                try kind.chart(dated([("2024-03", 1), ("2024-04", 1), ("2024-03", 2)]))
            }
            #expect(problem?.message == "several rows of the chart are for '2024-03'")
        }
        #expect(throws: QueryProblem.self) { try ChartKind.line.chart(data([(.integer(5), [1]), (.real(5), [1])])) }
        #expect(throws: Never.self) { try ChartKind.line.chart(data([(.text("a"), [1]), (.text("a"), [1])])) }
    }

    @Test("shares are not added up")
    func shares() throws {
        let timeline = try Timeline(ChartData(dated([("2010-01-05", 0.5), ("2025-01-09", 0.25)])))
        #expect(timeline.unit == .day)
        #expect(timeline.bars.map(\.values) == [[0.5], [0.25]])
        #expect(throws: QueryProblem.self) { try Timeline(ChartData(dated([("2024", 0.5), ("2024-01-09", 0.25)]))) }
    }

    @Test("numbers on the lower axis are a scale")
    func numbers() throws {
        let svg = try svg(.line, data([(.integer(100), [1]), (.integer(0), [2]), (.integer(10), [3])]))
        let x = svg.split(separator: "<circle class").dropFirst().compactMap { part in
            part.split(separator: "cx=\"").last?.split(separator: "\"").first.flatMap { Double($0) }
        }
        #expect(x.count == 3)
        #expect(((x[2] - x[0]) / (x[1] - x[0]) - 10).magnitude < 0.1)
    }

    @Test("a line breaks where a value is missing")
    func breaks() throws {
        let svg = try svg(.line, dated([("2024", 1), ("2025", 2), ("2026", nil), ("2027", 3), ("2028", 4)]))
        #expect(svg.components("<polyline") == 2)
        #expect(svg.components("<circle class") == 4)
    }

    @Test("a column that a chart can't show is a problem")
    func surplus() throws {
        let many = QueryResult(
            columns: ["a", "b", "c", "d", "e", "f"], rows: [[.text("x")] + Array(repeating: .integer(1), count: 5)])
        #expect(throws: QueryProblem.self) { try ChartData(many) }
        let words = QueryResult(columns: ["a", "b", "c"], rows: [[.text("x"), .integer(1), .text("y")]])
        let problem = #expect(throws: QueryProblem.self) { try ChartData(words) }
        #expect(problem?.message == "column 'c' of a chart holds no numbers")
        let evidence = QueryResult(
            columns: ["a", "b", "evidence"],
            rows: [[.text("x"), .integer(1), .evidence(EvidenceSet(ids: ["c-1"], count: 1))]])
        #expect(try ChartData(evidence).series.count == 1)
    }

    @Test("of more bars than anybody reads the first are drawn and all counted")
    func manyBars() throws {
        let chart = try ChartKind.bar.chart(data((0..<300).map { (.text("name \($0)"), [Double($0)]) }))
        #expect(chart.notes == ["The picture shows the first 60 of 300 rows."])
        #expect(chart.draw(title: "", link: { _ in nil }).svg.components("<rect class=\"s0\"") == 60)
    }

    @Test("no label leaves the picture or lies over another, whatever is shown", arguments: ChartTests.kinds)
    func labels(kind: ChartKind) throws {
        let long = "The committee for the schools, the roads and the harbours of the northern coast and islands"
        let names = ["Harbour wall", long, "長い名前の委員会", "اسم طويل جدا", String(repeating: "W", count: 90), ""]
        let values: [[Double?]] = [
            [1_250_000_000, 2_400_000_000, 830_000_000, 1, 0, nil], [-5, -1e9, 3, 0, 1, 2], [0, 0, 0, 0, 0, 0],
            [1e-9, 2e-9, 0.1, 0.25, 1, 7], [1, nil, nil, nil, nil, nil],
        ]
        for column in values {
            for count in 1...4 {
                let firsts: [QueryValue] =
                    kind == .timeline
                    ? ["1999", "2001", "2003", "2150", "1850", "2005"].map { .text($0) } : names.map { .text($0) }
                let data = data(
                    zip(firsts, column).map { ($0, Array(repeating: $1, count: count)) },
                    Array(["claims", long, "values", "w"].prefix(count)))
                let labels = PictureLabel.all(in: try svg(kind, data))
                #expect(!labels.isEmpty)
                for (k, label) in labels.enumerated() {
                    #expect(label.left >= -1 && label.right <= Picture.width + 1, "\(label)")
                    for other in labels[(k + 1)...] where (label.y - other.y).magnitude < 4 {
                        #expect(min(label.right, other.right) - max(label.left, other.left) <= 1, "\(label) \(other)")
                    }
                }
            }
        }
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
        let data = data(values.enumerated().map { (.text("\(2000 + $0)"), [$1]) } + [(.text("2010"), [1])])
        for kind in Self.kinds { #expect(try svg(kind, data).contains("</svg>")) }
    }
}

@Suite struct MomentTests {
    @Test(
        "years, months and days are read, and nothing else",
        arguments: [
            ("2024", "2024"), ("2024-02-29", "2024-02-29"), ("2023-02-29", nil), ("-0043", "-0043"), ("0000", "0000"),
            ("2024-3", nil), ("24-03-01", nil), ("2024-03-01T10:30", "2024-03-01"), ("", nil), ("2024-W05", nil),
            ("2024-03-01/2024-03-04", nil), ("spring", nil), ("1000-01", "1000-01"),
        ])
    func reading(text: String, shown: String?) { #expect(Moment(text)?.description == shown) }

    @Test("days are counted as the calendar has them, in both directions")
    func counting() {
        #expect(Moment("1970-01-01")?.days == 0..<1)
        #expect(Moment("2024-02")?.days.count == 29)
        #expect(Moment("1900")?.days.count == 365)
        #expect(Moment("2000")?.days.count == 366)
        for day in stride(from: -800_000, through: 800_000, by: 997) {
            #expect(Moment.day(day)?.days.lowerBound == day)
        }
    }

    @Test("a unit begins where the one before it ends", arguments: CalendarUnit.allCases)
    func units(unit: CalendarUnit) {
        for day in stride(from: -900_000, through: 100_000, by: 1013) {
            let index = unit.index(of: day)
            #expect(unit.start(of: index) <= day && day < unit.start(of: index + 1), "\(unit) \(day)")
        }
    }

    @Test("units are called by their first day, month or year")
    func names() {
        let day = Moment("2024-05-15")?.days.lowerBound ?? 0
        #expect(
            CalendarUnit.allCases.map { $0.label(of: $0.index(of: day)) } == [
                "2024-05-15", "week of 2024-05-13", "2024-05", "2024 Q2", "2024", "2020s", "2000s",
            ])
    }
}

/// A label of a picture, as wide as a font with wide letters has it (widths of DejaVu Sans, in parts of its size).
struct PictureLabel {
    let text: String
    let left: Double
    let right: Double
    let y: Double

    static func all(in svg: String) -> [PictureLabel] {
        svg.split(separator: "<text").dropFirst().compactMap { part in
            guard !part.contains("rotate"), let body = part.split(separator: ">", maxSplits: 1).last,
                let text = body.split(separator: "<", omittingEmptySubsequences: false).first
            else { return nil }
            func value(_ name: String) -> String {
                part.range(of: " \(name)=\"").map { String(part[$0.upperBound...].prefix { $0 != "\"" }) } ?? ""
            }
            let width = text.unicodeScalars.reduce(0.0) { sum, scalar in
                sum + 12
                    * (" ,.:;|'".unicodeScalars.contains(scalar)
                        ? 0.318 : "WMm@".unicodeScalars.contains(scalar) ? 0.98 : scalar.value >= 0x1100 ? 1 : 0.636)
            }
            let x = Double(value("x")) ?? 0
            let left = value("text-anchor") == "end" ? x - width : value("text-anchor") == "middle" ? x - width / 2 : x
            return PictureLabel(text: String(text), left: left, right: left + width, y: Double(value("y")) ?? 0)
        }
    }
}

extension String {
    /// How often `part` stands in the text.
    func components(_ part: String) -> Int { split(separator: part, omittingEmptySubsequences: false).count - 1 }
}

extension Chart {
    /// The picture without a highlight.
    func draw(title: String, link: (Int) -> String?) -> Picture { draw(title: title, highlighted: [], link: link) }
}
