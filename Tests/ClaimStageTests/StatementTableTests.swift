import StageKit
import Testing
import Text

@testable import ClaimStage

extension StatementTable {
    /// A table of rows with these bytes.
    convenience init(rows: [[UInt8]]) {
        let addressed = rows.enumerated().map { number, bytes in
            FoldRow(
                key: FoldKey([0xFF] + UInt64(number).bytes(10 - 8) + UInt64(number).bytes(8)),
                elements: [(bytes: bytes, count: 1)])
        }
        self.init([Self.part(of: addressed)])
    }

    /// A table of these statements, in order.
    convenience init(_ statements: [IndexedStatement]) { self.init(rows: statements.map(\.encoded)) }
}

@Suite("Statements that are looked up, and their pairs")
struct StatementTableTests {
    private let band = Bands.Band(kind: .count, value: 7)

    /// Statements of which each shares some of its words with some others.
    private let statements: [IndexedStatement] = (0..<40).map { number in
        let words = (0..<9).map { StatementToken.word(UInt32(1000 + (number * $0 * 7) % 31)) }
        let names = [
            StatementSignature.Name(mention: number % 3, part: number.isMultiple(of: 2) ? .named : .title)
        ]
        let mentions = (0..<3).map { Mention(ByteSpan($0, $0 + 1), .person, entity: "person:\($0)") }
        let signature = StatementSignature(
            reference: ClaimReference(passage: UInt64(number), occurrence: 0), exact: UInt64(number / 2), length: 12,
            opening: UInt64(number % 5), words: Array(Set(words)), names: names)
        return IndexedStatement(
            signature, document: "\(number % 11).txt", mentions: mentions, topics: [1], day: nil, documentSize: 3)
    }

    private func pairs(_ members: [Int], _ table: StatementTable) -> Set<[StatementPlace]> {
        var pairs: Set<[StatementPlace]> = []
        let compared = BandPairs(members, of: table, band: band, withinDocuments: true)
        compared.forEach(reach: members.count) { a, b, overlap in
            #expect(a.precedes(b))
            #expect(overlap.firstExcess == Overlap(a.tokens, b.tokens).firstExcess)
            pairs.insert([a.place, b.place])
        }
        return pairs
    }

    @Test("which pairs are compared does not depend on the order in which statements stand in a band")
    func isSymmetric() {
        let table = StatementTable(statements)
        let order = Array(statements.indices)
        let pairs = pairs(order, table)
        #expect(!pairs.isEmpty)
        #expect(self.pairs(order.reversed(), table) == pairs)
        #expect(self.pairs(order.sorted { ($0 * 17 % 40, $0) < ($1 * 17 % 40, $1) }, table) == pairs)
    }

    @Test("of many statements in the same words one stands for all, whatever their order in the band")
    func sameWords() {
        let many = (0..<30).map { number in
            let signature = StatementSignature(
                reference: ClaimReference(passage: UInt64(number), occurrence: 0),
                exact: number < 20 ? 5 : UInt64(number),
                length: 12, opening: 1, words: [StatementToken.word(7)], names: [])
            return IndexedStatement(
                signature, document: "\(number % 10).txt", mentions: [], topics: [], day: nil, documentSize: 3)
        }
        let table = StatementTable(many)
        func groups(_ members: [Int]) -> (pairs: Set<[Int]>, others: Set<[Int]>) {
            let groups = SameWords(members, of: table)
            let others = members.indices.flatMap { a in
                members.indices.filter { $0 > a && groups.compares(a, $0) }.map { [members[a], members[$0]].sorted() }
            }
            return (Set(groups.pairs.map { [members[$0], members[$1]] }), Set(others))
        }
        let found = groups(Array(many.indices))
        // 19 with the first; of the others each with three behind it, but the last three
        #expect(found.pairs.count == 19 + 16 * 3 + 2 + 1)
        #expect(found.pairs.count { $0[0] == 0 } == 19)
        // the first of the group and ten others, each with each
        #expect(found.others.count == 11 * 10 / 2)
        let order = many.indices.sorted { ($0 * 17 % 30, $0) < ($1 * 17 % 30, $1) }
        #expect(groups(order).pairs == found.pairs && groups(order).others == found.others)
        #expect(SameWords(Array(0..<10), of: table).isEmpty)
    }

