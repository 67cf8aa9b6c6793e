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

    @Test(
        "days in a row and ranges are read where the document has no date as they are where it has one",
        arguments: [
            ("It was held on 12 and 13 April.", ["12 and 13 April XXXX-04-12/XXXX-04-13"]),
            ("The hearings on 3 and 4 June drew crowds.", ["3 and 4 June XXXX-06-03/XXXX-06-04"]),
            ("The strike of March 7, 8 and 9 ended.", ["March 7, 8 and 9 XXXX-03-07/XXXX-03-09"]),
            ("It ran from 12 to 14 March.", ["from 12 to 14 March XXXX-03-12/XXXX-03-14"]),
            ("Between 1 and 3 May it was shut.", ["Between 1 and 3 May XXXX-05-01/XXXX-05-03"]),
            ("The fair on 12/13 April was wet.", ["12/13 April XXXX-04-12/XXXX-04-13"]),
            ("The meeting of 29–30 May ended.", ["29–30 May XXXX-05-29/XXXX-05-30"]),
            ("He came on the 3rd and 4th of June.", ["3rd and 4th of June XXXX-06-03/XXXX-06-04"]),
            ("It was shut from 29 December to 2 January.", ["from 29 December to 2 January XXXX-12-29/XXXX-01-02"]),
            ("It lasted from 29 May to 2 June 2021.", ["from 29 May to 2 June 2021 2021-05-29/2021-06-02"]),
            ("It lasted from 29 May 2021 to 2 June.", ["from 29 May 2021 to 2 June 2021-05-29/2021-06-02"]),
            ("They left on 3 and 7 June.", ["3 XXXX-06-03", "7 June XXXX-06-07"]),
            ("The first Monday of June was wet.", ["Monday XXXX-WXX-1", "June XXXX-06"]),
        ])
    func openRanges(text: String, found: [String]) async throws {
        let dates = try await Tagged(text).mentions().compactMap { mention -> String? in
            guard case .date(let date)? = mention.mention.value else { return nil }
            #expect(date.lower.hasPrefix("2021") == date.iso.hasPrefix("2021"))
            return "\(mention.text) \(date.iso)"
        }
        #expect(dates == found)
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
