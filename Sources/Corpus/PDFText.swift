import Foundation
import Processes
import StageKit

/// Reads the text of PDF files with the program `pdftotext` of Poppler.
struct PDFText: Sendable {
    /// What it is that reads, with its version: a part of the key of every text that was read. Nil where it is missing.
    let version: String?
    private let program: String?

    /// A file may take so long.
    private static let patience = 120
    /// A file may have so much text.
    private static let most = 256 << 20

    static let missing = StageFailure(
        "reading PDF needs the program 'pdftotext', which is not installed",
        hint: "install Poppler (Debian: poppler-utils; macOS: brew install poppler)", code: "missing-program")
    static let tooLarge = StageFailure(
        "the file is too large to be read", hint: "split it into files of less than 1 GiB", code: "too-large")

    init() {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        program = folders.map { "\($0)/pdftotext" }.first { FileManager.default.isExecutableFile(atPath: $0) }
        version = program.flatMap { program in
            let ending = try? Self.command(program, ["-v"], input: []).wait()
            return ending?.said.split(separator: "\n").first.map(String.init)
        }
    }

    /// The text of a file, a form feed behind each page.
    func source(of bytes: [UInt8]) throws(StageFailure) -> ExtractedSource {
        guard !bytes.isEmpty else { throw StageFailure("the file is empty", code: "empty-file") }
        guard let program else { throw Self.missing }
        let outcome: SystemCommand.Ending
        do throws(SystemCommand.Problem) {
            outcome = try Self.command(program, ["-enc", "UTF-8", "-eol", "unix", "-", "-"], input: bytes).wait()
        } catch {
            throw switch error {
            case .notInstalled: Self.missing
            case .tooLong: Self.tooLarge
            case .tooSlow(let seconds):
                StageFailure("'pdftotext' has not read it within \(seconds) s", code: "too-slow")
            case .notStarted(let reason):
                StageFailure("'pdftotext' can't be started: \(reason)", code: "missing-program")
            case .cancelled: StageFailure("'pdftotext' was interrupted", code: "too-slow")
            }
        }
        guard outcome.code == 0 else {
            let said = outcome.said.split(separator: "\n").first.map(String.init) ?? "exit code \(outcome.code)"
            if outcome.said.contains("password") {
                throw StageFailure("it is encrypted", hint: "save it without a password", code: "encrypted-file")
            }
            throw StageFailure("it is not a sound PDF file: \(said)", code: "damaged-file")
        }
        guard outcome.output.contains(where: { $0 > 0x20 }) else {
            throw StageFailure(
                "it has no text: its pages are probably pictures",
                hint: "recognize the text first, for example with ocrmypdf", code: "no-text")
        }
        return ExtractedSource(
            .pages, outcome.output, notes: ["layout, tables and pictures of the PDF file were left out"])
    }

    private static func command(_ program: String, _ arguments: [String], input: [UInt8]) -> SystemCommand {
        // It starts outside of the corpus, and keeps nothing.
        SystemCommand(
            program, arguments, environment: ["LANG": "C.UTF-8", "HOME": "/"], folder: "/", input: input,
            seconds: patience, most: most)
    }
}
