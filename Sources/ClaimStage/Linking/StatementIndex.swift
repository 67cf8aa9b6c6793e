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
        let topics = IndexedStatement.topics(of: mentions)
        var entries = SummaryBuilder()
        // what a document says again in the same words adds nothing that could be compared
        for signature in layer.signatures where signature.reference.occurrence == 0 {
            let statement = IndexedStatement(
                signature, document: document, mentions: mentions, topics: topics, day: layer.day,
                documentSize: layer.signatures.count)
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
}

/// Where a statement stands in full: two bytes that statements of the same words have in common, and eight of a hash.
struct StatementAddress {
    static let count = 10
    let bytes: [UInt8]

    /// The address of `statement`, whose canonical bytes are `encoded`.
    init(of statement: IndexedStatement, encoded: [UInt8]) {
        bytes = statement.signature.exact.bytes(2) + StableHash.of(encoded).bytes(8)
    }

    /// What stands for the statement in a band. In a large band only neighbours are compared, so elements begin with a
    /// hash of what the statement has in the next band: what has much in common stands together.
    func element(beside next: UInt64) -> [UInt8] { Bands.mixed(next).bytes(2) + bytes }
}

extension FoldKey {
    private static let statementMark: UInt8 = 0xFF

    /// The row of a band: its kind, and what the statements in it have in common.
    init(_ band: Bands.Band) { self.init([band.kind.rawValue] + band.value.bytes(6)) }

    /// The row of a statement.
    init(statement address: StatementAddress) { self.init([Self.statementMark] + address.bytes) }

    /// The row of the statement that `element` of a band stands for; nil for bytes that are no element.
    init?(statementOf element: [UInt8]) {
        guard element.count == 2 + StatementAddress.count else { return nil }
        self.init([Self.statementMark] + element[2...])
    }

    /// The band whose row this is; nil for the row of a statement.
    var band: Bands.Band? {
        guard bytes.count == 7, let kind = bytes.first.flatMap({ Bands.Kind(rawValue: $0) }) else { return nil }
        return Bands.Band(kind: kind, value: bytes[1...].reduce(0) { $0 << 8 | UInt64($1) })
    }
}

extension UInt64 {
    /// The low `count` bytes, high ones first.
    func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: self >> (8 * UInt64(count - 1 - $0))) }
    }
}
