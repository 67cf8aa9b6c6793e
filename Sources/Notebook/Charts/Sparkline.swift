/// A line of numbers as small as a word, for a cell of a table.
struct Sparkline {
    private let values: [Double?]

    /// More numbers than these have no room in a cell.
    private static let limit = 240

    /// Reads numbers between blanks or commas; `-` stands for a missing one. Nil for anything else.
    init?(_ text: String) {
        let parts = text.split { $0 == " " || $0 == "," }
        guard !parts.isEmpty, parts.count <= Self.limit else { return nil }
        var values: [Double?] = []
        for part in parts {
            guard part != "-" else {
                values.append(nil)
                continue
            }
            guard let value = Double(part), value.isFinite else { return nil }
            values.append(value)
        }
        guard values.contains(where: { $0 != nil }) else { return nil }
        self.values = values
    }

    private var known: [Double] { values.compactMap { $0 } }
    private var least: Double { min(0, known.min() ?? 0) }
    private var most: Double { max(0, known.max() ?? 0) }

    /// How far up a value stands, from 0 to 1.
    private func height(_ value: Double) -> Double { most > least ? (value - least) / (most - least) : 0 }

    /// As letters that are bars of eight heights.
    var text: String {
        let bars = Array("▁▂▃▄▅▆▇█")
        return String(values.map { $0.map { bars[min(7, Int(height($0) * 7.999))] } ?? "·" })
    }

    /// What it shows, in words.
    private var words: String {
        let last = known.last ?? 0
        return "\(values.count) values from \(NumberText.real(known.first ?? 0)) to \(NumberText.real(last)), "
            + "at most \(NumberText.real(known.max() ?? 0))"
    }

    /// As a picture in a line of text.
    var html: String {
        let width = Double(min(120, max(24, values.count * 5)))
        let step = values.count > 1 ? (width - 6) / Double(values.count - 1) : 0
        func n(_ value: Double) -> String { NumberText.coordinate(value) }
        var runs: [[String]] = [[]]
        var last: (x: Double, y: Double)?
        for (k, value) in values.enumerated() {
            guard let value else {
                runs.append([])
                continue
            }
            let point = (x: 3 + step * Double(k), y: 14 - 12 * height(value))
            runs[runs.count - 1].append("\(n(point.x)),\(n(point.y))")
            last = point
        }
        let lines = runs.filter { $0.count > 1 }.map { "<polyline points=\"\($0.joined(separator: " "))\"/>" }.joined()
        let dots = runs.filter { $0.count == 1 }.compactMap(\.first).map { point in
            let parts = point.split(separator: ",")
            return "<circle cx=\"\(parts[0])\" cy=\"\(parts[1])\" r=\"1\"/>"
        }.joined()
        let end = last.map { "<circle cx=\"\(n($0.x))\" cy=\"\(n($0.y))\" r=\"2\"/>" } ?? ""
        return "<svg class=\"spark\" width=\"\(n(width))\" height=\"16\" viewBox=\"0 0 \(n(width)) 16\" role=\"img\" "
            + "aria-label=\"\(words)\"><title>\(words)</title>\(lines)\(dots)\(end)</svg>"
    }
}
