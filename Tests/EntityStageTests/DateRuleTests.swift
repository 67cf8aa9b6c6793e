import StageKit
import Testing
import Text

@testable import EntityStage

@Suite("Rules for dates")
struct DateRuleTests {
    @Test(
        "times of day, and two of them",
        arguments: [
            MeasureExample("The gate closes at 8.30 pm today.", "8.30 pm today", "time 2026-01-19T20:30"),
            MeasureExample("It was 13:00 February 28, 2013 there.", "13:00 February 28, 2013", "time 2013-02-28T13:00"),
            MeasureExample("They met yesterday at 7.", "yesterday at 7", "time 2026-01-18T07:00"),
            MeasureExample("The boat left at 9h30 for Saltby.", "9h30", "time T09:30"),
            MeasureExample("The boat left, as told, 13h45 sharp.", "13h45", "time T13:45"),
            MeasureExample("They ate at half past eight there.", "half past eight", "time T08:30"),
            MeasureExample(
                "It opened on 3 March 2024 at 10:30 BST (0930 UTC).", "3 March 2024 at 10:30 BST",
                "time 2024-03-03T10:30+01:00"),
            MeasureExample(
                "It opened on 3 March 2024 at 10:30 BST (0930 UTC).", "0930 UTC", "time 2024-03-03T09:30Z"),
            MeasureExample("They ate at twenty minutes to nine there.", "twenty minutes to nine", "time T08:40"),
            MeasureExample("He rose at 3 in the morning to fish.", "3 in the morning", "time T03:00"),
            MeasureExample("He rose at seven o'clock to fish.", "seven o'clock", "time T07:00"),
            MeasureExample("They met from 3 to 5 pm there.", "from 3 to 5 pm", "time T15:00/17:00"),
            MeasureExample("They met between 10:30 and 12:15 there.", "between 10:30 and 12:15", "time T10:30/12:15"),
            MeasureExample("They ran from 11 am to 1 pm there.", "from 11 am to 1 pm", "time T11:00/13:00"),
            MeasureExample(
                "They met yesterday from 7 to 7:30.", "yesterday from 7 to 7:30",
                "time 2026-01-18T07:00/2026-01-18T07:30"),
            MeasureExample("The mill stopped at ten past nine in fog.", "ten past nine", "time T09:10"),
            MeasureExample(
                "It shut from 10 am for 3 hours 30 minutes.", "from 10 am for 3 hours 30 minutes", "time T10:00/13:30"),
            MeasureExample("It shut for two hours from 2 pm there.", "two hours from 2 pm", "time T14:00/16:00"),
            MeasureExample("It shut for two hours from the start.", "two hours", "duration PT2H"),
            MeasureExample(
                "They spoke between 7 and 9 last night.", "between 7 and 9 last night",
                "time 2026-01-18T19:00/2026-01-18T21:00"),
            MeasureExample(
                "Stamp: Wed Oct 26 15:50:06 2016 on it.", "Wed Oct 26 15:50:06 2016", "time 2016-10-26T15:50:06"),
        ])
    func times(example: MeasureExample) async throws {
        #expect(try await Measured(example.text).line(example.found) == example.line)
    }

    @Test(
        "days that follow the name of their month",
        arguments: [
            MeasureExample("They met on March 7, 9 and 12, 2024 there.", "March 7", "date 2024-03-07"),
            MeasureExample("They met on March 7, 9 and 12, 2024 there.", "9", "date 2024-03-09"),
            MeasureExample("They met on March 7, 9 and 12, 2024 there.", "12, 2024", "date 2024-03-12"),
            MeasureExample("They met on March 7, 8 and 9 in Saltby.", "March 7, 8 and 9", "date 2026-03-07/2026-03-09"),
            MeasureExample("On March 7 and 9 boats sank there.", "March 7", "date 2026-03-07"),
        ])
    func listed(example: MeasureExample) async throws {
        #expect(try await Measured(example.text).line(example.found) == example.line)
    }

    @Test("how long something takes is no time of day, and a number that counts is no day")
    func lookalikes() async throws {
        let race = try await Measured("He ran it in 2h15 there.").line("2h15")
        #expect(!race.hasPrefix("time"))
        let boats = try await Measured("On March 7 and 9 boats sank there.").line("9")
        #expect(!boats.hasPrefix("date"))
    }

