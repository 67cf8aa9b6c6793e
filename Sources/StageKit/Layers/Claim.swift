public import Text

/// What somebody is said to have said or thought: one attribution, with all that is said under it.
public struct Claim: Hashable, Sendable {
    /// What sort of content is attributed.
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// Words in quotation marks and nothing else.
        case quotation
        /// A clause, quoted in part or not at all: `said that the wall was safe`.
        case clause
        /// What somebody means to do: `vowed to rebuild the wall`.
        case intention
        /// What somebody wants of another: `urged the council to close the gate`.
        case request
        /// What somebody calls something: `called the wall a disgrace`.
        case characterisation
        /// A thing that is spoken of, without a clause: `denied any contact`, `called for a recount`.
        case topic

        /// The name in results.
        public var label: String { Self.labels[Int(rawValue)] }
        private static let labels = allCases.map { "\($0)" }
    }

    /// Whose words the text gives.
    public enum Voice: UInt8, Sendable, CaseIterable {
        /// Those of a source that the text names.
        case source
        /// Those of somebody who is not named: a quotation without a speaker, `it is claimed that`.
        case unknown
        /// The author's own.
        case author

        /// The name in results.
        public var label: String { Self.labels[Int(rawValue)] }
        private static let labels = allCases.map { "\($0)" }
    }

    /// How the words are given.
    public enum Form: UInt8, Sendable, CaseIterable {
        case direct, indirect, mixed

        /// The name in results.
        public var label: String { Self.labels[Int(rawValue)] }
        private static let labels = allCases.map { "\($0)" }
    }

    /// How the text stands to what is said.
    public enum Stance: UInt8, Sendable, CaseIterable {
        case asserted, hedged, denied, questioned, conditional

        /// The name in results.
        public var label: String { Self.labels[Int(rawValue)] }
        private static let labels = allCases.map { "\($0)" }
    }

    /// A sentence of what is said, or a coordinated clause of one that has a finite verb of its own: what can be
    /// compared with other statements by itself.
    public struct Statement: Hashable, Sendable {
        /// From its first word to its last. Its words are those of the claim's content inside this span.
        public var span: ByteSpan
        /// Whether its main predicate is negated.
        public var negated: Bool
        /// Whether a word of it says that it is not sure: `may`, `likely`.
        public var hedged: Bool
        /// The indices in ``Names`` (and ``Mentions``) of the figures in it.
        public var figures: [Int]

        /// A statement.
        public init(_ span: ByteSpan, negated: Bool = false, hedged: Bool = false, figures: [Int] = []) {
            self.span = span
            self.negated = negated
            self.hedged = hedged
            self.figures = figures
        }
    }

    /// A source that has no name in the text.
    public struct Description: Hashable, Sendable {
        /// The words, in lower case and without an article: `former technician`.
        public var words: String
        /// Whether they say which office or part somebody has (`mayor`), not only that there is somebody (`officials`).
        public var isRole: Bool

        /// A source that is meant by `words`.
        public init(_ words: String, isRole: Bool) {
            self.words = words
            self.isRole = isRole
        }

        /// What claims are counted under: `role:mayor`, `unnamed:officials`.
        public var id: String { (isRole ? "role:" : "unnamed:") + words }
    }

    /// The passage: source, cue and content together.
    public var span: ByteSpan
    /// What sort of content it has.
    public var kind: Kind
    /// Whose words they are.
    public var voice: Voice
    /// The index, in the same layer, of the claim in whose content this one stands: the innermost one; nil for none.
    public var within: Int?
    /// The words that name the source; nil for a claim of the author, or one without a source ("it is claimed that").
    public var source: ByteSpan?
    /// The index in ``Names`` (and ``Mentions``) of the mention that the source is, through a pronoun or a role if
    /// need be; nil when it is none.
    public var sourceMention: Int?
    /// For a claim in the layer `claims`: the id of the entity of its source.
    public var sourceEntity: String?
    /// For a source without a mention, the words by which the document means it throughout. Nil for a pronoun that means
    /// nobody known.
    public var sourceDescription: Description?
    /// The words that say that something is said, or the mark that opens a quotation without a speaker; nil for a
    /// claim of the author.
    public var cue: ByteSpan?
    /// What is said, in one or more pieces, in order.
    public var content: [ByteSpan]
    /// How the words are given.
    public var form: Form
    /// How the text stands to it.
    public var stance: Stance
    /// Whether the first statement is a negation.
    public var negated: Bool { statements.first?.negated ?? false }
    /// Whether it is of a kind that reports show and count.
    public var isReported: Bool
    /// What is said, statement by statement, in order; at least one.
    public var statements: [Statement]

    /// A claim. Without `statements` it has one, which is all of its content; `negated` is then that of this one.
    public init(
        _ span: ByteSpan, kind: Kind = .clause, voice: Voice? = nil, within: Int? = nil, source: ByteSpan? = nil,
        sourceMention: Int? = nil, sourceEntity: String? = nil, sourceDescription: Description? = nil,
        cue: ByteSpan? = nil,
        content: [ByteSpan], form: Form, stance: Stance, negated: Bool = false, isReported: Bool = true,
        statements: [Statement] = []
    ) {
        self.span = span
        self.kind = kind
        self.voice = voice ?? (source != nil ? .source : cue != nil ? .unknown : .author)
        self.within = within
        self.source = source
        self.sourceMention = sourceMention
        self.sourceEntity = sourceEntity
        self.sourceDescription = sourceDescription
        self.cue = cue
        self.content = content
        self.form = form
        self.stance = stance
        self.isReported = isReported
        let whole = content.dropFirst().reduce(content.first ?? span) { $0.union($1) }
        self.statements = statements.isEmpty ? [Statement(whole, negated: negated)] : statements
    }

    /// The pieces of the content that belong to a statement.
    public func pieces(of statement: Statement) -> [ByteSpan] {
        content.compactMap { piece in
            let start = max(piece.start, statement.span.start), end = min(piece.end, statement.span.end)
            return start < end ? ByteSpan(start, end) : nil
        }
    }
}

