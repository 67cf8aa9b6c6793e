import StageKit
import Testing

@testable import EntityStage

@Suite("Gazetteer and decisions")
struct HandDecisionsTests {
    private static func entry(_ name: String, _ type: String, _ aliases: [String], line: Int = 1) -> OptionValue {
        .mapping([
            OptionEntry("name", .string(name), line: line), OptionEntry("type", .string(type), line: line + 1),
            OptionEntry("aliases", .list(aliases.map { .string($0) }), line: line + 2),
        ])
    }

    private static func file(_ tree: OptionValue, _ text: String = "") -> FileValue {
        FileValue(path: "names.yaml", bytes: Array(text.utf8), tree: tree)
    }

    private static func merges(_ lists: [String]...) -> OptionValue {
        .mapping([OptionEntry("merge", .list(lists.map { .list($0.map { .string($0) }) }), line: 1)])
    }

    @Test("a gazetteer joins its aliases and gives name and type")
    func gazetteer() async throws {
        let tree = OptionValue.list([Self.entry("Harbour Guild", "group", ["Quay Brigade"])])
        let tagged = try await Tagged(
            "The Quay Brigade met.", "The Harbour Guild met.", options: ["gazetteer": .file(Self.file(tree))])
        #expect(try tagged.entity("Quay Brigade") == "group:harbour-guild")
        #expect(try tagged.entity("Harbour Guild", in: 1) == "group:harbour-guild")
        #expect(try tagged.decisions().allSatisfy { $0.name == "Harbour Guild" && $0.kind == .group })
    }

    @Test("a decision merges what the machine keeps apart")
    func merge() async throws {
        let tree = OptionValue.mapping([
            OptionEntry("merge", .list([.list([.string("Harbour Guild"), .string("Quay Brigade")])]), line: 1)
        ])
        let tagged = try await Tagged(
            "The Quay Brigade met.", "The Harbour Guild met.", options: ["decisions": .file(Self.file(tree))])
        #expect(try tagged.entity("Quay Brigade") == tagged.entity("Harbour Guild", in: 1))
        #expect(try tagged.decisions().contains { $0.reason == "merged by hand" })
    }

    @Test("a decision splits what the machine joins")
    func split() async throws {
        let tree = OptionValue.mapping([
            OptionEntry(
                "split",
                .list([
                    .mapping([
                        OptionEntry("form", .string("Weir"), line: 2),
                        OptionEntry("from", .string("Ada Weir"), line: 3),
                    ])
                ]), line: 1)
        ])
        let text = "We met Ada Weir in town. Nobody asked Weir about it."
        let joined = try await Tagged(text)
        let split = try await Tagged(text, options: ["decisions": .file(Self.file(tree))])
        #expect(try joined.entity("Weir") == joined.entity("Ada Weir"))
        #expect(try split.entity("Weir") != split.entity("Ada Weir"))
    }

    @Test("a decision about a name that no document has changes nothing")
    func unknown() async throws {
        let tree = OptionValue.mapping([
            OptionEntry("merge", .list([.list([.string("Nobody Here"), .string("Quay Brigade")])]), line: 1)
        ])
        let tagged = try await Tagged("The Quay Brigade met.", options: ["decisions": .file(Self.file(tree))])
        #expect(try tagged.entity("Quay Brigade") == "organization:quay-brigade")
    }

    @Test(
        "a wrong gazetteer is a problem at its line",
        arguments: [
            (OptionValue.string("x"), "a gazetteer is a list of names", 1),
            (.list([entry("A Guild", "guild", [])]), "no type named 'guild'", 2),
            (.list([.mapping([OptionEntry("name", .string("A"), line: 4)])]), "an entry lacks its 'type'", 4),
            (.list([.mapping([OptionEntry("nmae", .string("A"), line: 5)])]), "no key 'nmae'", 5),
            (
                .list([entry("A Guild", "group", ["AG"]), entry("B Guild", "group", ["AG"], line: 7)]),
                "'ag' is a name of two entities, 'A Guild' and 'B Guild'", 9
            ),
            (
                .list([entry("A Guild", "group", []), entry("A Guild", "person", [], line: 7)]),
                "'a guild' is a name of two entities, 'A Guild' and 'A Guild'", 7
            ),
            (
                .list([.mapping([OptionEntry("wikidata", .string("7"), line: 3)])]), "'7' is no id of Wikidata", 3
            ),
        ])
    func badGazetteer(tree: OptionValue, summary: String, line: Int) {
        #expect(throws: OptionProblem.self) { try HandDecisions(gazetteer: Self.file(tree), decisions: nil) }
        do {
            _ = try HandDecisions(gazetteer: Self.file(tree), decisions: nil)
        } catch {
            #expect(error.summary == summary)
            #expect(error.line == line)
            #expect(error.file == "names.yaml")
        }
    }

