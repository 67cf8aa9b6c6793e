import StageKit
import TestSupport
import Testing
import Text

@testable import ClaimStage

@Suite("Signatures")
struct SignatureTests {
    private static func signature(_ words: [UInt32], opening: UInt64 = 6) -> StatementSignature {
        StatementSignature(
            reference: ClaimReference(passage: 99, occurrence: 2), statement: 3, exact: 7, length: 5, opening: opening,
            words: words.map { $0 | 3 << 24 }, negated: [9], reached: [9, 12],
            names: [.init(mention: 0, part: .named), .init(mention: 1, part: .title)],
            figures: [
                Figure(
                    lower: 5, upper: nil, unit: "km", noun: 8, context: [1], event: [2], text: "at least 5", label: "km"
                )
            ],
            labels: [NumberLabel(noun: 4, number: 5)], days: DaySpan(20_000, 20_030), source: 1, traits: [.quoted])
    }

    private let mentions = [
        Mention(ByteSpan(0, 1), .person, entity: "person:ada-weir"),
        Mention(ByteSpan(2, 3), .organization, entity: "organization:northern-league"),
    ]

    private func statement(_ words: [UInt32], opening: UInt64 = 6) -> IndexedStatement {
        IndexedStatement(
            Self.signature(words, opening: opening), document: "a.txt", mentions: mentions, topics: [1, 2], day: 20_100,
            documentSize: 4)
    }

    @Test("a signature reads back as it was written")
    func roundTrip() throws {
        let signature = Self.signature([3, 9, 12, 4_000_000])
        let layer = StatementSignatures([signature, signature], day: 20_100)
        #expect(try StatementSignatures(encoded: layer.encoded) == layer)
        let statement = statement([3, 9, 12, 4_000_000])
        let table = StatementTable([statement])
        let read = table[0]
        #expect(Array(read.tokens) == statement.tokens)
        #expect(Array(read.topics) == statement.topics)
        #expect(read.figures == signature.figures)
        #expect(read.labels == signature.labels)
        #expect(read.days == signature.days)
        #expect(read.day == 20_100)
        #expect(read.exact == signature.exact)
        #expect(read.traits == signature.traits)
        // only the first of claims in the same words is in the index
        #expect(read.place.claim.passage == statement.place.claim.passage)
        #expect(read.place.statement == statement.place.statement)
        #expect(table.documents == ["a.txt"])
    }

    @Test("damaged signatures throw or read, and never crash")
    func survivesDamage() {
        let layer = StatementSignatures([Self.signature([3, 9, 12, 4_000_000])], day: nil)
        for bytes in Damage.variants(of: layer.encoded) + Damage.variants(of: statement([3, 9, 12]).encoded) {
            _ = try? StatementSignatures(encoded: bytes)
            let table = StatementTable(rows: [bytes, bytes])
            if table.count == 2 {
                _ = Comparison.between(table[0], table[1], Overlap(table[0].tokens, table[1].tokens))
            }
            _ = try? LinkDecision(encoded: bytes)
        }
    }

    @Test("all statements of a sentence without end have its days, and those of the next have none")
    func daysOfSentences() async throws {
        let open = String(repeating: "Reed said that the boats lay there, and ", count: 150)
        let sample = try await ClaimSample([
            ("a.txt", open + "Reed said that the yard burned on 3 May 2031. Reed said that the yard of Skerrow stood.")
        ])
        let days = try #require(try sample.run.documents[0].layers.value(StatementSignatures.self)).signatures.map(
            \.days)
        let day = try #require(DaySpan.day("2031-05-03"))
        #expect(days.count > 100)
        #expect(days.dropLast().allSatisfy { $0 == DaySpan(day, day) })
        #expect(days.last == .some(nil))
    }

    @Test("a name counts as an entity, the name in an office's title does not")
    func names() {
        #expect(statement([3, 9, 12]).entities == [IndexedStatement.hash(of: "person:ada-weir")])
    }

    @Test("statements with most words in common share a band, statements with few to compare have none")
    func shareBands() {
        let (a, b) = (statement([3, 9, 12, 4_000_000]), statement([3, 9, 12, 4_000_000, 17], opening: 9))
        #expect(!Set(Bands.of(a)).isDisjoint(with: Bands.of(b)))
        let bare = StatementSignature(
            reference: ClaimReference(passage: 1, occurrence: 0), exact: 1, length: 2, words: [3 | 3 << 24])
        let poor = IndexedStatement(bare, document: "a", mentions: [], topics: [], day: nil, documentSize: 1)
        #expect(Bands.of(poor).isEmpty)
    }

    @Test("a statement and its first half share a band, whatever is in the rest")
    func sharesOpening() {
        let opening = { (statement: IndexedStatement) in Bands.of(statement).filter { $0.kind == .opening } }
        #expect(opening(statement([3, 9, 12])) == opening(statement([3, 9, 12, 20, 21, 22])))
    }

    @Test("statements that share an entity meet in its band, whatever their words")
    func sharesName() {
        let (a, b) = (statement([3, 9, 12]), statement([100, 101, 102], opening: 9))
        #expect(Set(Bands.of(a)).intersection(Bands.of(b)).contains { $0.kind == .name })
    }
}
