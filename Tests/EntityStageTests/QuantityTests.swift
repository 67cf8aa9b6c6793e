import StageKit
import Testing

@testable import EntityStage

@Suite("Quantities")
struct QuantityTests {
    struct Example: CustomTestStringConvertible {
        let text: String
        let found: String
        let kind: Mention.Kind
        let value: QuantityValue

        init(_ text: String, _ found: String, _ kind: Mention.Kind, _ value: QuantityValue) {
            self.text = text
            self.found = found
            self.kind = kind
            self.value = value
        }

        var testDescription: String { text }
    }

    @Test(
        "quantities have bounds, units and the noun that is counted",
        arguments: [
            Example(
                "At least 50 people died.", "50", .number, QuantityValue(50, lower: 50, upper: nil, noun: "people")),
            Example(
                "More than 40 boats sank.", "40", .number, QuantityValue(40, lower: 40, upper: nil, noun: "boats")),
            Example("Up to 30 boats sank.", "30", .number, QuantityValue(30, lower: nil, upper: 30, noun: "boats")),
            Example(
                "It reached 2.5m people.", "2.5m", .number,
                QuantityValue(2_500_000, lower: 2_500_000, upper: 2_500_000, noun: "people")),
            Example(
                "It reached 3m Danish voters.", "3m", .number,
                QuantityValue(3_000_000, lower: 3_000_000, upper: 3_000_000, noun: "Danish voters")),
            Example(
                "She beat all 100m runners.", "100m", .quantity, QuantityValue(100, lower: 100, upper: 100, unit: "m")),
            Example(
                "They counted nearly 1,400 gulls.", "1,400", .number,
                QuantityValue(1400, lower: 1400, upper: 1400, noun: "gulls", approximate: true)),
            Example(
                "Some two dozen mortars lay there.", "two dozen", .number,
                QuantityValue(24, lower: 24, upper: 24, noun: "mortars", approximate: true)),
            Example(
                "They need 5,000 to 8,000 new workers.", "5,000 to 8,000", .number,
                QuantityValue(5000, lower: 5000, upper: 8000, noun: "new workers")),
            Example(
                "Between 200 and 300 Danish sailors left.", "Between 200 and 300", .number,
                QuantityValue(200, lower: 200, upper: 300, noun: "Danish sailors")),
            Example("It took 10–15 boxes.", "10–15", .number, QuantityValue(10, lower: 10, upper: 15, noun: "boxes")),
            Example(
                "It cost $3.5 million to build.", "$3.5 million", .money,
                QuantityValue(3_500_000, lower: 3_500_000, upper: 3_500_000, unit: "USD")),
            Example(
                "It cost 20 euros to enter.", "20 euros", .money, QuantityValue(20, lower: 20, upper: 20, unit: "EUR")),
            Example(
                "Turnout was 42.5 percent.", "42.5 percent", .percent,
                QuantityValue(42.5, lower: 42.5, upper: 42.5, unit: "%")),
            Example(
                "The wall is 300 kilometres long.", "300 kilometres", .quantity,
                QuantityValue(300, lower: 300, upper: 300, unit: "km")),
            Example(
                "He is 5 ft 6 in tall.", "5 ft 6 in", .quantity, QuantityValue(5.5, lower: 5.5, upper: 5.5, unit: "ft")),
            Example(
                "A 30-year-old sailor drowned.", "30-year-old", .quantity,
                QuantityValue(30, lower: 30, upper: 30, unit: "year")),
            Example(
                "Two thirds of them left.", "Two thirds", .number,
                QuantityValue(2.0 / 3, lower: 2.0 / 3, upper: 2.0 / 3)),
            Example(
                "It was the twenty-first time.", "twenty-first", .ordinal, QuantityValue(21, lower: 21, upper: 21)),
            Example(
                "He counted one hundred and six gulls.", "one hundred and six", .number,
                QuantityValue(106, lower: 106, upper: 106, noun: "gulls")),
            Example(
                "They lost two million and three fifths.", "two million and three fifths", .number,
                QuantityValue(2_600_000, lower: 2_600_000, upper: 2_600_000)),
        ])
    func values(example: Example) async throws {
        let tagged = try await Tagged(example.text)
        let found = try tagged.mentions().first { $0.text == example.found }?.mention
        #expect(found?.kind == example.kind)
        guard case .quantity(var value)? = found?.value else {
            Issue.record("no quantity '\(example.found)'")
            return
        }
        // what is said of a figure has tests of its own
        (value.event, value.holder) = ("", "")
        #expect(value == example.value)
    }

    @Test("a pronoun, a product and an address count nothing")
    func nothing() async throws {
        let tagged = try await Tagged("The one you know flew an F-16 to the place.")
        #expect(try tagged.mentions().allSatisfy { $0.mention.kind != .number })
    }
}
