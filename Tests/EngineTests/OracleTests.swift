import Digests
import Engine
import Foundation
import Model
import StageKit
import Store
import TestSupport
import Testing

/// What has to run, told from the files and the settings alone: which keys a project has asked for so far.
///
/// It knows the toy stage by heart and nothing of the engine: a unit has to run when nobody asked before for the same
/// step, code, options and inputs.
private struct Oracle {
    private var known: Set<[String]> = []

    /// The documents over which each step has to run, by file.
    mutating func run(
        over files: [String: String], common: Int, read: String, code: [String: String]
    ) -> [String: [String]] {
        var ran: [String: [String]] = [:]
        func ask(_ step: String, _ name: String, _ inputs: [String]) {
            if known.contains([step] + inputs) { return }
            ran[step, default: []].append(name)
        }
        var asked: [[String]] = []
        let names = files.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let texts = files.filter { !$0.value.contains("REFUSE") }.mapValues { $0.lowercased() }
        var counts: [String: Int] = [:]
        for text in texts.values { for word in words(text) { counts[word, default: 0] += 1 } }
        for name in names {
            let source = files[name, default: ""]
            let units =
                [
                    ("toy.read", [code["toy.read", default: "1"], read, source])
                ]
                + (texts[name].map { text in
                    [
                        ("toy.words", [code["toy.words", default: "1"], text]),
                        (
                            "toy.marks",
                            [code["toy.marks", default: "1"], text]
                                + words(text).map { "\($0) \(counts[$0, default: 0] >= common)" }
                        ),
                    ]
                } ?? [])
            for (step, inputs) in units {
                ask(step, name, inputs)
                asked.append([step] + inputs)
            }
        }
        known.formUnion(asked)
        return ran
    }

    private func words(_ text: String) -> [String] {
        Set(text.split { $0 == " " || $0 == "\n" }.map(String.init)).sorted()
    }
}

@Suite("Random changes, held to an oracle")
struct OracleTests {
    private enum Change: CaseIterable {
        case edit, sameSize, add, remove, rename, copy, touch, letters, refuse, option, otherOption, code, restart, lose
    }

    @Test(
        "what runs is what an oracle says, for the cause that it says, with the results of a run from nothing",
        arguments: 1...8)
    func changes(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let vocabulary = ["alpha", "beta", "gamma", "delta", "Alpha", "epsilon", "zeta"]
        func text() -> String {
            (0..<1 + random.below(4)).map { _ in vocabulary[random.below(vocabulary.count)] }.joined(separator: " ")
        }
        var files: [String: String] = [:]
        for k in 0..<6 { files["d\(k).txt"] = text() }
        let project = try ToyProject(files)
        var oracle = Oracle()
        var (common, read) = (2, "")
        var code: [String: String] = [:]
        var next = 10

        for step in 0..<30 {
            let change = Change.allCases[random.below(Change.allCases.count)]
            let names = files.keys.sorted()
            let name = names[random.below(names.count)]
            var cause: Cause?
            func put(_ name: String, _ text: String) throws {
                files[name] = text
                try project.write(name, text)
            }
            next += 1
            if step > 0 {
                switch change {
                case .edit:
                    try put(name, text() + " w\(next)")
                    cause = .edited
                case .sameSize:
                    // Within one tick of the clock, and of the same size: only the bytes tell.
                    let old = files[name, default: ""]
                    try put(name, "q" + old.dropFirst())
                    cause = old == files[name] ? nil : .edited
                case .add:
                    try put("n\(next).txt", text() + " w\(next)")
                    cause = .new
                case .remove where files.count > 3:
                    try project.remove(name)
                    files[name] = nil
                case .rename:
                    try project.rename(name, to: "r\(next).txt")
                    files["r\(next).txt"] = files.removeValue(forKey: name)
                case .copy: try put("c\(next).txt", files[name, default: ""])
                case .touch, .remove: try put(name, files[name, default: ""])
                case .letters:
                    let old = files[name, default: ""]
                    if !old.contains("REFUSE") { try put(name, old.uppercased()) }
                    cause = old == files[name] ? nil : .edited
                case .refuse:
                    try put(name, "REFUSE w\(next)")
                    cause = .edited
                case .option: common = 1 + (common + random.below(2)) % 3
                case .otherOption:
                    read = "x\(next)"
                    cause = .option("read")
                case .code:
                    let step = ["toy.read", "toy.words", "toy.marks"][random.below(3)]
                    code[step] = "\(next)"
                    cause = .code
                case .restart: try project.restart()
                case .lose: try project.restart(withoutState: true)
                }
            }
            project.options = ["common": .integer(common), "read": .string(read)]
            project.code = code
            let outcome = try await project.run()
            let wanted = oracle.run(over: files, common: common, read: read, code: code)
            let place: Comment = "seed \(seed), step \(step): \(change) of \(name)"
            for step in ["toy.read", "toy.words", "toy.marks"] {
                #expect(outcome.ran(step) == wanted[step] ?? [], place)
            }
            if step > 0, let cause, change != .code {
                for ran in outcome.log.steps["toy.read"]?.ran ?? [] { #expect(ran.causes.first == cause, place) }
            }
            if change == .code, step > 0 {
                let causes = outcome.log.steps.values.flatMap(\.ran).map { $0.causes.first }
                #expect(causes.allSatisfy { $0 == .code }, place)
            }

            let fresh = try ToyProject(files)
            (fresh.options, fresh.code) = (project.options, code)
            try await fresh.run()
            let (marks, table) = (try await fresh.marks(), try fresh.table())
            #expect(try await project.marks() == marks, place)
            #expect(try project.table() == table, place)
        }
    }
}