    @Test("of statements that are only related, each is told the nearest, in whatever order they come")
    func nearest() {
        let table = StatementTable(statements)
        let pairs = (0..<12).flatMap { a in ((a + 1)..<12).map { (a, $0) } }
        func told(_ pairs: [(Int, Int)]) -> [[Int]] {
            var related = NearestLinks(members: 12)
            for (a, b) in pairs {
                let comparison = Comparison(.related, 300 - (b - a), .shared([UInt32(a), UInt32(b)], 1, of: 2))
                related.add(table[a], table[b], comparison)
            }
            return related.nearest.map { _, _, comparison in
                if case .shared(let ends, _, _) = comparison.reason { ends.map(Int.init) } else { [] }
            }
        }
        let nearest = told(pairs)
        #expect(
            (0..<12).allSatisfy { k in nearest.count { $0.contains(k) } <= NearestLinks.most(.related, ofMembers: 12) })
        #expect((0..<11).allSatisfy { nearest.contains([$0, $0 + 1]) })
        #expect(told(pairs.reversed()) == nearest)
    }

    @Test("of many updates the nearest are told, and as many more as it takes to lead to all statements")
    func joined() {
        let table = StatementTable(statements)
        var found = NearestLinks(members: 20)
        var large = NearestLinks(members: NearestLinks.largest + 1)
        // two halves, within which pairs score more than between them
        for a in 0..<20 {
            for b in (a + 1)..<20 {
                let score = (a < 10) == (b < 10) ? 800 : 700
                let comparison = Comparison(.updates, score, .shared([UInt32(a), UInt32(b)], 1, of: 2))
                found.add(table[a], table[b], comparison)
                large.add(table[a], table[b], comparison)
            }
        }
        let told: [[Int]] = found.nearest.map { _, _, comparison in
            if case .shared(let ends, _, _) = comparison.reason { ends.map(Int.init) } else { [] }
        }
        #expect(told.count <= 20 * NearestLinks.most(.updates, ofMembers: 20) / 2 + 19 && told.count < found.count)
        var reached: Set<Int> = [0]
        while let next = told.first(where: { reached.contains($0[0]) != reached.contains($0[1]) }) {
            reached.formUnion(next)
        }
        #expect(reached.count == 20)
        #expect(large.nearest.count < told.count)
    }

    @Test("two lists of tokens have as much in common from either side, a title beside a name too")
    func overlapsAlike() {
        let table = StatementTable(statements)
        for a in statements.indices {
            for b in statements.indices {
                let (one, other) = (
                    Overlap(table[a].tokens, table[b].tokens), Overlap(table[b].tokens, table[a].tokens)
                )
                #expect(one.weight == other.weight && one.names == other.names && one.words == other.words)
                #expect(one.allWeight == other.allWeight && one.lesserWeight == other.lesserWeight)
                #expect(one.kindsThatDiffer == other.kindsThatDiffer && one.sharedKinds == other.sharedKinds)
            }
        }
    }

    @Test("statements of several parts are found by their addresses, and documents are numbered by their ids")
    func findsByAddress() {
        let rows = statements.map { statement in
            let bytes = statement.encoded
            let address = StatementAddress(of: statement, encoded: bytes)
            return (
                row: FoldRow(key: FoldKey(statement: address), elements: [(bytes: bytes, count: 1)]),
                element: address.element(beside: 1), statement: statement
            )
        }.sorted { $0.row.key < $1.row.key }
        let table = StatementTable([
            StatementTable.part(of: rows[..<15].map(\.row)), StatementTable.part(of: rows[15...].map(\.row)),
        ])
        #expect(table.documents == table.documents.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        for (index, row) in rows.enumerated() {
            #expect(table.number(of: row.element) == index)
            #expect(table[index].place == row.statement.place)
            #expect(table.documents[table[index].document] == row.statement.document)
        }
        #expect(table.number(of: Array(repeating: 9, count: 12)) == nil)
    }

    @Test("bytes that are no row are left out")
    func leavesOutOthers() {
        let bytes = statements[0].encoded
        #expect(StatementTable(rows: [[], bytes, Array(bytes.dropLast()), bytes + [0x61]]).count == 1)
    }
}