extension ByteWriter {
    mutating func write(claims: [Claim]) {
        var previous = 0
        write(list: claims) { writer, claim in
            previous = writer.write(claim.span, after: previous)
            let near = previous
            writer.write(byte: claim.kind.rawValue)
            writer.write(byte: claim.voice.rawValue)
            writer.write(optional: claim.within) { $0.write($1) }
            writer.write(optional: claim.source) { $0.write($1, after: near) }
            writer.write(optional: claim.sourceMention) { $0.write($1) }
            writer.write(claim.sourceEntity ?? "")
            writer.write(optional: claim.sourceDescription) {
                $0.write($1.words)
                $0.write($1.isRole)
            }
            writer.write(optional: claim.cue) { $0.write($1, after: near) }
            writer.write(list: claim.content) { $0.write($1, after: near) }
            writer.write(byte: claim.form.rawValue)
            writer.write(byte: claim.stance.rawValue)
            writer.write(claim.isReported)
            writer.write(list: claim.statements) { writer, statement in
                writer.write(statement.span, after: near)
                writer.write(byte: (statement.negated ? 1 : 0) | (statement.hedged ? 2 : 0))
                writer.write(list: statement.figures) { $0.write($1) }
            }
        }
    }
}

extension ByteReader {
    mutating func claims() throws(LayerError) -> [Claim] {
        var previous = 0
        return try list { reader throws(LayerError) in
            let span = try reader.span(after: &previous)
            let near = previous
            func part(_ reader: inout ByteReader) throws(LayerError) -> ByteSpan {
                var start = near
                return try reader.span(after: &start)
            }
            guard let kind = Claim.Kind(rawValue: try reader.byte()),
                let voice = Claim.Voice(rawValue: try reader.byte())
            else { throw LayerError("no such kind or voice of a claim") }
            let within = try reader.optional { reader throws(LayerError) in try reader.integer() }
            let source = try reader.optional(part)
            let mention = try reader.optional { reader throws(LayerError) in try reader.integer() }
            let entity = try reader.string()
            let description = try reader.optional { reader throws(LayerError) in
                Claim.Description(try reader.string(), isRole: try reader.bool())
            }
            let cue = try reader.optional(part)
            let content = try reader.list(part)
            guard let form = Claim.Form(rawValue: try reader.byte()),
                let stance = Claim.Stance(rawValue: try reader.byte())
            else { throw LayerError("no such form or stance of a claim") }
            let isReported = try reader.bool()
            let statements = try reader.list { reader throws(LayerError) in
                let span = try part(&reader)
                let flags = try reader.byte()
                return Claim.Statement(
                    span, negated: flags & 1 != 0, hedged: flags & 2 != 0,
                    figures: try reader.list { reader throws(LayerError) in try reader.integer() })
            }
            guard !statements.isEmpty else { throw LayerError("a claim without a statement") }
            return Claim(
                span, kind: kind, voice: voice, within: within, source: source, sourceMention: mention,
                sourceEntity: entity.isEmpty ? nil : entity, sourceDescription: description, cue: cue, content: content,
                form: form,
                stance: stance, isReported: isReported, statements: statements)
        }
    }
}
