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

    /// The document made of the report in `outputs`, by programs in the folders of `path`.
    func bytes(of outputs: OutputFolder, path: [String] = SystemProgram.searchPath) throws -> [UInt8] {
        let maker = self == .pdf ? SystemProgram.chromium : .pandoc
        guard let program = maker.installed(in: path) else {
            Terminal.error("error: --to \(rawValue) needs \(maker.package), which is not installed [missing-program]")
            throw Ending.failed
        }
        let folder = FileManager.default.temporaryDirectory.appending(path: "colophon-\(UUID().uuidString)").path
        try FileWriting.makeFolder(folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let target = "\(folder)/report.\(rawValue)"
        let said: String
        switch self {
        case .pdf:
            let page = URL(filePath: outputs.path("report.html")).absoluteURL.absoluteString
            said = SystemProgram.run(
                program,
                SystemProgram.headless(folder) + ["--no-pdf-header-footer", "--print-to-pdf=\(target)", page])
        case .docx:
            let charts = ChartPictures(outputs, folder: folder, path: path)
            if let note = charts.note { Terminal.error("note: \(note)") }
            let (filter, report) = ("\(folder)/filter.lua", "\(folder)/report.md")
            try FileWriting.write(Array(ChartPictures.filter.utf8), to: filter)
            let markdown = String(decoding: FileWriting.contents(of: outputs.path("report.md")) ?? [], as: UTF8.self)
            try FileWriting.write(Array(charts.report(markdown).utf8), to: report)
            said = SystemProgram.run(
                program,
                [
                    "--from", "gfm", "--to", "docx", "--lua-filter", filter, "--resource-path", folder, "--output",
                    target, report,
                ])
        }
        guard let bytes = FileWriting.contents(of: target), !bytes.isEmpty else {
            Terminal.error("error: '\(program)' made no document of the report. It said:\n\(said) [program-failed]")
            throw Ending.failed
        }
        return bytes
    }
}
