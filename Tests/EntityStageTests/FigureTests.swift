import StageKit
import Testing

@testable import EntityStage

/// What figures are read as, by kinds that readers met.
@Suite("Figures")
struct FigureTests {
    @Test(
        "one number is one figure, whatever signs stand between its digits",
        arguments: [
            MeasureExample("It took in 1 000 000 francs in May.", "1 000 000 francs", "money 1000000 franc"),
            MeasureExample("It held 1.000,50 tonnes of salt.", "1.000,50 tonnes", "quantity 1000.5 t"),
            MeasureExample("It held 2,5 kg of tea.", "2,5 kg", "quantity 2.5 kg"),
            MeasureExample("It held 1'250'000 crates.", "1'250'000", "number 1250000 crates"),
            MeasureExample("A hundred and five men were out.", "A hundred and five", "number 105 men"),
            MeasureExample("Between 10% and 15% fell ill.", "Between 10% and 15%", "percent 10..15 %"),
            MeasureExample("It was −5 °C at dawn.", "−5 °C", "quantity -5 °C"),
            MeasureExample("Ada Weir, 23, was hurt.", "23", "quantity 23 year"),
            MeasureExample(
                "The poll has a margin of error of plus or minus 3.5 percentage points.",
                "plus or minus 3.5 percentage points", "percent 3.5 %"),
            MeasureExample("The rate was seven per 100,000 people.", "seven per 100,000", "number 7 per 100000"),
        ])
    func numbers(example: MeasureExample) async throws {
        #expect(try await Measured(example.text).line(example.found) == example.line)
    }

    @Test(
        "numbers that name something are no figures",
        arguments: [
            "Call the board at 555-1234 or at +44 20 7946 0958.", "It was Apollo 11 that landed.",
            "They met on Route 2 near Skerrow.", "It ended 3-2 for Skerrow.", "Read chapter 4 of the report.",
            "The shop is open 24/7 all year.", "They flew on Marine One to the coast.",
        ])
    func naming(text: String) async throws {
        let found = try await Measured(text).mentions.filter { $0.mention.kind != .duration }
        #expect(found.map(\.text) == [])
    }

    @Test(
        "days in a row, clocks and eras",
        arguments: [
            MeasureExample(
                "The fair was on 12 and 13 April 2018.", "12 and 13 April 2018", "date 2018-04-12/2018-04-13"),
            MeasureExample("The fair was on Sept 26-27, 2022.", "Sept 26-27, 2022", "date 2022-09-26/2022-09-27"),
            MeasureExample("The season 2018/19 was wet.", "2018/19", "date 2018/2019"),
            MeasureExample("The boat left at 1645 hrs.", "1645 hrs", "time T16:45"),
            MeasureExample("It was back by 0930 hours.", "0930 hours", "time T09:30"),
            MeasureExample("It was built in 44 BC.", "44 BC", "date -0043"),
            MeasureExample("It fell in AD 79.", "AD 79", "date 0079"),
            MeasureExample(
                "And on Monday, he and others of the group that he helped to found will hold a rally.", "Monday",
                "date 2026-01-19"),
        ])
    func dates(example: MeasureExample) async throws {
        #expect(try await Measured(example.text).line(example.found) == example.line)
    }

    @Test(
        "what is claimed of a figure is its event, and a verb that claims nothing is one itself",
        arguments: [
            ("They claimed 790 soldiers had been killed.", "had been killed"),
            ("The storm killed 50 people in Texas.", "killed"),
            ("A search was launched, involving over 500 officers.", "involving"),
            ("To date, 53 measles related deaths have been recorded.", "have been recorded"),
            ("Two women and a man were injured.", "were injured"),
            ("On Monday the ten-storey building fell.", ""),
            ("The bill would allow the council to nominate one member.", "to nominate"),
            ("They have plans to widen the range to 600 acres.", "have plans to widen"),
            ("The bid failed to get the 40 votes it needed.", "failed to get"),
            ("They gave it to charity in 12 towns.", "gave"),
            ("Gusts were forecast to reach 80 mph.", "were forecast to reach"),
            ("The storm had maximum sustained winds of 120 mph.", "maximum sustained winds"),
            ("The police arrested 50 men.", "arrested"),
            ("The flood killed at least 62 sheep.", "killed"),
            ("Then the tool-kit is used by thousands of people.", "is used by"),
            ("He went on, claiming 85,000 men were unemployed.", "were unemployed"),
            ("Women hold fewer than 30 percent of seats there.", "hold"),
            ("Then three-quarters of states must then ratify it.", "must then ratify"),
            ("The 15-year-old elephant was found.", ""),
            ("They left it in a 48-acre space.", ""),
            ("Then Ada Weir's best winds were 80 mph.", "best winds were"),
            ("There were slips, including the claim that 120 million people had died.", "had died"),
        ])
    func clauses(text: String, event: String) async throws {
        let events = try await Measured(text).mentions.compactMap { found -> String? in
            guard case .quantity(let value)? = found.mention.value else { return nil }
            return value.event
        }
        #expect(events == [event])
    }

    @Test(
        "a figure says what it is about and whose it is",
        arguments: [
            ("At least 50 people were killed in Texas.", "were killed", "Texas"),
            ("The storm killed 50 people in Texas.", "killed", "Texas"),
            ("Twelve sailors tested positive, the ministry said.", "tested positive", "the ministry"),
            ("Last year Berlin lost $5 million.", "lost", "Berlin"),
            ("In Texas the storm killed 50 people.", "killed", "Texas"),
            ("The youth, seen at a riot in Texas, left when 50 men paid.", "paid", ""),
            ("The Marsh Party's nominee Ada Weir received 400 votes.", "received", "Ada Weir"),
            ("A woman, who claimed Ada Weir left, was 14 years old.", "was", ""),
            ("Berlin warned of 30 inches of rain in Texas.", "warned of", "Texas"),
        ])
    func context(text: String, event: String, holder: String) async throws {
        let quantities = try await Measured(text).mentions.compactMap { found -> QuantityValue? in
            guard case .quantity(let value)? = found.mention.value else { return nil }
            return value
        }
        guard let quantity = quantities.first else {
            Issue.record("no figure in '\(text)'")
            return
        }
        #expect(quantity.event == event)
        #expect(quantity.holder == holder)
    }

    @Test("of two figures with \"to\" between them the second has the event of the first and no holder")
    func paired() async throws {
        let quantities = try await Measured("In May Ada Weir led Tam Orsa by 47 percent to 40 percent.")
            .mentions.compactMap { found -> QuantityValue? in
                guard case .quantity(let value)? = found.mention.value else { return nil }
                return value
            }
        #expect(quantities.map(\.event) == ["led", "led"])
        #expect(quantities.map(\.holder) == ["Ada Weir", ""])
    }

    @Test("a measure in brackets behind another says the same of the same")
    func converts() async throws {
        let quantities = try await Measured("The storm moved at five miles per hour (eight kilometers per hour).")
            .mentions.compactMap { found -> QuantityValue? in
                guard case .quantity(let value)? = found.mention.value else { return nil }
                return value
            }
        #expect(quantities.count == 2)
        #expect(Set(quantities.map(\.event)).count == 1)
        #expect(quantities.first?.event.isEmpty == false)
    }
}
