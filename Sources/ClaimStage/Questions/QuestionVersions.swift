import StageKit
import Text

/// The versions of the answer that statements give to a question.
struct QuestionVersions {
    /// The versions, the one that most publishers give first.
    private(set) var answers: [Questions.Answer] = []
    /// For each statement, which version it gives; nil for none of them.
    private(set) var given: [Int?] = []
    /// The statements by which the question can be put.
    let asking: [QuestionNode]

    /// The versions of `nodes`, of which those at `latest` are the last that their sources say; `all` has those as well
    /// that are a part of another one.
    init(_ nodes: [QuestionNode], of all: [QuestionNode], latest: Set<Int>, _ kind: Questions.Kind) {
        var keys: [String?]
        var texts: [String?]
        var numbers: [QuestionNode.Number?] = Array(repeating: nil, count: nodes.count)
        switch kind {
        case .figure:
            let subject = Self.counted(nodes)
            numbers = nodes.map { node in subject.flatMap { Self.number(of: node, counting: $0) } }
            keys = numbers.map { $0.map(Self.key) }
            texts = numbers.map { $0?.text }
            asking = zip(nodes, numbers).filter { node, number in
                number != nil && node.edges.contains { $0.figure == number?.text }
            }.map(\.0)
        case .yesNo:
            let first = nodes.filter { $0.edges.contains { $0.basis == .polarity } }
            let affirmative = first.filter { !$0.denies && $0.clarity >= 2 }
            let asking = affirmative.isEmpty ? first.filter { !$0.denies } : affirmative
            self.asking = asking.isEmpty ? first : asking
            let start = self.asking.min {
                $0.edges.count != $1.edges.count ? $0.edges.count > $1.edges.count : $0.key < $1.key
            }
            texts = Self.sides(nodes, from: start?.key).map { $0 ? "yes" : "no" }
            keys = texts
        case .when:
            asking = nodes.filter { $0.edges.contains { $0.basis == .days } }
            texts = nodes.map { $0.days.isEmpty ? nil : $0.days }
            keys = texts
        case .who:
            asking = nodes.filter { $0.edges.contains { $0.basis == .agent } }
            texts = nodes.map { $0.agent?.text }
            keys = nodes.map { $0.agent?.entity }
        case .what:
            asking = all
            texts = nodes.map { _ in "" }
            keys = texts
        }
        var groups: [String: [Int]] = [:]
        for (k, key) in keys.enumerated() { if let key { groups[key, default: []].append(k) } }
        let told = asking.min { Self.tellsMore($0, $1) } ?? nodes[0]
        let whole = kind == .what ? QuestionWording(told.text, auxiliary: nil).statement : ""
        var versions = groups.map { key, members in
            let own = members.map { nodes[$0] }
            let number = numbers[members[0]]
            return (
                key: key,
                answer: Questions.Answer(
                    text: kind == .what ? whole : Self.commonest(members.compactMap { texts[$0] }),
                    lower: number?.lower, upper: number?.upper, holders: Self.holders(of: own), statements: own.count,
                    publishers: own.independentPublishers, independent: own.independentSources,
                    latest: Self.holders(of: members.filter(latest.contains).map { nodes[$0] }), first: own.firstDay,
                    last: own.lastDay)
            )
        }
        versions.sort { a, b in
            if a.answer.publishers != b.answer.publishers { return a.answer.publishers > b.answer.publishers }
            if a.answer.first != b.answer.first { return a.answer.first < b.answer.first }
            return a.answer.text == b.answer.text ? a.key < b.key : a.answer.text < b.answer.text
        }
        answers = versions.map(\.answer)
        let places = Dictionary(uniqueKeysWithValues: versions.enumerated().map { ($1.key, $0) })
        given = keys.map { $0.flatMap { places[$0] } }
    }

    /// Whether a statement is a better heading than another.
    static func tellsMore(_ a: QuestionNode, _ b: QuestionNode) -> Bool {
        if a.clarity != b.clarity { return a.clarity > b.clarity }
        if a.edges.count != b.edges.count { return a.edges.count > b.edges.count }
        return a.text.utf8.count != b.text.utf8.count ? a.text.utf8.count < b.text.utf8.count : a.key < b.key
    }

    /// What most of the figures count that differ or follow each other.
    private static func counted(_ nodes: [QuestionNode]) -> QuestionNode.Number? {
        let figures = nodes.flatMap { node in
            node.edges.compactMap { edge in node.numbers.first { !edge.figure.isEmpty && $0.text == edge.figure } }
        }
        // Many figures count the very same thing, so that these are few to be compared with each other.
        var things: [QuestionNode.Thing: (first: Int, count: Int)] = [:]
        for (k, figure) in figures.enumerated() { things[figure.thing, default: (k, 0)].count += 1 }
        let alike = things.values.map { own in
            let count = things.values.reduce(0) { sum, other in
                figures[other.first].counts(sameAs: figures[own.first]) ? sum + other.count : sum
            }
            return (first: own.first, count: count)
        }
        return alike.max { $0.count != $1.count ? $0.count < $1.count : $0.first > $1.first }.map { figures[$0.first] }
    }

