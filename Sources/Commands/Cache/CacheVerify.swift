import ArgumentParser
import Engine
import Foundation
import StageKit
import Store
import Text

/// Looking at every byte of a store and of the states beside it.
struct CacheCheckup {
    var store: StoreCheckup
    /// By the path of a state, what was found there.
    var states: [(path: String, checkup: StateCheckup)] = []

    init(of place: ProjectStore, store: ResultStore) async throws {
        let jobs = ProcessInfo.processInfo.activeProcessorCount
        self.store = try await store.checkup(jobs: jobs)
        for (_, path) in place.states {
            states.append((path, try await place.openState(at: path).checkup(jobs: jobs)))
        }
    }

    /// How many bytes were held to a digest or a check.
    var bytes: Int { store.bytes + states.reduce(0) { $0 + $1.checkup.bytes } }

    /// How many rows were, beside objects and results.
    var records: Int { store.records + states.reduce(0) { $0 + $1.checkup.records } }

    /// Everything that is wrong, in words.
    var problems: [String] {
        store.problems + states.flatMap { state in state.checkup.problems.map { "'\(state.path)': \($0)" } }
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
        let rate = Int(Double(checkup.bytes) / max(seconds, 0.001))
        if options.json {
            Terminal.print(Self.json(checkup, problems, rate: rate))
        } else {
            Terminal.print(
                "\(Wording.count(checkup.store.objects, "object")), \(Wording.count(checkup.store.results, "result")), "
                    + "\(Wording.count(checkup.records, "other record")), \(Wording.count(checkup.states.count, "state")): "
                    + "\(ByteCount(checkup.bytes).shown) in \(Wording.seconds(seconds)), \(ByteCount(rate).shown)/s")
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

    private static func json(_ checkup: CacheCheckup, _ problems: [String], rate: Int) -> [UInt8] {
        var output = JSONOutput()
        output.object { output in
            for (name, number) in [
                ("objects", checkup.store.objects), ("results", checkup.store.results),
                ("records", checkup.records), ("states", checkup.states.count), ("bytes", checkup.bytes),
                ("bytes_per_second", rate),
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
                    for state in checkup.states where !state.checkup.problems.isEmpty {
                        try DamagedFile.putAside(state.path)
                    }
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
