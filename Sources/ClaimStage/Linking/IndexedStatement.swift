import StageKit
import Text

/// A statement with what its document and its corpus make of it: what two statements are compared by.
struct IndexedStatement {
    /// What the statement says.
    let signature: StatementSignature
    /// The document that makes the statement.
    let document: String
    /// The tokens of its words and of the entities that it names, by hash, each once.
    let tokens: [UInt32]
    /// The entities that it names, by hash, without those that only stand in a title.
    let entities: [UInt32]
    /// The entities that its document names most.
    let topics: [UInt32]
    /// The day of its document; nil when it is not known.
    let day: Int?
    /// How many statements its document makes.
    let documentSize: Int
    /// Whether somebody is meant by a pronoun, and it is not known who.
    let isOpen: Bool
    /// The entity that it names first, by hash; 0 for none.
    let first: UInt32
    /// The token of the entity that does what it says; 0 for none.
    let agent: UInt32
    /// Who says it, by hash; 0 for the author, and where that is not known.
    let source: UInt32
    /// What it means, as a vector of signed bytes; empty where it is not compared by meaning.
    let vector: ArraySlice<UInt8>

    /// The most entities of a document that tell what it is about.
    static let mostTopics = 6

    /// The statement of `signature` in a document with these mentions.
    init(
        _ signature: StatementSignature, document: String, mentions: [Mention], topics: [UInt32], day: Int?,
        documentSize: Int, vector: ArraySlice<UInt8> = []
    ) {
        self.signature = signature
        self.vector = vector
        self.document = document
        self.topics = topics
        self.day = day
        self.documentSize = documentSize
        var tokens: [UInt32] = []
        var titles: [UInt32] = []
        var named: Set<UInt32> = []
        func add(_ mention: Mention) {
            let entity = Self.hash(of: mention.entity)
            if named.insert(entity).inserted { tokens.append(StatementToken.name(entity, mention.kind)) }
        }
        for name in signature.names where mentions.indices.contains(name.mention) {
            let mention = mentions[name.mention]
            guard mention.entity != nil else { continue }
            switch name.part {
            case .named: add(mention)
            case .title: titles.append(Self.hash(of: mention.entity))
            }
        }
        let doer = signature.agent.flatMap { mentions.indices.contains($0) ? mentions[$0] : nil }
        agent = doer.flatMap { $0.entity == nil ? nil : StatementToken.name(Self.hash(of: $0.entity), $0.kind) } ?? 0
        let speaker = signature.source.flatMap { mentions.indices.contains($0) ? mentions[$0] : nil }
        source = Self.hash(of: speaker?.entity)
        first = tokens.first.map(StatementToken.hash) ?? 0
        isOpen = signature.traits.contains(.pronoun) && named.isEmpty
        // who speaks is who is meant by "I"
        if signature.traits.isSuperset(of: [.first, .quoted]), let source = signature.source,
            mentions.indices.contains(source), mentions[source].entity != nil
        {
            add(mentions[source])
        }
        entities = named.sorted()
        tokens += Set(titles).subtracting(named).map(StatementToken.title)
        var last: UInt32?
        self.tokens = (signature.words + tokens).sorted {
            let (a, b) = (StatementToken.hash($0), StatementToken.hash($1))
            return a == b ? $0 > $1 : a < b
        }.filter { token in
            defer { last = StatementToken.hash(token) }
            return StatementToken.hash(token) != last
        }
    }

    /// Where it stands in its document, whatever else changes there.
    var place: StatementPlace { StatementPlace(claim: signature.reference, statement: signature.statement) }

    /// What stands for an entity in tokens and keys; 0 for none.
    static func hash(of entity: String?) -> UInt32 {
        guard let entity else { return 0 }
        return UInt32(truncatingIfNeeded: StableHash.of(entity.utf8)) & StatementToken.wordMask
    }

