import Digests
import Model
import StageKit
import Store

/// The lock beside a pipeline: what its committed report was made from, and the digests of what was made. One fact a line,
/// sorted, so that a difference, or a conflict of two branches, reads in a code review.
package struct Lock: Sendable {
    /// In the order of their lines.
    package let facts: [LockFact]
    /// By fact, its line in the file; empty for a lock that was not read from one.
    private let lines: [LockFact: Int]
    /// The line of the first mark of a merge conflict; nil where there is none.
    package let conflict: Int?

    /// The form of the lines, raised when one of them is removed or means something else.
    static let format = "3"

    init(_ facts: [LockFact]) {
        let lines = Set(facts).map { (line: $0.line, fact: $0) }
        self.facts = lines.sorted { $0.line.utf8.lexicographicallyPrecedes($1.line.utf8) }.map(\.fact)
        self.lines = [:]
        conflict = nil
    }

    /// Reads the lock at `path`; nil where there is none.
    package init?(at path: String) {
        guard let bytes = FileWriting.contents(of: path) else { return nil }
        self.init(text: String(decoding: bytes, as: UTF8.self))
    }

    init(text: String) {
        var lines: [LockFact: Int] = [:]
        var facts: [LockFact] = []
        var conflict: Int?
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].contains(where: line.hasPrefix) {
                conflict = conflict ?? number + 1
            } else if let fact = LockFact(line: line) {
                facts.append(fact)
                lines[fact] = number + 1
            }
        }
        (self.facts, self.lines, self.conflict) = (facts, lines, conflict)
    }

    /// The text of the lock.
    var text: String { Pipeline.lockHeader + facts.map { $0.line + "\n" }.joined() }

    /// Where a fact stands in the file that was read; nil where it does not.
    func line(of fact: LockFact) -> Int? { lines[fact] }

    /// The digests of the tables of the results.
    package var tables: [String: String] {
        Dictionary(
            facts.filter { $0.kind == .table }.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
    }

    /// The release and the options of stages, by the names under which results tell of them.
    var shown: [String: String] {
        var shown: [String: String] = [:]
        var options: [String: [(key: String, value: String)]] = [:]
        var commands: [String: String] = [:]
        for fact in facts {
            switch fact.kind {
            case .release: shown["release"] = fact.value
            case .stage: shown["stage \(fact.name)"] = ""
            case .command: commands[fact.name] = fact.value
            case .option:
                let stage = String(fact.name.prefix { $0 != "." })
                options[stage, default: []].append((String(fact.name.dropFirst(stage.count + 1)), fact.value))
            default: break
            }
        }
        for stage in shown.keys where stage.hasPrefix("stage ") {
            let id = String(stage.dropFirst("stage ".count))
            let own = (options[id] ?? []).sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            shown[stage] = ((commands[id].map { ["run: \($0)"] } ?? []) + own).joined(separator: ", ")
        }
        return shown
    }

    /// What it says of the files of the report.
    var report: Set<LockFact> { Set(facts.filter { $0.kind == .report || $0.kind == .output }) }

    /// Whether its lines have the form that this release writes.
    package var isCurrent: Bool { facts.contains(LockFact(.format, Self.format)) }

    /// Writes it beside the pipeline, if it says something else than the one that is there, and gives the digest of its bytes.
    func write(to path: String) throws(FileWriteProblem) -> ContentDigest {
        let bytes = Array(text.utf8)
        if FileWriting.contents(of: path) != bytes { try FileWriting.write(bytes, to: path) }
        return ContentDigest(of: bytes)
    }
}
