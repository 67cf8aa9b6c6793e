/// Who gives which figure, and when. Each source has a line. On its left part stand the source's figures over a scale of
/// numbers, with their bounds; on its right part the days on which they were published, over a scale of time.
struct FiguresChart: Chart {
    private let data: FiguresData
    private let scale: Scale
    /// From the first day to behind the last; nil where there is only one.
    private let days: Range<Int>?

    private static let rowHeight = 38.0
    private static let nameWidth = 190.0
    private static let timeWidth = 190.0
    /// The room beside the scale: for half a mark, or for an arrow.
    private var margin: Double { data.hasOpenBounds ? 28 : 12 }

    init(_ result: QueryResult) throws(QueryProblem) {
        data = try FiguresData(result)
        let values = data.sources.flatMap(\.given).flatMap { [$0.lower, $0.upper] }.compactMap { $0 }
        scale = Scale(around: values)
        let moments = data.sources.flatMap(\.given).compactMap(\.moment)
        let first = moments.map(\.days.lowerBound).min() ?? 0
        let last = moments.map(\.days.upperBound).max() ?? 0
        days = Set(moments).count > 1 ? first..<last : nil
    }

    /// The only day, where all were published on it.
    var captionNote: String? {
        let moments = data.sources.flatMap(\.given).map(\.moment)
        guard days == nil, let day = moments.first, let day, moments.allSatisfy({ $0 == day }) else { return nil }
        return "published \(day)"
    }

    /// The bounds say in numbers what the words say. So where all figures have words, their column stands for all three.
    func shown(_ result: QueryResult) -> QueryResult {
        guard let words = result.columns.firstIndex(of: "figure"),
            result.rows.allSatisfy({ !ValueText.plain($0[words]).isEmpty })
        else { return result }
        let kept = result.columns.indices.filter { !["lower", "upper"].contains(result.columns[$0]) }
        return QueryResult(
            columns: kept.map { result.columns[$0] == "evidence" ? "figure_evidence" : result.columns[$0] },
            rows: result.rows.map { row in kept.map { row[$0] } }, further: result.further, tables: result.tables)
    }

    var notes: [String] {
        let given = data.sources.flatMap(\.given)
        var notes: [String] = []
        let others = given.filter { !$0.isLatest }
        if !others.isEmpty {
            let undated = others.count { $0.moment == nil }
            let what = undated == 0 ? "earlier" : undated == others.count ? "undated" : "earlier and undated"
            notes.append("Filled marks: the latest figure of each source. Hollow marks: \(what) figures.")
        }
        if data.hasOpenBounds {
            notes.append("An arrow points to where a figure is open (“at least”, “at most”).")
        }
        return notes + data.notes
    }

    func draw(title: String, highlighted: Set<String>, link: (Int) -> String?) -> Picture {
        var picture = Picture(title: title)
        picture.description = description
        let names = data.sources.map { Picture.lines(of: $0.name, width: Self.nameWidth, most: 2) }
        let left = (names.joined().map(Picture.width).max() ?? 0) + 24
        let end = Picture.width - 12
        let right = days == nil ? end : end - Self.timeWidth - 36
        let bottom = 8 + Self.rowHeight * Double(data.sources.count)
        picture.height = bottom + 44
        var taken = drawScale(in: &picture, from: left, to: right, bottom: bottom)
        let time = days.map { TimeScale($0, from: end - Self.timeWidth, to: end - 4) }
        if let time { drawTime(time, in: &picture, bottom: bottom, taken: &taken) }
        for (row, source) in data.sources.enumerated() {
            let y = 8 + Self.rowHeight * Double(row) + 26
            for (k, line) in names[row].enumerated() {
                picture.text(
                    line, left - 16, y + 4 + 14 * (Double(k) - Double(names[row].count - 1) / 2), .end,
                    class: highlighted.contains(source.name) ? "strong" : nil)
            }
            draw(source, in: &picture, y: y, from: left, to: right, link: link)
            guard let time else { continue }
            picture.line(end - Self.timeWidth, y, end, y, class: "grid")
            for given in source.given {
                guard let days = given.moment?.days else { continue }
                picture.point(
                    time.place(Double(days.lowerBound + days.upperBound) / 2), y, isFilled: given.isLatest,
                    label: label(given, of: source), link: link(given.row))
            }
        }
        return picture
    }

