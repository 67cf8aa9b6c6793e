/// The questions that a document's statements speak to: statements that agree, disagree or follow each other, over the
/// corpus, put together.
public struct Questions: Layer {
    /// What kind of question it is.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// How many or how much.
        case figure
        /// Whether something is so.
        case yesNo
        /// What several say.
        case what
        /// On which day.
        case when
        /// Who did it.
        case who

        /// The name in results.
        public var label: String {
            switch self {
            case .figure: "figure"
            case .yesNo: "yes-no"
            case .what: "what"
            case .when: "when"
            case .who: "who"
            }
        }
    }

    /// One version of the answer.
    public struct Answer: Hashable, Sendable {
        /// The version in words: a figure as it stands in the text, `yes`, `no`, or a statement.
        public var text: String
        /// The least that the figure may be.
        public var lower: Double?
        /// The most that the figure may be.
        public var upper: Double?
        /// Who says so, each once, by name; the publisher where the author says it.
        public var holders: [String]
        /// How many statements say so.
        public var statements: Int
        /// How many publishers give it.
        public var publishers: Int
        /// How many sources say so by themselves: a source counts once, and so do statements that repeat each other.
        public var independent: Int
        /// Of the holders those who say so in their latest statement.
        public var latest: [String]
        /// The first day on which it was said, in ISO 8601; empty when no day is known.
        public var first: String
        /// The last day on which it was said.
        public var last: String

        /// A version.
        public init(
            text: String, lower: Double? = nil, upper: Double? = nil, holders: [String], statements: Int,
            publishers: Int, independent: Int, latest: [String], first: String, last: String
        ) {
            self.text = text
            self.lower = lower
            self.upper = upper
            self.holders = holders
            self.statements = statements
            self.publishers = publishers
            self.independent = independent
            self.latest = latest
            self.first = first
            self.last = last
        }
    }

    /// A question, told by the document whose statement leads it.
    public struct Question: Hashable, Sendable {
        /// The id, which follows from the statement that leads it.
        public var id: String
        /// What kind of question it is.
        public var kind: Kind
        /// What a report calls it.
        public var heading: String
        /// The entities that most of its statements name, by id.
        public var entities: [String]
        /// The place that half of its statements name, else the one that half of their documents name most, by id; empty
        /// for none.
        public var place: String
        /// The day on which it was spoken of first, in ISO 8601; empty when no day is known.
        public var first: String
        /// The day on which it was spoken of last, in ISO 8601; empty when no day is known.
        public var last: String
        /// How many statements speak to it.
        public var statements: Int
        /// How many sources say something.
        public var sources: Int
        /// How many publishers, of which copies of one text count once.
        public var publishers: Int
        /// How many sources speak by themselves: a source counts once, and so do statements that repeat each other.
        public var independent: Int
        /// Whether two statements dispute each other.
        public var isDisputed: Bool
        /// Whether a later figure updates an earlier one.
        public var isUpdated: Bool
        /// Whether two sources agree.
        public var isAgreed: Bool
        /// The versions, the one that most publishers give first.
        public var answers: [Answer]

        /// A question.
        public init(
            id: String, kind: Kind, heading: String, entities: [String], place: String, first: String, last: String,
            statements: Int, sources: Int, publishers: Int, independent: Int, isDisputed: Bool, isUpdated: Bool,
            isAgreed: Bool, answers: [Answer]
        ) {
            self.id = id
            self.kind = kind
            self.heading = heading
            self.entities = entities
            self.place = place
            self.first = first
            self.last = last
            self.statements = statements
            self.sources = sources
            self.publishers = publishers
            self.independent = independent
            self.isDisputed = isDisputed
            self.isUpdated = isUpdated
            self.isAgreed = isAgreed
            self.answers = answers
        }
    }

    /// A statement of the document that speaks to a question.
    public struct Part: Hashable, Sendable {
        /// The index of the claim.
        public var claim: Int
        /// Which of its statements.
        public var statement: Int
        /// The id of the question.
        public var question: String
        /// Which of the question's answers it gives; nil for none of them.
        public var answer: Int?
        /// Whether its source says nothing later that speaks to the question. Several statements of one day may all be the
        /// latest.
        public var isLatest: Bool

        /// A part.
        public init(claim: Int, statement: Int, question: String, answer: Int?, isLatest: Bool = true) {
            self.claim = claim
            self.statement = statement
            self.question = question
            self.answer = answer
            self.isLatest = isLatest
        }
    }

    /// `questions`
    public static let name: LayerName = "questions"
    /// The questions that a statement of this document leads, by id.
    public var questions: [Question]
    /// By claim, then statement.
    public var parts: [Part]

    /// These questions and parts, in order.
    public init(_ questions: [Question], parts: [Part]) {
        self.questions = questions
        self.parts = parts
    }

    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) {
        writer.write(list: questions) { $1.encode(into: &$0) }
        writer.write(list: parts) { writer, part in
            writer.write(part.claim)
            writer.write(part.statement)
            writer.write(part.question)
            writer.write(optional: part.answer) { $0.write($1) }
            writer.write(part.isLatest)
        }
    }

    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) {
        questions = try reader.list { reader throws(LayerError) in try Question(decoding: &reader) }
        parts = try reader.list { reader throws(LayerError) in
            Part(
                claim: try reader.integer(), statement: try reader.integer(), question: try reader.string(),
                answer: try reader.optional { reader throws(LayerError) in try reader.integer() },
                isLatest: try reader.bool())
        }
    }
}

