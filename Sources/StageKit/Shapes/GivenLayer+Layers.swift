public import Text

extension Sentences: GivenLayer {
    /// Takes in what a program wrote.
    public init(given elements: [GivenElement]) throws(StageFailure) {
        spans = []
        for element in elements { spans.append(try element.trimmedPlace()) }
    }

    /// A sentence is one passage.
    public var passages: [[ByteSpan]] { spans.map { [$0] } }

    /// A sentence has no white space at its edges.
    public func problem(_ index: Int, in text: [UInt8]) -> String? { text.edges(of: spans[index]) }
}

extension Tokens: GivenLayer {
    /// Takes in what a program wrote.
    public init(given elements: [GivenElement]) throws(StageFailure) {
        spans = []
        kinds = []
        for element in elements {
            spans.append(try element.place())
            kinds.append(element.choice("kind", Kind.allCases, \.label) ?? .symbol)
        }
    }

    /// A token is one passage.
    public var passages: [[ByteSpan]] { spans.map { [$0] } }

    /// A token has no white space at its edges, and no line end: it can't cross a block.
    public func problem(_ index: Int, in text: [UInt8]) -> String? {
        guard spans.count == kinds.count else { return "has no kind" }
        let bytes = text[spans[index].range]
        return bytes.contains(0x0A) || bytes.contains(0x0D) ? "holds a line end" : text.edges(of: spans[index])
    }
}

extension Mentions: GivenLayer {
    /// Takes in what a program wrote.
    public init(given elements: [GivenElement]) throws(StageFailure) {
        mentions = []
        for element in elements {
            mentions.append(
                Mention(try element.place(), element.choice("type", Mention.Kind.allCases, \.label) ?? .date))
        }
    }

    /// A mention is one passage.
    public var passages: [[ByteSpan]] { mentions.map { [$0.span] } }

    /// Names can be given: dates, quantities and offices are read by rules, and entities are decided over the corpus.
    public func problem(_ index: Int, in text: [UInt8]) -> String? {
        let mention = mentions[index]
        if !mention.kind.isName {
            let kinds = Mention.Kind.allCases.filter(\.isName).map(\.label).joined(separator: ", ")
            return "is of the type \(mention.kind.label), which can't be given: 'type' is one of \(kinds)"
        }
        return mention.entity == nil ? nil : "has an entity, which is decided by 'tag-entities'"
    }
}

extension Claims: GivenLayer {
    /// Takes in what a program wrote.
    public init(given elements: [GivenElement]) throws(StageFailure) {
        claims = []
        for element in elements {
            var content: [ByteSpan] = []
            for part in element.list("content") { content.append(try part.place()) }
            var statements: [Claim.Statement] = []
            for part in element.list("statements") {
                statements.append(
                    Claim.Statement(try part.place(), negated: part.isTrue("negated"), hedged: part.isTrue("hedged")))
            }
            claims.append(
                Claim(
                    try element.place(), kind: element.choice("kind", Claim.Kind.allCases, \.label) ?? .clause,
                    source: try element.passage("source"), cue: try element.passage("cue"), content: content,
                    form: element.choice("form", Claim.Form.allCases, \.label) ?? .indirect,
                    stance: element.choice("stance", Claim.Stance.allCases, \.label) ?? .asserted,
                    statements: statements))
        }
    }

    /// Its place, source, cue, content and statements.
    public var passages: [[ByteSpan]] {
        claims.map { claim in
            [claim.span] + [claim.source, claim.cue].compactMap { $0 } + claim.content + claim.statements.map(\.span)
        }
    }

    /// A claim may stand within another.
    public static var mayOverlap: Bool { true }

    /// All parts of a claim stand in its place, what is said in order.
    public func problem(_ index: Int, in text: [UInt8]) -> String? {
        let claim = claims[index]
        if claim.content.isEmpty { return "has no content" }
        for (name, part) in [("source", claim.source), ("cue", claim.cue)] {
            if let part, !claim.span.contains(part) { return "does not hold its \(name)" }
        }
        if !claim.content.allSatisfy(claim.span.contains) { return "does not hold its content" }
        if zip(claim.content, claim.content.dropFirst()).contains(where: { $1.start < $0.end }) {
            return "has content that is not in order"
        }
        let statements = claim.statements.map(\.span)
        if zip(statements, statements.dropFirst()).contains(where: { $1.start < $0.start }) {
            return "has statements that are not in order"
        }
        if statements.contains(where: { statement in !claim.content.contains { $0.overlaps(statement) } }) {
            return "has a statement outside of its content"
        }
        return claim.sourceEntity == nil ? nil : "has the entity of its source, which is decided by 'tag-entities'"
    }
}

extension [UInt8] {
    /// What is wrong with the edges of a passage that is not empty.
    fileprivate func edges(of span: ByteSpan) -> String? {
        self[span.start].isBlank || self[span.end - 1].isBlank ? "begins or ends with white space" : nil
    }
}
