/// Standing bars over a scale of time.
struct TimelineChart: Chart {
    let timeline: Timeline
    let series: [String]
    let axis: String
    let scale: Scale

    init(_ data: ChartData) throws(QueryProblem) {
        timeline = try Timeline(data)
        series = data.series.map(\.name)
        axis = data.axis
        let values = timeline.bars.flatMap(\.values).compactMap { $0 }.filter(\.isFinite)
        scale = Scale(
            from: min(0, values.min() ?? 0), to: max(0, values.max() ?? 0), isWhole: data.isWhole)
    }

    var captionNote: String? { timeline.unitText }
    var notes: [String] { timeline.notes }

    /// A row for each bar: what fell into it added up, and the evidence of all of it.
    func shown(_ result: QueryResult) -> QueryResult {
        var shown = QueryResult(columns: [timeline.unit.name] + result.columns.dropFirst())
        shown.rows = timeline.bars.map { bar in
            var values = bar.values.makeIterator()
            return [.text(bar.label)]
                + result.columns.indices.dropFirst().map { column in
                    if result.isEvidence(column) {
                        let sets = bar.rows.compactMap { row in
                            if case .evidence(let set) = result.rows[row][column] { set } else { nil }
                        }
                        return sets.isEmpty ? .null : .evidence(EvidenceSet(joining: sets))
                    }
                    guard let value = values.next() ?? nil else { return .null }
                    return value == value.rounded() && value.magnitude < 1e15 ? .integer(Int(value)) : .real(value)
                }
        }
        return shown
    }

    func draw(title: String, highlighted: Set<String>, link: (Int) -> String?) -> Picture {
        var frame = Frame(series: series, scale: scale, title: title) { picture, series, x, y in
            picture.bar(x, y - 9, 12, 10, series: series, label: "")
        }
        let time = TimeScale(timeline.days, from: frame.left, to: frame.right)
        for tick in time.ticks(noFinerThan: timeline.unit) { frame.tick(tick.label, at: time.place(tick.day)) }
        let zero = frame.y(0)
        frame.picture.description = ChartData.course(
            series.enumerated().map { k, name in
                (name, timeline.bars.compactMap { bar in bar.values[k].map { (bar.label, $0) } })
            })
        for (row, bar) in timeline.bars.enumerated() {
            let start = time.place(Double(bar.days.lowerBound))
            let room = time.place(Double(bar.days.upperBound)) - start
            let width = max(1, min(48, room * 0.85) / Double(series.count))
            let left = start + (room - width * Double(series.count)) / 2
            for (k, value) in bar.values.enumerated() {
                guard let value, value.isFinite, value != 0 else { continue }
                let y = frame.y(value)
                frame.picture.bar(
                    left + width * Double(k), min(y, zero), width, (zero - y).magnitude, series: k,
                    label: "\(bar.label): \(NumberText.real(value)) \(series[k])",
                    link: link(row), isStrong: highlighted.contains(bar.label))
            }
        }
        frame.names(axis: timeline.unit.name)
        return frame.picture
    }
}
