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
    /// By query, the variables in it and in those that it reads.
    private let variables: [Set<String>]
    /// Queries that several cells or queries read.
    private let shared: Set<Int>
    /// The lengths of names with the letters that they begin with, by which most statements are told to read none.
    private let beginnings: Set<[UInt8]>

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
        let beginnings = Set(places.keys.compactMap(Self.beginning))
        let tokens = items.map { SQLTokens($0.cell.sql?.text ?? "").all }
        let reads = tokens.map { tokens in Set(tokens.compactMap { places[$0.text.lowercased()] }).sorted() }
        let graph = ReadingOrder(reads)
        self.reads = reads
        self.beginnings = beginnings
        circles = graph.circles
        unusable = graph.unusable
        let own = tokens.map { tokens in Set(tokens.filter { $0.kind == .variable }.map(\.text)) }
        variables = items.indices.map { k in
            ReadingOrder.behind([k], reads).map { $0.reduce(into: []) { $0.formUnion(own[$1]) } } ?? own[k]
        }
        var readers = Array(repeating: 0, count: items.count)
        for reads in reads { for k in reads { readers[k] += 1 } }
        for (sql, times) in items.isEmpty ? [] : Self.statements(parts) {
            for k in Self.read(in: sql, places, beginnings) { readers[k] += times }
        }
        shared = Set(items.indices.filter { readers[$0] > 1 }).subtracting(unusable)
    }

    /// The statements of cells with how often each is asked at least; what is repeated counts twice.
    private static func statements(_ parts: [Notebook.Part], times: Int = 1) -> [(sql: String, times: Int)] {
        func statements(of cell: Cell) -> [(sql: String, times: Int)] {
            cell.kind == .query || cell.isOverVariants
                ? []
                : cell.parts.flatMap { [$0.sql, $0.fields["total"]] }.compactMap { $0.map { ($0.text, times) } }
        }
        return parts.flatMap { part -> [(sql: String, times: Int)] in
            switch part {
            case .value(let cell), .cell(let cell): statements(of: cell)
            case .section(let section):
                statements(of: section.cell)
                    + Self.statements(section.parts, times: section.cell.fields["each"] == nil ? times : 2)
            case .markdown, .frontMatter: []
            }
        }
    }

    /// The length of a name and the letter that it begins with.
    private static func beginning(_ name: String) -> [UInt8]? {
        name.utf8.first.map { [$0 | 0x20, UInt8(truncatingIfNeeded: name.utf8.count)] }
    }

    /// The queries that `sql` reads itself, in order.
    private static func read(in sql: String, _ places: [String: Int], _ beginnings: Set<[UInt8]>) -> [Int] {
        guard !places.isEmpty, hasWord(beginning: beginnings, in: sql) else { return [] }
        return SQLWords(sql).all.compactMap { places[$0] }.sorted()
    }

    /// Whether a word of `sql` is as long as a name and begins like it.
    private static func hasWord(beginning beginnings: Set<[UInt8]>, in sql: String) -> Bool {
        var sql = sql
        return sql.withUTF8 { bytes in
            var at = 0
            while at < bytes.count {
                let start = at
                while at < bytes.count, SQLWords.isWord(bytes[at]) { at += 1 }
                if at > start, beginnings.contains([bytes[start] | 0x20, UInt8(truncatingIfNeeded: at - start)]) {
                    return true
                }
                if at == start { at += 1 }
            }
            return false
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
        !unusable.isEmpty && read(in: sql).contains(where: unusable.contains)
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

    /// The queries that `sql` reads itself, by their numbers, in order.
    func read(in sql: String) -> [Int] { Self.read(in: sql, places, beginnings) }

    /// The number of the query that is named so.
    func number(of name: String) -> Int? { places[name.lowercased()] }

    /// The name of a query in small letters, and what it asks.
    func query(_ number: Int) -> (name: String, sql: String) {
        (items[number].name.lowercased(), Self.withoutEnd(items[number].cell.sql?.text ?? ""))
    }

    /// Whether several cells read the query, so that it is worth while to keep its rows, and they are the same for all that
    /// set none but these variables.
    func isShared(_ number: Int, setting names: Set<String>) -> Bool {
        shared.contains(number) && variables[number].isDisjoint(with: names)
    }

    /// `sql` without what may stand behind a statement.
    private static func withoutEnd(_ sql: String) -> String {
        var query = sql.trimmed[...]
        while query.last == ";" || query.last?.isWhitespace == true { query = query.dropLast() }
        return String(query)
    }

    /// `sql` with the queries that it reads, but for those that are `filled`: these are tables. Throws where they are too
    /// many.
    func expanded(_ sql: String, filled: Set<Int> = []) throws(QueryProblem) -> Expanded {
        let read = read(in: sql).filter { !filled.contains($0) }
        guard !read.isEmpty else { return Expanded(text: sql, added: 0, replaced: 0) }
        let reads = filled.isEmpty ? reads : reads.map { $0.filter { !filled.contains($0) } }
        guard let needed = ReadingOrder.behind(read, reads, most: Self.most) else {
            throw QueryProblem(
                "the query reads more than \(Self.most) others, directly or through others", hint: QueryLimits.less,
                id: "sql-limit")
        }
        let queries = needed.map { "\"\(items[$0].name)\" as (\(query($0).sql)\n)" }
        let (start, isRecursive) = Self.behindWith(sql)
        let head =
            "with \(isRecursive ? "recursive " : "")" + queries.joined(separator: ", ") + (start > 0 ? ", " : " ")
        let rest = String(decoding: sql.utf8.dropFirst(start), as: UTF8.self)
        return Expanded(text: head + rest, added: head.utf8.count, replaced: start)
    }

    /// Where the first query behind `with` begins, in bytes; 0 for a statement without one.
    private static func behindWith(_ sql: String) -> (start: Int, isRecursive: Bool) {
        let tokens = SQLTokens(sql).all.prefix(3)
        guard tokens.count > 1, tokens[0].isWord("with") else { return (0, false) }
        let isRecursive = tokens[1].isWord("recursive") && tokens.count > 2
        return (tokens[isRecursive ? 2 : 1].offset, isRecursive)
    }
}
