import Foundation
import Testing

@testable import Words

/// What Golden/measures.py computed without Colophon, and the corpus that it did so for.
enum GoldenMeasures {
    static func load() throws -> (expected: [String: Any], fixture: WordsFixture) {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/measures.json")
        let expected = try #require(
            try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
        let texts = try #require(expected["texts"] as? [String: [String: String]])
        let fixture = try WordsFixture(
            texts.sorted { $0.key < $1.key }.map {
                (id: $0.key, text: $0.value["text"] ?? "", metadata: ["publisher": $0.value["publisher"] ?? ""])
            })
        return (expected, fixture)
    }

    /// Compares numbers with those of a row, to nine digits; one that is missing has to be NaN or infinite.
    static func check(_ row: [String: Any], _ values: [String: Double], _ what: String) {
        #expect(Set(row.keys) == Set(values.keys), "\(what)")
        for (name, value) in values {
            guard let number = row[name] as? Double else {
                #expect(!value.isFinite, "\(what) \(name)")
                continue
            }
            #expect(abs(value - number) <= 1e-9 * max(1, abs(number)), "\(what) \(name): \(value), not \(number)")
        }
    }

    static func values(_ row: Collocates.Row) -> [String: Double] {
        [
            "together": Double(row.together), "occurrences": Double(row.occurrences), "expected": row.table.expected,
            "pmi": row.table.pmi, "g2": row.table.g2, "t": row.table.tScore, "log_dice": row.logDice,
            "delta_p": row.table.deltaP, "delta_p_backward": row.table.deltaPBackward,
        ]
    }

    static func values(_ value: LexicalDiversity) -> [String: Double] {
        [
            "words": Double(value.words), "types": Double(value.types), "ttr": value.ttr, "mattr": value.mattr,
            "mtld": value.mtld, "yule_k": value.yuleK,
        ]
    }
}
