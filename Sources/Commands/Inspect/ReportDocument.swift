import Foundation
import Project
import Store

/// A document that a program of the system makes of the report.
enum ReportDocument: String, CaseIterable {
    case pdf
    case docx

    /// What it is, in a few words.
    var summary: String {
        switch self {
        case .pdf: "the report as PDF (needs Chromium)"
        case .docx: "the report as a Word document (needs pandoc)"
        }
    }

    /// The names of programs that make it, and of the package that has one.
    private var programs: [String] {
        switch self {
        case .pdf: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"]
        case .docx: ["pandoc"]
        }
    }
    private var package: String {
        switch self {
        case .pdf: "Chromium (Debian: chromium; macOS: brew install --cask chromium)"
        case .docx: "pandoc (Debian: pandoc; macOS: brew install pandoc)"
        }
    }

    /// The document made of the report in `outputs`. Charts of a Word document are drawn by rsvg-convert
    /// (Debian: librsvg2-bin) where it is installed.
    func bytes(of outputs: OutputFolder, path: [String] = Self.searchPath) throws -> [UInt8] {
        guard
            let program = programs.lazy.flatMap({ name in path.map { "\($0)/\(name)" } })
                .first(where: { FileManager.default.isExecutableFile(atPath: $0) })
        else {
            Terminal.error("error: --to \(rawValue) needs \(package), which is not installed [missing-program]")
            throw Ending.failed
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "colophon-\(UUID().uuidString)").path
        try FileWriting.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let target = "\(folder)/report.\(rawValue)"
        let log = "\(folder)/log"
        _ = FileManager.default.createFile(atPath: log, contents: nil)
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments(outputs, target: target, folder: folder)
        process.environment = ProcessInfo.processInfo.environment.merging(["SOURCE_DATE_EPOCH": "0"]) { _, new in new }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle(forWritingAtPath: log)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0, let bytes = FileWriting.contents(of: target), !bytes.isEmpty else {
            let said = FileWriting.contents(of: log).map { String(decoding: $0.suffix(2000), as: UTF8.self) } ?? ""
            Terminal.error(
                "error: '\(program)' made no document of the report. It said:\n\(said) [program-failed]")
            throw Ending.failed
        }
        return bytes
    }

    private func arguments(_ outputs: OutputFolder, target: String, folder: String) -> [String] {
        switch self {
        case .pdf:
            // Chromium refuses to start its sandbox for root
            (geteuid() == 0 ? ["--no-sandbox"] : []) + [
                "--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer",
                "--user-data-dir=\(folder)/browser", "--print-to-pdf=\(target)",
                URL(filePath: outputs.path("report.html")).absoluteURL.absoluteString,
            ]
        case .docx:
            [
                "--from", "gfm", "--to", "docx", "--resource-path", outputs.folder, "--output", target,
                outputs.path("report.md"),
            ]
        }
    }

    static var searchPath: [String] {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    }
}
