import StageKit

/// What the user asks of links.
struct LinkOptions {
    /// The least score of a link, in thousandths; nil for that of each relation.
    let leastScore: Int?
    /// Whether statements of one document are compared.
    let withinDocuments: Bool

    /// The options as the stage declares them.
    static let descriptions = [
        OptionDescription(
            "least-score", .real(0...1),
            "The least score of a link. Without it, each relation has its own; 0 gives every pair that was compared."),
        OptionDescription(
            "within-documents", .bool, default: .bool(true),
            "Whether statements of one document are compared too, so that a text that contradicts itself is shown."),
        OptionDescription(
            "decisions", .yamlFile,
            "Decisions by hand: YAML with `claims`, a list of {reject} or {set, source}, `links`, a list of {reject} or {confirm, relation}, and `questions`, a list of {merge} or {split}."
        ),
    ]

    init(_ reader: OptionReader) {
        leastScore = reader.real("least-score").map { Int(($0 * 1000).rounded()) }
        withinDocuments = reader.bool("within-documents")
    }

    /// Whether every pair is told that scores enough, however many there are.
    var tellsAll: Bool { leastScore != nil }

    /// What scores less is not told, whatever its relation.
    var floor: Int { leastScore ?? Calibration.leastScore(.related) }

    /// The comparison of two statements, if it is sure enough to be told. Within a document only what contradicts it.
    func kept(_ comparison: Comparison, withinDocument isWithin: Bool) -> Comparison? {
        if isWithin, comparison.relation != .disputes { return nil }
        let least = leastScore ?? Calibration.leastScore(comparison.relation)
        return comparison.score >= least ? comparison : nil
    }
}
