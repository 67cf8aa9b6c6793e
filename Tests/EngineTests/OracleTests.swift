import Engine
import StageKit
import TestSupport
import Testing

@Suite("Random changes, held to an oracle")
struct OracleTests {
    private enum Change: CaseIterable {
        case edit, sameSize, add, remove, rename, copy, touch, letters, whiteSpace, refuse, row, rowGone, option,
            otherOption, code, restart, loseState, loseAll
    }

    /// What somebody did, and what `why` has to say of it.
    private struct Deed {
        var change: Change
        var name: String
        /// The step that it reaches first, and the cause that has to stand first there for the documents of ``name``.
        var reaches: (step: StepID, cause: Cause)?
    }

    /// A project and somebody who works on it, by the numbers of a seed.
    private struct Player {
        var random: SplitMix64
        var world = ToyOracle.World()
        var oracle = ToyOracle()
        let project: ToyProject
        private var next = 10

        init(seed: UInt64) throws {
            random = SplitMix64(seed: seed)
            project = try ToyProject([:])
            for k in 0..<6 { try put("d\(k).txt", text()) }
            try annotate("d0.txt", "first")
        }

        private mutating func text() -> String {
            let vocabulary = ["alpha", "beta", "gamma", "delta", "Alpha", "epsilon", "zeta"]
            return (0..<1 + random.below(4)).map { _ in vocabulary[random.below(vocabulary.count)] }
                .joined(separator: " ")
        }

        private mutating func put(_ name: String, _ text: String) throws {
            world.files[name] = text
            try project.write(name, text)
        }

        private mutating func annotate(_ name: String, _ row: String?) throws {
            world.rows[name] = row
            try project.annotate(world.rows)
        }

        /// Does one thing.
        mutating func change(_ change: Change) async throws -> Deed {
            next += 1
            let names = world.files.keys.sorted()
            var deed = Deed(change: change, name: names[random.below(names.count)])
            let old = world.files[deed.name, default: ""]
            switch change {
            case .edit: try put(deed.name, text() + " w\(next)")
            case .sameSize:
                // Hashed, and written again at once: of the same size and, as a rule, within one tick of the clock.
                try put(deed.name, "p" + old.dropFirst())
                _ = try await project.predict()
                try put(deed.name, "q" + old.dropFirst())
            case .add:
                deed.name = "n\(next).txt"
                try put(deed.name, text() + " w\(next)")
                deed.reaches = ("toy.read", .new)
            case .remove where world.files.count > 3:
                try project.remove(deed.name)
                world.files[deed.name] = nil
            case .rename:
                try project.rename(deed.name, to: "r\(next).txt")
                world.files["r\(next).txt"] = world.files.removeValue(forKey: deed.name)
                deed.name = "r\(next).txt"
            case .copy:
                deed.name = "c\(next).txt"
                try put(deed.name, old)
            case .touch, .remove: try put(deed.name, old)
            case .letters where !old.contains("REFUSE"): try put(deed.name, old.uppercased())
            case .letters, .whiteSpace: try put(deed.name, " " + old.replacing(" ", with: " \n") + "\n")
            case .refuse: try put(deed.name, "REFUSE w\(next)")
            case .row:
                try annotate(deed.name, "row\(next)")
                deed.reaches = ("toy.label", .fact("row"))
            case .rowGone:
                deed.name = world.rows.keys.sorted()[random.below(world.rows.count)]
                try annotate(deed.name, nil)
                // The file begins with a row, so that there is one to take out; and one that nobody asks for stays.
                if world.rows.isEmpty { try annotate("nobody.txt", "row\(next)") }
                deed.reaches = ("toy.label", .fact("row"))
            case .option: world.common = 1 + (world.common + random.below(2)) % 3
            case .otherOption:
                world.read = random.below(3) == 0 ? "" : "x\(next)"
                deed.reaches = ("toy.read", .option("read"))
            case .code:
                let step = (ToyOracle.steps + ["toy.common"])[random.below(5)]
                world.code[step] = "\(next)"
                deed.reaches = (step, .code)
            case .restart: try project.restart()
            case .loseState: try project.restart(withoutState: true)
            case .loseAll:
                try project.restart(withoutStore: true)
                oracle.forget()
                deed.reaches = ("toy.read", .new)
            }
            if deed.reaches == nil, world.files[deed.name, default: old] != old { deed.reaches = ("toy.read", .edited) }
            project.options = ["common": .integer(world.common), "read": .string(world.read)]
            project.code = world.code
            return deed
        }
    }

