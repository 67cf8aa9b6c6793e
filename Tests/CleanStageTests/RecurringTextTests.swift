import StageKit
import Testing

@testable import CleanStage

@Suite("What recurs in a folder and is text")
struct RecurringTextTests {
    private static let others = [
        "The pear tree behind the chapel bore fruit in the first year in which anybody had noticed that it was there.",
        "Eleven letters without stamps lay in the office over the winter, each addressed to a house without a number.",
        "To cross the marsh one needs boots, a stick, and somebody who has crossed it before and has come back.",
        "The clock of the customs house has been slow since the spring, and the town has grown used to being late.",
        "Glass floats from some far fishery wash up below the light every autumn, green ones first and then brown.",
        "When the rope walk burned down, the fire could be seen from Orle, where they took it for the moon.",
        "A barge left Skerrow before dawn with nobody on its deck who would say where it was bound.",
        "Children were told that the pears were sour, which was true of all of them but the ones at the top.",
    ]

    private static func other(_ k: Int) -> String { others[k % others.count] }

    private static func joined(_ blocks: [String]) -> String { blocks.joined(separator: "\n\n") }

    private func texts(_ documents: [String]) async throws -> [String] {
        let cleaned = try await Cleaned(documents.enumerated().map { ("\($0.offset)", Array($0.element.utf8)) })
        return try documents.indices.map { try cleaned.text($0) }
    }

    @Test("is a text of which there are seven copies, beside others")
    func copies() async throws {
        let copy =
            "Mara Quill said on Friday that 31 boats had left the harbour of Orle.\n\nNobody was lost, the pilots wrote in a note."
        let documents = Array(repeating: copy, count: 7) + Self.others.prefix(3)
        #expect(try await texts(documents) == documents)
    }

    @Test("is a text of which there are seven copies and nothing else")
    func nothingButCopies() async throws {
        let documents = Array(repeating: Self.others[0] + "\n\n" + Self.others[1], count: 7)
        #expect(try await texts(documents) == documents)
    }

    @Test("is what seven papers print of one agency's report, each below a lead of its own")
    func agencyCopy() async throws {
        let copy = [
            "The pilots said that 31 boats had left the harbour before the storm, and that none of them had come back.",
            "The storm reached the coast in the night, and by the morning it had gone on to the islands in the north.",
        ]
        let documents = (0..<7).map { (k: Int) -> String in Self.joined([Self.others[k]] + copy) }
        #expect(try await texts(documents) == documents)
    }

    @Test(
        "is a short answer, formula or refrain",
        arguments: [
            "Yes.", "None that I know of.", "And the tide came in", "I swear it by the sea,", "Nobody answered.",
        ])
    func refrains(line: String) async throws {
        let documents = (0..<8).map { (k: Int) -> String in
            Self.joined([Self.others[k], line, Self.other(k + 3), line, Self.other(k + 5)])
        }
        #expect(try await texts(documents) == documents)
    }

    @Test("is a whole short document")
    func shortDocuments() async throws {
        let documents = Array(repeating: "All is quiet", count: 5) + Self.others.prefix(2)
        #expect(try await texts(documents) == documents)
    }

    @Test("is a figure that is the same in every report, and the word that there is none")
    func figures() async throws {
        let documents = (0..<8).map { (k: Int) -> String in
            Self.joined([Self.others[k], "Boats lost: none", "Persons hurt: 3", "Killed: 0"])
        }
        #expect(try await texts(documents) == documents)
    }

    @Test("is a line or a sentence whose figures, names or days are others each time")
    func changes() async throws {
        let names = [
            "Ada Weir", "Jon Reed", "Mara Cole", "Tomas Vell", "Ines Harrow", "Lena Orr", "Sam Pell", "Ida Moss",
        ]
        let documents = (0..<8).map { (k: Int) -> String in
            let day = "Report from the lightship, \(k + 3) May"
            let ships = "The keepers counted \(k * 3 + 11) ships on the day, of which \(k + 2) were under sail."
            let watch = "\(names[k]) kept the second watch on the lightship and saw nothing."
            return Self.joined([day, Self.others[k], ships, watch])
        }
        #expect(try await texts(documents) == documents)
    }

    @Test("is the heading of a section that every report has")
    func headings() async throws {
        let documents = (0..<8).map { (k: Int) -> String in
            Self.joined(["Notes of the day no. \(k)", "Weather", Self.others[k], "Ships", Self.other(k + 2)])
        }
        #expect(try await texts(documents) == documents)
    }

    @Test("is no letterhead: lines above and below texts that are others each time go")
    func letterhead() async throws {
        let documents = (0..<8).map { (k: Int) -> String in
            Self.joined([
                "THE LIGHTSHIP OF ORLE", "Log office, third door on the mole", Self.others[k], Self.other(k + 3),
                "Copied by hand in the log office of the lightship", "Not to be taken ashore",
            ])
        }
        let expected = (0..<8).map { (k: Int) -> String in Self.joined([Self.others[k], Self.other(k + 3)]) }
        #expect(try await texts(documents) == expected)
    }

    @Test("is said to be missing, with the way to bring it back, where it was a good part of a document")
    func notice() async throws {
        let foot =
            "The log office keeps the books of the lightship and copies them for whoever walks out over the mole at noon."
        let documents = (0..<9).map { (k: Int) -> String in
            Self.joined(["Log of watch \(k)", "\(Self.other(k)) It is watch \(k).", foot, "Log office"])
        }
        let cleaned = try await Cleaned(documents.enumerated().map { ("\($0.offset)", Array($0.element.utf8)) })
        #expect(try !cleaned.text(0).contains("keeps the books"))
        let notice = try #require(try cleaned.metadata(0)["notice"])
        #expect(notice.contains("% of the prose") && notice.contains("'keep'"))
        let kept = try await Cleaned(
            documents.enumerated().map { ("\($0.offset)", Array($0.element.utf8)) },
            options: ["keep": .list([.string("*")])])
        #expect(try kept.text(0).contains("keeps the books"))
        #expect(try kept.metadata(0)["notice"] == nil)
    }
}