    /// The figure of a statement that counts it: that of its first conflict or update, else the first that fits.
    private static func number(of node: QuestionNode, counting subject: QuestionNode.Number) -> QuestionNode.Number? {
        let own = node.edges.lazy.compactMap { edge in
            node.numbers.first { $0.text == edge.figure && $0.counts(sameAs: subject) }
        }.first
        return own ?? node.numbers.first { $0.counts(sameAs: subject) && ($0.noun != 0 || !$0.unit.isEmpty) }
    }

    /// Figures of the same bounds are one version, however they are written.
    private static func key(_ number: QuestionNode.Number) -> String {
        let bounds = [number.lower, number.upper].map { $0.map { String($0.bitPattern, radix: 16) } ?? "" }
        return bounds.joined(separator: "/") + (number.isApproximate ? "~" : "")
    }

    /// Which of the statements say what the one of the key `start` says: who disputes it by a negation or a denial does
    /// not, and who agrees with one of them is on its side.
    private static func sides(_ nodes: [QuestionNode], from start: FoldKey?) -> [Bool] {
        let places = Dictionary(nodes.enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
        var sides: [Bool?] = Array(repeating: nil, count: nodes.count)
        var queue = start.flatMap { places[$0] }.map { [$0] } ?? []
        for k in queue { sides[k] = true }
        var next = 0
        while next < queue.count {
            let k = queue[next]
            next += 1
            for edge in nodes[k].edges {
                guard let other = places[edge.other], sides[other] == nil, let own = sides[k] else { continue }
                switch edge.basis {
                case .agreement: sides[other] = own
                case .polarity: sides[other] = !own
                case .figure, .days, .hand, .agent: continue
                }
                queue.append(other)
            }
        }
        return zip(nodes, sides).map { node, side in side ?? !node.denies }
    }

    /// The text that most statements have; of several the shortest.
    private static func commonest(_ texts: [String]) -> String {
        let counts = Dictionary(grouping: texts) { $0 }.mapValues(\.count)
        return counts.min { a, b in
            if a.value != b.value { return a.value > b.value }
            return a.key.utf8.count != b.key.utf8.count ? a.key.utf8.count < b.key.utf8.count : a.key < b.key
        }?.key ?? ""
    }

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
}

extension QuestionNode {
    /// Who is heard in it: its source, or the publisher whose author says it.
    var voice: String { source.isEmpty ? "publisher:\(issuer)" : source }
}

extension [QuestionNode] {
    /// The first day on which one of them was said; empty where none is known.
    var firstDay: String { map(\.date).filter { !$0.isEmpty }.min() ?? "" }

    /// The last day on which one of them was said; empty where none is known.
    var lastDay: String { map(\.date).max() ?? "" }

    /// How many publishers speak by themselves: of statements that repeat each other, or are the same words, only the
    /// publisher of the first counts.
    var independentPublishers: Int {
        let roots = copies { _ in nil }
        let first = Dictionary(grouping: indices) { roots[$0] }.values.compactMap { members in
            members.min { (self[$0].date, self[$0].key) < (self[$1].date, self[$1].key) }
        }
        return Set(first.map { self[$0].issuer }).count
    }

    /// How many sources speak by themselves: statements that repeat each other, are the same words or have the same source
    /// count once.
    var independentSources: Int { Set(copies(\.voice)).count }

    /// Those that are the last that their source says, by their place; all where no day is known.
    var latest: Set<Int> {
        var last: [String: String] = [:]
        for node in self { last[node.voice] = Swift.max(last[node.voice] ?? "", node.date) }
        return Set(indices.filter { last[self[$0].voice] == self[$0].date })
    }

    /// For each the first of those that depend on each other: by a link that says that they repeat each other, the same
    /// words, or what `also` gives for both.
    private func copies(_ also: (QuestionNode) -> String?) -> [Int] {
        let places = Dictionary(enumerated().map { ($1.key, $0) }, uniquingKeysWith: { first, _ in first })
        var sets = Array<Int>(indices)
        func root(_ k: Int) -> Int {
            var k = k
            while sets[k] != k { k = sets[k] }
            return k
        }
        var byText: [String: Int] = [:], byOther: [String: Int] = [:]
        for k in indices {
            if let other = also(self[k]) {
                let same = byOther[other] ?? k
                sets[Swift.max(root(k), root(same))] = Swift.min(root(k), root(same))
                byOther[other] = same
            }
            for edge in self[k].edges where edge.relation == .repeats {
                if let other = places[edge.other] {
                    sets[Swift.max(root(k), root(other))] = Swift.min(root(k), root(other))
                }
            }
            if let same = byText[self[k].text] { sets[Swift.max(root(k), root(same))] = Swift.min(root(k), root(same)) }
            byText[self[k].text] = k
        }
        return indices.map(root)
    }
}