    @Test(
        "from one date to another",
        arguments: [
            MeasureExample("It ran from May to July 2019 there.", "from May to July 2019", "date 2019-05/2019-07"),
            MeasureExample("It ran May 24 to 26, 2019 there.", "May 24 to 26, 2019", "date 2019-05-24/2019-05-26"),
            MeasureExample("It ran 5–6 September 2019 there.", "5–6 September 2019", "date 2019-09-05/2019-09-06"),
            MeasureExample("It ran November 19-20 there.", "November 19-20", "date 2025-11-19/2025-11-20"),
            MeasureExample("It ran Nov 18-Dec 19, 2015 there.", "Nov 18-Dec 19, 2015", "date 2015-11-18/2015-12-19"),
            MeasureExample(
                "It ran from 3 to 5 March 2024 there.", "from 3 to 5 March 2024", "date 2024-03-03/2024-03-05"),
            MeasureExample("The war of 1939-45 was long.", "1939-45", "date 1939/1945"),
            MeasureExample("Peaks in January-June 2016 there.", "January-June 2016", "date 2016-01/2016-06"),
            MeasureExample(
                "Rooms from the 15th to the 19th century.", "15th to the 19th century", "date 1400/1899"),
        ])
    func ranges(example: MeasureExample) async throws {
        let measured = try await Measured(example.text)
        #expect(measured.mentions.contains { $0.text.hasSuffix(example.found) })
        let found = measured.mentions.first { $0.text.hasSuffix(example.found) }?.text ?? ""
        #expect(measured.line(found) == example.line)
    }

    @Test(
        "what is reckoned from the document's day",
        arguments: [
            MeasureExample("They will be back in two days.", "in two days", "date 2026-01-21"),
            MeasureExample("It was the third raid in two days.", "two days", "duration P2D"),
            MeasureExample("They met on 3 March 2024 and left the same day.", "the same day", "date 2024-03-03"),
            MeasureExample("They met on 3 March 2024 and left that night.", "that night", "date 2024-03-03"),
            MeasureExample("Cases rose over the past fortnight.", "the past fortnight", "date 2026-01-06/2026-01-19"),
            MeasureExample(
                "They will build it within the next nine months.", "within the next nine months",
                "date 2026-01-19/2026-10-19"),
            MeasureExample("Sales fell in week 27 of 2018 again.", "week 27 of 2018", "date 2018-W27"),
            MeasureExample("Sales fell in week 27 of the season.", "27", "not among []"),
            MeasureExample("In the last week 27 had left.", "27", "number 27"),
            MeasureExample("They met two days before yesterday.", "two days before yesterday", "date 2026-01-16"),
            MeasureExample("They met the day before yesterday.", "the day before yesterday", "date 2026-01-17"),
            MeasureExample("The next three weeks will tell.", "The next three weeks", "date 2026-01-20/2026-02-09"),
            MeasureExample("The past three weeks were wet.", "The past three weeks", "date 2025-12-30/2026-01-19"),
            MeasureExample("They met on Tuesday last week.", "Tuesday last week", "date 2026-01-13"),
            MeasureExample("The board will meet on Thursday.", "Thursday", "date 2026-01-22"),
            MeasureExample("The board met on Thursday.", "Thursday", "date 2026-01-15"),
            MeasureExample("The vote is to be held on 2 March.", "2 March", "date 2026-03-02"),
            MeasureExample("It rained on Jan 15 in town.", "Jan 15", "date 2026-01-15"),
            MeasureExample("It rained on the 18th, they said.", "the 18th", "date 2026-01-18"),
            MeasureExample("They left on 11/20 by boat.", "11/20", "date 2025-11-20"),
            MeasureExample("They left on 11/20, 11/22 or 11/25 by boat.", "11/22", "date 2025-11-22"),
            MeasureExample("They left on 11/20, 11/22 or 11/25 by boat.", "11/25", "date 2025-11-25"),
            MeasureExample(
                "They will build it within nine months.", "within nine months", "date 2026-01-19/2026-10-19"),
            MeasureExample("They will meet this coming Friday.", "coming Friday", "date 2026-01-23"),
            MeasureExample("They will meet next week on Tuesday.", "next week on Tuesday", "date 2026-01-27"),
            MeasureExample("They met last week on Tuesday.", "last week on Tuesday", "date 2026-01-13"),
            MeasureExample("They met on Friday (January 9) in town.", "Friday (January 9)", "date 2026-01-09"),
            MeasureExample(
                "They will meet on the 15th day of next month.", "15th day of next month", "date 2026-02-15"),
            MeasureExample("The ninth month of 2019 was wet.", "ninth month of 2019", "date 2019-09"),
            MeasureExample("They left on 14 nov 2023 by boat.", "14 nov 2023", "date 2023-11-14"),
            MeasureExample("They left on Sep-23-2020 by boat.", "Sep-23-2020", "date 2020-09-23"),
            MeasureExample("Three weeks before talks began, they left.", "Three weeks", "duration P3W"),
            MeasureExample("They had left three weeks before.", "three weeks before", "date 2025-12-29"),
            MeasureExample("They left 24 hours ago by boat.", "24 hours ago", "date 2026-01-18"),
            MeasureExample("The first Monday of March 2024 was wet.", "first Monday of March 2024", "date 2024-03-04"),
            MeasureExample(
                "In the first quarter of 2017 it fell.", "first quarter of 2017", "date 2017-01-01/2017-03-31"),
            MeasureExample("Sales fell in Q3 2019 again.", "Q3 2019", "date 2019-07-01/2019-09-30"),
            MeasureExample("It was in nineteen ninety six.", "nineteen ninety six", "date 1996"),
        ])
    func relative(example: MeasureExample) async throws {
        let measured = try await Measured(example.text)
        let found = measured.mentions.first { $0.text.hasSuffix(example.found) }?.text ?? example.found
        #expect(measured.line(found) == example.line)
    }

