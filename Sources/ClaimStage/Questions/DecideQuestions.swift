import StageKit
import Text

/// `link-claims.groups`: linked statements that hang together are one question.
struct DecideQuestions: FinishStep {
    static let name = "groups"
    static let contract = StepContract(name, after: QuestionIndex.name)

    init(options: OptionReader) throws(OptionProblem) {}

    func neighbours(of row: FoldRow) -> [FoldKey] {
        row.key.isMerge ? row.elements.map { FoldKey($0.bytes) } : Self.nodes(of: row).flatMap { $0.edges.map(\.other) }
    }

    func decide(_ rows: [FoldRow], _ lookup: NoLookup) -> [Decision] {
        let nodes = rows.flatMap(Self.nodes)
        // noun phrases alone say nothing that could be asked
        guard nodes.count > 1, nodes.contains(where: { $0.clarity > 0 }) else { return [] }
        let group = QuestionGroup(nodes)
        var parts: [String: QuestionDecision] = [:]
        for (k, node) in group.nodes.enumerated() {
            parts[node.document, default: QuestionDecision()].parts.append(
                .init(
                    place: node.place, question: group.question.id, answer: group.answers[k],
                    isLatest: group.latest.contains(k)))
        }
        parts[group.lead.document, default: QuestionDecision()].questions.append(group.question)
        return parts.sorted { $0.key.precedes($1.key) }.map { document, decision in
            Decision(to: document, decision.encoded, owner: rows[0].key)
        }
    }

    private static func nodes(of row: FoldRow) -> [QuestionNode] {
        row.key.isMerge
            ? []
            : row.elements.compactMap { element in
                var reader = ByteReader(element.bytes)
                return try? QuestionNode(decoding: &reader)
            }
    }
}

/// What a question says to one document: the question, if a statement of the document leads it, and which of its
/// statements speak to it.
struct QuestionDecision {
    /// A statement that speaks to a question.
    struct Part {
        var place: StatementPlace
        var question: String
        var answer: Int?
        /// Whether its source says nothing later.
        var isLatest: Bool
    }

    var questions: [Questions.Question] = []
    var parts: [Part] = []

    init() {}

    /// The canonical bytes.
    var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(list: questions) { $1.encode(into: &$0) }
        writer.write(list: parts) { writer, part in
            part.place.encode(into: &writer)
            writer.write(part.question)
            writer.write(optional: part.answer) { $0.write($1) }
            writer.write(part.isLatest)
        }
        return writer.bytes
    }

    init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        questions = try reader.list { reader throws(LayerError) in try Questions.Question(decoding: &reader) }
        parts = try reader.list { reader throws(LayerError) in
            Part(
                place: try StatementPlace(decoding: &reader), question: try reader.string(),
                answer: try reader.optional { reader throws(LayerError) in try reader.integer() },
                isLatest: try reader.bool())
        }
        try reader.finish()
    }
}