    @Test(
        "what runs is what an oracle says, for the cause that it says, with the results of a run from nothing",
        arguments: 1...11)
    func changes(seed: UInt64) async throws {
        var player = try Player(seed: seed)
        // By the last seeds, tasks elsewhere compute most of it.
        if seed > 8 { player.project.tasks = ToyTasks { number, handed in number % 3 == 2 ? nil : handed } }
        _ = player.oracle.run(over: player.world)
        try await player.project.run()
        // Each kind once, and then whatever comes: 352 changes by eleven seeds.
        var changes = Change.allCases.shuffled(using: &player.random)
        while changes.count < 32 { changes.append(Change.allCases[player.random.below(Change.allCases.count)]) }

        for (number, change) in changes.enumerated() {
            let common = player.world.common
            let deed = try await player.change(change)
            let place: Comment = "seed \(seed), change \(number): \(change) of \(deed.name)"
            let plan = try await player.project.predict()
            let outcome = try await player.project.run()
            let wanted = player.oracle.run(over: player.world)
            for step in ToyOracle.steps {
                #expect(outcome.log.steps[step]?.ran ?? [] == wanted[step] ?? [], place)
            }
            check(deed, outcome, place)
            let isLost = change == .loseState || change == .loseAll
            let causes: [Cause] = isLost || player.world.common == common ? [] : [.option("common")]
            if change == .code, deed.reaches?.step == "toy.common" {
                #expect(outcome.log.finishCauses == ["toy.common": [.code]], place)
            } else {
                #expect(outcome.log.finishCauses["toy.common"] ?? [] == causes, place)
            }
            check(plan, outcome, place)

            let fresh = try ToyProject(player.world.files)
            try fresh.annotate(player.world.rows)
            (fresh.options, fresh.code) = (player.project.options, player.project.code)
            try await fresh.run()
            for layer: LayerName in ["marks", "label"] {
                let layers = try await fresh.layers(layer)
                #expect(try await player.project.layers(layer) == layers, place)
            }
            let table = try fresh.table()
            #expect(try player.project.table() == table, place)
        }
    }

    /// What was done stands first wherever it is the reason; and decisions that moved are told of nobody who has another.
    private func check(_ deed: Deed, _ outcome: RunOutcome, _ place: Comment) {
        if let reaches = deed.reaches {
            for ran in outcome.log.steps[reaches.step]?.ran ?? [] {
                #expect(ran.causes.first == reaches.cause, place)
            }
        }
        for ran in outcome.log.steps["toy.marks"]?.ran ?? [] where ran.document != "corpus/\(deed.name)" {
            let reasons: [Cause] =
                deed.change == .loseAll ? [.new] : deed.change == .code ? [.code, .decision] : [.decision]
            #expect(ran.causes.allSatisfy(reasons.contains), place)
        }
    }

    /// What a plan holds for certain has run, and no map or fold has run that it did not know of.
    private func check(_ plan: Prediction, _ outcome: RunOutcome, _ place: Comment) {
        for step: StepID in ["toy.read", "toy.label", "toy.words"] {
            let ran = outcome.log.steps[step]?.ran ?? []
            let (certain, possible) = (plan.steps[step]?.certain ?? [], Set(plan.steps[step]?.possible ?? []))
            #expect(ran.filter { !possible.contains($0.document) } == certain, place)
        }
    }
}
