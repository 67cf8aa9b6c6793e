import StageKit
import Text

/// `link-claims.index`: for each band the statements that fall into it, over the corpus, and each statement once in full.
///
/// A statement stands in full in a row of its own, under an address that is the hash of what stands there; that row never
/// changes. The rows of bands hold addresses, a few bytes each. The index comes after it is known who is who, since
/// statements are compared by the entities that they name.
struct StatementIndex: FoldStep {
    static let name = "index"
    static let contract = StepContract(name, reads: [StatementSignatures.name, Mentions.name], facts: [.id])

    init(options: OptionReader) throws(OptionProblem) {}

    func summarize(_ input: StepInput) throws(StageFailure) -> Summary {
        let document = input.facts.id
        let layer = try input.layer(StatementSignatures.self)
        let mentions = try input.layer(Mentions.self).mentions
        var entries = SummaryBuilder()
        for statement in Self.statements(layer, of: document, mentions) {
            let bands = Bands.of(statement)
            guard !bands.isEmpty else { continue }
            let bytes = statement.encoded
            let address = StatementAddress(of: statement, encoded: bytes)
            entries.add(FoldKey(statement: address), bytes)
            for (k, band) in bands.enumerated() {
                let next = bands[(k + 1) % bands.count]
                entries.add(FoldKey(band), address.element(beside: next.value))
            }
        }
        return entries.summary()
    }

    /// The statements of a document that may be compared: what it says again in the same words adds nothing. Of two claims
    /// in one passage (*she asked for a delay, which the board refused*) each has statements of its own.
    static func statements(
        _ layer: StatementSignatures, of document: String, _ mentions: [Mention]
    ) -> [IndexedStatement] {
        let topics = IndexedStatement.topics(of: mentions)
        var said: [UInt64: Set<UInt64>] = [:]
        return layer.signatures.indices.filter { index in
            let signature = layer.signatures[index]
            return signature.reference.occurrence <= StatementPlace.mostOccurrences
                && said[signature.reference.passage, default: []].insert(signature.exact).inserted
        }.map {
            IndexedStatement(
                layer.signatures[$0], document: document, mentions: mentions, topics: topics, day: layer.day,
                documentSize: rounded(layer.signatures.count), vector: layer.vector(of: $0))
        }
    }

    /// The size of a document, to an eighth from eight statements on: each statement tells it, and one statement more shall
    /// not move all others of the document.
    static func rounded(_ size: Int) -> Int {
        var step = 1
        while size >= 8 * step { step *= 2 }
        return (size + step / 2) / step * step
    }
}
