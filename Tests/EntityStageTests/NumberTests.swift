import StageKit
import Testing

@testable import EntityStage

@Suite("Numbers")
struct NumberTests {
    @Test(
        "numbers as texts write them",
        arguments: [
            MeasureExample("There were 4 thousand 3 hundred gulls.", "4 thousand 3 hundred", "number 4300 gulls"),
            MeasureExample(
                "It took one billion and a quarter million steps.", "one billion and a quarter million",
                "number 1000250000 steps"),
            MeasureExample(
                "It took three hundred and two dozen steps.", "three hundred and two dozen", "number 324 steps"),
            MeasureExample("It took three lakh crore steps.", "three lakh crore", "number 3000000000000 steps"),
            MeasureExample("It took hundred thousand steps.", "hundred thousand", "number 100000 steps"),
            MeasureExample("It took 12,34,567 steps.", "12,34,567", "number 1234567 steps"),
            MeasureExample("One in five houses burnt.", "One in five", "number 0.2 houses"),
            MeasureExample("Two out of three houses burnt.", "Two out of three", "number 0.667 houses"),
            MeasureExample("The share is one over eight.", "one over eight", "number 0.125"),
            MeasureExample("The share is one twenty-fifth.", "one twenty-fifth", "number 0.04"),
            MeasureExample("It grew to 2.5e3 in all.", "2.5e3", "number 2500"),
            MeasureExample("It grew to 2^10 in all.", "2^10", "number 1024"),
            MeasureExample("It grew to 10⁶ in all.", "10⁶", "number 1000000"),
            MeasureExample("It grew to 1.5 × 10³ in all.", "1.5 × 10³", "number 1500"),
            MeasureExample("Some 300 schoolchildren came.", "300", "number ~300 schoolchildren"),
        ])
    func numbers(example: MeasureExample) async throws {
        #expect(try await Measured(example.text).line(example.found) == example.line)
    }

    @Test(
        "units and money",
        arguments: [
            MeasureExample("It ran at 50 km/h there.", "50 km/h", "quantity 50 km/h"),
            MeasureExample("It covers 40 m² there.", "40 m²", "quantity 40 m²"),
            MeasureExample("It held 10⁶ litres there.", "10⁶ litres", "quantity 1000000 l"),
            MeasureExample("It fell 20 metres per second there.", "20 metres per second", "quantity 20 m/s"),
            MeasureExample("The weight is 20 (kg) there.", "20 (kg)", "quantity 20 kg"),
            MeasureExample("He paid 15 dollars and 50.", "15 dollars and 50", "money 15.5 USD"),
            MeasureExample("He paid Rs 500 crore there.", "Rs 500 crore", "money 5000000000 INR"),
            MeasureExample("He paid Rs. 500 there.", "Rs. 500", "money 500 INR"),
            MeasureExample("A boat that is one year old sank.", "one year old", "quantity 1 year"),
        ])
    func measures(example: MeasureExample) async throws {
        #expect(try await Measured(example.text).line(example.found) == example.line)
    }

    @Test("a number too large for anything stays a number, or none")
    func huge() async throws {
        let digits = String(repeating: "9", count: 100_000)
        for text in [
            "It is \(digits) long.", "It is 0.\(digits) long.", "\(digits) years ago, in 0000, it rained.",
            "It is 9e999 or 9^999 or 0^-1 long.", "In \(digits)/\(digits) it rained.",
            "The next \(digits) weeks will be between \(digits) and \(digits) days.",
            "It rained in 99999 BC and in week 99 of 0000-00-00.",
            String(repeating: "from 1 to ", count: 1000) + "2 pm",
            String(repeating: "one hundred thousand ", count: 1000),
            String(repeating: "between 2 and ", count: 1000),
            String(repeating: "the day before ", count: 1000) + "yesterday",
            String(repeating: "early ", count: 1000) + "June", String(repeating: "minus ", count: 1000) + "one",
            String(repeating: "5 pm ", count: 1000), String(repeating: "half past ", count: 1000) + "two",
            String(repeating: "5 thousand ", count: 1000),
            String(repeating: "two days before ", count: 1000) + "Easter",
            String(repeating: "first week of ", count: 1000) + "2019", String(repeating: "one ", count: 1000) + "third",
        ] {
            for (found, mention) in try await Measured(text).mentions {
                #expect(!found.isEmpty)
                if case .quantity(let quantity) = mention.value {
                    #expect(quantity.number.isFinite, "\(text.prefix(80))")
                }
            }
        }
    }

    @Test("a word for ten follows no word for ten")
    func sum() {
        var sum = WordSum(style: MeasureStyle())
        let steps = [
            sum.add(ten: 20), sum.add(ten: 30), sum.add(small: 5), sum.add(small: 5),
            sum.add(hundred: 100, mayBeBare: false), sum.add(scale: 1000),
        ]
        #expect(steps == [true, false, true, false, true, true])
        #expect(sum.total == 2_500_000)
    }
}
