import Model

/// The queries of a notebook that have a name, which other queries read like tables.
struct NamedQueries: Sendable {
    /// A query with its name.
    struct Item: Sendable {
        let name: String
        let cell: Cell
    }

    private let items: [Item]
    /// Those that are asked of every variant.
    let overVariants: [Item]
    private let places: [String: Int]
    /// By query, the others that it reads.
    private let reads: [[Int]]

    /// No queries.
    init() { (items, overVariants, places, reads) = ([], [], [:], []) }

    /// The queries among `parts`, those in sections too.
    init(_ parts: [Notebook.Part]) {
        let all = Self.items(parts)
        // those over variants are tables of their own
        let items = all.filter { !$0.cell.isOverVariants }
        overVariants = all.filter { $0.cell.isOverVariants }
        let places = Dictionary(
            items.enumerated().map { ($0.element.name.lowercased(), $0.offset) },
            uniquingKeysWith: { first, _ in first })
        self.items = items
        self.places = places
        reads = items.map { item in
            SQLWords(item.cell.sql?.text ?? "").all.compactMap { places[$0] }.sorted()
        }
    }

    private static func items(_ parts: [Notebook.Part]) -> [Item] {
        parts.flatMap { part -> [Item] in
            switch part {
            case .cell(let cell) where cell.kind == .query: [Item(name: cell.argument, cell: cell)]
            case .section(let section): items(section.parts)
            case .markdown, .frontMatter, .value, .cell: []
            }
        }
    }

    /// The names as they are written.
    var names: [String] { (items + overVariants).map(\.name) }

    /// What is wrong with the names, each problem with its cell.
    var problems: [(problem: QueryProblem, cell: Cell)] {
        var problems: [(problem: QueryProblem, cell: Cell)] = []
        var seen = Set(places.keys)
        for item in overVariants where !seen.insert(item.name.lowercased()).inserted {
            problems.append((QueryProblem("there are two queries '\(item.name)'", id: "query-name"), item.cell))
        }
        for (k, item) in items.enumerated() {
            if places[item.name.lowercased()] != k {
                problems.append((QueryProblem("there are two queries '\(item.name)'", id: "query-name"), item.cell))
            }
            if let way = cycle(from: k) {
                let names = way.map { "'\(items[$0].name)'" }.joined(separator: " reads ")
                problems.append(
                    (
                        QueryProblem(
                            "the query '\(item.name)' reads itself: \(names)",
                            hint:
                                "A word of the query that is also the name of a query counts as reading it: rename one.",
                            id: "query-circular"), item.cell
                    ))
            }
        }
        return problems
    }

    /// Whether one of them reads itself, so that none can be asked.
    var isCircular: Bool { items.indices.contains { cycle(from: $0) != nil } }

    /// The way from a query back to itself; nil where there is none.
    private func cycle(from start: Int) -> [Int]? {
        var ways = reads[start].map { [start, $0] }
        var seen: Set<Int> = []
        while let way = ways.popLast() {
            guard let last = way.last else { continue }
            if last == start { return way }
            if seen.insert(last).inserted { ways += reads[last].map { way + [$0] } }
        }
        return nil
    }

    /// A statement with the queries that it reads before it.
    struct Expanded {
        let text: String
        /// How many bytes stand before the statement's own, and how many of its own these replace.
        let added: Int
        let replaced: Int

        /// A problem with the expanded statement at its place in the statement itself.
        func own(_ problem: QueryProblem) -> QueryProblem {
            guard added > 0, let offset = problem.offset else { return problem }
            var problem = problem
            problem.offset = offset < added ? nil : offset - added + replaced
            return problem
        }
    }

    /// `sql` with the queries that it reads.
    func expanded(_ sql: String) -> Expanded {
        var needed: [Int] = []
        var seen: Set<Int> = []
        // a query stands behind those that it reads
        func take(_ number: Int) {
            guard seen.insert(number).inserted else { return }
            reads[number].forEach(take)
            needed.append(number)
        }
        SQLWords(sql).all.compactMap { places[$0] }.sorted().forEach(take)
        guard !needed.isEmpty else { return Expanded(text: sql, added: 0, replaced: 0) }
        let queries = needed.map { k in
            var query = (items[k].cell.sql?.text ?? "").trimmed[...]
            while query.last == ";" || query.last?.isWhitespace == true { query = query.dropLast() }
            return "\"\(items[k].name)\" as (\(query)\n)"
        }
        let (start, isRecursive) = Self.behindWith(sql)
        let head =
            "with \(isRecursive ? "recursive " : "")" + queries.joined(separator: ", ") + (start > 0 ? ", " : " ")
        let rest = String(decoding: sql.utf8.dropFirst(start), as: UTF8.self)
        return Expanded(text: head + rest, added: head.utf8.count, replaced: start)
    }

    /// Where the first query behind `with` begins, in bytes; 0 for a statement without one.
    private static func behindWith(_ sql: String) -> (start: Int, isRecursive: Bool) {
        guard let match = sql.prefixMatch(of: /(?:\s|--[^\n]*\n)*with\s+(recursive\s+)?/.ignoresCase()) else {
            return (0, false)
        }
        return (sql[..<match.range.upperBound].utf8.count, match.1 != nil)
    }
}
