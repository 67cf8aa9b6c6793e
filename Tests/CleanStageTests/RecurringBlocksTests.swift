import StageKit
import Testing

@testable import CleanStage

@Suite("What a publisher repeats")
struct RecurringBlocksTests {
    private static let storyBook = [
        [
            "A barge left Skerrow before dawn with nobody on its deck who would later say where it was bound.",
            "Two men on the quay swore that it had carried salt, and a third that it had carried nothing but rain.",
        ],
        [
            "The clock of the customs house has been slow since the spring, and the town has grown used to being late.",
            "Its keeper keeps a list of weddings that began without the bride, and shows it to whoever climbs up.",
        ],
        [
            "Nobody had planted the pear tree behind the chapel, yet it bore fruit in the first year it was noticed.",
            "Children were told that the pears were sour, which was true of all of them but the ones at the top.",
        ],
        [
            "When the rope walk burned down, the fire could be seen from Orle, where they took it for the moon.",
            "Hemp smoulders for weeks, and until the snow came the whole street smelled of tea that nobody drank.",
        ],
        [
            "Eleven letters without stamps lay in the office over the winter, each addressed to a house with no number.",
            "In March the postman opened one of them and found that it was meant for him, and that it was a bill.",
        ],
        [
            "To cross the marsh one needs boots, a stick and somebody who has crossed it before and come back.",
            "The third of these is the hardest to find, since most of those who cross it like it better over there.",
        ],
        [
            "Glass floats from some far fishery wash up below the light every autumn, green ones first and then brown.",
            "A collector offered money for a blue one, and within a month every attic on the island had produced it.",
        ],
    ]

    private static func story(_ k: Int) -> [String] { storyBook[k] }

    /// Documents of one folder: each with its own story, and with what `lines` gives for it above and below.
    private func clean(_ count: Int, above: (Int) -> [String] = { _ in [] }, below: (Int) -> [String]) async throws
        -> [String]
    {
        let sources = (0..<count).map { k in
            (id: "\(k)", bytes: Array((above(k) + Self.story(k) + below(k)).joined(separator: "\n\n").utf8))
        }
        let cleaned = try await Cleaned(sources)
        return try (0..<count).map { try cleaned.text($0) }
    }

    private func stories(_ count: Int) -> [String] { (0..<count).map { Self.story($0).joined(separator: "\n\n") } }

    @Test("is found when years and amounts change")
    func figures() async throws {
        let texts = try await clean(4) { k in
            [
                "In \(2020 + k) the gulls of the island cost us \(k * 7 + 12),500 marks to feed, and each of you paid a part."
            ]
        }
        #expect(texts == stories(4))
    }

    @Test("is found when a few of its words change")
    func words() async throws {
        let gifts = ["candle", "lantern", "lamp", "torch", "wick", "mirror", "bell"]
        let texts = try await clean(7) { k in
            [
                "The keepers of the light ask every reader on the mainland for one more \(gifts[k]), so that the tower can go "
                    + "on shining for \(["all", "those", "sailors"][k % 3]) who are still out at sea"
            ]
        }
        #expect(texts == stories(7))
    }

    @Test("is found when it leads to another title each time")
    func labels() async throws {
        let titles = ["How plums are pickled", "the fog and its friends", "Seven bells", "What the tide left behind"]
        let texts = try await clean(4) { k in ["Share this", "From our cellar today: \(titles[k])"] }
        #expect(texts == stories(4))
    }

    @Test("is found in the middle of a text, when two such blocks stand together")
    func middle() async throws {
        let long = (0..<30).map { k in
            (0..<5).map { n in
                "Page \(["one", "two", "three", "four", "five"][n]) of log \(k) tells of a night that no other page of it could tell"
                    + " of, the \(k * 5 + n)th."
            }
        }
        let sources = (0..<5).map { k -> (id: String, bytes: [UInt8]) in
            let own = (0..<6).flatMap { long[k * 6 + $0] }
            let plea = [
                "Thanks to \(k * 311 + 902) of you the lamp was lit on every night of the year that has just ended.",
                "Of all \(k * 77 + 4100) islanders who read this log, \(k + 3) have brought oil. Will you be the next one?",
            ]
            return ("\(k)", Array((own[..<15] + plea + own[15...]).joined(separator: "\n\n").utf8))
        }
        let cleaned = try await Cleaned(sources)
        for k in 0..<5 {
            #expect(try !cleaned.text(k).contains("islanders who read"))
            #expect(try cleaned.blocks(k).filter(\.isKept).count == 30)
        }
    }

    @Test("is not a sentence that up to five documents quote, each with words of its own around it")
    func quotations() async throws {
        let quoted = "The wall was inspected in the spring by two engineers who found nothing to report at all."
        let frames = [
            quoted, "As reported earlier, “\(quoted)”", "An earlier report said: “\(quoted)”", quoted, "“\(quoted)”",
        ]
        let texts = try await clean(5) { k in [frames[k], "Share this", "3 comments"] }
        for text in texts { #expect(text.contains(quoted)) }
    }

    @Test("is not a form whose fields say something else each time")
    func fields() async throws {
        let texts = try await clean(
            4,
            above: { k in
                [
                    "Kind of vessel: "
                        + ["tug", "punt with a blue sail", "raft, or what was left of it", "an old ark"][k]
                ]
            }
        ) { _ in [] }
        for text in texts { #expect(text.contains("Kind of vessel: ")) }
    }

    @Test("goes when a document comes that shows it, for the documents before it too")
    func threshold() async throws {
        func footer(_ k: Int) -> [String] {
            ["Printed at the sign of the blue kettle in Skerrow by hand, sheet \(k + 40)"]
        }
        #expect(try await clean(1, below: footer)[0].contains("blue kettle"))
        #expect(try await clean(3, below: footer) == stories(3))
    }
}
