import StageKit

/// What is kept of a statement to compare it with others, before it is known which entities its names mean: no text but
/// that of its figures.
struct StatementSignature: Equatable {
    /// A name of the statement, by its mention.
    struct Name: Equatable {
        /// The part that the name has in the statement.
        enum Part: UInt8 {
            /// It stands there, or a pronoun or a description means it.
            case named
            /// It belongs to the name of an office: "president of the Northern League".
            case title
        }

        /// The index of the mention.
        var mention: Int
        var part: Part
    }

    /// What else is to be known of it.
    struct Traits: OptionSet {
        let rawValue: UInt16
        /// The source denies it.
        static let denied = Traits(rawValue: 1)
        /// All of it is quoted.
        static let quoted = Traits(rawValue: 2)
        /// It speaks of somebody by a pronoun of the third person.
        static let pronoun = Traits(rawValue: 4)
        /// It says "I" or "we".
        static let first = Traits(rawValue: 8)
        /// It asks.
        static let question = Traits(rawValue: 16)
        /// It reports a poll.
        static let poll = Traits(rawValue: 32)
        /// It speaks of what may be or will be.
        static let modal = Traits(rawValue: 64)
        /// It speaks of what is planned or expected.
        static let planned = Traits(rawValue: 128)
        /// It names a day itself, and not only the sentence around it.
        static let dated = Traits(rawValue: 256)
        /// Somebody is meant by a pronoun, and it is not known who.
        static let open = Traits(rawValue: 512)
        /// What is said is done to something that is known: *gave the order*.
        static let definite = Traits(rawValue: 1024)
        /// It is only what somebody speaks of.
        static let topic = Traits(rawValue: 2048)
        /// It has a clause below its main one: *a bill that would close the port*.
        static let clausal = Traits(rawValue: 4096)
        /// Its days are those on which something happened that happens once: *born on 4 May 2001*.
        static let once = Traits(rawValue: 8192)
        /// Behind it stands a vector that tells what it means.
        static let meaning = Traits(rawValue: 16384)
    }

    /// The claim within its document.
    var reference: ClaimReference
    /// Which statement of the claim it is.
    var statement: Int
    /// The hash of all its words, folded, in order.
    var exact: UInt64
    /// How many words it has.
    var length: Int
    /// The hash of its first three stems, in order: what is cut off or goes on otherwise begins the same.
    var opening: UInt64
    /// The tokens of its words without names, dates and numbers, by hash.
    var words: [UInt32]
    /// The stems that a negation is about, sorted.
    var negated: [UInt32]
    /// All stems that a negation reaches, sorted.
    var reached: [UInt32]
    var names: [Name]
    var figures: [Figure]
    /// The numbers by which it tells things of one kind apart.
    var labels: [NumberLabel]
    /// The days that its sentence names.
    var days: DaySpan?
    /// The mention of its source.
    var source: Int?
    /// The stem that carries its main predicate; 0 where it has none.
    var predicate: UInt32
    /// The mention of who does what it says.
    var agent: Int?
    /// Where its verb group begins, in bytes from its beginning; nil where what it is done to stands before it.
    var verb: Int?
    /// Where the auxiliary of its verb stands, in bytes from its beginning; nil for none.
    var auxiliary: Int?
    var traits: Traits

    /// The most tokens kept of one statement.
    static let mostWords = 48
    /// The most figures kept of one statement.
    static let mostFigures = 8
    /// The most names kept of one statement.
    static let mostNames = 12

    func encode(into writer: inout ByteWriter) {
        writer.write(hash: exact)
        writer.write(hash: reference.passage)
        writer.write(reference.occurrence)
        writer.write(statement)
        writer.write(length)
        writer.write(opening)
        writer.write(UInt64(traits.rawValue))
        writer.write(tokens: words)
        for stems in [negated, reached] { writer.write(numbers: stems) }
        writer.write(list: names) { writer, name in
            writer.write(name.mention)
            writer.write(byte: name.part.rawValue)
        }
        writer.write(list: figures) { $1.encode(into: &$0) }
        writer.write(list: labels) { writer, label in
            writer.write(UInt64(label.noun))
            writer.write(label.number)
        }
        writer.write(optional: days) { writer, days in
            writer.write(days.first)
            writer.write(days.last)
        }
        writer.write(optional: source) { $0.write($1) }
        writer.write(UInt64(predicate))
        writer.write(optional: agent) { $0.write($1) }
        writer.write(optional: verb) { $0.write($1) }
        writer.write(optional: auxiliary) { $0.write($1) }
    }

