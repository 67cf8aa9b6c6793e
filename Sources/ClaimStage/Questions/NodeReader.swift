import StageKit
import Text

/// Makes the nodes of a document's linked statements.
struct NodeReader {
    let document: String
    let text: [UInt8]
    let claims: [Claim]
    let mentions: [Mention]
    let signatures: [StatementPlace: StatementSignature]
    let date: String
    let publisher: String
    /// The most bytes of a statement that are kept.
    private static let longest = 240

    /// Agreement that scores less makes no common question: a chain of such links leads from one thing to another.
    private static let leastAgreement = 600

    /// The nodes of the statements that `links` link, in order; what is only related speaks to no common question.
    func nodes(_ links: [FoundLink]) -> [QuestionNode] {
        var nodes: [QuestionNode] = []
        for found in links where speaks(found.link.comparison) {
            let edge = edge(found.link)
            if let last = nodes.indices.last, nodes[last].place == found.link.own {
                nodes[last].edges.append(edge)
            } else if claims.indices.contains(found.claim) {
                nodes.append(node(claims[found.claim], found.link.own, edge))
            }
        }
        return nodes
    }

    private func speaks(_ comparison: Comparison) -> Bool {
        switch comparison.relation {
        case .related: false
        case .supports: comparison.score >= Self.leastAgreement
        case .repeats, .disputes, .updates: true
        }
    }

    private func edge(_ link: LinkDecision.Link) -> QuestionNode.Edge {
        let conflict: FigureConflict? =
            switch link.comparison.reason {
            case .figures(let conflict), .update(let conflict, _, _): conflict
            default: nil
            }
        return QuestionNode.Edge(
            other: QuestionNode.key(link.document, link.other), relation: link.comparison.relation,
            figure: conflict?.figure ?? "", label: conflict?.label ?? "")
    }

    private func node(_ claim: Claim, _ place: StatementPlace, _ edge: QuestionNode.Edge) -> QuestionNode {
        let signature = signatures[place]
        let words = claim.source.map(words) ?? ""
        let named = claim.sourceMention.flatMap { mentions.indices.contains($0) ? mentions[$0] : nil }
        // a pronoun that means nobody known names nobody
        let described = claim.sourceDescription == nil ? "" : words
        let unnamed = claim.voice == .author ? publisher : "somebody who is not named"
        let holder = named.map { self.words($0.span) } ?? (described.isEmpty ? unnamed : described)
        return QuestionNode(
            document: document, place: place, text: said(claim, place.statement), date: date, publisher: publisher,
            source: named?.entity ?? words, holder: holder,
            denies: signature.map { $0.traits.contains(.denied) != !$0.negated.isEmpty } ?? false,
            names: names(signature), numbers: numbers(signature), edges: [edge])
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

    private func names(_ signature: StatementSignature?) -> [QuestionNode.Name] {
        var seen: Set<String> = []
        return (signature?.names ?? []).compactMap { name in
            guard name.part == .named, mentions.indices.contains(name.mention),
                let entity = mentions[name.mention].entity, seen.insert(entity).inserted
            else { return nil }
            return QuestionNode.Name(entity: entity, text: words(mentions[name.mention].span))
        }
    }

    private func numbers(_ signature: StatementSignature?) -> [QuestionNode.Number] {
        (signature?.figures ?? []).map {
            QuestionNode.Number(text: $0.text, label: $0.label, lower: $0.lower, upper: $0.upper)
        }
    }

    private func words(_ span: ByteSpan) -> String {
        guard span.start >= 0, span.end <= text.count else { return "" }
        let bytes = text.evenlySpaced(span)
        return UTF8Decoding.string(bytes, ByteSpan(0, bytes.count))
    }
}
