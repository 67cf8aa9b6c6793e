import Engine
import StageKit
import TestSupport

/// What has to run, and why, told from the files and the settings alone.
///
/// It knows the toy stage by heart and nothing of the engine. A unit has to run when nobody asked before for the same step
/// with the same inputs; the cause is whatever of its inputs is another than in the last run.
struct ToyOracle {
    /// A project as somebody left it before a run.
    struct World {
        var files: [String: String] = [:]
        /// By file, what the metadata file says of it.
        var rows: [String: String] = [:]
        var common = 2
        var read = ""
        var code: [StepID: String] = [:]
    }

    /// What a step is asked for one document: what it hangs on, by the cause that it would be if it were another.
    private struct Unit {
        var step: StepID
        var inputs: [(cause: Cause, value: String)]
        var key: [String] { [step.key] + inputs.map(\.value) }
    }

    static let steps: [StepID] = ["toy.read", "toy.label", "toy.words", "toy.marks"]

    private var known: Set<[String]> = []
    /// By file and step, the inputs in the last run.
    private var last: [String: [StepID: Unit]] = [:]

    /// The units that have to run, by step, in order of the files.
    mutating func run(over world: World) -> [StepID: [RunLog.Ran]] {
        var ran: [StepID: [RunLog.Ran]] = [:]
        var now: [String: [StepID: Unit]] = [:]
        let units = Self.units(of: world)
        for (name, units) in units {
            now[name] = Dictionary(uniqueKeysWithValues: units.map { ($0.step, $0) })
            for unit in units where !known.contains(unit.key) {
                ran[unit.step, default: []].append(
                    RunLog.Ran(document: "corpus/\(name)", causes: causes(of: unit, for: name)))
            }
        }
        known.formUnion(units.flatMap(\.1).map(\.key))
        last = now
        return ran
    }

    /// The store and the state are gone.
    mutating func forget() {
        known = []
        last = [:]
    }

    private func causes(of unit: Unit, for name: String) -> [Cause] {
        guard let before = last[name] else { return [.new] }
        guard let old = before[unit.step] else { return [.readmitted] }
        return zip(unit.inputs, old.inputs).filter { $0.value != $1.value }.map(\.0.cause).sorted()
    }

    private static func units(of world: World) -> [(String, [Unit])] {
        let texts = world.files.filter { !$0.value.contains("REFUSE") }.mapValues {
            words($0.lowercased()).joined(separator: " ")
        }
        var counts: [String: Int] = [:]
        for text in texts.values { for word in Set(words(text)) { counts[word, default: 0] += 1 } }
        let names = world.files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return names.map { name in
            func code(_ step: StepID) -> (cause: Cause, value: String) { (.code, world.code[step, default: "1"]) }
            let source = Unit(
                step: "toy.read",
                inputs: [
                    code("toy.read"), (.option("read"), world.read), (.edited, world.files[name, default: ""]),
                ])
            guard let text = texts[name] else { return (name, [source]) }
            let layer: (cause: Cause, value: String) = (.layer("text"), text)
            let decisions = Set(words(text)).sorted().map { "\($0) \(counts[$0, default: 0] >= world.common)" }
            return (
                name,
                [
                    source,
                    Unit(
                        step: "toy.label", inputs: [code("toy.label"), layer, (.fact("row"), world.rows[name] ?? "")]),
                    Unit(step: "toy.words", inputs: [code("toy.words"), layer]),
                    Unit(
                        step: "toy.marks",
                        inputs: [code("toy.marks"), layer, (.decision, decisions.joined(separator: ","))]),
                ]
            )
        }
    }

    private static func words(_ text: String) -> [String] {
        text.split { $0 == " " || $0 == "\n" }.map(String.init)
    }
}
