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
    /// Queries that read each other in a circle, or one that reads itself; each group in order.
    private let circles: [[Int]]
    /// Queries from which a circle is reached.
    private let unusable: Set<Int>

    /// No queries.
    init() { self.init([]) }

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
        let reads = items.map { item in
            SQLWords(item.cell.sql?.text ?? "").all.compactMap { places[$0] }.sorted()
        }
        let graph = ReadingOrder(reads)
        self.reads = reads
        circles = graph.circles
        unusable = graph.unusable
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
        for (k, item) in items.enumerated() where places[item.name.lowercased()] != k {
            problems.append((QueryProblem("there are two queries '\(item.name)'", id: "query-name"), item.cell))
        }
        for group in circles {
            // of a large circle the first query stands for all
            for k in group.count > Self.shown ? Array(group.prefix(1)) : group {
                let way = circle(from: k, among: Set(group))
                let names = way.prefix(Self.shown).map { "'\(items[$0].name)'" }
                let rest = way.count > Self.shown ? ["… \(way.count - Self.shown) more"] : []
                problems.append(
                    (
                        QueryProblem(
                            "the query '\(items[k].name)' reads itself: \((names + rest).joined(separator: " reads "))",
                            hint:
                                "A word of the query that is also the name of a query counts as reading it: rename one.",
                            id: "query-circular"), items[k].cell
                    ))
            }
        }
        return problems
    }

    /// How many queries a message names.
    private static let shown = 10

    /// Whether `sql` reads a query that reads itself, directly or through others, so that it can't be asked.
    func isCircular(_ sql: String) -> Bool {
        !unusable.isEmpty && SQLWords(sql).all.contains { places[$0].map(unusable.contains) ?? false }
    }

    /// The way from a query back to itself, the shortest one.
    private func circle(from start: Int, among group: Set<Int>) -> [Int] {
        var before: [Int: Int] = [:]
        var queue = [start]
        var at = 0
        while at < queue.count {
            let query = queue[at]
            at += 1
            for next in reads[query] where group.contains(next) {
                if next == start {
                    var way = [start, query]
                    while let last = way.last, last != start, let earlier = before[last] { way.append(earlier) }
                    return way.reversed()
                }
                if before[next] == nil {
                    before[next] = query
                    queue.append(next)
                }
            }
        }
        return [start]
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

    /// How many queries one may read, directly or through others.
    private static let most = 200

    /// `sql` with the queries that it reads. Throws where these are too many.
    func expanded(_ sql: String) throws(QueryProblem) -> Expanded {
        let read = SQLWords(sql).all.compactMap { places[$0] }.sorted()
        guard let needed = ReadingOrder.behind(read, reads, most: Self.most) else {
            throw QueryProblem(
                "the query reads more than \(Self.most) others, directly or through others", hint: QueryLimits.less,
                id: "sql-limit")
        }
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
