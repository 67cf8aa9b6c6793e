import EntityStage
import Foundation

/// The training data: the rows of the kit whose licences let the weights be given away.
enum Kit {
    /// The texts to learn from, in the kit's order.
    static func texts(_ folder: String) throws -> [MarkedText] {
        let rows = try TrainingRow.read(folder + "/data/entities/train.jsonl")
        var texts: [MarkedText] = []
        var lines: [MarkedText] = []
        func close() {
            if !lines.isEmpty { texts.append(.joined(lines)) }
            lines = []
        }
        for row in rows {
            switch row.source {
            case "wikigold":
                lines.append(MarkedText(row, weight: 1).withoutTokenBlanks().inOurWay())
                if lines.count == 12 { close() }
            case "wnut17-train", "wnut17-dev":
                close()
                texts.append(MarkedText(row, weight: Settings.shared.tweets).withoutTokenBlanks().inOurWay())
            case "btc-train":
                close()
                texts.append(MarkedText(row, weight: Settings.shared.tweets).withoutTokenBlanks().inOurWay())
            case let source where source.hasPrefix("GUM "):
                close()
                texts.append(MarkedText(row, weight: Settings.shared.gum).inOurWay())
            default: close()
            }
        }
        close()
        if Settings.shared.copies > 0 {
            let lists = try NameLists(kit: folder, data: Settings.shared.root + "/Sources/EntityStage/Data")
            var news = try InventedNews(reports: Settings.shared.root + "/Sources/train-names/Data/news.txt", lists: lists)
            texts += news.texts(copies: Settings.shared.copies, weight: Settings.shared.invented)
        }
        return texts
    }

    /// The words of the kit's gazetteers with their sets.
    static func words(_ folder: String) throws -> [(hash: UInt64, flags: UInt8)] {
        var flags: [UInt64: UInt8] = [:]
        func lines(_ name: String) throws -> [Substring] {
            try String(contentsOfFile: folder + "/data/entities/gazetteers/" + name, encoding: .utf8).split(separator: "\n")
        }
        for line in try lines("first-names.txt") {
            for word in NameSample.words(of: String(line)) { flags[word, default: 0] |= NameGazetteer.firstName }
        }
        for line in try lines("surnames.txt") {
            let words = NameSample.words(of: String(line))
            if words.count == 1 { flags[words[0], default: 0] |= NameGazetteer.surname }
        }
        for line in try lines("cities.tsv").dropFirst() {
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
            for cell in [cells[0], cells[2]] {
                let words = NameSample.words(of: String(cell))
                guard !words.isEmpty else { continue }
                flags[NameSample.key(of: words), default: 0] |= NameGazetteer.place
                if words.count > 1 { flags[words[0], default: 0] |= NameGazetteer.beginsPlace }
            }
        }
        return flags.sorted { $0.key < $1.key }.map { (hash: $0.key, flags: $0.value) }
    }
}
