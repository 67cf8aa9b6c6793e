import Results
import Testing

@testable import Words

@Suite("Concordances")
struct ConcordanceTests {
    let fixture: WordsFixture

    init() throws {
        fixture = try WordsFixture([
            (
                "a.txt", "The old sea wall held. Walls of sand did not. \"The wall's stones held,\" she said.",
                ["publisher": "Courier", "date": "2024-03-01", "desk": "coast"]
            ),
            (
                "b.txt", "A Café by the sea-wall says nothing. Saying less, the sea\nwall fell in 1953.",
                ["publisher": "Gazette", "date": "2023-01-05", "desk": "city"]
            ),
            ("c.txt", "Der Wall und die Straße: naïve Namen. Wallace said so, wallflowers too.", ["language": "de"]),
        ])
    }

    @Test(
        "a pattern finds the words that it means and no others",
        arguments: [
            ("wall", ["wall", "wall's", "wall", "wall", "Wall"]),
            ("WALL", ["wall", "wall's", "wall", "wall", "Wall"]),
            ("walls", ["Walls"]), ("wall?", ["Walls"]),
            ("wall*", ["wall", "Walls", "wall's", "wall", "wall", "Wall", "Wallace", "wallflowers"]),
            ("*flowers", ["wallflowers"]), ("w*s", ["Walls", "wallflowers"]),
            ("sea wall", ["sea wall", "sea-wall", "sea wall"]), ("sea-wall", ["sea wall", "sea-wall", "sea wall"]),
            ("sea (wall|stones)", ["sea wall", "sea-wall", "sea wall"]),
            ("[wall]", ["wall", "Walls", "wall's", "wall", "wall", "Wall"]),
            ("[say]", ["said", "says", "Saying", "said"]),
            ("/wall.?/", ["wall", "Walls", "wall's", "wall", "wall", "Wall"]),
            ("/w.ll|caf./", ["wall", "wall's", "Café", "wall", "wall", "Wall"]), ("/[^a-zé]+/", ["1953"]),
            ("cafe", ["Café"]), ("CAFÉ", ["Café"]), ("strasse", ["Straße"]), ("STRASSE", ["Straße"]),
            ("naive", ["naïve"]),
            ("the * wall", ["the sea-wall", "the sea wall"]), ("sand * not", ["sand did not"]),
            ("the old * wall", ["The old sea wall"]), ("held the", []), ("sand|stones", ["sand", "stones"]),
            ("wall held|wall", ["wall held", "wall's", "wall", "wall", "Wall"]), ("1953", ["1953"]),
            ("nothing saying", []),
        ])
    func finds(pattern: String, nodes: [String]) throws { #expect(try fixture.nodes(pattern) == nodes) }

    @Test("exact patterns tell capitals and diacritics apart, terms diacritics alone")
    func exact() throws {
        #expect(try fixture.nodes("Wall", .exact) == ["Wall"])
        #expect(try fixture.nodes("wall", .exact) == ["wall", "wall's", "wall", "wall"])
        #expect(try fixture.nodes("cafe", .exact) == [])
        #expect(try fixture.nodes("Café", .exact) == ["Café"])
        #expect(try fixture.nodes("café", .term) == ["Café"])
        #expect(try fixture.nodes("cafe", .term) == [])
    }

    @Test("each line has its context, its place and an id")
    func contexts() throws {
        let line = try #require(
            try fixture.find("fell") { $0.window = 2 }.groups.first?.lines.first)
        #expect((line.left, line.node, line.right) == ("sea wall ", "fell", " in 1953"))
        #expect(line.id == "b.txt#63-67")
        #expect(line.sentence == 1)
        #expect(OccurrenceID(line.id) == OccurrenceID(document: "b.txt", start: 63, end: 67))
    }

    @Test("lines are sorted by neighbours, and by documents where these are equal")
    func sorting() throws {
        let sorted = try fixture.lines("wall") {
            $0.sort = [.word(1)]
            $0.window = 1
        }
        #expect(
            sorted == [
                "sea |wall| fell", "sea |wall| held", "sea-|wall| says", "The |wall's| stones", "Der |Wall| und",
            ])
        #expect(
            try fixture.find("wall") { $0.sort = [.word(-1), .date] }.groups[0].lines.map(\.document) == [
                "c.txt", "b.txt", "b.txt", "a.txt", "a.txt",
            ])
        #expect(try SortKey.list("1R, 2l,0,date") == [.word(1), .word(-2), .word(0), .date])
        #expect(throws: PatternProblem.self) { try SortKey.list("R1") }
        #expect(throws: PatternProblem.self) { try SortKey.list("1R,,2R") }
    }

    @Test("groups count occurrences, documents and words, also those that are not shown")
    func groups() throws {
        let found = try fixture.find("wall") {
            $0.group = "publisher"
            $0.limit = 1
        }
        #expect(found.groups.map(\.name) == ["", "Courier", "Gazette"])
        #expect(found.groups.map(\.occurrences) == [1, 2, 2])
        #expect(found.groups.map(\.documents) == [1, 1, 1])
        #expect(found.groups.map(\.lines.count) == [1, 1, 1])
        #expect(found.groups.map(\.words) == [12, 16, 15])
        #expect((found.occurrences, found.documents, found.documentsSearched, found.wordsSearched) == (5, 3, 3, 43))
        #expect(try fixture.find("wall") { $0.group = "desk" }.groups.map(\.name) == ["", "city", "coast"])
        #expect(try fixture.find("wall") { $0.group = "year" }.groups.map(\.name) == ["", "2023", "2024"])
        #expect { try fixture.find("wall") { $0.group = "dexk" } } throws: {
            ($0 as? PatternProblem)?.hint?.contains("'desk'") == true
        }
    }

    @Test("a filter keeps the documents with a value, and refuses one that no document has")
    func filters() throws {
        func documents(_ column: String, _ values: [String]) throws -> [String] {
            try fixture.database.searching { source in
                var request = Concordance.Request(try WordPattern("wall"))
                try request.filter.keep(column, among: values, in: source)
                return try Concordance(request, in: source).groups.flatMap(\.lines).map(\.document)
            }
        }
        #expect(try documents("publisher", ["Gazette"]) == ["b.txt", "b.txt"])
        #expect(try documents("publisher", ["Gazette", "C*"]) == ["a.txt", "a.txt", "b.txt", "b.txt"])
        #expect(try documents("desk", ["coast"]) == ["a.txt", "a.txt"])
        #expect(try documents("year", ["2023"]) == ["b.txt", "b.txt"])
        #expect { try documents("publisher", ["Gazete"]) } throws: {
            ($0 as? PatternProblem)?.hint == "There is 'Gazette'."
        }
    }

    @Test("a name that nobody bears is an error that says so")
    func unknownNames() throws {
        #expect { try fixture.find("@Mira") } throws: { ($0 as? PatternProblem)?.id == "unknown-name" }
    }

    @Test("what is read of the words is what was cut, whatever the gaps")
    func spans() throws {
        let long = String(repeating: "x", count: 40)
        let fixture = try WordsFixture([("a.txt", "\(String(repeating: "\n", count: 200))\(long) — y. 12 z!", [:])])
        try fixture.database.searching { source in
            let reader = try WordReader(source)
            #expect(try reader.next())
            let words = reader.document.words
            #expect(words.starts.indices.map { reader.document.line(words.span($0)) } == [long, "y", "12", "z"])
            #expect(words.isNumber == [false, false, true, false])
            #expect(words.sentences == [0..<2, 2..<4])
            #expect(reader.document.count == 3)
        }
    }
}