    @Test(
        "wrong decisions are a problem at their line",
        arguments: [
            (OptionValue.list([]), "decisions are a mapping with 'merge' and 'split'", 1),
            (.mapping([OptionEntry("merge", .string("A"), line: 3)]), "'merge' is a list", 3),
            (.mapping([OptionEntry("rejct", .list([]), line: 2)]), "no key 'rejct' in decisions", 2),
            (
                .mapping([OptionEntry("merge", .list([.list([.string("A")])]), line: 4)]),
                "a merge is a list of two or more names", 4
            ),
            (
                .mapping([
                    OptionEntry(
                        "split", .list([.mapping([OptionEntry("form", .string("A"), line: 6)])]), line: 5)
                ]), "a split has a 'form' and another 'from'", 6
            ),
        ])
    func badDecisions(tree: OptionValue, summary: String, line: Int) {
        do {
            _ = try HandDecisions(gazetteer: nil, decisions: Self.file(tree))
            Issue.record("no problem")
        } catch {
            #expect(error.summary == summary)
            #expect(error.line == line)
        }
    }

    @Test(
        "what is wrong in a list is told at the line on which it stands",
        arguments: [
            (
                merges(["A", "B"], ["B", "C"], ["C", "A"]), "merge:\n- [A, B]\n- [B, C]\n- [C, A]\n",
                "merges go in a circle: 'C' and 'A' are one already", 4
            ),
            (
                merges(["Ann", "Ben"], ["Cid", "Cid"]), "merge:\n- [Ann, Ben]\n-\n  - Cid\n  - Cid\n",
                "a merge names 'Cid' twice", 5
            ),
            (
                merges(["Ann", "Ben"], ["Cid"]), "merge:\n- [Ann, Ben]\n- [Cid]\n",
                "a merge is a list of two or more names", 3
            ),
        ])
    func lines(tree: OptionValue, text: String, summary: String, line: Int) {
        do {
            _ = try HandDecisions(gazetteer: nil, decisions: Self.file(tree, text))
            Issue.record("no problem")
        } catch {
            #expect(error.summary == summary)
            #expect(error.line == line)
        }
    }

    @Test("what merges join one after the other can't be split")
    func chain() {
        let split = OptionEntry(
            "split",
            .list([
                .mapping([OptionEntry("form", .string("A"), line: 5), OptionEntry("from", .string("C"), line: 6)])
            ]), line: 4)
        guard case .mapping(let merges) = Self.merges(["A", "B"], ["B", "C"]) else { return }
        #expect(throws: OptionProblem.self) {
            try HandDecisions(gazetteer: nil, decisions: Self.file(.mapping(merges + [split])))
        }
    }

    @Test("the names that decisions are about are known with their lines")
    func decidedNames() {
        let tree = Self.merges(["Harbour Guild", "Quay Brigade"], ["Tide Front", "Ebb Front"])
        let text = "merge:\n- [Harbour Guild, Quay Brigade]\n-\n  - Tide Front\n  - Ebb Front\n"
        let names = EntityStage.decidedNames(["decisions": .file(Self.file(tree, text))])
        #expect(names.map(\.name) == ["Harbour Guild", "Quay Brigade", "Tide Front", "Ebb Front"])
        #expect(names.map(\.line) == [2, 2, 4, 5])
        #expect(names.map(\.prefix)[0] == FoldKey("harbour guild"))
    }
}
