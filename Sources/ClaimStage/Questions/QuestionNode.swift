import StageKit
import Text

/// A linked statement as questions are made of it.
struct QuestionNode: Equatable {
    /// What a link rests on.
    enum Basis: UInt8 {
        /// The same or nearly the same is said.
        case agreement
        /// Figures that count one thing.
        case figure
        /// One side negates or denies.
        case polarity
        /// Days of what happens once.
        case days
        /// The user says that the two speak to one question.
        case hand
        /// Who did it.
        case agent
    }

    /// A link to another statement.
    struct Edge: Equatable {
        /// The key of the other statement's row.
        var other: FoldKey
        /// How the two stand to each other.
        var relation: Links.Relation
        /// What the link rests on.
        var basis: Basis
        /// The statement's own figure in a conflict or update, as it stands in the text; empty where none is.
        var figure: String = ""
    }

    /// A figure of the statement.
    struct Number: Equatable {
        var text: String
        /// What it counts, in words and as stems.
        var label: String
        var noun: UInt32 = 0
        var event: [UInt32] = []
        var unit: String = ""
        var lower: Double?
        var upper: Double?
        var isApproximate = false

        var thing: Thing { Thing(unit: unit, noun: noun, event: event) }

        /// Whether the two count one thing, as far as noun, unit and what is said of it tell.
        func counts(sameAs other: Number) -> Bool {
            unit == other.unit && (noun == other.noun || noun == 0 || other.noun == 0)
                && (event.isEmpty || other.event.isEmpty || event.contains(where: other.event.contains))
        }
    }

    /// What a number counts.
    struct Thing: Hashable {
        var unit: String
        var noun: UInt32
        var event: [UInt32]
    }

    /// An entity that the statement names.
    struct Name: Equatable {
        var entity: String
        /// As the document writes it first.
        var text: String

        var isPlace: Bool { entity.hasPrefix("place:") }
    }

    var document: String
    var place: StatementPlace
    /// What the statement says, cut when it is long.
    var text: String
    /// The question that it answers as its first dispute or update makes it one.
    var asks: String
    /// How well it can be read by itself: 0 for what has no predicate or no subject, 1 for what begins with a pronoun or
    /// means somebody unknown by one, 2 for what is clear, 3 for what is a sentence as well.
    var clarity: Int
    /// The day of the document in ISO 8601; empty when it is not known.
    var date: String
    /// The days that the statement names, in ISO 8601; empty for none.
    var days: String
    var publisher: String
    /// Who says it: an entity's id, or the words that name the source; empty for the author.
    var source: String
    /// Who says it, for a reader.
    var holder: String
    /// Whether it is denied or negated.
    var denies: Bool
    /// Who does what it says.
    var agent: Name?
    var names: [Name]
    /// The entities that its document names most.
    var topics: [Name]
    var numbers: [Number]
    var edges: [Edge]

    /// The key of the row of a statement.
    static func key(_ document: String, _ place: StatementPlace) -> FoldKey {
        var hash = StableHash()
        hash.combine(document.utf8)
        hash.combine(place.claim.passage)
        hash.combine(UInt64(place.claim.occurrence))
        hash.combine(UInt64(place.statement))
        return FoldKey(hash.value.bytes(8))
    }

    /// Who publishes it: the publisher, or the document itself where no publisher is known.
    var issuer: String { publisher.isEmpty ? document : publisher }

    /// The key of its row.
    var key: FoldKey { Self.key(document, place) }

    init(
        document: String, place: StatementPlace, text: String, asks: String = "", clarity: Int = 2,
        date: String = "", days: String = "", publisher: String = "", source: String = "", holder: String = "",
        denies: Bool = false, agent: Name? = nil, names: [Name] = [], topics: [Name] = [], numbers: [Number] = [],
        edges: [Edge]
    ) {
        self.document = document
        self.place = place
        self.text = text
        self.asks = asks
        self.clarity = clarity
        self.date = date
        self.days = days
        self.publisher = publisher
        self.source = source
        self.holder = holder
        self.denies = denies
        self.agent = agent
        self.names = names
        self.topics = topics
        self.numbers = numbers
        self.edges = edges
    }
}