    /// The entities that a document names most, by hash.
    static func topics(of mentions: [Mention]) -> [UInt32] {
        var counts: [UInt32: Int] = [:]
        for mention in mentions where mention.kind.isName && mention.entity != nil {
            counts[hash(of: mention.entity), default: 0] += 1
        }
        let order = counts.sorted { $0.value != $1.value ? $0.value > $1.value : $0.key < $1.key }
        return order.prefix(mostTopics).map(\.key).sorted()
    }

    /// Whether there is enough in it to be compared: a question says nothing, a name alone neither.
    var isComparable: Bool {
        guard !signature.traits.contains(.question), signature.length >= 3 else { return false }
        // "81 had lost their lives" tells enough
        if signature.figures.contains(where: \.isToll) { return true }
        let weight = signature.words.reduce(0) { $0 + StatementToken.weight($1) }
        return weight >= (entities.isEmpty ? 5 : 3) && signature.words.count + entities.count >= 2
    }

    /// The bytes of its row, as ``StatementView`` reads them where they stand.
    var encoded: [UInt8] {
        var figures = ByteWriter()
        let kept = signature.figures.prefix(255)
        for figure in kept { figure.encode(into: &figures) }
        let id = Array(document.utf8)
        let labels = signature.labels.prefix(255)
        let lists = [tokens, signature.negated, signature.reached, topics, labels.map(\.noun)].map { $0.prefix(255) }
        var bytes = RowBytes()
        bytes.bytes.reserveCapacity(
            96 + 4 * lists.reduce(0) { $0 + $1.count } + 8 * labels.count + figures.bytes.count + vector.count
                + id.count)
        bytes.append(signature.exact)
        bytes.append(signature.reference.passage)
        bytes.append(UInt32(truncatingIfNeeded: signature.opening))
        bytes.append(Self.coded(day))
        bytes.append(Self.coded(signature.days?.first))
        bytes.append(Self.coded(signature.days?.last))
        bytes.append(UInt32(figures.bytes.count))
        for number in [place.coded, signature.length, documentSize, id.count] {
            bytes.append(UInt16(clamping: number))
        }
        bytes.append(signature.traits.union(isOpen ? .open : []).union(vector.isEmpty ? [] : .meaning).rawValue)
        for list in lists { bytes.append(UInt8(list.count)) }
        bytes.append(UInt8(kept.count))
        bytes.append(signature.predicate)
        bytes.append(agent)
        bytes.append(source)
        for label in labels { bytes.append(label.number.bitPattern) }
        for list in lists { for number in list { bytes.append(number) } }
        bytes.bytes += figures.bytes
        if !vector.isEmpty {
            bytes.append(UInt16(clamping: vector.count))
            bytes.bytes += vector
        }
        bytes.bytes += id
        return bytes.bytes
    }

    private static func coded(_ day: Int?) -> UInt32 {
        UInt32(bitPattern: day.map { Int32(clamping: $0) } ?? StatementView.noDay)
    }
}

/// Numbers one behind the other, low bytes first.
private struct RowBytes {
    var bytes: [UInt8] = []

    mutating func append<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }
}

/// A statement within its document: the claim, and which of its statements.
struct StatementPlace: Hashable, Comparable {
    var claim: ClaimReference
    var statement: Int

    init(claim: ClaimReference, statement: Int) {
        self.claim = claim
        self.statement = statement
    }

    /// So many claims of a document may have a passage in front of one that is compared.
    static let mostOccurrences = 63
    private static let mostStatements = 1023

    /// Which claim of its passage it belongs to, and which statement of that it is, in 16 bits.
    var coded: Int {
        min(claim.occurrence, Self.mostOccurrences) << 10 | min(statement, Self.mostStatements)
    }

    /// The statement of a claim with this passage that ``coded`` gives.
    init(passage: UInt64, coded: Int) {
        claim = ClaimReference(passage: passage, occurrence: coded >> 10)
        statement = coded & Self.mostStatements
    }

    static func < (a: StatementPlace, b: StatementPlace) -> Bool {
        a.claim == b.claim ? a.statement < b.statement : a.claim < b.claim
    }
}
