import EntityStage
import StageKit
import Text

/// How well a model does on the kit's texts for measuring, which nothing is learnt from: exact spans and kinds, before
/// the document's names are linked. The kit's own scorer, over the tool, has the last word.
enum Evaluation {
    static func run(_ kit: String, _ model: NameModel) async throws {
        for set in ["wikinews-facts", "uner-ewt-dev", "re3d"] {
            let texts = try TrainingRow.read("\(kit)/data/entities/\(set).jsonl").map { MarkedText($0, weight: 1) }
            let layers = try await Lesson.layers(of: texts.map(\.bytes))
            var right = 0, found = 0, marked = 0
            for (text, layer) in zip(texts, layers) {
                let names = try NameSample.names(in: layer, by: model).compactMap { name in
                    NameLabel.kinds.firstIndex(of: name.kind).map { (span: name.span, kind: $0) }
                }
                let gold = text.names.filter { $0.kind != .miscellaneous }
                found += names.count
                marked += gold.count
                right += gold.count { name in
                    names.contains { $0.span == name.span && $0.kind == name.kind.rawValue }
                }
            }
            let measures = [(2 * right, found + marked), (right, found), (right, marked)].map(percent)
            print("\(set): strict F \(measures[0]) %, P \(measures[1]) %, R \(measures[2]) %")
        }
    }

    private static func percent(_ part: Int, _ whole: Int) -> Double {
        (1000 * Double(part) / Double(max(1, whole))).rounded() / 10
    }
}