extension Questions.Question {
    /// Writes the canonical bytes.
    public func encode(into writer: inout ByteWriter) {
        writer.write(id)
        writer.write(byte: kind.rawValue)
        writer.write(heading)
        writer.write(list: entities) { $0.write($1) }
        for text in [place, first, last] { writer.write(text) }
        for count in [statements, sources, publishers, independent] { writer.write(count) }
        writer.write(byte: (isDisputed ? 1 : 0) | (isUpdated ? 2 : 0) | (isAgreed ? 4 : 0))
        writer.write(list: answers) { writer, answer in
            writer.write(answer.text)
            writer.write(optional: answer.lower) { $0.write($1) }
            writer.write(optional: answer.upper) { $0.write($1) }
            writer.write(list: answer.holders) { $0.write($1) }
            writer.write(answer.statements)
            writer.write(answer.publishers)
            writer.write(answer.independent)
            writer.write(list: answer.latest) { $0.write($1) }
            writer.write(answer.first)
            writer.write(answer.last)
        }
    }

    /// Reads canonical bytes.
    public init(decoding reader: inout ByteReader) throws(LayerError) {
        id = try reader.string()
        guard let kind = Questions.Kind(rawValue: try reader.byte()) else {
            throw LayerError("no such kind of question")
        }
        self.kind = kind
        heading = try reader.string()
        entities = try reader.list { reader throws(LayerError) in try reader.string() }
        place = try reader.string()
        first = try reader.string()
        last = try reader.string()
        statements = try reader.integer()
        sources = try reader.integer()
        publishers = try reader.integer()
        independent = try reader.integer()
        let flags = try reader.byte()
        isDisputed = flags & 1 != 0
        isUpdated = flags & 2 != 0
        isAgreed = flags & 4 != 0
        answers = try reader.list { reader throws(LayerError) in
            Questions.Answer(
                text: try reader.string(),
                lower: try reader.optional { reader throws(LayerError) in try reader.double() },
                upper: try reader.optional { reader throws(LayerError) in try reader.double() },
                holders: try reader.list { reader throws(LayerError) in try reader.string() },
                statements: try reader.integer(), publishers: try reader.integer(),
                independent: try reader.integer(),
                latest: try reader.list { reader throws(LayerError) in try reader.string() },
                first: try reader.string(), last: try reader.string())
        }
    }
}
