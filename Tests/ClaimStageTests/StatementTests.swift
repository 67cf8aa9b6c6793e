import StageKit
import Testing

@Suite("Statements of a claim")
struct StatementTests {
    static let divided: [(text: String, statements: [String])] = [
        ("The mayor said that the wall was safe.", ["that the wall was safe."]),
        (
            "The mayor said that the wall was safe and that the gate had been closed since May.",
            ["that the wall was safe", "the gate had been closed since May."]
        ),
        (
            "The mayor said that the wall was safe and dry and that 40 people were hurt.",
            ["that the wall was safe and dry", "40 people were hurt."]
        ),
        ("“The wall,” the mayor said, “is safe. The gate is shut.”", ["“The wall,” … “is safe.", "The gate is shut."]),
        ("The mayor said that Anna Holm and Peter Lind were hurt.", ["that Anna Holm and Peter Lind were hurt."]),
    ]

    @Test("each sentence, and each coordinated clause with a subject and a verb, is one", arguments: divided)
    func divides(_ example: (text: String, statements: [String])) async throws {
        let claims = try await ClaimSample.claims(example.text)
        #expect(claims.first?.statements.map(\.words) == example.statements)
    }

    static let negated: [(content: String, isNegated: Bool)] = [
        ("the wall was not safe", true), ("nobody had warned the town", true), ("no boat was lost", true),
        ("there was no damage", true), ("the wall never fell", true), ("they didn't know", true),
        ("the wall was safe", false), ("the wall that was not mended fell", false),
        ("they were not strangers but neighbours", false), ("the wall was not only old but dangerous", false),
        ("the wall was not safe, but the gate was shut", true),
        ("if the wall does not hold, the town is lost", false), ("if the wall falls, the town is not safe", true),
    ]

    @Test("a statement is negated when its main predicate is", arguments: negated)
    func negates(_ example: (content: String, isNegated: Bool)) async throws {
        let claims = try await ClaimSample.claims("The mayor said that \(example.content).")
        #expect(claims.first?.statements.first?.isNegated == example.isNegated)
    }

    @Test("a statement has its figures, and says whether a word of it leaves it open")
    func notes() async throws {
        let claims = try await ClaimSample.claims(
            "The mayor said that 40 boats may be lost, and the wall lost 12 percent of its stones.")
        #expect(claims.first?.statements.map(\.isHedged) == [true, false])
        #expect(claims.first?.statements.map(\.figures) == [["40"], ["12 percent"]])
    }

    @Test("a claim inside another's content names it")
    func nests() async throws {
        let claims = try await ClaimSample.claims("The Courier reported that the mayor said that the wall was safe.")
        #expect(claims.map(\.source) == ["The Courier", "the mayor"])
        #expect(claims.map(\.within) == [nil, 0])
    }
}