    /// A source's figures over the scale: the marks, and above them the words, the latest first, as far as they have room.
    private func draw(
        _ source: FiguresData.Source, in picture: inout Picture, y: Double, from left: Double, to right: Double,
        link: (Int) -> String?
    ) {
        func place(_ value: Double) -> Double { scale.place(value, from: left + margin, to: right - margin) }
        picture.line(left, y, right, y, class: "grid")
        let marks = source.marks
        let ends = marks.flatMap { [$0.lower, $0.upper] }.compactMap { $0 }.map(place)
        if let first = ends.min(), let last = ends.max() { picture.line(first, y, last, y, class: "axis") }
        for given in marks {
            let label = label(given, of: source)
            switch (given.lower.map(place), given.upper.map(place)) {
            case (let lower?, let upper?) where upper > lower:
                picture.range(lower, upper, y, isFilled: given.isLatest, label: label, link: link(given.row))
            case (let lower?, nil):
                picture.arrow(from: lower, y, by: 1, label: label)
                picture.point(lower, y, isFilled: given.isLatest, label: label, link: link(given.row))
            case (nil, let upper?):
                picture.arrow(from: upper, y, by: -1, label: label)
                picture.point(upper, y, isFilled: given.isLatest, label: label, link: link(given.row))
            case (let value?, .some):
                picture.point(value, y, isFilled: given.isLatest, label: label, link: link(given.row))
            case (nil, nil): break
            }
        }
        var taken: [ClosedRange<Double>] = []
        for given in marks.reversed() {
            let text = Picture.fitted(given.text, to: min(given.isWorded ? 150 : 300, right - left))
            let half = Picture.width(of: text) * 0.55
            let ends = [given.lower, given.upper].compactMap { $0 }.map(place)
            let middle = ends.reduce(0, +) / Double(max(1, ends.count))
            let x = min(max(middle, left + half), max(left + half, right - half))
            guard !taken.contains(where: { $0.overlaps(x - half - 4...x + half + 4) }) else { continue }
            taken.append(x - half...x + half)
            picture.text(text, x, y - 10, .middle, class: given.isLatest ? "strong" : "note")
        }
    }

    /// Draws the scale of numbers; returns how far its last label reaches.
    private func drawScale(in picture: inout Picture, from left: Double, to right: Double, bottom: Double) -> Double {
        var taken = -Double.infinity
        for tick in scale.ticks {
            let x = scale.place(tick, from: left + margin, to: right - margin)
            picture.line(x, 8, x, bottom, class: "grid")
            let half = Picture.width(of: Scale.label(tick)) / 2
            guard x - half > taken + 8, x + half < Picture.width - 2 else { continue }
            taken = x + half
            picture.text(Scale.label(tick), x, bottom + 16, .middle, class: "note")
        }
        picture.text("figure", (left + right) / 2, bottom + 35, .middle, class: "note")
        return taken
    }

    private func drawTime(_ time: TimeScale, in picture: inout Picture, bottom: Double, taken: inout Double) {
        let precision = data.sources.flatMap(\.given).compactMap(\.moment?.precision).min() ?? .day
        let unit = CalendarUnit(precision)
        let ends = Double(time.days.lowerBound)...Double(time.days.upperBound)
        let ticks = time.ticks(noFinerThan: unit).filter { ends.contains($0.day) }
        for tick in ticks { picture.line(time.place(tick.day), 8, time.place(tick.day), bottom, class: "grid") }
        var named: [(label: String, place: Double)] = []
        var end = taken
        for tick in ticks {
            let (x, half) = (time.place(tick.day), Picture.width(of: tick.label) / 2)
            guard x - half > end + 8, x + half < Picture.width - 1 else { continue }
            end = x + half
            named.append((tick.label, x))
        }
        if named.count > 1 || (named.count == 1 && ticks.count == 1 && time.days.count == 1) {
            for tick in named { picture.text(tick.label, tick.place, bottom + 16, .middle, class: "note") }
            taken = end
        } else {
            // one mark gives no scale: the ends of the span do
            let (start, end) = (time.place(ends.lowerBound), time.place(ends.upperBound))
            let (first, last) = (
                unit.label(of: unit.index(of: time.days.lowerBound)),
                unit.label(of: unit.index(of: time.days.upperBound - 1))
            )
            picture.text(last, end, bottom + 16, .end, class: "note")
            if start > taken + 8, start + Picture.width(of: first) + 8 < end - Picture.width(of: last) {
                picture.text(first, start, bottom + 16, class: "note")
            }
        }
        picture.text("published", Picture.width - 12 - Self.timeWidth / 2, bottom + 35, .middle, class: "note")
    }

    private func label(_ given: FiguresData.Given, of source: FiguresData.Source) -> String {
        "\(source.name): \(given.text)\(given.moment.map { ", \($0)" } ?? "")"
    }

    /// The latest figures in words.
    private var description: String {
        data.sources.map { source in
            let latest = source.marks.filter(\.isLatest).map(\.text).joined(separator: " or ")
            return "\(source.name): \(latest)\(source.given.last?.moment.map { " (\($0))" } ?? "")"
        }.joined(separator: "; ")
    }
}
