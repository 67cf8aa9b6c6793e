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
        let isDisputed = edges.contains { $0.relation == .disputes }
        let isUpdated = edges.contains { $0.relation == .updates }
        let isAgreed = edges.contains { $0.relation == .supports || $0.relation == .repeats }
        let figure = edges.first { !$0.figure.isEmpty }
        let kind: Questions.Kind = figure != nil ? .figure : isDisputed ? .yesNo : .what
        let versions = Self.versions(nodes, kind, label: figure?.label ?? "", lead: lead)
        let names = Self.names(nodes)
        var id = StableHash()
        id.combine(lead.key.bytes)
        question = Questions.Question(
            id: "q-" + String(id.value, radix: 16), kind: kind,
            heading: Self.heading(kind, lead, label: figure?.label ?? "", names: names.prefix(2).map(\.text)),
            entities: names.prefix(6).map(\.entity), first: Self.first(nodes), last: Self.last(nodes),
            statements: nodes.count, sources: Set(nodes.map(Self.voice)).count,
            publishers: Self.independent(nodes), isDisputed: isDisputed, isUpdated: isUpdated, isAgreed: isAgreed,
            answers: versions.answers)
        answers = versions.given
        self.lead = lead
    }

    private static func leads(_ a: QuestionNode, _ b: QuestionNode) -> Bool {
        if a.edges.count != b.edges.count { return a.edges.count > b.edges.count }
        if a.text.utf8.count != b.text.utf8.count { return a.text.utf8.count < b.text.utf8.count }
        return a.key < b.key
    }

    /// Who is heard in a statement: its source, or the publisher whose author says it.
    private static func voice(_ node: QuestionNode) -> String {
        node.source.isEmpty ? "publisher:\(node.issuer)" : node.source
    }

    /// How many publishers speak, of which those whose statements are the same words count once.
    private static func independent(_ nodes: [QuestionNode]) -> Int {
        var texts: Set<String> = []
        var publishers: Set<String> = []
        for node in nodes.sorted(by: { ($0.date, $0.key) < ($1.date, $1.key) }) {
            if texts.insert(node.text).inserted { publishers.insert(node.issuer) }
        }
        return publishers.count
    }

    private static func first(_ nodes: [QuestionNode]) -> String {
        nodes.map(\.date).filter { !$0.isEmpty }.min() ?? ""
    }
    private static func last(_ nodes: [QuestionNode]) -> String { nodes.map(\.date).max() ?? "" }

    /// The entities that most statements name.
    private static func names(_ nodes: [QuestionNode]) -> [QuestionNode.Name] {
        var counts: [String: (count: Int, text: String)] = [:]
        for node in nodes {
            for name in node.names {
                let known = counts[name.entity]
                // the longest form tells most
                let isLonger = (name.text.utf8.count, known?.text ?? "") > (known?.text.utf8.count ?? 0, name.text)
                counts[name.entity] = ((known?.count ?? 0) + 1, isLonger ? name.text : known?.text ?? name.text)
            }
        }
        return counts.filter { 2 * $0.value.count >= nodes.count }
            .sorted { $0.value.count != $1.value.count ? $0.value.count > $1.value.count : $0.key < $1.key }
            .map { QuestionNode.Name(entity: $0.key, text: $0.value.text) }
    }

    private static func heading(
        _ kind: Questions.Kind, _ lead: QuestionNode, label: String, names: [String]
    ) -> String {
        let about = names.joined(separator: ", ")
        switch kind {
        case .figure:
            let question = label.isEmpty ? "which figure?" : "how many \(label)?"
            return about.isEmpty ? question.prefix(1).uppercased() + question.dropFirst() : "\(about): \(question)"
        case .yesNo: return "Is it so: \(lead.text)"
        case .what: return lead.text
        }
    }
}

extension QuestionGroup {
    /// Who says it, each source once: by its longest name, in order.
    private static func holders(of nodes: [QuestionNode]) -> [String] {
        let bySource = Dictionary(grouping: nodes.filter { !$0.holder.isEmpty }) {
            $0.source.isEmpty ? $0.holder : $0.source
        }
        let names = bySource.values.compactMap { nodes in
            nodes.map(\.holder).max { ($0.utf8.count, $1) < ($1.utf8.count, $0) }
        }
        return Set(names).sorted()
    }

    /// The versions that statements give, and which of them each gives.
    private static func versions(
        _ nodes: [QuestionNode], _ kind: Questions.Kind, label: String, lead: QuestionNode
    ) -> (answers: [Questions.Answer], given: [Int?]) {
        let keys = nodes.map { node -> String? in
            switch kind {
            case .figure: figure(of: node, label)?.text
            case .yesNo: node.denies ? "no" : "yes"
            case .what: lead.text
            }
        }
        var groups: [String: [QuestionNode]] = [:]
        for (node, key) in zip(nodes, keys) { if let key { groups[key, default: []].append(node) } }
        let answers = groups.map { key, nodes in
            let number = kind == .figure ? figure(of: nodes[0], label) : nil
            return Questions.Answer(
                text: key, lower: number?.lower, upper: number?.upper,
                holders: holders(of: nodes), statements: nodes.count,
                publishers: independent(nodes), first: first(nodes), last: last(nodes))
        }.sorted { a, b in
            if a.publishers != b.publishers { return a.publishers > b.publishers }
            if a.first != b.first { return a.first < b.first }
            return a.text < b.text
        }
        let places = Dictionary(answers.enumerated().map { ($1.text, $0) }, uniquingKeysWith: { first, _ in first })
        return (answers, keys.map { $0.flatMap { places[$0] } })
    }

    /// The figure that a statement gives: that of its first conflict or update, else the one that counts the same.
    private static func figure(of node: QuestionNode, _ label: String) -> QuestionNode.Number? {
        let own = node.edges.first { !$0.figure.isEmpty }?.figure
        if let own { return node.numbers.first { $0.text == own } ?? .init(text: own, label: label) }
        return node.numbers.first { $0.label == label }
    }
}
