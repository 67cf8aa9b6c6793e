import ArgumentParser
import Foundation
import Model
import Project
import StageKit
import Text

/// `colophon pack`
struct Pack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Put a pipeline with its documents, report and cached results into one file.",
        discussion: """
            The file has everything that somebody else needs to get the same report without computing anything: the \
            pipeline and the files that it names, the documents, the lock, the report and the cached results. The same \
            project gives the same bytes. 'colophon unpack' unpacks it; it is a tar archive compressed with zstd.

              colophon pack pipelines/harbour.yaml
              colophon pack pipelines/harbour.yaml -o harbour.colophon
              colophon pack pipelines/harbour.yaml --without-texts
              colophon pack pipelines/harbour.yaml --only-lock
            """)

    @OptionGroup var pipeline: PipelineOptions
    @OptionGroup var work: WorkOptions

    @Option(
        name: .shortAndLong, help: ArgumentHelp("The file to write. (default: <pipeline>.colophon)", valueName: "FILE"),
        completion: .file())
    var output: String?

    @Flag(
        name: .customLong("without-texts"),
        help: """
            Leave out the documents, the cached results and every column that holds their words; passages in the report are \
            replaced by their places and digests.
            """)
    var isWithoutTexts = false

    @Flag(
        name: .customLong("with-quotations"),
        help: "With --without-texts: keep the passages in the report, and list them.")
    var hasQuotations = false

    @Flag(name: .customLong("only-lock"), help: "Pack the lock alone, to cite the report.")
    var isOnlyLock = false

    @Flag(help: "Replace a file that is there.")
    var force = false

    func validate() throws {
        if hasQuotations, !isWithoutTexts { throw ValidationError("'--with-quotations' goes with '--without-texts'") }
        if isOnlyLock, isWithoutTexts { throw ValidationError("'--only-lock' packs no texts anyway") }
        if !pipeline.settings.isEmpty { throw ValidationError("a run with '--set' has no lock and can't be packed") }
    }

    func run() async throws {
        if work.quiet || work.json { ProgressLine.shared.silence() }
        let analysis = try pipeline.analysis()
        let path = output ?? "\(analysis.pipeline.name).colophon"
        guard force || !FileManager.default.fileExists(atPath: path) else {
            Terminal.error("error: there is a '\(path)' already. Give '--force' to replace it. [in-the-way]")
            throw Ending.usage
        }
        let options = PackMaking.Options(
            isWithoutTexts: isWithoutTexts, hasQuotations: hasQuotations, isOnlyLock: isOnlyLock)
        let jobs = work.parallel
        let made = try await Interruption.guarding {
            try await PackMaking(analysis, options, jobs: jobs, observer: TerminalObserver(analysis)).write(to: path)
        }
        if made.missing > 0 {
            Terminal.error(
                "warning: the cache no longer has \(Wording.count(made.missing, "result")) of the last run, which the pack goes "
                    + "without: whoever unpacks it computes what is missing. Run once more from an empty cache to have "
                    + "everything in the pack. [incomplete]")
        }
        if work.json {
            return Terminal.print(
                JSONOutput.line { output in
                    output.field("file", path)
                    output.field("bytes", made.bytes)
                    output.field("files", made.files)
                    output.field("results", made.results)
                    output.field("missing", made.missing)
                    output.field("quotations", made.quotations.count)
                })
        }
        for quotation in made.quotations {
            let text = quotation.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            Terminal.print(
                "\(quotation.file):\(quotation.fileLine): \(quotation.document):\(quotation.line): \(text)".printable())
        }
        guard !work.quiet else { return }
        if !made.quotations.isEmpty {
            Terminal.print("\(Wording.count(made.quotations.count, "passage")) of documents in the pack, listed above")
        }
        let results = made.results > 0 ? ", \(Wording.count(made.results, "result"))" : ""
        Terminal.print(
            "\(path.printable()): \(Wording.count(made.files, "file"))\(results), \(ByteCount(made.bytes).shown)")
    }
}

/// `colophon unpack`
struct Unpack: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Unpack what 'colophon pack' packed.",
        discussion: """
            Everything is checked before anything is written: names, sizes, digests, and that the archive does not unpack to \
            more than the bounds allow. Every result is verified against its digest. A failed unpack leaves nothing.

              colophon unpack harbour.colophon
              colophon unpack harbour.colophon harbour-copy
              colophon unpack harbour.colophon . --into --force

            Programs of the pipeline run only after 'colophon trust'.
            """)

    @Argument(help: "The file that 'colophon pack' wrote.", completion: .file())
    var file: String

    @Argument(help: "The folder to unpack to. (default: the file's name without its extension)", completion: .directory)
    var folder: String?

    @Flag(help: "Unpack into a folder that is there.")
    var into = false

    @Flag(help: "With --into: replace files that are there.")
    var force = false

    @Option(
        name: .customLong("max-size"),
        help: ArgumentHelp("The most that may come out. (default: 64GiB)", valueName: "SIZE"))
    var maxSize: String?

    @Option(
        name: .customLong("max-ratio"),
        help: ArgumentHelp("How many times the size of the file may come out. (default: 200)", valueName: "N"))
    var maxRatio: Int?

    @Flag(name: .shortAndLong, help: "Print only warnings and errors.")
    var quiet = false

    func validate() throws {
        if let maxSize, ByteCount(maxSize) == nil {
            throw ValidationError("'--max-size' takes a number with a unit, such as 500MB or 2GB")
        }
        if let maxRatio, maxRatio < 1 { throw ValidationError("'--max-ratio' takes a number from 1 on") }
        if force, !into { throw ValidationError("'--force' goes with '--into'") }
    }

    func run() async throws {
        let bounds = Unpacking.Bounds(total: maxSize.flatMap { ByteCount($0)?.bytes }, ratio: maxRatio)
        let (file, into, force) = (file, into, force)
        let name = Pipeline.name(of: file)
        let folder = folder ?? (name == Pipeline.lastComponent(of: file) ? "\(name)-unpacked" : name)
        let made = try await Interruption.guarding {
            try await Unpacking(
                file, bounds: bounds, jobs: ProcessInfo.processInfo.activeProcessorCount, tell: Terminal.tell
            ).unpack(to: folder, into: into, force: force)
        }
        guard !quiet else { return }
        let replaced = made.replaced > 0 ? " (\(made.replaced) replaced)" : ""
        Terminal.print(
            "\(folder.printable()): \(Wording.count(made.files, "file"))\(replaced), "
                + "\(Wording.count(made.results, "result")) verified")
        if made.manifest.hasTexts {
            let pipeline = Pipeline.join(folder, made.manifest.pipeline)
            Terminal.print("next: \(Wording.command("run", pipeline, settings: []))")
        }
    }
}
