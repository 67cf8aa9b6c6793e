import ArgumentParser
import Engine
import Foundation
import Project
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

    /// How many bytes were verified.
    var bytes: Int { store.bytes + states.reduce(0) { $0 + $1.checkup.bytes } }

    /// How many rows were verified besides objects and results.
    var records: Int { store.records + states.reduce(0) { $0 + $1.checkup.records } }

    /// Every problem, in words.
    var problems: [String] {
        store.problems + states.flatMap { state in state.checkup.problems.map { "'\(state.path)': \($0)" } }
    }
}

/// `colophon cache verify`
struct CacheVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify everything in the cache against its digests, and list what is damaged.",
        discussion: """
            Runs verify what they read; this command reads and verifies everything, on all processors. Exits with code 1 \
            if something is damaged: 'colophon cache repair' deletes it, and the next run recomputes it. To find cached \
            results that are undamaged but *wrong*, use 'colophon verify'.

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
            if !options.json { Terminal.print("nothing is damaged") }
            return
        }
        Terminal.error(
            "\(Wording.count(problems.count, "problem")). 'colophon cache repair' deletes what is damaged; the next run "
                + "recomputes it.")
        throw Ending.failed
    }

    /// How many damaged things are named.
    private static let named = 20

    private static func json(_ checkup: CacheCheckup, _ problems: [String], rate: Int) -> [UInt8] {
        JSONOutput.line { output in
            output.field("objects", checkup.store.objects)
            output.field("results", checkup.store.results)
            output.field("records", checkup.records)
            output.field("states", checkup.states.count)
            output.field("bytes", checkup.bytes)
            output.field("bytes_per_second", rate)
            output.field("damaged", problems)
        }
    }
}

/// `colophon cache repair`
struct CacheRepair: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair",
        abstract: "Delete what is damaged in the cache, so that the next run recomputes it.",
        discussion: """
            Waits until no run uses the cache. A database that can't be read at all is renamed to NAME.damaged. Runs repair \
            the damage that they come across in the same way.

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
            Terminal.print(JSONOutput.line { $0.field("deleted", thrown) })
        } else {
            Terminal.print(
                thrown == 0
                    ? "nothing is damaged"
                    : "\(Wording.count(thrown, "damaged entry", "damaged entries")) deleted; the next run recomputes what it needs"
            )
        }
    }

    static func waiting() { Terminal.error("waiting until no run uses the cache") }
}
