import StageKit
import Testing
import Text

@testable import EntityStage

@Suite("Dates")
struct DateTests {
    struct Example: CustomTestStringConvertible {
        let text: String
        let found: String
        let iso: String

        init(_ text: String, _ found: String, _ iso: String) {
            self.text = text
            self.found = found
            self.iso = iso
        }

        var testDescription: String { text }
    }

    @Test(
        "dates are given in ISO 8601, relative ones from the document's date",
        arguments: [
            Example("It rained on 5 March 2024 in town.", "5 March 2024", "2024-03-05"),
            Example("It rained on March 5th, 2024 in town.", "March 5th, 2024", "2024-03-05"),
            Example("Filed 2024-03-05 by post.", "2024-03-05", "2024-03-05"),
            Example("Filed 05.03.2024 by post.", "05.03.2024", "2024-03-05"),
            Example("It began in June 2019 there.", "June 2019", "2019-06"),
            Example("They met on November 2 last year in secret.", "November 2 last year", "2025-11-02"),
            Example("They met on 2 November in secret.", "2 November", "2025-11-02"),
            Example("They met last year in secret.", "last year", "2025"),
            Example("The board met yesterday again.", "yesterday", "2026-01-18"),
            Example("The board met on Tuesday again.", "Tuesday", "2026-01-13"),
            Example("The board met three days earlier.", "three days earlier", "2026-01-16"),
            Example("The board met two years ago.", "two years ago", "2024"),
            Example("The board met this week.", "this week", "2026-01-19/2026-01-25"),
            Example("It was built in the 1990s by hand.", "1990s", "1990-01-01/1999-12-31"),
            Example("It was built in the 19th century.", "19th century", "1800/1899"),
            Example("Prices fell between 2015 and 2017 again.", "between 2015 and 2017", "2015/2017"),
            Example("Prices fell in summer 2018.", "summer 2018", "2018-06-01/2018-08-31"),
            Example("The gate opened at 10:30 a.m. for all.", "10:30 a.m.", "T10:30"),
            Example("It lasted for three days in all.", "three days", "P3D"),
            Example("The eight-hour siege ended.", "eight-hour", "PT8H"),
            Example("They meet every Monday at home.", "every Monday", "XXXX-WXX-1"),
        ])
    func values(example: Example) async throws {
        let tagged = try await Tagged(example.text, date: "Monday, January 19, 2026")
        let found = try tagged.mentions().first { $0.text == example.found }?.mention
        switch found?.value {
        case .date(let date)?: #expect(date.iso == example.iso)
        case .quantity(let duration)?: #expect(duration.iso == example.iso)
        case nil: Issue.record("no date '\(example.found)' among \(try tagged.mentions().map(\.text))")
        }
    }

    @Test("a date without its year stays open where the document has no date")
    func open() async throws {
        let tagged = try await Tagged("The wall fell on 27 July at night.")
        let mention = try tagged.mentions().first { $0.text == "27 July" }?.mention
        #expect(mention?.value == .date(DateValue("XXXX-07-27")))
    }

    @Test("what began has no end: since 2012")
    func since() async throws {
        let tagged = try await Tagged("Since 2012, nobody has come.")
        let mention = try tagged.mentions().first { $0.text == "2012" }?.mention
        #expect(mention?.value == .date(DateValue("2012", lower: "2012-01-01")))
    }

    @Test("a part of a month has the days of that part")
    func part() async throws {
        let tagged = try await Tagged("It opened in early June 2019 at last.")
        guard case .date(let date)? = try tagged.mentions().first(where: { $0.mention.kind == .date })?.mention.value
        else {
            Issue.record("no date")
            return
        }
        #expect(date == DateValue("2019-06", lower: "2019-06-01", upper: "2019-06-10"))
    }

    @Test("a verb and a first name are no months")
    func noMonths() async throws {
        let tagged = try await Tagged("They may march. Theresa May said so. April Jones agreed.")
        #expect(try tagged.mentions().allSatisfy { $0.mention.kind != .date })
    }
}
