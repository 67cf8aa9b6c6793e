import Digests
import StageKit
import Text

/// Makes the nodes of a document's linked statements.
struct NodeReader {
    let document: String
    let text: [UInt8]
    let claims: [Claim]
    /// By reference, the index of each claim.
    let places: [ClaimReference: Int]
    let mentions: [Mention]
    let signatures: [StatementPlace: StatementSignature]
    let date: String
    let publisher: String
    let title: String
    let hand: HandLinks
    /// The entities that the document names most.
    private let topics: [QuestionNode.Name]
    /// The most bytes of a statement that are kept.
    private static let longest = 240
    private static let mostTopics = 3

    /// Agreement that scores less makes no common question: a chain of such links leads from one thing to another.
    private static let leastAgreement = 600

    init(
        document: String, text: [UInt8], claims: [Claim], places: [ClaimReference: Int], mentions: [Mention],
        signatures: [StatementPlace: StatementSignature], date: String, publisher: String, title: String,
        hand: HandLinks
    ) {
        self.document = document
        self.text = text
        self.claims = claims
        self.places = places
        self.mentions = mentions
        self.signatures = signatures
        self.date = date
        self.publisher = publisher
        self.title = title
        self.hand = hand
        topics = Self.topics(mentions, text)
    }

    /// The nodes of the statements that `links` link, in order, and of those that the user puts together with others; what
    /// is only related speaks to no common question.
    func nodes(_ links: [FoundLink]) -> QuestionNodes {
        var nodes: [QuestionNode] = []
        var ids = PassageIDs(document)
        for found in links where speaks(found.link.comparison) {
            guard claims.indices.contains(found.claim) else { continue }
            var others = PassageIDs(found.link.document)
            if hand.divides(ids.claim(found.link.own.claim), others.claim(found.link.other.claim)) { continue }
            let edge = edge(found.link)
            if let last = nodes.indices.last, nodes[last].place == found.link.own {
                nodes[last].edges.append(edge)
            } else {
                nodes.append(node(claims[found.claim], found.link.own, [edge]))
            }
        }
        for k in nodes.indices { nodes[k].asks = question(nodes[k]) }
        return merged(nodes)
    }

    /// With the statements of claims that decisions by hand put together with others.
    private func merged(_ nodes: [QuestionNode]) -> QuestionNodes {
        guard !hand.merges.isEmpty else { return QuestionNodes(nodes) }
        var nodes = nodes
        var merges: [QuestionNodes.Merge] = []
        var ids = PassageIDs(document)
        for (claim, reference) in ClaimReference.of(claims.map(\.span), in: text).enumerated() {
            let id = ids.claim(reference)
            for list in hand.merges where list.contains(id) {
                let decision = FoldKey(merging: list)
                let edge = QuestionNode.Edge(other: decision, relation: .related, basis: .hand)
                if !nodes.contains(where: { $0.place.claim == reference }) {
                    nodes.append(node(claims[claim], StatementPlace(claim: reference, statement: 0), []))
                }
                for k in nodes.indices where nodes[k].place.claim == reference {
                    nodes[k].edges.append(edge)
                    merges.append(.init(decision: decision, node: nodes[k].key))
                }
            }
        }
        return QuestionNodes(nodes, merges: merges)
    }

    private func speaks(_ comparison: Comparison) -> Bool {
        switch comparison.relation {
        case .related: return false
        case .repeats, .disputes, .updates: return true
        case .supports:
            // what a long statement says beside others would join all of these
            switch comparison.reason {
            case .shared(let names, let words, let all), .alike(_, let names, let words, let all):
                if names.count < 2, 3 * words < all { return false }
            default: break
            }
            return comparison.score >= Self.leastAgreement
        }
    }

    private func edge(_ link: LinkDecision.Link) -> QuestionNode.Edge {
        let (basis, conflict): (QuestionNode.Basis, FigureConflict?) =
            switch link.comparison.reason {
            case .figures(let conflict), .update(let conflict, _, _): (.figure, conflict)
            case .negation, .denial: (.polarity, nil)
            case .agents: (.agent, nil)
            case .days: (.days, nil)
            case .sameWords, .shared, .alike, .sharedText, .carriedOut, .undone: (.agreement, nil)
            }
        return QuestionNode.Edge(
            other: QuestionNode.key(link.document, link.other), relation: link.comparison.relation, basis: basis,
            figure: conflict?.figure ?? "")
    }

