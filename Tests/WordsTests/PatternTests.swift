import Testing

@testable import Words

@Suite("Patterns")
struct PatternTests {
    @Test("a pattern is read into items, alternatives and groups")
    func reads() throws {
        #expect(try WordPattern("sea  wall").alternatives == [[.word("sea"), .word("wall")]])
        #expect(try WordPattern("wall|dam").alternatives == [[.word("wall")], [.word("dam")]])
        #expect(
            try WordPattern("sea (wall|dam)").alternatives == [
                [.word("sea"), .group([[.word("wall")], [.word("dam")]])]
            ])
        #expect(try WordPattern("wall*").alternatives == [[.glob([.text("wall"), .anything])]])
        #expect(try WordPattern("w?ll").alternatives == [[.glob([.text("w"), .anyOne, .text("ll")])]])
        #expect(try WordPattern("[say] * that").alternatives == [[.lemma("say"), .any, .word("that")]])
        #expect(try WordPattern(#"/walls?\/x/"#).alternatives == [[.regularExpression("walls?/x")]])
        #expect(try WordPattern(#"C\*"#).alternatives == [[.word("C*")]])
        #expect(try WordPattern("@ Mira Tarn").name == "Mira Tarn")
        #expect(try WordPattern(#"wall|\@ada"#).alternatives == [[.word("wall")], [.word("@ada")]])
    }

    @Test(
        "a pattern that can't be read says why",
        arguments: [
            ("", "empty-pattern"), ("  ", "empty-pattern"), ("*", "empty-pattern"), ("@", "empty-pattern"),
            ("(wall", "pattern-syntax"), ("wall)", "pattern-syntax"), ("wall||dam", "pattern-syntax"),
            ("[say", "pattern-syntax"), ("[]", "pattern-syntax"), ("/wall", "pattern-syntax"), ("//", "pattern-syntax"),
            ("wa(ll", "pattern-syntax"), ("wall|@Ada", "pattern-syntax"), ("(@Ada)", "pattern-syntax"),
            (#"wall\"#, "pattern-syntax"),
        ])
    func refuses(pattern: String, id: String) {
        #expect { try WordPattern(pattern) } throws: { ($0 as? PatternProblem)?.id == id }
    }

    @Test("a regular expression that can't be read says where")
    func refusesExpressions() throws {
        let pattern = try WordPattern("/wa(ll/")
        #expect { try PatternMatcher(pattern) } throws: {
            let problem = $0 as? PatternProblem
            return problem?.id == "regular-expression" && problem?.message.contains("wa(ll") == true
        }
    }

    @Test("a regular expression that would take for ever is an error")
    func boundsExpressions() throws {
        let expression = try RegularExpression("^(a+)+$")
        #expect { try expression.fits(Array(String(repeating: "a", count: 60).utf8) + [0x21]) } throws: {
            ($0 as? PatternProblem)?.message.contains("steps") == true
        }
    }

    @Test("what was found out about a word is kept for that word alone, however many there are")
    func memo() {
        var memo = WordMemo()
        let words = (0..<5000).map { "w\($0)" }
        let text = Array(words.joined(separator: " ").utf8)
        var places: [(start: Int, end: Int)] = []
        var start = 0
        for word in words {
            places.append((start, start + word.utf8.count))
            start += word.utf8.count + 1
        }
        for (k, place) in places.enumerated() {
            #expect(memo[place.start, place.end, of: text] == nil)
            memo.note(k % 3 == 0, place.start, place.end, of: text)
        }
        for (k, place) in places.enumerated() { #expect(memo[place.start, place.end, of: text] == (k % 3 == 0)) }
        #expect(memo[0, 1, of: text] == nil && memo[0, 0, of: text] == nil)
    }
}