    init(decoding reader: inout ByteReader) throws(LayerError) {
        exact = try reader.hash()
        reference = ClaimReference(passage: try reader.hash(), occurrence: try reader.integer())
        statement = try reader.integer()
        length = try reader.integer()
        opening = try reader.unsigned()
        traits = Traits(rawValue: UInt16(truncatingIfNeeded: try reader.unsigned()))
        words = try reader.tokens()
        negated = try reader.numbers()
        reached = try reader.numbers()
        names = try reader.list { reader throws(LayerError) in
            let mention = try reader.integer()
            guard let part = Name.Part(rawValue: try reader.byte()) else { throw LayerError("no such part of a name") }
            return Name(mention: mention, part: part)
        }
        figures = try reader.list { reader throws(LayerError) in try Figure(decoding: &reader) }
        labels = try reader.list { reader throws(LayerError) in
            NumberLabel(noun: UInt32(truncatingIfNeeded: try reader.unsigned()), number: try reader.double())
        }
        days = try reader.optional { reader throws(LayerError) in DaySpan(try reader.integer(), try reader.integer()) }
        source = try reader.optional { reader throws(LayerError) in try reader.integer() }
        predicate = UInt32(truncatingIfNeeded: try reader.unsigned())
        agent = try reader.optional { reader throws(LayerError) in try reader.integer() }
        verb = try reader.optional { reader throws(LayerError) in try reader.integer() }
        auxiliary = try reader.optional { reader throws(LayerError) in try reader.integer() }
    }

    init(
        reference: ClaimReference, statement: Int = 0, exact: UInt64, length: Int, opening: UInt64 = 0,
        words: [UInt32], negated: [UInt32] = [], reached: [UInt32] = [], names: [Name] = [], figures: [Figure] = [],
        labels: [NumberLabel] = [], days: DaySpan? = nil, source: Int? = nil, predicate: UInt32 = 0,
        agent: Int? = nil, verb: Int? = nil, auxiliary: Int? = nil, traits: Traits = []
    ) {
        self.reference = reference
        self.statement = statement
        self.exact = exact
        self.length = length
        self.opening = opening
        self.words = words.sorted { StatementToken.hash($0) < StatementToken.hash($1) }
        self.negated = negated.sorted()
        self.reached = reached.sorted()
        self.names = names
        self.figures = figures
        self.labels = labels
        self.days = days
        self.source = source
        self.predicate = predicate
        self.agent = agent
        self.verb = verb
        self.auxiliary = auxiliary
        self.traits = traits
    }
}

/// A number by which a text tells things of one kind apart: *Category 5*, *the fourth ballot*.
struct NumberLabel: Equatable {
    /// The stem of the kind of thing.
    var noun: UInt32
    var number: Double

    /// Whether `a` and `b` tell of different things of one kind.
    static func exclude(_ a: [NumberLabel], _ b: [NumberLabel]) -> Bool {
        a.contains { label in
            let rivals = b.filter { $0.noun == label.noun }
            return !rivals.isEmpty && !rivals.contains { other in a.contains(other) }
        }
    }
}

/// The signatures of a document's statements, in order.
struct StatementSignatures: Layer {
    static let name: LayerName = "statement-signatures"
    var signatures: [StatementSignature]
    /// The day of the document, as ``DaySpan`` numbers it; nil when it is not known.
    var day: Int?
    /// What each statement means, as the vectors of a sentence encoder, one behind the other; empty where statements are
    /// not compared by meaning.
    var vectors: [UInt8]

    init(_ signatures: [StatementSignature], day: Int?, vectors: [UInt8] = []) {
        self.signatures = signatures
        self.day = day
        self.vectors = vectors
    }

    /// The vector of the statement of this index; empty where there is none.
    func vector(of index: Int) -> ArraySlice<UInt8> {
        let width = signatures.isEmpty ? 0 : vectors.count / signatures.count
        return vectors[index * width..<(index + 1) * width]
    }

    func encode(into writer: inout ByteWriter) {
        writer.write(optional: day) { $0.write($1) }
        writer.write(list: signatures) { $1.encode(into: &$0) }
        if !vectors.isEmpty { writer.write(vectors) }
    }

    init(decoding reader: inout ByteReader) throws(LayerError) {
        day = try reader.optional { reader throws(LayerError) in try reader.integer() }
        signatures = try reader.list { reader throws(LayerError) in try StatementSignature(decoding: &reader) }
        vectors = reader.isAtEnd ? [] : try reader.blob()
        guard vectors.isEmpty || !signatures.isEmpty && vectors.count.isMultiple(of: signatures.count) else {
            throw LayerError("the vectors are not those of the statements")
        }
    }
}

extension ByteWriter {
    /// Tokens in order of their hashes, as differences.
    mutating func write(tokens: [UInt32]) {
        var previous: UInt32 = 0
        write(list: tokens) { writer, token in
            let hash = StatementToken.hash(token)
            writer.write(UInt64(hash &- previous) << 8 | UInt64(token >> 24))
            previous = hash
        }
    }

    /// Stems, tokens or entities, by hash, in any order.
    mutating func write(numbers: [UInt32]) { write(list: numbers) { $0.write(UInt64($1)) } }
}

extension ByteReader {
    mutating func tokens() throws(LayerError) -> [UInt32] {
        var previous: UInt32 = 0
        return try list { reader throws(LayerError) in
            let coded = try reader.unsigned()
            previous = (previous &+ UInt32(truncatingIfNeeded: coded >> 8)) & StatementToken.wordMask
            return previous | UInt32(truncatingIfNeeded: coded & 0xFF) << 24
        }
    }

    /// What ``ByteWriter/write(numbers:)`` wrote.
    mutating func numbers() throws(LayerError) -> [UInt32] {
        try list { reader throws(LayerError) in UInt32(truncatingIfNeeded: try reader.unsigned()) }
    }
}
