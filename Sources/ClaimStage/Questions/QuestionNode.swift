import StageKit
import Text

/// A linked statement as questions are made of it.
struct QuestionNode: Equatable {
    /// A link to another statement.
    struct Edge: Equatable {
        /// The key of the other statement's row.
        var other: FoldKey
        /// How the two stand to each other.
        var relation: Links.Relation
        /// The statement's own figure in a conflict or update, as it stands in the text; empty where none is.
        var figure: String
        /// What the figures count.
        var label: String
    }

    /// A figure of the statement.
    struct Number: Equatable {
        var text: String
        var label: String
        var lower: Double?
        var upper: Double?
    }

    /// An entity that the statement names.
    struct Name: Equatable {
        var entity: String
        /// As the document writes it first.
        var text: String
    }

    var document: String
    var place: StatementPlace
    /// What the statement says, cut when it is long.
    var text: String
    /// The day of the document in ISO 8601; empty when it is not known.
    var date: String
    var publisher: String
    /// Who says it: an entity's id, or the words that name the source; empty for the author.
    var source: String
    /// Who says it, for a reader.
    var holder: String
    /// Whether it is denied or negated.
    var denies: Bool
    var names: [Name]
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

    func encode(into writer: inout ByteWriter) {
        writer.write(document)
        place.encode(into: &writer)
        for part in [text, date, publisher, source, holder] { writer.write(part) }
        writer.write(denies)
        writer.write(list: names) { writer, name in
            writer.write(name.entity)
            writer.write(name.text)
        }
        writer.write(list: numbers) { writer, number in
            for part in [number.text, number.label] { writer.write(part) }
            writer.write(optional: number.lower) { $0.write($1) }
            writer.write(optional: number.upper) { $0.write($1) }
        }
        writer.write(list: edges) { writer, edge in
            writer.write(list: edge.other.bytes) { $0.write(byte: $1) }
            writer.write(byte: edge.relation.rawValue)
            writer.write(edge.figure)
            writer.write(edge.label)
        }
    }

    init(decoding reader: inout ByteReader) throws(LayerError) {
        document = try reader.string()
        place = try StatementPlace(decoding: &reader)
        text = try reader.string()
        date = try reader.string()
        publisher = try reader.string()
        source = try reader.string()
        holder = try reader.string()
        denies = try reader.bool()
        names = try reader.list { reader throws(LayerError) in
            Name(entity: try reader.string(), text: try reader.string())
        }
        numbers = try reader.list { reader throws(LayerError) in
            Number(
                text: try reader.string(), label: try reader.string(),
                lower: try reader.optional { reader throws(LayerError) in try reader.double() },
                upper: try reader.optional { reader throws(LayerError) in try reader.double() })
        }
        edges = try reader.list { reader throws(LayerError) in
            let key = FoldKey(try reader.list { reader throws(LayerError) in try reader.byte() })
            guard let relation = Links.Relation(rawValue: try reader.byte()) else {
                throw LayerError("no such relation")
            }
            return Edge(other: key, relation: relation, figure: try reader.string(), label: try reader.string())
        }
    }

    init(
        document: String, place: StatementPlace, text: String, date: String = "", publisher: String = "",
        source: String = "", holder: String = "", denies: Bool = false, names: [Name] = [], numbers: [Number] = [],
        edges: [Edge]
    ) {
        self.document = document
        self.place = place
        self.text = text
        self.date = date
        self.publisher = publisher
        self.source = source
        self.holder = holder
        self.denies = denies
        self.names = names
        self.numbers = numbers
        self.edges = edges
    }
}

/// The linked statements of a document, for questions.
struct QuestionNodes: Layer {
    static let name: LayerName = "question-nodes"
    var nodes: [QuestionNode]

    init(_ nodes: [QuestionNode]) { self.nodes = nodes }

    func encode(into writer: inout ByteWriter) { writer.write(list: nodes) { $1.encode(into: &$0) } }

    init(decoding reader: inout ByteReader) throws(LayerError) {
        nodes = try reader.list { reader throws(LayerError) in try QuestionNode(decoding: &reader) }
    }
}
