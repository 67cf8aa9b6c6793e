import ArgumentParser
import Engine
import Foundation
import StageKit
import Store
import Text

/// Looking at every byte of a store and of the states beside it.
struct CacheCheckup {
    var store: StoreCheckup
    /// By the path of a state, what is wrong with it.
    var states: [(path: String, problems: [String])]

    init(of place: ProjectStore, store: ResultStore) async throws {
        self.store = try await store.checkup(jobs: ProcessInfo.processInfo.activeProcessorCount)
        states = try place.states.map { ($0.path, try place.openState(at: $0.path).problems()) }
    }

    /// Everything that is wrong, in words.
    var problems: [String] {
        store.problems + states.flatMap { state in state.problems.map { "'\(state.path)': \($0)" } }
    }
}

/// `colophon cache verify`
struct CacheVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Hold everything in the cache to its digest, and say what is damaged.",
        discussion: """
            Runs check what they read as they read it; this reads all of it, on all processors. Exit code 1 when something \
            is damaged: 'colophon cache repair' throws that away, and the next run makes it anew. Whether the results are \
            *right*, and not only as they were written, is what 'colophon verify' asks.

              colophon cache verify
            """)

    @OptionGroup var options: CacheOptions

    func run() async throws {
        let place = try options.place()
        let began = Date()
        let checkup = try await Interruption.guarding {
            try await CacheCheckup(of: place, store: try place.open())
        }
        let seconds = Date().timeIntervalSince(began)
        let problems = checkup.problems
        if options.json {
            Terminal.print(Self.json(checkup, problems))
        } else {
            let speed = ByteCount(Int(Double(checkup.store.bytes) / max(seconds, 0.001))).shown
            Terminal.print(
                "\(Wording.count(checkup.store.objects, "object")), \(Wording.count(checkup.store.results, "result")), "
                    + "\(Wording.count(checkup.store.records, "other record")), \(Wording.count(checkup.states.count, "state")): "
                    + "\(ByteCount(checkup.store.bytes).shown) in \(Wording.seconds(seconds)), \(speed)/s")
        }
        for problem in problems.prefix(Self.named) { Terminal.error("error: \(problem) [damaged-store]") }
        guard !problems.isEmpty else {
            if !options.json { Terminal.print("all of it is as it was written") }
            return
        }
        Terminal.error(
            "\(Wording.count(problems.count, "thing")) damaged; 'colophon cache repair' throws them away, and the next run "
                + "makes them anew")
        throw Ending.failed
    }

    /// How many damaged things are named.
    private static let named = 20

    private static func json(_ checkup: CacheCheckup, _ problems: [String]) -> [UInt8] {
        var output = JSONOutput()
        output.object { output in
            for (name, number) in [
                ("objects", checkup.store.objects), ("results", checkup.store.results),
                ("records", checkup.store.records), ("states", checkup.states.count), ("bytes", checkup.store.bytes),
            ] {
                output.key(name)
                output.integer(number)
            }
            output.key("damaged")
            output.array(problems) { $0.string($1) }
        }
        output.endLine()
        return output.bytes
    }
}

/// `colophon cache repair`
struct CacheRepair: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Throw away what is damaged in the cache, so that the next run makes it anew.",
        discussion: """
            Waits until no run uses the cache. A database that can't be read at all is moved aside, to a file whose name \
            ends in .damaged. Runs do the same by themselves with what they come by.

              colophon cache repair
            """)

    @OptionGroup var options: CacheOptions

    func run() async throws {
        let place = try options.place()
        let thrown: Int = try await Interruption.guarding {
            let store = try place.open()
            return try await store.alone(waiting: Self.waiting) {
                do {
                    let checkup = try await CacheCheckup(of: place, store: store)
                    try store.repair(checkup.store)
                    for state in checkup.states where !state.problems.isEmpty { try DamagedFile.putAside(state.path) }
                    return checkup.problems.count
                } catch StoreProblem.damaged(let path) {
                    try DamagedFile.putAside(path)
                    Terminal.error("warning: \(DamagedFile.note(path)) [damaged-store]")
                    return 1
                }
            }
        }
        // Where the store itself was moved aside, the new one that was told of is begun.
        _ = try place.open()
        if options.json {
            var output = JSONOutput()
            output.object {
                $0.key("thrown_away")
                $0.integer(thrown)
            }
            output.endLine()
            Terminal.print(output.bytes)
        } else {
            Terminal.print(
                thrown == 0
                    ? "nothing is damaged"
                    : "\(Wording.count(thrown, "thing")) thrown away; the next run makes them anew")
        }
    }

    static func waiting() { Terminal.error("waiting for runs that use the cache to end") }
}