extension QuestionNode {
    func encode(into writer: inout ByteWriter) {
        writer.write(document)
        place.encode(into: &writer)
        for part in [text, asks, date, days, publisher, source, holder] { writer.write(part) }
        writer.write(denies)
        writer.write(clarity)
        for list in [agent.map { [$0] } ?? [], names, topics] {
            writer.write(list: list) { writer, name in
                writer.write(name.entity)
                writer.write(name.text)
            }
        }
        writer.write(list: numbers) { writer, number in
            for part in [number.text, number.label, number.unit] { writer.write(part) }
            writer.write(UInt64(number.noun))
            writer.write(numbers: number.event)
            writer.write(optional: number.lower) { $0.write($1) }
            writer.write(optional: number.upper) { $0.write($1) }
            writer.write(number.isApproximate)
        }
        writer.write(list: edges) { writer, edge in
            writer.write(list: edge.other.bytes) { $0.write(byte: $1) }
            writer.write(byte: edge.relation.rawValue)
            writer.write(byte: edge.basis.rawValue)
            writer.write(edge.figure)
        }
    }

    init(decoding reader: inout ByteReader) throws(LayerError) {
        document = try reader.string()
        place = try StatementPlace(decoding: &reader)
        text = try reader.string()
        asks = try reader.string()
        date = try reader.string()
        days = try reader.string()
        publisher = try reader.string()
        source = try reader.string()
        holder = try reader.string()
        denies = try reader.bool()
        clarity = try reader.integer()
        agent = try Self.names(&reader).first
        names = try Self.names(&reader)
        topics = try Self.names(&reader)
        numbers = try reader.list { reader throws(LayerError) in
            Number(
                text: try reader.string(), label: try reader.string(), unit: try reader.string(),
                noun: UInt32(truncatingIfNeeded: try reader.unsigned()), event: try reader.numbers(),
                lower: try reader.optional { reader throws(LayerError) in try reader.double() },
                upper: try reader.optional { reader throws(LayerError) in try reader.double() },
                isApproximate: try reader.bool())
        }
        edges = try reader.list { reader throws(LayerError) in
            let key = FoldKey(try reader.list { reader throws(LayerError) in try reader.byte() })
            guard let relation = Links.Relation(rawValue: try reader.byte()),
                let basis = Basis(rawValue: try reader.byte())
            else { throw LayerError("no such relation") }
            return Edge(other: key, relation: relation, basis: basis, figure: try reader.string())
        }
    }

    private static func names(_ reader: inout ByteReader) throws(LayerError) -> [Name] {
        try reader.list { reader throws(LayerError) in Name(entity: try reader.string(), text: try reader.string()) }
    }
}

extension QuestionNode.Number {
    fileprivate init(
        text: String, label: String, unit: String, noun: UInt32, event: [UInt32], lower: Double?, upper: Double?,
        isApproximate: Bool
    ) {
        self.init(
            text: text, label: label, noun: noun, event: event, unit: unit, lower: lower, upper: upper,
            isApproximate: isApproximate)
    }
}

/// The linked statements of a document, for questions.
struct QuestionNodes: Layer {
    static let name: LayerName = "question-nodes"
    var nodes: [QuestionNode]
    /// For each decision by hand that puts questions together: its key, and the statement's.
    var merges: [Merge]

    /// A statement that the user puts together with others.
    struct Merge: Equatable {
        /// The key of the decision's row.
        var decision: FoldKey
        /// The key of the statement's row.
        var node: FoldKey
    }

    init(_ nodes: [QuestionNode], merges: [Merge] = []) {
        self.nodes = nodes
        self.merges = merges
    }

    func encode(into writer: inout ByteWriter) {
        writer.write(list: nodes) { $1.encode(into: &$0) }
        writer.write(list: merges) { writer, merge in
            for key in [merge.decision, merge.node] { writer.write(list: key.bytes) { $0.write(byte: $1) } }
        }
    }

    init(decoding reader: inout ByteReader) throws(LayerError) {
        nodes = try reader.list { reader throws(LayerError) in try QuestionNode(decoding: &reader) }
        func key(_ reader: inout ByteReader) throws(LayerError) -> FoldKey {
            FoldKey(try reader.list { reader throws(LayerError) in try reader.byte() })
        }
        merges = try reader.list { reader throws(LayerError) in
            Merge(decision: try key(&reader), node: try key(&reader))
        }
    }
}

extension FoldKey {
    /// The row of a decision by hand that puts the questions of these claims together. Statements have eight bytes.
    init(merging claims: [String]) {
        var hash = StableHash()
        for claim in claims.sorted(by: { $0.precedes($1) }) { hash.combine(claim.utf8) }
        self.init([0xFF] + hash.value.bytes(8))
    }

    /// Whether it is the row of a decision.
    var isMerge: Bool { bytes.count == 9 }
}
