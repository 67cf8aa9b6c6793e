import Foundation

/// Names from the kit's gazetteers and the stage's own lists, for filling reports.
struct NameLists {
    var firstNames: [String]
    var surnames: [String]
    var cities: [String]
    var regions: [String]
    var countries: [(name: String, people: String)]
    var organizations: [String]
    /// Patterns and words of invented names, by the name of their line.
    var patterns: [String: [String]] = [:]

    /// From the kit's gazetteers, the stage's lists in the folder `data` and the trainer's `patterns`.
    init(kit: String, data: String, patterns path: String) throws {
        func lines(_ path: String) throws -> [String] {
            try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
                .filter { !$0.hasPrefix("#") }
        }
        func parts(_ line: String, _ separator: Character) -> [String] {
            line.split(separator: separator).map { $0.trimmingCharacters(in: .whitespaces) }
        }
        let folder = kit + "/data/entities/gazetteers/"
        func plain(_ name: String) -> Bool {
            name.first?.isUppercase == true && name.unicodeScalars.count > 2 && !name.contains("(")
                && !name.contains(",")
        }
        firstNames = try lines(folder + "first-names.txt").filter(plain)
        surnames = try lines(folder + "surnames.txt").filter { plain($0) && !$0.contains(" ") }
        let places = try lines(folder + "cities.tsv").dropFirst().map { $0.components(separatedBy: "\t") }
        cities = places.map { $0[0] }.filter(plain)
        let own = try lines(data + "/regions.txt").flatMap { parts($0, "|") }
        regions = Array(Set(places.map { $0[2] }.filter(plain))).sorted() + own + own
        countries = try lines(data + "/countries.txt").compactMap { line in
            let sides = parts(line, "=")
            guard sides.count == 2 else { return nil }
            return (parts(sides[0], "|")[0], parts(sides[1], "|")[0])
        }
        organizations =
            try lines(data + "/organizations.txt").flatMap { parts($0, "|") }
            + lines(data + "/famous-names.txt").filter { $0.hasPrefix("organization:") }
            .flatMap { parts(String($0.dropFirst(13)), "|") }
        for line in try lines(path) {
            let sides = line.split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            if sides.count == 2 { patterns[sides[0], default: []] += parts(sides[1], "|") }
        }
    }
}
