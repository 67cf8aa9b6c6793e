import Foundation
import StageKit
import Store

/// Reads the text of PDF files with the program `pdftotext` of Poppler.
struct PDFText: Sendable {
    /// What it is that reads, with its version: a part of the key of every text that was read. Nil where it is missing.
    let version: String?
    private let program: String?

    /// A file may take so long.
    private static let patience = 120.0
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
            (try? Self.run(program, ["-v"], input: nil))?.said.split(separator: "\n").first.map(String.init)
        }
    }

    /// The text of a file, a form feed behind each page.
    func source(of bytes: [UInt8]) throws(StageFailure) -> ExtractedSource {
        guard !bytes.isEmpty else { throw StageFailure("the file is empty", code: "empty-file") }
        guard let program else { throw Self.missing }
        let outcome: (code: Int32, output: [UInt8], said: String)
        do {
            outcome = try Self.run(program, ["-enc", "UTF-8", "-eol", "unix", "-", "-"], input: bytes)
        } catch let failure as StageFailure {
            throw failure
        } catch {
            throw StageFailure("'pdftotext' can't be started: \(error.localizedDescription)", code: "missing-program")
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

    private static func run(
        _ program: String, _ arguments: [String], input: [UInt8]?
    ) throws -> (code: Int32, output: [UInt8], said: String) {
        let folder = FileManager.default.temporaryDirectory.appending(path: "colophon-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(at: folder) }
        func file(_ name: String, _ bytes: [UInt8]) throws -> URL {
            let url = folder.appending(path: name)
            try Data(bytes).write(to: url)
            return url
        }
        let given = try file("input", input ?? [])
        let printed = try file("output", [])
        let said = try file("messages", [])
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.environment = ["LANG": "C.UTF-8", "HOME": folder.path]
        process.currentDirectoryURL = folder
        process.standardInput = try FileHandle(forReadingFrom: given)
        process.standardOutput = try FileHandle(forWritingTo: printed)
        process.standardError = try FileHandle(forWritingTo: said)
        try process.run()
        let end = Date(timeIntervalSinceNow: patience)
        while process.isRunning {
            let size = FileStamp(path: printed.path)?.size ?? 0
            guard Date() < end, size <= most else {
                process.terminate()
                process.waitUntilExit()
                throw Date() < end
                    ? tooLarge
                    : StageFailure(
                        "'pdftotext' has not read it within \(Int(patience)) s", code: "too-slow")
            }
            usleep(2000)
        }
        return (
            process.terminationStatus, Array(try Data(contentsOf: printed)),
            String(decoding: try Data(contentsOf: said), as: UTF8.self)
        )
    }
}
