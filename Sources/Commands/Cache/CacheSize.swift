import ArgumentParser
import Engine
import Foundation
import Project
import StageKit
import Store
import Text

/// `colophon cache size`
struct CacheSize: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "size",
        abstract: "Show the size of the cache by kind, step and pipeline.",
        discussion: """
            Objects are the layers of documents and what documents contribute to corpus-wide tables. Results record which \
            objects a step produced from which input. The state of a pipeline is what its next run compares with.

              colophon cache size
            """)

    @OptionGroup var options: CacheOptions

    func run() async throws {
        let place = try options.place()
        let size = try place.open().size()
        let states = try place.states.map { state in
            (
                name: state.name, documents: try place.openState(at: state.path).documentCount(),
                bytes: ["", "-wal", "-shm"].reduce(0) { $0 + (FileWriting.size(of: state.path + $1) ?? 0) }
            )
        }
        if options.json { return Terminal.print(Self.json(size, states)) }

        let total = size.disk + states.reduce(0) { $0 + $1.bytes }
        var rows: [(String, String, Int)] = [
            (
                "objects", Wording.grouped(size.objects.count + size.largeObjects.count),
                size.objects.bytes + size.largeObjects.bytes
            ),
            ("results", Wording.grouped(size.results.count), size.results.bytes),
        ]
        for (step, share) in size.steps.sorted(by: { $0.key < $1.key }) {
            rows.append(
                ("  \(step)", Wording.grouped(share.results.count), share.objects.bytes + share.results.bytes))
        }
        rows.append(("  corpus trees and unreferenced objects", Wording.grouped(size.others.count), size.others.bytes))
        for state in states {
            rows.append(("state of \(state.name)", Wording.count(state.documents, "document"), state.bytes))
        }
        let width = rows.map(\.0.count).max() ?? 0
        let middle = rows.map(\.1.count).max() ?? 0
        Terminal.print(
            "\(place.folder): \(ByteCount(total).shown) on disk, \(Wording.count(size.runs, "run")) recorded")
        for (what, count, bytes) in rows {
            Terminal.print(
                what.padding(toLength: width, withPad: " ", startingAt: 0) + "  "
                    + String(repeating: " ", count: middle - count.count) + count + "  " + ByteCount(bytes).shown)
        }
    }

    private static func json(
        _ size: StoreSize, _ states: [(name: String, documents: Int, bytes: Int)]
    ) -> [UInt8] {
        JSONOutput.line { output in
            output.field("disk", size.disk)
            output.field("objects", size.objects.count + size.largeObjects.count)
            output.field("object_bytes", size.objects.bytes + size.largeObjects.bytes)
            output.field("results", size.results.count)
            output.field("result_bytes", size.results.bytes)
            output.field("files", size.files)
            output.field("runs", size.runs)
            output.field("other_bytes", size.others.bytes)
            output.key("steps")
            output.array(size.steps.sorted { $0.key < $1.key }) { output, step in
                output.object {
                    $0.field("step", step.key)
                    $0.field("results", step.value.results.count)
                    $0.field("result_bytes", step.value.results.bytes)
                    $0.field("objects", step.value.objects.count)
                    $0.field("object_bytes", step.value.objects.bytes)
                }
            }
            output.key("states")
            output.array(states) { output, state in
                output.object {
                    $0.field("pipeline", state.name)
                    $0.field("documents", state.documents)
                    $0.field("bytes", state.bytes)
                }
            }
        }
    }
}
