import Foundation

/// A row of the kit: a text and the names that are marked in it.
struct TrainingRow: Decodable {
    struct Mark: Decodable {
        /// Code points.
        var start: Int
        var end: Int
        var type: String
    }

    var id: String
    var source: String
    var text: String
    var mentions: [Mark]

    private enum CodingKeys: String, CodingKey { case id, source, text, mentions, names }

    init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        id = try values.decode(String.self, forKey: .id)
        source = try values.decode(String.self, forKey: .source)
        text = try values.decode(String.self, forKey: .text)
        // the facts, in which more than names is marked, have another word for them
        mentions =
            try values.decodeIfPresent([Mark].self, forKey: .mentions)
            ?? values.decode([Mark].self, forKey: .names)
    }

    init(id: String, text: String, mentions: [Mark]) {
        self.id = id
        source = "wikinews"
        self.text = text
        self.mentions = mentions
    }

    /// With parties as organizations, as the other texts have them, and what else is marked as miscellaneous.
    func withPartiesAsOrganizations() -> TrainingRow {
        let scalars = Array(text.unicodeScalars)
        var row = self
        row.mentions = mentions.map { mark in
            var mark = mark
            let form = String(String.UnicodeScalarView(scalars[mark.start..<mark.end]))
            switch mark.type {
            case "group" where form.hasSuffix("Party") || form.allSatisfy(\.isUppercase): mark.type = "organization"
            case "group", "event", "work": mark.type = "misc"
            default: break
            }
            return mark
        }
        return row
    }

    /// The rows of a file of the kit, in its order.
    static func read(_ path: String) throws -> [TrainingRow] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path))
        let decoder = JSONDecoder()
        return try data.split(separator: 0x0A).map { try decoder.decode(TrainingRow.self, from: $0) }
    }
}
