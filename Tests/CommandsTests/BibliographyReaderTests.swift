import Foundation
import Project
import TestSupport
import Testing

@testable import Commands

@Suite("Bibliographies that another program reads", .timeLimit(.minutes(3)))
struct BibliographyReaderTests {
    private static let metadata = """
        document,title,date,publisher,author
        corpus/courier/strike.txt,"Strike: 50% {stop} & ""go"" \\ on",2021-05-04,The Courier_1,Ines Harrow; Tomas Vell
        corpus/courier/talks.txt,Görüşmeler #2 ~ $5,2021-05,Courier,Ayşe Öz
        corpus/wire/budget.txt,,2020,,

        """

    private struct Item: Decodable {
        struct Issued: Decodable {
            let parts: [[Int]]

            private enum CodingKeys: String, CodingKey { case parts = "date-parts" }
        }
        struct Name: Decodable {
            let literal: String?
            let family: String?
            let given: String?
        }
        let id: String
        let title: String?
        let publisher: String?
        let issued: Issued?
        let author: [Name]?
    }

    /// What pandoc reads in the bibliography that the export of a project makes.
    private func read(_ format: String, _ file: String, as name: String) async throws -> [Item] {
        let project = try SampleProject(
            pipeline: SampleProject.pipeline.replacing("stages:", with: "  metadata: corpus/metadata.csv\nstages:"))
        try project.folder.write(Self.metadata, to: "corpus/metadata.csv")
        #expect(await project.run() == 0)
        #expect(await Colophon.run(["export", project.pipelinePath, "--to", format, "--quiet"]) == 0)
        let process = Process()
        process.executableURL = URL(filePath: try #require(SystemProgram.pandoc.installed()))
        process.arguments = [
            "--from", name, "--to", "csljson", project.folder.path("outputs/sample/export/\(format)/\(file)"),
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return try JSONDecoder().decode([Item].self, from: bytes)
    }

    /// The text without the marks of pandoc for words whose capitals stay.
    private func plain(_ text: String?) -> String? {
        text?.replacing(/<\/?span[^>]*>/, with: "").replacing("&amp;", with: "&")
    }

    @Test(
        "pandoc reads every document with title, publisher, date and authors",
        .enabled(if: SystemProgram.pandoc.installed() != nil, "pandoc is not installed"),
        arguments: [("csl-json", "documents.json", "csljson"), ("bibtex", "documents.bib", "bibtex")])
    func read(format: String, file: String, name: String) async throws {
        let items = try await read(format, file, as: name)
        #expect(items.count == SampleProject.documents.count, "\(items)")
        let strike = try #require(items.first { plain($0.title)?.hasPrefix("Strike") == true }, "\(items)")
        // pandoc makes quotation marks and dashes of its own
        #expect(plain(strike.title)?.contains("50% {stop} &") == true, "\(strike)")
        #expect(strike.publisher == "The Courier_1" && strike.issued?.parts == [[2021, 5, 4]], "\(strike)")
        let names = strike.author?.map {
            $0.literal ?? [$0.given, $0.family].compactMap(\.self).joined(separator: " ")
        }
        #expect(names == ["Ines Harrow", "Tomas Vell"], "\(strike)")
        let talks = try #require(items.first { plain($0.title)?.hasPrefix("Görüşmeler #2") == true })
        #expect(talks.issued?.parts == [[2021, 5]] && plain(talks.title)?.hasSuffix("$5") == true, "\(talks)")
        #expect(items.contains { $0.issued?.parts == [[2020]] })
    }
}
