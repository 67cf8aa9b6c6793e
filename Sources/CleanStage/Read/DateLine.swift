import Text

/// A line that is a date: `Monday, January 19, 2026`, `Published 19 January 2026 at 10:30`.
enum DateLine {
    /// The day in ISO 8601, if `line` says a date and nothing else.
    static func date(of line: [UInt8]) -> String? {
        guard line.count <= 80, line.count >= 6 else { return nil }
        var words: [String] = []
        for word in withoutDots(String(decoding: line, as: UTF8.self).lowercased()).unicodeScalars.split(
            whereSeparator: {
                !($0.properties.isAlphabetic || $0.properties.numericType != nil || $0 == ":" || $0 == "-")
            })
        {
            // `Published: 19 January`
            words.append(String(word.last == ":" ? word.dropLast() : word))
        }
        if let iso = words.first(where: { isISO($0) }) {
            let parts = iso.prefix(10).split(separator: "-").compactMap { Int($0) }
            guard parts.count == 3, WrittenDay.iso(parts[0], parts[1], parts[2]) != nil else { return nil }
            return words.allSatisfy { $0 == iso || DateWords.isBeside($0) || isTime($0) } ? String(iso.prefix(10)) : nil
        }
        if let iso = numeric(line, words) { return iso }
        var day: Int?
        var month: Int?
        var year: Int?
        for word in words {
            if month == nil, let named = DateWords.months[word] {
                month = named
            } else if DateWords.isBeside(word) || word == "-" {
                continue
            } else if let number = ordinal(word) {
                if number >= 1000, number < 2200, year == nil {
                    year = number
                } else if number >= 1, number <= 31, day == nil {
                    day = number
                } else if number >= 60 {
                    return nil
                }
            } else if !isTime(word) {
                return nil
            }
        }
        guard let day, let month, let year else { return nil }
        return WrittenDay.iso(year, month, day)
    }

    /// `5:12 p.m.` as `5:12 pm`.
    private static func withoutDots(_ line: String) -> String {
        guard line.contains(".m") || line.contains(". m.") else { return line }
        var result = line
        for (written, plain) in [("a.m.", "am"), ("p.m.", "pm"), ("a. m.", "am"), ("p. m.", "pm")] {
            result = result.replacing(written, with: plain)
        }
        return result
    }

    /// The day in the date of a message: `Mon, 3 May 2031 09:12:44 +0200 (CEST)`.
    static func mailDate(_ value: String) -> String? {
        let words = value.split(separator: " ").map(String.init)
        guard let time = words.firstIndex(where: { $0.contains(":") }) else { return nil }
        let year = time + 1 < words.count && words[time + 1].utf8.count == 4 && Int(words[time + 1]) != nil
        // Mon May 3 09:12:44 2031
        return date(of: Array((words[..<time] + (year ? [words[time + 1]] : [])).joined(separator: " ").utf8))
    }

    /// `19.01.2026`, and `19/01/2026` where only one order gives a day; perhaps with a time behind it.
    private static func numeric(_ line: [UInt8], _ words: [String]) -> String? {
        let isPlain = words.allSatisfy {
            ordinal($0) != nil || DateWords.isBeside($0) || isTime($0) || $0 == "-"
        }
        guard isPlain else { return nil }
        for word in line.split(separator: 0x20) {
            for mark in [UInt8(ascii: "."), UInt8(ascii: "/")] {
                let parts = word.split(separator: mark).map { Int(String(decoding: $0, as: UTF8.self)) }
                guard parts.count == 3, let a = parts[0], let b = parts[1], let year = parts[2], year >= 1000 else {
                    continue
                }
                if mark == UInt8(ascii: ".") || a > 12 { return WrittenDay.iso(year, b, a) }
                return b > 12 ? WrittenDay.iso(year, a, b) : a == b ? WrittenDay.iso(year, a, b) : nil
            }
        }
        return nil
    }

    private static func ordinal(_ word: String) -> Int? {
        let digits = word.utf8.prefix { $0 >= 0x30 && $0 <= 0x39 }
        guard !digits.isEmpty, digits.count <= 4 else { return nil }
        let rest = String(word.dropFirst(digits.count))
        guard ["", "st", "nd", "rd", "th", "er", "º", "°"].contains(rest) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    private static func isTime(_ word: String) -> Bool {
        guard let first = word.utf8.first, first >= 0x30, first <= 0x39 else { return false }
        let rest = word.utf8.drop { ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: ":") }
        return ["", "am", "pm", "h"].contains(String(decoding: rest, as: UTF8.self)) && word.utf8.count <= 8
    }

    private static func isISO(_ word: String) -> Bool {
        let bytes = Array(word.utf8)
        guard bytes.count >= 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return false }
        return (0..<10).allSatisfy { $0 == 4 || $0 == 7 || (bytes[$0] >= 0x30 && bytes[$0] <= 0x39) }
    }
}
