import EntityStage
import StageKit
import Text

enum Evaluation {
    static func run(_ kit: String, _ model: NameModel?) async throws {
        for (file, label) in [("uner-ewt-dev", "EWT"), ("re3d", "re3d")] {
            let rows = try TrainingRow.read("\(kit)/data/entities/\(file).jsonl")
            let texts = rows.map { MarkedText($0, weight: 1) }
            let layers = try await TrainNames.layered(texts.map(\.bytes))
            for half in 0..<3 {
            var right = 0, found = 0, marked = 0, loose = 0
            var by: [[Int]] = Array(repeating: [0, 0, 0], count: 3)
            for (k, (text, layer)) in zip(texts, layers).enumerated() where half == 2 || k % 2 == half {
                let names = try NameSample.names(in: layer, by: model).compactMap { name in
                    NameLabel.kinds.firstIndex(of: name.kind).map { (name.span, $0) }
                }
                found += names.count
                marked += text.names.count { $0.kind != .miscellaneous }
                var used = Set<Int>()
                for n in names { by[n.1][0] += 1 }
                for gold in text.names where gold.kind != .miscellaneous {
                    by[gold.kind.rawValue][1] += 1
                    if names.contains(where: { $0.0 == gold.span && $0.1 == gold.kind.rawValue }) { right += 1; by[gold.kind.rawValue][2] += 1 }
                    if let k = names.indices.first(where: { !used.contains($0) && names[$0].0.overlaps(gold.span) && names[$0].1 == gold.kind.rawValue }) { used.insert(k); loose += 1 }
                }
            }
            let f = 2 * Double(right) / Double(found + marked), r = 2 * Double(loose) / Double(found + marked)
            let parts = by.map { String(Int((2000 * Double($0[2]) / Double(max(1, $0[0] + $0[1]))).rounded())) }.joined(separator: " ")
            print(label, half == 2 ? "all" : half == 0 ? "even" : "odd", "strict", (f * 1000).rounded() / 1000, "relaxed", (r * 1000).rounded() / 1000, "P", Double(right * 1000 / max(1, found)) / 1000, "R", Double(right * 1000 / max(1, marked)) / 1000, "P/O/L", parts)
            }
        }
    }
}
