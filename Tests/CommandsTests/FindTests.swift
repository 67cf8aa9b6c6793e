import Foundation
import Results
import TestSupport
import Testing
import Words

@testable import Commands

@Suite("Looking words up")
struct FindTests {
    @Test("the width of text is that of a terminal")
    func widths() {
        #expect(DisplayWidth.of("wall") == 4)
        #expect(DisplayWidth.of("e\u{301}tude") == 5)
        #expect(DisplayWidth.of("港口") == 4)
        #expect(DisplayWidth.of("👩‍🌾") == 2)
        #expect(DisplayWidth.suffix("the old wall", columns: 6) == "… wall")
        #expect(DisplayWidth.prefix("港口の壁", columns: 5) == "港口…")
        #expect(DisplayWidth.prefix("wall", columns: 4) == "wall")
        #expect(DisplayWidth.padded(left: "港", to: 4) == "  港")
    }

    @Test("every node begins in one column, and no line is wider than the terminal", arguments: [nil, 60, 24])
    func alignment(columns: Int?) async throws {
        let project = try SampleProject([
            "corpus/a.txt":
                "One\n\nThe 港口 boat left. Then a ship with a very long tail of words came behind the boat in fog.",
            "corpus/b.txt": "Two\n\nNobody saw the boat.",
        ])
        #expect(await project.run() == 0)
        let results = try ResultsDatabase(at: project.folder.path("outputs/sample/results.sqlite"))
        let found = try results.searching { try Concordance(Concordance.Request(WordPattern("boat")), in: $0) }
        let text = ConcordanceText(concordance: found, columns: columns, colour: false).rendered(allBy: "x")
        let lines = text.split(separator: "\n").dropLast()
        #expect(lines.count == 3)
        let places = lines.map { line in line.range(of: "boat").map { DisplayWidth.of(line[..<$0.lowerBound]) } }
        #expect(Set(places).count == 1 && places[0] != nil, "\(text)")
        if let columns { #expect(lines.allSatisfy { DisplayWidth.of($0) <= columns }, "\(text)") }
        #expect(text.split(separator: "\n").last?.hasPrefix("3 occurrences in 2 of 2 documents, ") == true, "\(text)")
    }

    @Test("find prints lines, counts and JSON, and says what is wrong with what it was given")
    func messages() async throws {
        let project = try SampleProject()
        let none = try ToolProcess.run(["find", "pipelines/sample.yaml", "harbour"], in: project.folder.path())
        #expect(none.code == 1 && none.said.contains("[no-run]"), "\(none)")
        #expect(await project.run() == 0)
        func find(_ arguments: String...) throws -> (code: Int32, said: String, printed: String) {
            try ToolProcess.run(["find", "pipelines/sample.yaml"] + arguments, in: project.folder.path())
        }
        let plain = try find("harbour")
        #expect(plain.code == 0 && plain.said.isEmpty, "\(plain)")
        #expect(plain.printed.contains("\n3 occurrences in 2 of 4 documents, "), "\(plain)")
        #expect(plain.printed.contains("corpus/wire/weather.txt:3"), "\(plain)")
        let cut = try find("harbour", "--limit", "1")
        #expect(cut.printed.contains("; 1 shown, all with '--limit 0'"), "\(cut)")
        let json = try find("@Petra Holm", "--json")
        #expect(
            json.code == 0 && json.printed.contains(#""occurrences":2,"documents":2"#)
                && json.printed.contains(#""node":"Petra Holm""#), "\(json)")
        for (arguments, code, words) in [
            ([""], 2, "[empty-pattern]"), (["/ha(r/"], 2, "[regular-expression]"),
            (["(harbour"], 2, "[pattern-syntax]"),
            (["harbuor"], 1, "There are 'harbour'"), (["@Petra Hol"], 2, "'@Petra Holm'"),
            (["harbour", "--sort", "R1"], 2, "[unknown-order]"), (["harbour", "--group", "desk"], 2, "'publisher'"),
            (["harbour", "--where", "language"], 2, "COLUMN=VALUE"), (["harbour", "--window", "-1"], 2, "window"),
            (["harbour", "--publisher", "Courier"], 2, "[unknown-metadata]"),
        ] as [([String], Int32, String)] {
            let ended = try ToolProcess.run(["find", "pipelines/sample.yaml"] + arguments, in: project.folder.path())
            #expect(ended.code == code && ended.said.contains(words), "\(arguments): \(ended)")
        }
    }

    @Test("a word occurs as often as the statistics count it")
    func agreement() async throws {
        let project = try SampleProject()
        #expect(await project.run() == 0)
        let results = try ResultsDatabase(at: project.folder.path("outputs/sample/results.sqlite"))
        let counted = try project.query("select term, occurrences, documents from terms")
        #expect(counted.count > 50)
        try results.searching { source in
            for row in counted {
                var request = Concordance.Request(try WordPattern(term: row[0]))
                request.folding = .term
                let found = try Concordance(request, in: source)
                #expect([row[0], "\(found.occurrences)", "\(found.documents)"] == row)
            }
        }
    }
}
