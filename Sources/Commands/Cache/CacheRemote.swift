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
        let found = try SharedCache(of: analysis, consents: Consents(), isForRun: false) { Terminal.report([$0]) }
        guard let cache = found else {
            Terminal.error(
                "error: there is no shared cache to use. Name one in colophon.yaml: 'cache: {remote: https://…}'. "
                    + "[no-shared-cache]")
            throw Ending.usage
        }
        return (analysis, cache)
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
        let (analysis, cache) = try options.open()
        let (jobs, progress) = (options.work.parallel, options.progress("pushing"))
        let made = try await Interruption.guarding {
            try await cache.push(analysis, jobs: jobs, observer: TerminalObserver(analysis), progress: progress)
        }
        ProgressLine.shared.clear()
        if options.work.json {
            Terminal.print(made.json)
        } else if !options.work.quiet {
            Terminal.print(
                "\(Wording.count(made.results, "result")) in \(Wording.count(made.sheets, "sheet")) written, "
                    + "\(Wording.count(made.there, "sheet")) there already; \(Wording.count(made.requests, "request")), "
                    + ByteCount(made.bytes).shown)
        }
        guard made.failed == 0 else {
            Terminal.error(
                "error: the cache did not take \(Wording.count(made.failed, "object")). What it took stays: push again "
                    + "when it works. [shared-cache]")
            throw Ending.failed
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
        let (analysis, cache) = try options.open()
        let (jobs, progress) = (options.work.parallel, options.progress("pulling"))
        let made = try await Interruption.guarding {
            try await cache.pull(analysis, jobs: jobs, observer: TerminalObserver(analysis), progress: progress)
        }
        ProgressLine.shared.clear()
        if options.work.json {
            Terminal.print(made.json)
        } else if !options.work.quiet {
            Terminal.print(
                "\(Wording.count(made.results, "result")) read; \(Wording.count(made.requests, "request")), "
                    + ByteCount(made.bytes).shown)
        }
        guard !made.isGivenUp else {
            Terminal.error(
                "error: the cache stopped answering. What was read stays: pull again when it works. [shared-cache]")
            throw Ending.failed
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
                    output.field("snapshot", found.hasSnapshot)
                })
        } else {
            Terminal.print(
                "\(settings.remote), named in \(settings.file); runs \(settings.push ? "read and write" : "only read")")
            Terminal.print(
                "\(Wording.grouped(found.there)) of \(Wording.count(found.total, "sheet")) are there, "
                    + (found.hasSnapshot ? "and a snapshot of a run over these inputs" : "and no snapshot"))
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
