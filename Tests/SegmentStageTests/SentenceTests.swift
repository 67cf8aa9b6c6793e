import SegmentStage
import StageKit
import Testing

/// In each text a stroke stands where a sentence ends and another begins.
@Suite("Sentences")
struct SentenceTests {
    private func expectBorders(_ marked: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let expected = marked.split(separator: "|").map { $0.trimmed }
        let text = marked.split(separator: "|", omittingEmptySubsequences: false).joined()
        let found = try Segmented(text).sentences
        #expect(found == expected, sourceLocation: sourceLocation)
    }

    @Test(
        "titles, initials and abbreviations end no sentence by themselves",
        arguments: [
            "Dr. Ana L. Brandt met Gen. Otto Kern on Mt. Hollin. |She left.",
            "The wall of Kern & Sons Ltd. fell at 5 a.m. on Monday.",
            "See Fig. 3 and p. 12, i.e. the plan.",
            "It cost approx. 4 Mio. crowns, e.g. for sand.",
            "He works for the U.S. Army. |He came from the U.K. |They know.",
        ])
    func abbreviations(marked: String) throws { try expectBorders(marked) }

    @Test(
        "an ampersand joins what stands on both sides of it",
        arguments: [
            "The crew went back to Com. & Adm. through the dark. |Then it slept.",
            "Kern Mfg. & Supply fell silent. |Nobody asked.",
            "Was it Rope! & Co. that burned?",
        ])
    func ampersands(marked: String) throws { try expectBorders(marked) }

    @Test("the turns of a conversation are no wrapped lines")
    func turns() throws {
        let chat = "[09:12] Mara: The plums are gone, and the crates are gone as well\n[09:13] Jon: All of them"
        #expect(try Segmented(chat).sentences == chat.split(separator: "\n").map(String.init))
        let wrapped =
            "The board met in the hall of the school, and the result of the\nVote: nine for it and three against."
        #expect(try Segmented(wrapped).sentences.count == 1)
    }

    @Test(
        "numbers, times, links and files keep their full stops",
        arguments: [
            "It rose 3.5 m at 10.30 p.m. that day. |Nobody slept.",
            "Write to ana.brandt@harbour.example.com. |She answers.",
            "The plan is at https://harbour.example.org/a.b/plan.html. |Read it.",
            "Open wall.pdf first. |Then sign.",
        ])
    func points(marked: String) throws { try expectBorders(marked) }

    @Test(
        "a quotation of several sentences is cut, and what reports it stays with its last",
        arguments: [
            "“We knew. |Nobody asked us,” Brandt said. |She left.",
            "He asked, “Who knew?” and sat down.",
            "\"Stop!\" she cried. |\"It is falling.\"",
            "Brandt said: “It fell.” |Kern was silent.",
        ])
    func quotations(marked: String) throws { try expectBorders(marked) }

    @Test(
        "brackets in the middle of a sentence do not end it, those of their own stand alone",
        arguments: [
            "The wall (It was new.) fell.", "The wall fell. |(Nobody was hurt.) |The port closed.",
            "The wall fell [12]. |It was new.", "The wall was new. [12] |It fell.",
        ])
    func brackets(marked: String) throws { try expectBorders(marked) }

    @Test(
        "an omission inside a sentence is not its end",
        arguments: [
            "We saw … nothing at all.", "It fell… |The port closed.", "The wall [...] was new.",
            "They knew . . . and said nothing.", "It fell. |. . . Next came the crane.",
        ])
    func ellipses(marked: String) throws { try expectBorders(marked) }

    @Test("a full stop without a blank behind it ends a sentence, but not inside a name of a host")
    func missingBlanks() throws {
        try expectBorders("The wall fell.|Nobody knew why.|It was new.")
        try expectBorders("Ask Harbour.com about it.")
    }

    @Test("items of a list in one line are sentences of their own")
    func lists() throws {
        try expectBorders("1. Buy sand |2. Mix it |3. Build the wall")
        try expectBorders("a) who knew |b) who paid")
        try expectBorders("• sand |• stone")
        try expectBorders("It cost 2. |5 was too much.")
    }

    @Test("sentences never cross blocks, and wrapped lines do not cut them")
    func blocks() throws {
        let found = try Segmented(["The wall", "It fell at\nnight. Nobody saw it", "A list:\nsand\nstone"])
        #expect(found.sentences == ["The wall", "It fell at\nnight.", "Nobody saw it", "A list:", "sand", "stone"])
    }

    @Test(
        "who begins with a small letter begins the next sentence with one",
        arguments: [
            "who knew? |the wall did", "they loved it. |why ask?", "Who knew (the board?) about it.",
            "She asked “who knew?” and left.",
        ])
    func smallLetters(marked: String) throws { try expectBorders(marked) }

    @Test(
        "the head, the closing and the rules of a message part sentences",
        arguments: [
            "Ana Brandt |03/27/2021 09:11 AM |The wall fell.", "It fell on 03/27/2021 at night.",
            "From: Ana <ana@harbour.example.org> |The wall fell.", "From: the keepers of the harbour",
            "Best regards, |Ana Brandt", "Regards, but no thanks.",
            "It fell. |____________________ |Ana Brandt, Harbour", "It fell ____ Ana Brandt",
            "http://harbour.example.org/a |http://harbour.example.org/b",
        ])
    func messages(marked: String) throws { try expectBorders(marked) }

    @Test("a face ends a sentence before a capital", arguments: ["It fell :) |Nobody knew.", "It :) fell."])
    func faces(marked: String) throws { try expectBorders(marked) }

    @Test(
        "other scripts have full stops and questions of their own",
        arguments: [
            "Стена упала. |Никто не знал.", "Ο τοίχος έπεσε. |Ποιος το ήξερε; |Κανείς.",
            "سقط الجدار. |هل كان جديدا؟ |نعم.",
            "Die Mauer fiel z.B. nachts. |Prof. Kern schwieg.", "Duvar yıkıldı. |Doç. Dr. Kern sustu.",
        ])
    func scripts(marked: String) throws { try expectBorders(marked) }
}

extension Substring {
    fileprivate var trimmed: String {
        var text = self
        while text.first == " " { text.removeFirst() }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
