import StageKit
import Text

/// Linked statements that hang together, and the question that they speak to.
struct QuestionGroup {
    /// The question with its versions.
    let question: Questions.Question
    /// The statements that speak to it, in order of their keys: without those that are a part of another one of their
    /// document, *the mayor said the wall held* and *the wall held*.
    let nodes: [QuestionNode]
    /// For each statement, which version it gives; nil for none of them.
    let answers: [Int?]
    /// The places of the statements after which their sources say nothing else.
    let latest: Set<Int>
    /// The statement that leads the group: the one with most links, and of several the shortest.
    let lead: QuestionNode

    /// The question of `all`, of which there are two or more, in order of their keys.
    init(_ all: [QuestionNode]) {
        let nodes = Self.whole(all)
        let latest = nodes.latest
        let lead = nodes.min { Self.leads($0, $1) } ?? nodes[0]
        let edges = nodes.flatMap(\.edges)
        let kind = Self.kind(edges)
        let versions = QuestionVersions(nodes, of: all, latest: latest, kind)
        let names = Self.names(nodes.map(\.names))
        var id = StableHash()
        id.combine(lead.key.bytes)
        question = Questions.Question(
            id: "q-" + String(id.value, radix: 16), kind: kind,
            heading: Self.heading(kind, nodes, versions, lead, names),
            entities: names.prefix(6).map(\.entity), place: Self.place(names, nodes), first: nodes.firstDay,
            last: nodes.lastDay, statements: nodes.count, sources: Set(nodes.map(\.voice)).count,
            publishers: nodes.independentPublishers, independent: nodes.independentSources,
            isDisputed: edges.contains { $0.relation == .disputes },
            isUpdated: edges.contains { $0.relation == .updates },
            isAgreed: edges.contains { $0.relation == .supports || $0.relation == .repeats },
            answers: versions.answers)
        answers = versions.given
        self.nodes = nodes
        self.latest = latest
        self.lead = lead
    }

    /// The statements that are no part of another one of their document; of several in the same words the first.
    private static func whole(_ nodes: [QuestionNode]) -> [QuestionNode] {
        let byDocument = Dictionary(grouping: nodes.indices) { nodes[$0].document }
        var parts: Set<Int> = []
        for own in byDocument.values where own.count > 1 && own.count <= mostCompared {
            for one in own {
                let isPart = own.contains { other in
                    guard one != other, !parts.contains(other), nodes[other].text.contains(nodes[one].text) else {
                        return false
                    }
                    return nodes[other].text != nodes[one].text || other < one
                }
                if isPart { parts.insert(one) }
            }
        }
        return nodes.indices.filter { !parts.contains($0) }.map { nodes[$0] }
    }

    /// Of more statements of one document none is taken for a part of another.
    private static let mostCompared = 64

    /// The place that most name, or that their documents name most.
    private static func place(_ names: [QuestionNode.Name], _ nodes: [QuestionNode]) -> String {
        (names.first { $0.isPlace } ?? Self.names(nodes.map(\.topics)).first { $0.isPlace })?.entity ?? ""
    }

    /// What most of the links rest on that are more than agreement.
    private static func kind(_ edges: [QuestionNode.Edge]) -> Questions.Kind {
        func count(_ basis: QuestionNode.Basis) -> Int { edges.count { $0.basis == basis } }
        let kinds: [(Questions.Kind, Int)] = [
            (.figure, count(.figure)), (.yesNo, count(.polarity)), (.when, count(.days)), (.who, count(.agent)),
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
        let asking = versions.asking.filter { kind == .what || !$0.asks.isEmpty }
        let best = asking.min { a, b in
            if kind == .what { return QuestionVersions.tellsMore(a, b) }
            if a.clarity != b.clarity { return a.clarity > b.clarity }
            return Self.leads(a, b)
        }
        var heading =
            kind == .what
            ? versions.answers.first?.text ?? lead.text
            : best?.asks ?? "What do these statements say: \(lead.text)"
        // a figure without a name could be anybody's, and so could what is said of "it"
        let about = names.isEmpty && (kind != .what || best?.clarity == 1) ? Self.names(nodes.map(\.topics)) : names
        if let first = about.first, !(about + (best?.names ?? [])).contains(where: { heading.contains($0.text) }) {
            heading += " (\(first.text))"
        }
        return heading
    }
}
