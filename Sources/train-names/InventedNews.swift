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
            let family = pick(["Kim", "Park", "Lee", "Choi", "Nguyen", "Tran", "Zhang", "Wang", "Li", "Chen", "Liu", "Mao", "Cho", "Ho", "Xi", "Hu", "Tan", "Lim"])
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
                + pick(["Province", "Valley", "Region", "District", "County", "Island", "State", "Peninsula", "Desert"])
        }
    }

    private mutating func inventedCountry() -> (name: String, people: String) {
        let stem = invented(lists.cities)
        return pick([0, 1, 2]) == 0 ? (stem + "stan", stem + "i") : (stem + "ia", stem + "ian")
    }

    private mutating func organization() -> String {
        let field = pick(Self.fields), other = pick(Self.fields)
        let name = chance(50) ? pick(lists.surnames) : invented(lists.surnames)
        let country = pick(lists.countries)
        switch noise.next() % 26 {
        case 21, 22: return "\(pick(Self.plainWords)) \(pick(Self.heads))"
        case 23: return "\(invented(lists.surnames)) \(pick(Self.heads))"
        case 24: return "\(pick(Self.plainWords)) \(pick(Self.fields)) \(pick(Self.heads))"
        case 0: return "Ministry of \(field)"
        case 1: return "\(country.people) Ministry of \(field)"
        case 2: return "\(field) Ministry"
        case 3: return "National \(field) \(pick(["Agency", "Authority", "Institute", "Council", "Commission"]))"
        case 4: return "\(country.people) \(field) \(pick(["Agency", "Board", "Association", "Federation", "Union"]))"
        case 5: return "\(city()) \(pick(["University", "Museum", "Hospital", "City Council", "Chamber of Commerce", "Port Authority"]))"
        case 6: return "University of \(city())"
        case 7: return "\(name) \(pick(["Group", "Holdings", "Industries", "Corp", "Inc", "Ltd", "AG", "SA", "Bank", "Motors", "Energy", "Airlines", "Foods"]))"
        case 8: return "\(name) & \(pick(lists.surnames))"
        case 9: return "\(name) \(pick(["Foundation", "Institute", "Trust", "Center", "Gallery", "Hotel", "Restaurant"]))"
        case 10: return "\(pick(["Centre", "Institute", "Council", "Committee", "Association", "Society"])) for \(field) and \(other)"
        case 11: return "\(pick(["International", "European", "African", "Asian", "World", "Arab"])) \(field) \(pick(["Organization", "Council", "Fund", "Federation", "Bank"]))"
        case 12: return "Bank of \(country.name)"
        case 13: return "\(country.people) \(pick(["Army", "Navy", "Supreme Court", "Central Bank", "Red Crescent", "Football Association", "Bar Association"]))"
        case 14: return "Department of \(field)"
        case 15: return "\(field) \(pick(["Workers", "Teachers", "Farmers"])) Union"
        case 16: return "\(invented(lists.surnames))\(pick(["soft", "tech", "gas", "com", "bank", "air", "net", ""]))"
        case 17: return "\(name)'s \(pick(["Pizza", "Kitchen", "Books", "Garage", "Bakery"]))"
        case 18: return letters(3)
        case 19: return "\(city()) \(pick(["Police Department", "Fire Department", "High School", "Airport Authority", "Symphony", "Stock Exchange"]))"
        case 20: return "Office of the \(pick(["Attorney General", "High Commissioner", "Prosecutor", "President"]))"
        default: return "\(name) \(field) \(pick(["Services", "Company", "Systems", "Group"]))"
        }
    }

    private mutating func medium() -> String {
        switch noise.next() % 6 {
        case 0: return pick(lists.organizations)
        case 1: return "\(pick(["Radio", "TV"])) \(city())"
        case 2: return "\(pick(["El", "La", "Le", "Die", "Al"])) \(invented(lists.cities))"
        default:
            return "\(city()) \(pick(["Times", "Post", "Herald", "Tribune", "News", "Gazette", "Star", "Daily", "Chronicle", "Journal"]))"
        }
    }

    private mutating func group() -> String {
        let country = pick(lists.countries)
        switch noise.next() % 12 {
        case 10, 11: return "\(pick(Self.plainWords)) \(pick(Self.heads))"
        case 0: return letters(3)
        case 1: return letters(4)
        case 2: return "\(country.people) \(pick(["National Party", "Liberation Front", "Liberation Army", "Democratic Party", "Workers' Party", "People's Party"]))"
        case 3: return "\(pick(["Democratic", "People's", "National", "Liberal", "Socialist", "Popular"])) \(pick(["Party", "Front", "Alliance", "Movement", "Union"]))"
        case 4: return "\(pick(["Movement", "Front", "Party"])) for \(pick(["Democratic Change", "Justice", "the Liberation of \(country.name)", "National Unity"]))"
        case 5: return "al-\(invented(lists.surnames))"
        case 6: return "\(invented(lists.surnames)) \(pick(["Brigade", "Front", "Militia", "Movement", "Party"]))"
        case 7: return invented(lists.surnames)
        case 8: return "\(invented(lists.surnames)) \(invented(lists.surnames))"
        default: return pick(lists.organizations)
        }
    }

    private mutating func work() -> String {
        "\(pick(["The", "A", "My", "Our"])) \(pick(Self.workWords)) \(pick(Self.workWords))"
    }

    /// Plain words that organizations are called by.
    private static let plainWords = [
        "Harbour", "River", "Northern", "Southern", "Storm", "Iron", "Golden", "Green", "Red", "Blue", "Silver", "Free",
        "United", "First", "Central", "Coastal", "Mountain", "Valley", "Forest", "Ocean", "Eagle", "Lion", "Falcon",
        "Tiger", "Morning", "Evening", "Dawn", "Sunrise", "Star", "Global", "Civic", "Popular", "Patriotic", "Islamic",
        "Christian", "Royal", "Federal", "Regional", "Western", "Eastern", "Bright", "Open", "New", "Old", "Grand",
        "Stone", "Bridge", "Market", "Port", "Island", "Lake", "Desert", "Peace", "Freedom", "Unity", "Hope", "Victory",
    ]

    private static let heads = [
        "Guild", "Brigade", "Front", "Army", "Party", "Alliance", "League", "Union", "Group", "Company", "Bank", "Trust",
        "Foundation", "Institute", "Council", "Committee", "Authority", "Agency", "Association", "Society", "Club",
        "Movement", "Network", "Holdings", "Partners", "Systems", "Airlines", "Shipping", "Insurance", "Energy", "Media",
        "Press", "Forum", "Initiative", "Coalition", "Federation", "Syndicate", "Cooperative", "Militia", "Command",
        "Battalion", "Tribunal", "Commission", "Court", "Board", "Office", "Service", "College", "Academy", "Theatre",
        "Hospital", "Clinic", "Church", "Museum", "Watch", "Monitor", "Courier", "Times", "Voice",
    ]

    private static let workWords = [
        "River", "House", "Night", "Winter", "Daughter", "Song", "Stone", "Garden", "Letter", "Glass", "Summer", "War",
        "Bridge", "Light", "Silence", "Road", "Bird", "Mirror", "Island", "Harvest",
    ]

    private static let fields = [
        "Health", "Defence", "Justice", "Education", "Trade", "Finance", "Agriculture", "Energy", "Transport", "Culture",
        "Tourism", "Labour", "Interior", "Fisheries", "Water", "Science", "Technology", "Security", "Development",
        "Environment", "Nuclear", "Statistics", "Migration", "Refugees", "Human Rights", "Foreign Affairs", "Steel",
        "Mining", "Textile", "Insurance", "Space", "Weather", "Medical", "Housing", "Electoral", "Press",
    ]

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
