import Foundation
import Project
import TestSupport
import Testing

@testable import Commands

@Suite("The report as a document", .timeLimit(.minutes(3)))
struct ReportDocumentTests {
    /// What a program says to arguments; nil where it fails.
    private static func output(_ program: String, _ arguments: String...) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }

    @Test(
        "a Word document has the text and the tables of the report, pictures of its charts, and no link to a file",
        .enabled(if: SystemProgram.pandoc.installed() != nil, "pandoc is not installed"))
    func word() async throws {
        let pandoc = try #require(SystemProgram.pandoc.installed())
        let project = try SampleProject()
        await project.run()
        #expect(await Colophon.run(["export", project.pipelinePath, "--to", "docx"]) == 0)
        let document = project.folder.path("outputs/sample/export/docx/report.docx")
        let text = try Self.output(pandoc, "--from", "docx", "--to", "plain", "--wrap", "none", document)
        #expect(text.hasPrefix("A sample\n"))
        #expect(text.contains("Northern Harbour Union"))
        let markdown = try Self.output(pandoc, "--from", "docx", "--to", "gfm", "--wrap", "none", document)
        #expect(!markdown.contains("](evidence") && !markdown.contains("](../"))
        let report = try project.folder.text(of: "outputs/sample/report.md")
        let charts = report.components(separatedBy: "](charts/").count - 1
        let canDraw = SystemProgram.rsvg.installed() != nil || SystemProgram.chromium.installed() != nil
        let pictures = markdown.components(separatedBy: ".png").count - 1
        #expect(charts > 0 && pictures == (canDraw ? charts : 0), "\(markdown)")
    }

    @Test(
        "a report is printed as PDF",
        .enabled(if: SystemProgram.chromium.installed() != nil, "Chromium is not installed"))
    func pdf() async throws {
        let project = try SampleProject()
        await project.run()
        #expect(await Colophon.run(["export", project.pipelinePath, "--to", "pdf"]) == 0)
        let bytes = try project.folder.bytes(of: "outputs/sample/export/pdf/report.pdf")
        #expect(bytes.starts(with: Array("%PDF-".utf8)) && bytes.count > 10_000)
    }

    @Test(
        "without the program that makes it, a document is an error that names the package",
        arguments: ReportDocument.allCases)
    func missing(document: ReportDocument) async throws {
        let project = try SampleProject()
        await project.run()
        let outputs = OutputFolder(project.folder.path("outputs/sample"))
        #expect(throws: (any Error).self) { try document.bytes(of: outputs, path: [project.folder.path("corpus")]) }
    }
}