    private func node(_ claim: Claim, _ place: StatementPlace, _ edges: [QuestionNode.Edge]) -> QuestionNode {
        let signature = signatures[place]
        let words = claim.source.map(words) ?? ""
        let named = claim.sourceMention.flatMap { mentions.indices.contains($0) ? mentions[$0] : nil }
        // a pronoun that means nobody known names nobody
        let described = claim.sourceDescription == nil ? "" : words
        let author = publisher.isEmpty ? title.isEmpty ? document : title : publisher
        let unnamed = claim.voice == .author ? author : "somebody who is not named"
        let holder = named.map { self.words($0.span) } ?? (described.isEmpty ? unnamed : described)
        let text = said(claim, place.statement)
        // what is only spoken of ("criticised Tolliver for failing to warn") is no statement
        let isStatement = claim.kind == .quotation || claim.kind == .clause
        return QuestionNode(
            document: document, place: place, text: text, clarity: isStatement ? clarity(text, signature) : 0,
            date: date,
            days: signature?.days.map { $0.first == $0.last ? DaySpan.iso($0.first) : "" } ?? "",
            publisher: publisher, source: claim.sourceEntity ?? named?.entity ?? words,
            holder: claim.sourceEntity.flatMap { named == nil ? Self.name(of: $0) : nil } ?? holder,
            denies: signature.map { $0.traits.contains(.denied) != !$0.negated.isEmpty } ?? false,
            agent: name(signature?.agent), names: names(signature), topics: topics, numbers: numbers(signature),
            edges: edges)
    }

    /// What the id of an entity says of its name: `person:ada-weir` is *ada weir*.
    private static func name(of entity: String) -> String {
        (entity.split(separator: ":", maxSplits: 1).last ?? "").split(separator: "-").joined(separator: " ")
    }

    private func said(_ claim: Claim, _ statement: Int) -> String {
        let spans = claim.statements.indices.contains(statement) ? [claim.statements[statement].span] : claim.content
        var bytes: [UInt8] = []
        for span in spans where span.start >= 0 && span.end <= text.count {
            if !bytes.isEmpty { bytes += Array(" … ".utf8) }
            bytes += text.evenlySpaced(span)
        }
        guard bytes.count > Self.longest else { return UTF8Decoding.string(bytes, ByteSpan(0, bytes.count)) }
        var end = Self.longest
        while end > 0, bytes[end] != 0x20 || !UTF8Decoding.isBoundary(end, in: bytes) { end -= 1 }
        return UTF8Decoding.string(bytes, ByteSpan(0, end)) + " …"
    }

    /// How well a statement can be read by itself.
    private func clarity(_ text: String, _ signature: StatementSignature?) -> Int {
        guard let signature, signature.predicate != 0 else { return 0 }
        let first = String(text.drop(while: Self.marks.contains).prefix { !Self.marks.contains($0) })
        guard !first.isEmpty else { return 0 }
        if Self.unfinished.contains(first) { return 0 }
        if Self.pointing.contains(first.lowercased()) {
            // "it on his blog as …": the pronoun is what is left of the clause before
            let isSubject = signature.verb.map { $0 <= first.utf8.count + Self.longestAdverb } ?? true
            return isSubject || first != first.lowercased() ? 1 : 0
        }
        if signature.traits.contains(.pronoun) { return 1 }
        return first.first?.isUppercase == true ? 3 : 2
    }

    /// What stands before a first word, and behind it.
    private static let marks = " \"“‘'("
    /// So many bytes stand at most between a pronoun and its verb.
    private static let longestAdverb = 14
    /// What begins with such a word has lost its subject.
    private static let unfinished = Set(
        "to of for with by than as which who whose whom itself himself herself themselves him them".split(
            separator: " "
        ).map(String.init))
    /// What begins with such a word speaks of what was said before.
    private static let pointing = Set(
        "this that these those it he she they his her its their such here there".split(separator: " ").map(String.init))

    private func name(_ mention: Int?) -> QuestionNode.Name? {
        guard let mention, mentions.indices.contains(mention), let entity = mentions[mention].entity else { return nil }
        return QuestionNode.Name(entity: entity, text: words(mentions[mention].span))
    }

