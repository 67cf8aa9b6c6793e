import StageKit
import Testing

@testable import EntityStage

/// Ages, and what a text says of a number behind it.
@Suite("Ages and bounds behind numbers")
struct FigureAgeTests {
    @Test(
        "how old somebody is counts years",
        arguments: [
            MeasureExample("She ran at the age of 70 there.", "70", "quantity 70 year"),
            MeasureExample("He was with those aged 18 to 34 there.", "18 to 34", "quantity 18..34 year"),
            MeasureExample("Ada Weir was in town. She was 40.", "40", "quantity 40 year"),
            MeasureExample("They told children under 5 to leave.", "5", "quantity ..5 year"),
            MeasureExample("She was 40 miles away.", "40 miles", "quantity 40 mi"),
        ])
    func ages(example: MeasureExample) async throws {
        #expect(try await Measured(example.text).line(example.found) == example.line)
    }

    @Test(
        "a bound may stand behind its number",
        arguments: [
            MeasureExample("There 50 or more were hurt.", "50", "number 50.."),
            MeasureExample("There were 40+ boats in port.", "40", "number 40.. boats"),
            MeasureExample("There were 40 or 50 boats in port.", "40 or 50", "number 40..50 boats"),
            MeasureExample("It took 20 percent or less of all.", "20 percent", "percent ..20 %"),
        ])
    func bounds(example: MeasureExample) async throws {
        #expect(try await Measured(example.text).line(example.found) == example.line)
    }

    @Test(
        "what is not counted exactly has a lower bound alone",
        arguments: [
            MeasureExample("There several thousand people rallied.", "several thousand", "number ~1000.. people"),
            MeasureExample("There tens of thousands marched.", "tens of thousands", "number ~10000.."),
            MeasureExample(
                "It fell by three-and-a-half million tonnes.", "three-and-a-half million tonnes", "quantity 3500000 t"),
        ])
    func vague(example: MeasureExample) async throws {
        #expect(try await Measured(example.text).line(example.found) == example.line)
    }

    @Test(
        "numbers of lists, of groups and behind several labels count nothing",
        arguments: [
            "There are (1) a lid, (2) a key and (3) a box.", "It met with the Group of 20 there.",
            "Under Sections 3 and 4 it is barred.", "Apollo 13 returned at noon.", "It held PM2.5 of all kinds.",
        ])
    func names(text: String) async throws {
        let numbers = try await Measured(text).mentions.filter { $0.mention.kind == .number }.map(\.text)
        #expect(numbers.isEmpty)
    }

    @Test(
        "a day without its week follows what its clause speaks of",
        arguments: [
            MeasureExample("The fair opens on Saturday there.", "Saturday", "date 2026-01-24"),
            MeasureExample("He said that he would fly on Saturday.", "Saturday", "date 2026-01-24"),
            MeasureExample("She hopes to return in December there.", "December", "date 2026-12"),
            MeasureExample("They met in March at the port.", "March", "date 2025-03"),
            MeasureExample("He has been ill since Saturday.", "Saturday", "date 2026-01-17"),
        ])
    func days(example: MeasureExample) async throws {
        #expect(try await Measured(example.text).line(example.found) == example.line)
    }
}
