import Model
import StageKit
import YAML

/// Reads one YAML document as a tree, reporting whatever is wrong with it.
struct NodeReader {
    /// Collections may be this deep in each other.
    static let deepest = 64
    /// What aliases may add up to, in the measure of ``Node/cost``.
    static let mostAliased = 100_000

    private let source: SourceText
    private let problems: ProblemList
    private let events: EventReader
    private var anchors: [String: Node] = [:]
    /// Anchors whose values are not complete yet.
    private var open: Set<String> = []
    private var aliased = 0

    /// Stops the reading of a file; the reason is reported.
    private struct GivenUp: Error {}

    private init(_ source: SourceText, _ problems: ProblemList) throws(SyntaxError) {
        self.source = source
        self.problems = problems
        events = try EventReader(source.bytes)
    }

    /// The tree of the only document in `source`; nil when it can't be read to its end.
    static func read(_ source: SourceText, problems: ProblemList) -> Node? {
        do {
            var reader = try NodeReader(source, problems)
            return try reader.document()
        } catch let error as SyntaxError {
            error.report(in: source, to: problems)
        } catch {
            // reported where it was thrown
        }
        return nil
    }

    private mutating func document() throws -> Node? {
        _ = try events.next()
        guard case .documentStart = try events.next().kind else {
            problems.report("the file is empty", id: "empty-file", file: source.name)
            return nil
        }
        let node = try node(try events.next(), depth: 0)
        _ = try events.next()
        let next = try events.next()
        if case .documentStart = next.kind {
            problems.report(
                "the file holds several documents", hint: "Give each document ('---') a file of its own.",
                id: "several-documents", at: Mark(source, next.start, max(next.end, next.start + 1)))
        }
        return node
    }

    private mutating func node(_ event: YAMLEvent, depth: Int) throws -> Node {
        let mark = Mark(source, event.start, event.end)
        if case .alias(let name) = event.kind { return try alias(name, mark, depth: depth) }
        if let anchor = event.anchor { open.insert(anchor) }
        let node: Node
        switch event.kind {
        case .scalar(let text, let isPlain):
            node = scalar(text, isPlain: isPlain, tag: event.tag, mark)
        case .sequenceStart:
            check(event.tag, is: "seq", mark)
            try enter(depth, mark)
            var nodes: [Node] = []
            while case let next = try events.next(), !next.isEnd { nodes.append(try self.node(next, depth: depth + 1)) }
            node = Node(sequence: nodes, Mark(source, event.start, event.start + 1))
        default:
            check(event.tag, is: "map", mark)
            try enter(depth, mark)
            node = Node(mapping: try entries(depth: depth + 1), Mark(source, event.start, event.start + 1))
        }
        if let anchor = event.anchor {
            open.remove(anchor)
            anchors[anchor] = node
        }
        return node
    }

    private func scalar(_ text: String, isPlain: Bool, tag: String?, _ mark: Mark) -> Node {
        let value = CoreSchema.value(text, isPlain: isPlain, tag: tag)
        var node = Node(Node.Scalar(text: text, value: value ?? .string(text)), mark)
        if value == nil, let tag {
            let written = CoreSchema.written(tag)
            if CoreSchema.isKnown(tag) {
                problems.report("'\(text.shortened)' is not a valid \(written)", id: "bad-tag", at: mark)
            } else {
                problems.report(
                    "tag '\(written)' is not supported", hint: "A text that begins with '!' needs quotes.",
                    id: "unknown-tag", at: mark)
            }
            node.isBroken = true
        }
        return node
    }

    private mutating func entries(depth: Int) throws -> [Node.Entry] {
        var entries: [Node.Entry] = []
        var lines: [String: Int] = [:]
        while case let event = try events.next(), !event.isEnd {
            let key = try node(event, depth: depth)
            let isPlain = if case .scalar(_, isPlain: true) = event.kind { true } else { false }
            var value = try node(try events.next(), depth: depth)
            // an empty value has no place of its own
            if value.mark.start == value.mark.end { value.mark = key.mark }
            guard case .scalar(let scalar) = key.content, !scalar.text.isEmpty else {
                problems.report(
                    key.isNull ? "a key is missing before ':'" : "a key is a text, not \(key.found)", id: "bad-key",
                    at: key.mark)
                continue
            }
            if isPlain, scalar.text == "<<" {
                problems.report(
                    "merge keys ('<<') are not supported",
                    hint: "Write the keys out, or share parts of a pipeline with 'include'.", id: "merge-key",
                    at: key.mark)
                continue
            }
            if let line = lines[scalar.text] {
                problems.report(
                    "key '\(scalar.text.shortened)' is written twice (first on line \(line))", id: "duplicate-key",
                    at: key.mark)
                continue
            }
            lines[scalar.text] = key.mark.line
            entries.append(Node.Entry(key: scalar.text, keyMark: key.mark, value: value))
        }
        return entries
    }

    private mutating func alias(_ name: String, _ mark: Mark, depth: Int) throws -> Node {
        if open.contains(name) {
            problems.report("'*\(name)' is inside its own anchor '&\(name)'", id: "recursive-alias", at: mark)
            throw GivenUp()
        }
        guard var node = anchors[name] else {
            problems.report(
                "there is no anchor '&\(name.shortened)'",
                hint: NearName.hint(name, among: anchors.keys) ?? "A text that begins with '*' needs quotes.",
                id: "unknown-anchor", at: mark)
            var broken = Node(Node.Scalar(text: "*" + name, value: .string("*" + name)), mark)
            broken.isBroken = true
            return broken
        }
        aliased += node.cost
        guard aliased <= Self.mostAliased else {
            problems.report(
                "the aliases of this file expand to too much data", hint: "Write fewer aliases of long lists.",
                id: "alias-expansion", at: mark)
            throw GivenUp()
        }
        try enter(depth + node.height - 1, mark)
        node.mark = mark
        return node
    }

    /// Gives up on what is too deep: a reader that calls itself must not be led on for ever.
    private func enter(_ depth: Int, _ mark: Mark) throws {
        guard depth >= Self.deepest else { return }
        problems.report(
            "lists and mappings are nested more than \(Self.deepest) deep", id: "too-deep",
            at: Mark(source, mark.start, mark.start + 1))
        throw GivenUp()
    }

    private func check(_ tag: String?, is kind: String, _ mark: Mark) {
        guard let tag, tag != "!", tag != CoreSchema.prefix + kind else { return }
        problems.report(
            "tag '\(CoreSchema.written(tag))' is not supported here", id: "unknown-tag",
            at: Mark(source, mark.start, mark.start + 1))
    }
}

extension YAMLEvent {
    fileprivate var isEnd: Bool {
        switch kind {
        case .sequenceEnd, .mappingEnd, .documentEnd, .streamEnd: true
        default: false
        }
    }
}