    private func names(_ signature: StatementSignature?) -> [QuestionNode.Name] {
        var seen: Set<String> = []
        return (signature?.names ?? []).compactMap { name in
            guard name.part == .named, mentions.indices.contains(name.mention),
                let entity = mentions[name.mention].entity, seen.insert(entity).inserted
            else { return nil }
            return QuestionNode.Name(entity: entity, text: words(mentions[name.mention].span))
        }
    }

    /// The places and things that the document names most, each by its longest name; of two of one length not by the one in
    /// capitals. People are no topics here: who is
    /// heard most is not what a figure is about.
    private static func topics(_ mentions: [Mention], _ text: [UInt8]) -> [QuestionNode.Name] {
        var counts: [String: (count: Int, text: String)] = [:]
        for mention in mentions where mention.kind == .place || mention.kind == .event {
            guard let entity = mention.entity, mention.span.start >= 0, mention.span.end <= text.count else { continue }
            let words = UTF8Decoding.string(text, mention.span)
            let known = counts[entity] ?? (0, words)
            let isLonger = (words.utf8.count, words) > (known.text.utf8.count, known.text)
            counts[entity] = (known.count + 1, isLonger ? words : known.text)
        }
        return counts.sorted { $0.value.count != $1.value.count ? $0.value.count > $1.value.count : $0.key < $1.key }
            .prefix(mostTopics).map { QuestionNode.Name(entity: $0.key, text: $0.value.text) }
    }

    private func numbers(_ signature: StatementSignature?) -> [QuestionNode.Number] {
        (signature?.figures ?? []).map {
            QuestionNode.Number(
                text: $0.text, label: $0.label, noun: $0.noun, event: $0.event, unit: $0.unit, lower: $0.lower,
                upper: $0.upper, isApproximate: $0.isApproximate)
        }
    }

    private func words(_ span: ByteSpan) -> String {
        guard span.start >= 0, span.end <= text.count else { return "" }
        let bytes = text.evenlySpaced(span)
        return UTF8Decoding.string(bytes, ByteSpan(0, bytes.count))
    }
}

extension NodeReader {
    /// The question that the statement of a node answers, as its first link that is more than agreement makes it one;
    /// empty for none.
    private func question(_ node: QuestionNode) -> String {
        guard let edge = node.edges.first(where: { $0.basis != .agreement }) else { return "" }
        let signature = signatures[node.place]
        let wording = QuestionWording(
            node.text, auxiliary: words(before: signature?.auxiliary, of: node.place),
            verb: words(before: signature?.verb, of: node.place))
        switch edge.basis {
        case .agreement, .hand: return ""
        case .polarity: return wording.whether
        case .agent: return words(before: signature?.verb, of: node.place).flatMap(wording.who) ?? ""
        case .figure:
            let number = node.numbers.first { $0.text == edge.figure }
            let unit = number?.unit ?? ""
            let isAmount = unit.utf8.count == 3 && unit.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5A }
            // "180 mph" is one mention with its unit, "44 people" is a figure before its noun
            let rest =
                unit.isEmpty || isAmount ? [] : edge.figure.split(separator: " ").dropFirst().map(String.init)
            return wording.figure(
                edge.figure, isShare: unit == "%", isAmount: isAmount, unit: rest,
                noun: unit.isEmpty ? (number?.label ?? "").split(separator: " ").map(String.init) : []) ?? ""
        case .days:
            let claim = places[node.place.claim].flatMap { claims.indices.contains($0) ? claims[$0] : nil }
            guard let claim, claim.statements.indices.contains(node.place.statement) else { return "" }
            let span = claim.statements[node.place.statement].span
            let date = mentions.first { $0.kind == .date && $0.span.start >= span.start && $0.span.end <= span.end }
            return date.flatMap { wording.when(words($0.span)) } ?? ""
        }
    }

    /// How many words of a statement stand before the one at so many bytes; nil where none does.
    private func words(before offset: Int?, of place: StatementPlace) -> Int? {
        guard let offset, offset > 0,
            let claim = places[place.claim].flatMap({ claims.indices.contains($0) ? claims[$0] : nil }),
            claim.statements.indices.contains(place.statement)
        else { return nil }
        let start = claim.statements[place.statement].span.start
        // of a contraction the auxiliary is no word by itself
        guard start >= 0, start + offset <= text.count, text[start + offset - 1] <= 0x20 else { return nil }
        return text[start..<start + offset].split { $0 <= 0x20 }.count
    }
}
