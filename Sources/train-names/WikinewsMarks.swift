import Foundation

/// Names marked by hand in Wikinews articles of the kit: the articles are there, the marks are part of this project.
enum WikinewsMarks {
    private struct Article: Decodable {
        var id: String
        var text: String
    }

    private struct Group: Decodable { var articles: [Article] }

    /// The articles of the kit that `path` has marks for, in its order.
    static func texts(_ path: String, kit: String, weight: Double) throws -> [MarkedText] {
        var texts: [String: String] = [:]
        for article in try rows(kit + "/data/claims/wikinews.jsonl", as: Article.self) {
            texts[article.id] = article.text
        }
        for group in try rows(kit + "/data/links/wikinews.jsonl", as: Group.self) {
            for article in group.articles { texts[article.id] = article.text }
        }
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        return try lines.filter { $0.first != "#" }.map { line in
            let cells = line.split(separator: " ")
            guard let text = texts[String(cells[0])] else {
                throw CocoaError(.fileReadCorruptFile, userInfo: [NSFilePathErrorKey: "\(path): \(cells[0])"])
            }
            let row = TrainingRow(id: String(cells[0]), text: text, mentions: cells.dropFirst().compactMap(mark))
            return MarkedText(row, weight: weight)
        }
    }

    private static func rows<Row: Decodable>(_ path: String, as type: Row.Type) throws -> [Row] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let decoder = JSONDecoder()
        return try data.split(separator: 0x0A).map { try decoder.decode(type, from: $0) }
    }

    /// `p12-25`: a person from the twelfth code point up to the twenty-fifth.
    private static func mark(_ cell: Substring) -> TrainingRow.Mark? {
        let ends = cell.dropFirst().split(separator: "-").compactMap { Int($0) }
        guard let type = cell.first.flatMap({ types[$0] }), ends.count == 2 else { return nil }
        return TrainingRow.Mark(start: ends[0], end: ends[1], type: type)
    }

    /// A party is found as an organization; the rules tell that it is a party.
    private static let types: [Character: String] = [
        "p": "person", "o": "organization", "l": "place", "t": "organization", "g": "misc", "e": "misc", "w": "misc",
    ]
}
