import EntityStage
import Foundation
import Text

/// Fills the reports of `Data/news.txt` with names from all over the world, many of them made up.
///
/// The reports teach how names stand in news; the names are of so many kinds that no single one is learnt.
struct InventedNews {
    private var noise = Noise(seed: 11)
    private let lists: NameLists
    private let reports: [[UInt8]]
    /// The names of the report that is being filled, by slot.
    private var filled: [String: String] = [:]

    init(reports path: String, lists: NameLists) throws {
        self.lists = lists
        let text = try String(contentsOfFile: path, encoding: .utf8)
        var reports: [[UInt8]] = [[]]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) where line.first != "#" {
            if line.isEmpty {
                if !reports[reports.count - 1].isEmpty { reports.append([]) }
            } else {
                reports[reports.count - 1] += Array(line.utf8) + [0x0A]
            }
        }
        self.reports = reports.filter { !$0.isEmpty }
    }

    /// `copies` of each report, every other one with its lines as texts of their own, because much that is read is short.
    mutating func texts(copies: Int, weight: Double) -> [MarkedText] {
        var texts: [MarkedText] = []
        for copy in 0..<copies {
            for report in reports {
                if copy % 2 == 0 {
                    texts.append(fill(report, weight: weight))
                } else {
                    for line in report.split(separator: 0x0A) { texts.append(fill(Array(line), weight: weight)) }
                }
            }
        }
        return texts
    }

    private mutating func fill(_ report: [UInt8], weight: Double) -> MarkedText {
        filled = [:]
        var text = MarkedText(weight: weight)
        var k = 0
        var outer: (start: Int, kind: MarkedText.Kind)?
        while k < report.count {
            switch report[k] {
            case UInt8(ascii: "["):
                let end = report[k...].firstIndex(of: UInt8(ascii: "]")) ?? report.count - 1
                let slot = String(decoding: report[k + 1..<end], as: UTF8.self)
                let name = name(for: slot)
                let start = text.bytes.count
                text.bytes += Array(name.utf8)
                if outer == nil, let kind = Self.kind(of: slot) {
                    text.names.append(MarkedText.Name(span: ByteSpan(start, text.bytes.count), kind: kind))
                }
                k = end + 1
            case UInt8(ascii: "{"):
                let kinds: [UInt8: MarkedText.Kind] = [
                    UInt8(ascii: "o"): .organization, UInt8(ascii: "l"): .place, UInt8(ascii: "w"): .miscellaneous,
                ]
                outer = (text.bytes.count, kinds[report[k + 1]] ?? .miscellaneous)
                k += 3
            case UInt8(ascii: "}"):
                if let name = outer {
                    text.names.append(
                        MarkedText.Name(span: ByteSpan(name.start, text.bytes.count), kind: name.kind))
                }
                outer = nil
                k += 1
            default:
                text.bytes.append(report[k])
                k += 1
            }
        }
        return text
    }

    private static func kind(of slot: String) -> MarkedText.Kind? {
        switch slot.first {
        case "P", "p", "F": .person
        case "L", "R", "C": .place
        case "O", "A", "K", "M", "G": .organization
        case "W": .miscellaneous
        default: nil
        }
    }

    private mutating func name(for slot: String) -> String {
        if let known = filled[slot] { return known }
        let number = slot.dropFirst()
        switch slot.first {
        case "P", "p", "F":
            let person = person()
            filled["P\(number)"] = person.whole
            filled["p\(number)"] = person.last
            filled["F\(number)"] = person.first
        case "C", "D":
            let country = chance(75) ? pick(lists.countries) : inventedCountry()
            filled["C\(number)"] = country.name
            filled["D\(number)"] = country.people
        case "L": filled[slot] = city()
        case "R": filled[slot] = region()
        case "O", "A":
            let name = organization()
            filled["O\(number)"] = name
            filled["A\(number)"] = acronym(of: name)
        case "K": filled[slot] = pick(lists.organizations)
        case "M": filled[slot] = medium()
        case "G": filled[slot] = group()
        default: filled[slot] = work()
        }
        return filled[slot] ?? slot
    }

    // MARK: Kinds of names

    private mutating func person() -> (whole: String, first: String, last: String) {
        let first = chance(70) ? pick(lists.firstNames) : invented(lists.firstNames)
        var last = chance(65) ? pick(lists.surnames) : invented(lists.surnames)
        let form = Int(noise.next() % 100)
        let letter = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(noise.next() % 26)))
        switch form {
        case 0..<58: break
        case 58..<66: return ("\(first) \(letter). \(last)", first, last)
        case 66..<71: return ("\(letter). \(last)", first, last)
        case 71..<74: return ("\(letter).\(pick(["A", "J", "M", "R"])). \(last)", first, last)
        case 74..<80: return ("\(first) \(pick(lists.firstNames)) \(last)", first, last)
        case 80..<83: last = "\(last)-\(pick(lists.surnames))"
        case 83..<88:
            let particle = pick(["van", "de", "von", "da", "del", "di", "van der", "bin", "ibn", "dos", "el", "ten"])
            return ("\(first) \(particle) \(last)", first, last)
        case 88..<92: last = pick(["al-", "Al-", "el-", "al-", "O'", "Mc", "Mac"]) + last
        case 92..<97:
            let family = pick([
                "Kim", "Park", "Lee", "Choi", "Nguyen", "Tran", "Zhang", "Wang", "Li", "Chen", "Liu", "Mao", "Cho",
                "Ho", "Xi", "Hu", "Tan", "Lim",
            ])
            let given = invented(lists.firstNames).prefix(5) + "-" + invented(lists.firstNames).prefix(4).lowercased()
            return ("\(family) \(given)", String(given), family)
        default: return ("\(first) \(pick(lists.surnames)) \(last)", first, last)
        }
        return ("\(first) \(last)", first, last)
    }

    private mutating func city() -> String { chance(70) ? pick(lists.cities) : invented(lists.cities) }

    private mutating func region() -> String {
        switch noise.next() % 10 {
        case 0..<4: return pick(lists.regions)
        case 4..<6: return invented(lists.regions)
        case 6: return pick(["North", "South", "East", "West", "Upper", "Lower"]) + " " + invented(lists.cities)
        default:
            return invented(lists.cities) + " "
                + pick(["Province", "Valley", "Region", "District", "County", "Island", "State", "Peninsula"])
        }
    }

    private mutating func inventedCountry() -> (name: String, people: String) {
        let stem = invented(lists.cities)
        return pick([0, 1, 2]) == 0 ? (stem + "stan", stem + "i") : (stem + "ia", stem + "ian")
    }

    private mutating func organization() -> String { fillPattern(pick(lists.patterns["organization"] ?? [])) }
    private mutating func medium() -> String { fillPattern(pick(lists.patterns["press"] ?? [])) }
    private mutating func group() -> String { fillPattern(pick(lists.patterns["party"] ?? [])) }
    private mutating func work() -> String { fillPattern(pick(lists.patterns["work"] ?? [])) }

    /// A name by its pattern, whose words with a `$` stand for one of a list.
    private mutating func fillPattern(_ pattern: String) -> String {
        var words: [String] = []
        for word in pattern.split(separator: " ") {
            switch word {
            case "$surname": words.append(pick(lists.surnames))
            case "$invented": words.append(invented(lists.surnames))
            case "$city": words.append(city())
            case "$country": words.append(pick(lists.countries).name)
            case "$people": words.append(pick(lists.countries).people)
            case "$known": words.append(pick(lists.organizations))
            case "$three": words.append(letters(3))
            case "$four": words.append(letters(4))
            default:
                if word.first == "$", let values = lists.patterns[String(word.dropFirst())], !values.isEmpty {
                    words.append(pick(values))
                } else {
                    words.append(String(word))
                }
            }
        }
        return words.joined(separator: " ")
    }

    // MARK: Chance

    private mutating func chance(_ percent: UInt64) -> Bool { noise.next() % 100 < percent }
    private mutating func pick<T>(_ values: [T]) -> T { values[Int(noise.next() % UInt64(values.count))] }

    private mutating func letters(_ count: Int) -> String {
        let letters = Array("ABCDEFGHIKLMNOPRSTU")
        return String((0..<count).map { _ in letters[Int(noise.next() % UInt64(letters.count))] })
    }

    private func acronym(of name: String) -> String {
        let initials = name.split(separator: " ").compactMap(\.first).filter(\.isUppercase)
        return initials.count >= 2 ? String(initials) : name
    }

    /// A word that looks like those of a list: the head of one and the tail of another, joined at a vowel.
    private mutating func invented(_ list: [String]) -> String {
        for _ in 0..<8 {
            let a = pick(list).split(separator: " ")[0], b = pick(list).split(separator: " ")[0].lowercased()
            guard let cut = a.dropFirst(2).lastIndex(where: { "aeiou".contains($0) }),
                let join = b.dropFirst().firstIndex(where: { "aeiou".contains($0) })
            else { continue }
            let word = a[..<cut] + b[join...]
            if word.count >= 4, word.count <= 11 { return String(word) }
        }
        return pick(list)
    }
}
