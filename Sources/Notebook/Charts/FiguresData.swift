/// The figures that sources give for one thing: whose they are, when they were published, and their bounds.
struct FiguresData {
    /// A figure of a source.
    struct Given {
        /// The row of the query.
        let row: Int
        let moment: Moment?
        /// What it may be at least and at most; one of them is nil for *at least 40* and *at most 40*.
        let lower: Double?
        let upper: Double?
        /// The figure in words.
        let text: String
        /// Whether these words are the source's, and not made from the bounds.
        let isWorded: Bool
        /// Whether the source gives none that was published later.
        var isLatest = false

        /// Whether both have one place on a scale.
        func isSame(as other: Given) -> Bool { lower == other.lower && upper == other.upper }
    }

    /// A source with its figures, the oldest first.
    struct Source {
        let name: String
        var given: [Given]

        var first: Moment? { given.lazy.compactMap(\.moment).first }
        /// Its figures that have a place of their own on a scale: of several that are the same, the latest.
        var marks: [Given] {
            given.indices.filter { k in !given[(k + 1)...].contains { $0.isSame(as: given[k]) } }.map { given[$0] }
        }
    }

    /// In order of the day on which each is first heard; those without a day come last.
    let sources: [Source]
    /// What is said of what is not shown.
    let notes: [String]

    /// Whether a figure has only one bound.
    var hasOpenBounds: Bool { sources.contains { $0.given.contains { $0.lower == nil || $0.upper == nil } } }

    /// More lines than these are a list that nobody reads.
    static let limit = 24

    /// The first column of `result` names the source, `date`, `lower`, `upper` and `figure` (its words, which may be
    /// missing) are the others.
    init(_ result: QueryResult) throws(QueryProblem) {
        let advice =
            "The first column names the source; the others are 'date', 'lower', 'upper' and, for its words, 'figure'."
        for column in result.columns.dropFirst() where !Self.columns.contains(column) && !column.hasSuffix("evidence") {
            throw QueryProblem(
                "a chart of figures has no column '\(column)'", hint: advice, id: "chart-columns")
        }
        let places = Self.columns.map { name in result.columns.dropFirst().firstIndex(of: name) }
        guard let lower = places[1], let upper = places[2] else {
            throw QueryProblem(
                "a chart of figures needs columns 'lower' and 'upper'", hint: advice, id: "chart-columns")
        }
        var sources: [Source] = []
        var numbers: [String: Int] = [:]
        var without = (figure: 0, date: 0)
        for (row, values) in result.rows.enumerated() {
            let bounds = [lower, upper].map { column in values[column].number.flatMap { $0.isFinite ? $0 : nil } }
            guard bounds.contains(where: { $0 != nil }) else {
                without.figure += 1
                continue
            }
            let isTurned = bounds.allSatisfy { $0 != nil } && (bounds[0] ?? 0) > (bounds[1] ?? 0)
            let (least, most) = isTurned ? (bounds[1], bounds[0]) : (bounds[0], bounds[1])
            let words = places[3].map { ValueText.plain(values[$0]) } ?? ""
            let given = Given(
                row: row, moment: places[0].flatMap { Moment(values[$0]) }, lower: least, upper: most,
                text: words.isEmpty ? Self.words(least, most) : words, isWorded: !words.isEmpty)
            if given.moment == nil { without.date += 1 }
            let plain = ValueText.plain(values.first ?? .null)
            let name = plain.allSatisfy(\.isWhitespace) ? "not named" : plain
            if let number = numbers[name] {
                sources[number].given.append(given)
            } else {
                numbers[name] = sources.count
                sources.append(Source(name: name, given: [given]))
            }
        }
        let all = sources.count
        sources = sources.prefix(Self.limit).map(Self.ordered)
        self.sources = sources.enumerated().sorted { a, b in
            switch (a.element.first, b.element.first) {
            case (let one?, let other?) where one != other: one < other
            case (.some, nil): true
            case (nil, .some): false
            default: a.offset < b.offset
            }
        }.map(\.element)
        var notes = ChartData.notShown(without.figure, without: "figure")
        if places[0] != nil, without.date > 0 {
            notes.append(
                without.date == 1
                    ? "1 figure has no date." : "\(NumberText.grouped(without.date)) figures have no date.")
        }
        if all > Self.limit {
            notes.append("The picture shows the first \(Self.limit) of \(NumberText.grouped(all)) sources.")
        }
        self.notes = notes
    }

    private static let columns = ["date", "lower", "upper", "figure"]

    /// The figures by time, with those of the last day marked.
    private static func ordered(_ source: Source) -> Source {
        var source = source
        source.given = source.given.enumerated().sorted { a, b in
            switch (a.element.moment, b.element.moment) {
            case (let one?, let other?) where one != other: one < other
            case (nil, .some): true
            case (.some, nil): false
            default: a.offset < b.offset
            }
        }.map(\.element)
        let last = source.given.last?.moment
        // a month is not earlier than a day in it
        for k in source.given.indices {
            let moment = source.given[k].moment
            source.given[k].isLatest = moment == last || moment.map { $0.days.overlaps(last?.days ?? 0..<0) } ?? false
        }
        return source
    }

    private static func words(_ lower: Double?, _ upper: Double?) -> String {
        switch (lower, upper) {
        case (let lower?, let upper?) where lower == upper: NumberText.real(lower)
        case (let lower?, let upper?): "\(NumberText.real(lower)) to \(NumberText.real(upper))"
        case (let lower?, nil): "at least \(NumberText.real(lower))"
        case (nil, let upper?): "at most \(NumberText.real(upper))"
        case (nil, nil): ""
        }
    }
}
