/// Pairs of names: arcs between the names that stand together, and beside them the same numbers as a matrix.
///
/// The names are in one column, which arcs and matrix share: no label can cover another, and the picture is the same on
/// every machine. Names that belong together stand near each other: behind the strongest pair comes, one after another, the
/// name that has most in common with those that are placed.
struct NetworkChart: Chart {
    /// A number with the row of the query that gives it.
    private struct Pair {
        /// The places of the two names; the smaller one comes first.
        let a: Int
        let b: Int
        let value: Double
        let row: Int
    }

    /// In the order of the picture.
    private let names: [String]
    private let pairs: [Pair]
    private let measure: String
    let notes: [String]

    /// More names than these are too many to follow a line.
    private static let limit = 24
    private static let reach = 190.0

    init(_ result: QueryResult) throws(QueryProblem) {
        let shown = try ChartKind.network.shown(
            of: result, "a network needs three columns: two names, and a number for the pair")
        measure = result.columns[shown[2]].replacing("_", with: " ")
        var places: [String: Int] = [:]
        var all: [String] = []
        func place(_ value: QueryValue) -> Int {
            let plain = ValueText.plain(value)
            let name = plain.isEmpty ? "none" : plain
            if let place = places[name] { return place }
            places[name] = all.count
            all.append(name)
            return all.count - 1
        }
        var given: [Pair] = []
        var alone = 0
        var missing = 0
        for (row, values) in result.rows.enumerated() {
            let (a, b) = (place(values[shown[0]]), place(values[shown[1]]))
            guard a != b else {
                alone += 1
                continue
            }
            guard let value = values[shown[2]].number, value.isFinite else {
                missing += 1
                continue
            }
            given.append(Pair(a: min(a, b), b: max(a, b), value: value, row: row))
        }
        var seen: Set<[Int]> = []
        if let doubled = given.first(where: { !seen.insert([$0.a, $0.b]).inserted }) {
            throw QueryProblem(
                "several rows of the chart are for '\(all[doubled.a])' and '\(all[doubled.b])'",
                hint: "A pair has no direction: group the query so that each has one row.", id: "chart-moments")
        }
        let kept = min(all.count, Self.limit)
        given.removeAll { $0.b >= kept }
        let order = Self.order(kept, given)
        var at = Array(repeating: 0, count: kept)
        for (place, name) in order.enumerated() { at[name] = place }
        names = order.map { all[$0] }
        pairs = given.map { pair in
            Pair(
                a: min(at[pair.a], at[pair.b]), b: max(at[pair.a], at[pair.b]), value: pair.value, row: pair.row)
        }
        var notes: [String] = []
        if all.count > kept {
            notes.append("The picture shows the first \(kept) of \(NumberText.grouped(all.count)) names.")
        }
        notes += ChartData.notShown(missing, without: "number")
        if alone > 0 {
            notes.append("\(NumberText.grouped(alone)) \(alone == 1 ? "row pairs" : "rows pair") a name with itself.")
        }
        self.notes = notes
    }

    /// The names in the order in which they stand: the two of the strongest pair, then always the one that has most in common
    /// with those before it, of equals the one that came first.
    private static func order(_ count: Int, _ pairs: [Pair]) -> [Int] {
        var near = Array(repeating: 0.0, count: count)
        var isPlaced = Array(repeating: false, count: count)
        var order: [Int] = []
        func strongest(_ weight: (Int) -> Double) -> Int? {
            (0..<count).filter { !isPlaced[$0] }.reduce(nil) { best, next in
                best.map { weight(next) > weight($0) } ?? true ? next : best
            }
        }
        var most = Array(repeating: 0.0, count: count)
        for pair in pairs {
            most[pair.a] = max(most[pair.a], pair.value)
            most[pair.b] = max(most[pair.b], pair.value)
        }
        while order.count < count {
            // where nothing is near any more, another group begins
            guard let next = near.contains(where: { $0 > 0 }) ? strongest({ near[$0] }) : strongest({ most[$0] }) else {
                break
            }
            isPlaced[next] = true
            near[next] = 0
            order.append(next)
            for pair in pairs where pair.a == next || pair.b == next {
                let other = pair.a == next ? pair.b : pair.a
                if !isPlaced[other] { near[other] += max(0, pair.value) }
            }
        }
        return order
    }

    /// The strongest pair.
    private var description: String {
        guard let most = pairs.max(by: { $0.value < $1.value }) else { return "" }
        return "Most \(measure): \(names[most.a]) and \(names[most.b]) (\(NumberText.real(most.value)))"
    }

    func draw(title: String, highlighted: Set<String>, link: (Int) -> String?) -> Picture {
        var picture = Picture(title: title)
        picture.description = description
        let labels = names.map { Picture.fitted($0, to: 170) }
        let heads = names.map { Picture.fitted($0, to: 110) }
        let wide = labels.map(Picture.width).max() ?? 0
        let left = Self.reach + 16 + wide + 10
        let top = (heads.map(Picture.width).max() ?? 0) + 14
        let width = min(22, (Picture.width - 10 - left) / Double(max(1, names.count)))
        picture.height = top + 22 * Double(names.count) + 28
        func y(_ name: Int) -> Double { top + 22 * Double(name) + 11 }
        let most = pairs.map(\.value.magnitude).max() ?? 0
        for pair in pairs where pair.value > 0 {
            let far = Double(pair.b - pair.a) / Double(max(1, names.count - 1))
            picture.arc(
                Self.reach + 8, from: y(pair.a), to: y(pair.b), reach: 14 + (Self.reach - 20) * far,
                width: 1 + 4 * pair.value / most, label: label(of: pair), link: link(pair.row))
        }
        for (k, name) in labels.enumerated() {
            let kind = highlighted.contains(names[k]) ? "strong" : nil
            picture.text(name, Self.reach + 16, y(k) + 4, class: kind)
            picture.text(
                heads[k], left + width * (Double(k) + 0.5) + 4, top - 6, class: kind ?? "note", turned: true)
        }
        for pair in pairs {
            for (row, column) in [(pair.a, pair.b), (pair.b, pair.a)] {
                picture.field(
                    left + width * Double(column) + 1, y(row) - 10, width - 2, 20,
                    strength: most > 0 ? pair.value.magnitude / most : 0, label: label(of: pair), link: link(pair.row))
            }
        }
        picture.text(
            Picture.fitted("\(measure): the thicker and the stronger the shade, the more", to: Picture.width - 20), 10,
            picture.height - 8, class: "note")
        return picture
    }

    private func label(of pair: Pair) -> String {
        "\(names[pair.a]) and \(names[pair.b]): \(NumberText.real(pair.value)) \(measure)"
    }
}