    @Test(
        "days of the year by name",
        arguments: [
            MeasureExample("They met at Christmas in town.", "Christmas", "date 2025-12-25"),
            MeasureExample("They met on Good Friday 2019 in town.", "Good Friday 2019", "date 2019-04-19"),
            MeasureExample("They met last Easter in town.", "last Easter", "date 2025-04-20"),
            MeasureExample("They met on Thanksgiving in town.", "Thanksgiving", "date 2025-11-27"),
            MeasureExample("They will meet on Memorial Day.", "Memorial Day", "date 2026-05-25"),
            MeasureExample("They met after 9/11 in town.", "9/11", "date 2001-09-11"),
        ])
    func holidays(example: MeasureExample) async throws {
        #expect(try await Measured(example.text).line(example.found) == example.line)
    }

    @Test(
        "Easter falls as the western churches reckon it",
        arguments: [(1961, "1961-04-02"), (2000, "2000-04-23"), (2024, "2024-03-31"), (2038, "2038-04-25")])
    func easter(year: Int, iso: String) throws {
        #expect(try #require(Holiday(rule: "easter")).day(in: year).iso == iso)
    }

    @Test("the next day is the one behind the day that was told last")
    func nextDay() async throws {
        let measured = try await Measured("The wall fell on 27 July 2019 at night. The next day they came.")
        #expect(
            measured.mentions.last?.mention.value
                == .date(DateValue("2019-07-28", lower: "2019-07-28", upper: "2019-07-28", anchor: "2026-01-19")))
    }

    @Test(
        "a verb, a name, a habit and a mere number are no dates",
        arguments: [
            "They march and may sing.", "On a Monday they rest.", "Johnnie Christmas drew it.",
            "A digital clock ticked.",
            "It has a 2000 year old wall.", "Some 1709 schoolchildren came.", "The number is 99/99/9999.",
            "They won ten to nine in the end.", "On foot, 1/2 or 1/3 of them left.",
        ])
    func none(text: String) async throws {
        #expect(try await Measured(text).mentions.allSatisfy { $0.mention.kind != .date && $0.mention.kind != .time })
    }

    @Test("a waveband is no time, and a day that no text told is no date")
    func none() async throws {
        let measured = try await Measured("The network has 18 FM and five AM stations. They left the same day.")
        #expect(!measured.mentions.contains { $0.mention.kind == .time || $0.mention.kind == .date })
    }
}
