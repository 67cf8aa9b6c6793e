import ArgumentParser
import Project
import StageKit
import Text

/// What the commands on a shared cache take.
struct SharedCacheOptions: ParsableArguments {
    @OptionGroup var pipeline: PipelineOptions
    @OptionGroup var work: WorkOptions

    /// The pipeline, and the shared cache of its project.
    func open() throws -> (analysis: Analysis, cache: SharedCache) {
        if work.quiet || work.json { ProgressLine.shared.silence() }
        let analysis = try pipeline.analysis()
        do {
            let cache = try SharedCache(forTransfer: analysis, consents: Consents()) { Terminal.report([$0]) }
            return (analysis, cache)
        } catch SharedCache.Absence.notNamed {
            Terminal.error(
                "error: no shared cache is named. Name one in colophon.yaml: 'cache: {remote: https://…}'. "
                    + "[no-shared-cache]")
            throw Ending.usage
        } catch is SharedCache.Absence {
            throw Ending.usage
        }
    }

    /// Makes a transfer and prints what came of it: `summary` in words, or JSON. Ends with a failure where a part of it
    /// failed, after `advice`.
    func transfer(
        _ what: String, advice: String, summary: (SharedCache.Transfer) -> String,
        _ body:
            @escaping @Sendable (
                SharedCache, Analysis, Int, TerminalObserver, @escaping @Sendable (Int, Int) -> Void
            ) async throws -> SharedCache.Transfer
    ) async throws {
        let (analysis, cache) = try open()
        let (jobs, progress) = (work.parallel, progress(what))
        let made = try await Interruption.guarding {
            try await body(cache, analysis, jobs, TerminalObserver(analysis), progress)
        }
        ProgressLine.shared.clear()
        if work.json { Terminal.print(made.json) } else if !work.quiet { Terminal.print(summary(made)) }
        guard made.failed > 0 || made.isGivenUp else { return }
        let stopped = made.isGivenUp ? "the cache was not asked any more after that" : "the rest was transferred"
        Terminal.error(
            "error: \(Wording.count(made.failed, "object")) could not be transferred; \(stopped). \(advice) [shared-cache]"
        )
        throw Ending.failed
    }

    /// Shows how far a transfer is.
    func progress(_ what: String) -> @Sendable (Int, Int) -> Void {
        { done, total in
            ProgressLine.shared.show(what, done: done, total: total, share: Double(done) / Double(max(1, total)))
        }
    }
}

/// `colophon cache push`
struct CachePush: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "push", abstract: "Write the results of the last run to the shared cache.",
        discussion: """
            Writes what the cache that colophon.yaml names does not have yet. Results hold the texts of the documents: \
            whoever may read the cache may read them.

              colophon cache push pipelines/harbour.yaml
            """)

    @OptionGroup var options: SharedCacheOptions

    func run() async throws {
        try await options.transfer("pushing", advice: "What it took stays: push again when it works.") { made in
            "\(Wording.count(made.results, "result")) in \(Wording.count(made.sheets, "sheet")) written, "
                + "\(Wording.count(made.there, "sheet")) there already; \(Wording.count(made.requests, "request")), "
                + ByteCount(made.bytes).shown
        } _: { cache, analysis, jobs, observer, progress in
            try await cache.push(analysis, jobs: jobs, observer: observer, progress: progress)
        }
    }
}

/// `colophon cache pull`
struct CachePull: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pull", abstract: "Read what the shared cache has for a pipeline.",
        discussion: """
            Reads all results over the documents of the pipeline that the cache has, and verifies each. A run reads what it \
            needs by itself: this is for working without a network later.

              colophon cache pull pipelines/harbour.yaml
            """)

    @OptionGroup var options: SharedCacheOptions

    func run() async throws {
        try await options.transfer("pulling", advice: "What was read stays: pull again when it works.") { made in
            "\(Wording.count(made.results, "result")) read; \(Wording.count(made.requests, "request")), "
                + ByteCount(made.bytes).shown
        } _: { cache, analysis, jobs, observer, progress in
            try await cache.pull(analysis, jobs: jobs, observer: observer, progress: progress)
        }
    }
}

/// `colophon cache status`
struct CacheStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show which shared cache is used, and how much of a pipeline it has.",
        discussion: """
            Names the cache that colophon.yaml names, asks it for the results of the pipeline over its documents, and reads \
            none of them.

              colophon cache status pipelines/harbour.yaml
            """)

    @OptionGroup var options: SharedCacheOptions

    func run() async throws {
        let (analysis, cache) = try options.open()
        let jobs = options.work.parallel
        let found = try await Interruption.guarding {
            try await cache.status(analysis, jobs: jobs, observer: TerminalObserver(analysis))
        }
        let settings = cache.settings
        if options.work.json {
            Terminal.print(
                JSONOutput.line { output in
                    output.field("remote", settings.remote)
                    output.field("push", settings.push)
                    output.field("sheets", found.total)
                    output.field("there", found.there)
                    output.field("unknown", found.unknown)
                    output.key("snapshot")
                    if let hasSnapshot = found.hasSnapshot { output.bool(hasSnapshot) } else { output.null() }
                })
        } else {
            Terminal.print(
                "\(settings.remote), named in \(settings.file); runs \(settings.push ? "read and write" : "only read")")
            let snapshot =
                found.hasSnapshot.map { $0 ? "a snapshot of a run over these inputs" : "no snapshot" }
                ?? "nothing is known of a snapshot"
            let known = found.total - found.unknown
            Terminal.print(
                "\(Wording.grouped(found.there)) of \(Wording.count(known, "sheet")) are there, and \(snapshot)")
        }
        if found.unknown > 0 {
            Terminal.error(
                "error: the cache did not answer for \(Wording.count(found.unknown, "sheet")). Look at its address and its "
                    + "server. [shared-cache]")
            throw Ending.failed
        }
    }
}

extension SharedCache.Transfer {
    fileprivate var json: [UInt8] {
        JSONOutput.line { output in
            output.field("results", results)
            output.field("sheets", sheets)
            output.field("there", there)
            output.field("failed", failed)
            output.field("requests", requests)
            output.field("bytes", bytes)
        }
    }
}
