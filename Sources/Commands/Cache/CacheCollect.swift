import ArgumentParser
import Digests
import Engine
import Foundation
import Project
import StageKit
import Store
import Text

/// `colophon cache gc`
struct CacheCollect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gc",
        abstract: "Delete what the last runs do not need.",
        discussion: """
            Keeps what the last run of each pipeline needs; with --keep-runs 3 also what the two runs before it needed, so \
            that undoing a change costs nothing. With --max-size the oldest entries are deleted as well until the rest \
            fits: the next run then takes longer, and its results are the same. Waits until no run uses the cache; runs \
            that start meanwhile wait too.

              colophon cache gc
              colophon cache gc --keep-runs 3
              colophon cache gc --max-size 2GB
            """)

    @OptionGroup var options: CacheOptions

    @Option(help: "Number of runs of each pipeline whose results are kept.")
    var keepRuns = 1

    @Option(help: ArgumentHelp("Maximum size of what is kept, such as 500MB, 2GB or 1.5GiB.", valueName: "SIZE"))
    var maxSize: String?

    func validate() throws {
        if keepRuns < 1 { throw ValidationError("'--keep-runs' takes a number from 1 on") }
        if let maxSize, ByteCount(maxSize) == nil {
            throw ValidationError("'--max-size' takes a number with a unit, such as 500MB or 2GB")
        }
    }

    func run() async throws {
        let place = try options.place()
        let (keepRuns, maxBytes) = (keepRuns, maxSize.flatMap { ByteCount($0)?.bytes })
        let (collected, before, after) = try await Interruption.guarding {
            let store = try place.open()
            return try await store.alone(waiting: CacheRepair.waiting) {
                let before = try store.size().disk
                var reachable = Reachable()
                for state in place.states {
                    reachable.formUnion(try place.openState(at: state.path).reach(in: store))
                }
                let retired = try store.retired(keepingRuns: keepRuns)
                reachable.results.formUnion(retired)
                for root in try RunRecord.roots(in: store, keeping: keepRuns) {
                    try reachable.add(tree: root, in: store)
                }
                let collected = try store.collect(keeping: reachable, maxBytes: maxBytes) { path in
                    place.isGone(path)
                }
                try store.forgetRetired(except: retired)
                return (collected, before, try store.size().disk)
            }
        }
        if options.json { return Terminal.print(Self.json(collected, before, after)) }
        Terminal.print(
            "\(Wording.count(collected.results, "result")) and \(Wording.count(collected.objects.count, "object")) "
                + "deleted: \(ByteCount(before).shown) before, \(ByteCount(after).shown) now")
        if collected.needed > 0 {
            Terminal.print(
                "\(Wording.count(collected.needed, "object")) of them belonged to the last runs; the next runs recompute "
                    + "what they need")
        }
    }

    private static func json(_ collected: ResultStore.Collected, _ before: Int, _ after: Int) -> [UInt8] {
        JSONOutput.line { output in
            output.field("results", collected.results)
            output.field("objects", collected.objects.count)
            output.field("object_bytes", collected.objects.bytes)
            output.field("needed", collected.needed)
            output.field("files", collected.files)
            output.field("disk_before", before)
            output.field("disk_after", after)
        }
    }
}

extension RunRecord {
    /// The roots of the corpora of the last runs of each pipeline.
    static func roots(in store: ResultStore, keeping runs: Int) throws -> [ContentDigest] {
        var seen: [String: Int] = [:]
        var roots: [ContentDigest] = []
        for (number, text) in try store.runs(of: nil, limit: .max) {
            guard let record = RunRecord(json: text, number: number) else { continue }
            seen[record.pipeline, default: 0] += 1
            guard seen[record.pipeline, default: 0] <= runs else { continue }
            roots += [ContentDigest(hexadecimal: record.corpusRoot)].compactMap { $0 }
        }
        return roots
    }
}
