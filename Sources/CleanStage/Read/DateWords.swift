import Text

/// Words of dates and of the lines that they stand in, in several languages.
enum DateWords {
    /// The number of a month by its names.
    static let months = MonthNames.numbers

    /// Words before the name of an author, each with its blank.
    static let authorship: [String] = words("by").map { $0 + " " }

    /// Whether a word may stand beside a date: a day of the week, a label, a word between day and month.
    static func isBeside(_ word: String) -> Bool { beside.contains(word) }

    /// Whether a word is the name of a month or of a day of the week.
    static func isDay(_ word: String) -> Bool { months[word] != nil || weekdays.contains(word) }

    private static let weekdays = Set(words("weekday"))
    private static let beside = Set(words("weekday") + words("label"))

    private static func words(_ key: String) -> [String] { table.filter { $0.key == key }.flatMap(\.words) }

    private static let table: [(key: String, words: [String])] =
        Embedded.dateWords.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }.split(separator: "\n")
        .filter { !$0.hasPrefix("#") }
        .compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            return words.first.map { ($0, Array(words.dropFirst())) }
        }
}
