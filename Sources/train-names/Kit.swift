import EntityStage
import Foundation

/// The training data: the rows of the kit whose licences let weights made from them be given away, and invented reports.
struct Kit {
    let settings: Settings

    /// The texts to learn from, in the kit's order.
    func texts() throws -> [MarkedText] {
        let rows = try TrainingRow.read(settings.kit + "/data/entities/train.jsonl")
        var texts: [MarkedText] = []
        var lines: [MarkedText] = []
        for row in rows {
            if row.source != "wikigold" || lines.count == Self.linesOfArticle {
                if !lines.isEmpty { texts.append(.joined(lines)) }
                lines = []
            }
            switch row.source {
            case "wikigold": lines.append(MarkedText(row, weight: 1).withoutTokenBlanks().inOurWay())
            case "wnut17-train", "wnut17-dev", "btc-train":
                texts.append(MarkedText(row, weight: settings.messages).withoutTokenBlanks().inOurWay())
            case let source where source.hasPrefix("GUM "): texts.append(MarkedText(row, weight: 1).inOurWay())
            // what is left stems from Wikipedia, under a licence that the weights would have to be under too
            default: break
            }
        }
        if !lines.isEmpty { texts.append(.joined(lines)) }
        let own = settings.root + "/Sources/train-names/Data/"
        let lists = try NameLists(
            kit: settings.kit, data: settings.root + "/Sources/EntityStage/Data", patterns: own + "name-patterns.txt")
        texts += try WikinewsMarks.texts(
            own + "wikinews-names.txt", kit: settings.kit, weight: settings.wikinews)
        if !settings.holdsOut {
            texts += try TrainingRow.read(settings.kit + "/data/entities/wikinews-facts.jsonl")
                .map { MarkedText($0.withPartiesAsOrganizations(), weight: settings.wikinews) }
        }
        var news = try InventedNews(reports: own + "news.txt", lists: lists)
        return texts + news.texts(copies: settings.copies, weight: settings.invented)
    }

    /// Rows of Wikigold are sentences in the order of their articles; so many make a text.
    private static let linesOfArticle = 12

    /// The words of the kit's gazetteers with their sets.
    func words() throws -> [(hash: UInt64, flags: UInt8)] {
        var flags: [UInt64: UInt8] = [:]
        for line in try lines("first-names.txt") {
            for word in NameSample.words(of: String(line)) { flags[word, default: 0] |= NameGazetteer.firstName }
        }
        for line in try lines("surnames.txt") {
            let words = NameSample.words(of: String(line))
            if words.count == 1 { flags[words[0], default: 0] |= NameGazetteer.surname }
        }
        for line in try lines("cities.tsv").dropFirst() {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            guard cells.count > 2 else { continue }
            for cell in [cells[0], cells[2]] {
                let words = NameSample.words(of: String(cell))
                guard !words.isEmpty else { continue }
                flags[NameSample.key(of: words), default: 0] |= NameGazetteer.place
                if words.count > 1 { flags[words[0], default: 0] |= NameGazetteer.beginsPlace }
            }
        }
        return flags.sorted { $0.key < $1.key }.map { (hash: $0.key, flags: $0.value) }
    }

    private func lines(_ name: String) throws -> [Substring] {
        try String(contentsOfFile: settings.kit + "/data/entities/gazetteers/" + name, encoding: .utf8)
            .split(separator: "\n")
    }
}
