import Testing

@testable import ClaimStage

@Suite("How a question is put in the words of a statement")
struct QuestionWordingTests {
    @Test(
        "an auxiliary goes before its subject",
        arguments: [
            ("The wall was sound before the storm.", 2 as Int?, "Was the wall sound before the storm?"),
            ("In March, the port authority had been warned", 5, "In March, had the port authority been warned?"),
            ("that Ada Weir will resign", 3, "Will Ada Weir resign?"),
            ("Ada Weir, the mayor, has resigned", 4, "Has Ada Weir, the mayor, resigned?"),
            ("In May, Ada Weir, the mayor, had resigned", 6, "In May, had Ada Weir, the mayor, resigned?"),
            ("she's gone home", nil, "Do the texts agree that she's gone home?"),
            ("((JR)) : The wall was sound", 4, "Was the wall sound?"),
            ("ORSA, Vestrey, Jan 13 (NSP) - The wall was sound", 8, "Was the wall sound?"),
            ("ORSA – the port – is shut", 5, "Is ORSA – the port – shut?"),
        ])
    func whether(_ text: String, _ auxiliary: Int?, _ asked: String) {
        #expect(QuestionWording(text, auxiliary: auxiliary).whether == asked)
    }

    @Test(
        "a verb without an auxiliary is asked with one of its own",
        arguments: [
            ("The wall held.", 2, "Did the wall hold?"), ("Ada Weir sold the yard", 2, "Did Ada Weir sell the yard?"),
            ("The gate closed at noon", 2, "Did the gate close at noon?"),
            ("The pilots stopped work", 2, "Did the pilots stop work?"),
            ("The council carried the motion", 2, "Did the council carry the motion?"),
            ("The port needs a wall", 2, "Does the port need a wall?"),
            ("The pilots want a wall", 2, "Do the pilots want a wall?"),
            ("The wall zorged", 2, "Do the texts agree that the wall zorged?"),
        ])
    func verbs(_ text: String, _ verb: Int, _ asked: String) {
        #expect(QuestionWording(text, auxiliary: nil, verb: verb).whether == asked)
    }

    @Test(
        "a heading is the statement without what stands before it",
        arguments: [
            ("that the wall held.", "The wall held."),
            ("“The wall held, she said.", "The wall held, she said."),
            ("“The wall” held", "“The wall” held"),
            ("((JR)) : It was “sound”", "It was “sound”"),
            ("", ""),
        ])
    func statement(_ text: String, _ heading: String) {
        #expect(QuestionWording(text, auxiliary: nil).statement == heading)
    }

    @Test("who did it stands where the subject stood")
    func who() {
        let wording = QuestionWording("that Ada Weir gave the order.", auxiliary: nil)
        #expect(wording.who(before: 3) == "Who gave the order?")
        #expect(wording.who(before: 0) == nil)
        #expect(wording.who(before: 9) == nil)
    }

    @Test("the figure makes way for the question, wherever it stands")
    func figures() {
        func ask(
            _ text: String, _ figure: String, verb: Int? = nil, auxiliary: Int? = nil, share: Bool = false,
            amount: Bool = false, unit: [String] = [], noun: [String] = []
        ) -> String? {
            QuestionWording(text, auxiliary: auxiliary, verb: verb).figure(
                figure, isShare: share, isAmount: amount, unit: unit, noun: noun)
        }
        #expect(
            ask("The ferry carried 44 people in May.", "44", verb: 2, noun: ["people"])
                == "How many people did the ferry carry in May?")
        #expect(
            ask("In May, Weir won 3.28 percent of the vote", "3.28 percent", verb: 3, share: true)
                == "In May, what percentage of the vote did Weir win?")
        #expect(
            ask("Weir has received a total of 40 votes", "40", auxiliary: 1, noun: ["votes"])
                == "How many votes has Weir received?")
        #expect(ask("A total of 39 are dead", "39") == "How many are dead?")
        #expect(
            ask("The ship sailed with a crew of 12 men", "12", verb: 2, noun: ["men"])
                == "The ship sailed with a crew of how many men?")
        #expect(
            ask("The mayor, who sank 3 boats, said so", "3", verb: 3, noun: ["boats"])
                == "The mayor, who sank how many boats?")
        #expect(
            ask("At least 50 people were hurt at Skerrow.", "At least 50") == "How many people were hurt at Skerrow?")
        #expect(ask("The ferry carried 44 people.", "44") == "The ferry carried how many people?")
        #expect(
            ask("Weir won 3.28 percent of the vote", "3.28 percent", share: true)
                == "Weir won what percentage of the vote?")
        #expect(ask("The yard lost $916 million", "$916 million", amount: true) == "The yard lost how much?")
        #expect(ask("Winds reached 180 mph.", "180 mph", unit: ["mph"]) == "Winds reached how many mph?")
        #expect(ask("The yard built 12 ships, more than ever.", "12") == "The yard built how many ships?")
        #expect(ask("A 45-metre section fell.", "45") == nil)
    }

    @Test("a date makes way with its preposition")
    func dates() {
        #expect(
            QuestionWording("Ada Weir was born on 4 May 1961 in Orsa", auxiliary: 2).when("4 May 1961")
                == "When was Ada Weir born in Orsa?")
        #expect(QuestionWording("Weir died on Monday", auxiliary: nil).when("Monday") == "Weir died when?")
        #expect(QuestionWording("Weir died on Monday", auxiliary: nil, verb: 1).when("Monday") == "When did Weir die?")
        #expect(QuestionWording("Weir died on Monday", auxiliary: nil).when("Tuesday") == nil)
    }

    @Test("a long statement is cut between words, and one of no words asks nothing that crashes")
    func length() {
        let long = Array(repeating: "harbour", count: 60).joined(separator: " ")
        let asked = QuestionWording(long, auxiliary: 3).whether
        #expect(asked.utf8.count < 210)
        #expect(asked.hasSuffix("harbour …?"))
        #expect(QuestionWording("", auxiliary: 4).whether == "Do the texts agree that?")
        #expect(QuestionWording(" . ", auxiliary: 0).figure("", isShare: false, isAmount: false, unit: []) == nil)
    }
}
