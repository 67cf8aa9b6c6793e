import StageKit
import Text

/// Linked statements that hang together, and the question that they speak to.
struct QuestionGroup {
    /// The question with its versions.
    let question: Questions.Question
    /// For each statement, which version it gives; nil for none of them.
    let answers: [Int?]
    /// The statement that leads the group: the one with most links, and of several the shortest.
    let lead: QuestionNode

    /// The question of `nodes`, of which there are two or more, in order of their keys.
    init(_ nodes: [QuestionNode]) {
        let lead = nodes.min { Self.leads($0, $1) } ?? nodes[0]
        let edges = nodes.flatMap(\.edges)
        let kind = Self.kind(edges)
        let versions = QuestionVersions(nodes, kind)
        let names = Self.names(nodes.map(\.names))
        var id = StableHash()
        id.combine(lead.key.bytes)
        question = Questions.Question(
            id: "q-" + String(id.value, radix: 16), kind: kind,
            heading: Self.heading(kind, nodes, versions, lead, names),
            entities: names.prefix(6).map(\.entity), first: nodes.firstDay, last: nodes.lastDay,
            statements: nodes.count, sources: Set(nodes.map(\.voice)).count, publishers: nodes.independentPublishers,
            isDisputed: edges.contains { $0.relation == .disputes },
            isUpdated: edges.contains { $0.relation == .updates },
            isAgreed: edges.contains { $0.relation == .supports || $0.relation == .repeats },
            answers: versions.answers)
        answers = versions.given
        self.lead = lead
    }

    /// What most of the links rest on that are more than agreement.
    private static func kind(_ edges: [QuestionNode.Edge]) -> Questions.Kind {
        func count(_ basis: QuestionNode.Basis) -> Int { edges.count { $0.basis == basis } }
        let kinds: [(Questions.Kind, Int)] = [
            (.figure, count(.figure)), (.yesNo, count(.polarity)), (.when, count(.days)),
        ]
        let most = kinds.map(\.1).max() ?? 0
        return most == 0 ? .what : kinds.first { $0.1 == most }?.0 ?? .what
    }

    private static func leads(_ a: QuestionNode, _ b: QuestionNode) -> Bool {
        if a.edges.count != b.edges.count { return a.edges.count > b.edges.count }
        if a.text.utf8.count != b.text.utf8.count { return a.text.utf8.count < b.text.utf8.count }
        return a.key < b.key
    }

    /// The entities that most of some lists name.
    private static func names(_ lists: [[QuestionNode.Name]]) -> [QuestionNode.Name] {
        var counts: [String: (count: Int, text: String)] = [:]
        for name in lists.joined() {
            let known = counts[name.entity]
            // the longest form tells most
            let isLonger = (name.text.utf8.count, known?.text ?? "") > (known?.text.utf8.count ?? 0, name.text)
            counts[name.entity] = ((known?.count ?? 0) + 1, isLonger ? name.text : known?.text ?? name.text)
        }
        return counts.filter { 2 * $0.value.count >= lists.count }
            .sorted { $0.value.count != $1.value.count ? $0.value.count > $1.value.count : $0.key < $1.key }
            .map { QuestionNode.Name(entity: $0.key, text: $0.value.text) }
    }

    /// The question as the statement asks it that most others agree or disagree with and that can be read by itself, with
    /// what it is about where that does not stand in it.
    private static func heading(
        _ kind: Questions.Kind, _ nodes: [QuestionNode], _ versions: QuestionVersions, _ lead: QuestionNode,
        _ names: [QuestionNode.Name]
    ) -> String {
        if kind == .what { return versions.answers.first?.text ?? lead.text }
        let asking = versions.asking.filter { !$0.asks.isEmpty }
        let best = asking.min { a, b in
            if a.clarity != b.clarity { return a.clarity > b.clarity }
            return Self.leads(a, b)
        }
        var heading = best?.asks ?? "What do these statements say: \(lead.text)"
        // a figure without a name could be anybody's
        let about = names.isEmpty ? Self.names(nodes.map(\.topics)) : names
        if let first = about.first, !about.contains(where: { heading.contains($0.text) }),
            best.map({ node in !about.contains { name in node.names.contains { $0.entity == name.entity } } }) ?? true
        {
            heading += " (\(first.text))"
        }
        return heading
    }
}
