import Foundation
import Formats
import Model
import StageKit
import Store
import TestSupport
import Testing

@testable import Corpus

@Suite("Documents that stand in other files") struct ExtractionTests {
    private static let samples = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "FormatsTests/Samples")

    private func read(_ project: TemporaryProject, _ store: ResultStore) async throws -> CorpusReading {
        try await CorpusReading(
            .init(project: project.path(), include: ["corpus/**"], metadata: "corpus/about.csv"), store: store, jobs: 2)
    }

    private func records(_ count: Int, edited: Int? = nil) -> String {
        (0..<count).map { k in #"{"id": "r\#(k)", "text": "Record \#(k)\#(k == edited ? " again" : "")."}"# }
            .joined(separator: "\n")
    }

    @Test("a record is a document, and an edit to one record is an edit to one document")
    func oneRecord() async throws {
        let project = try TemporaryProject(["corpus/a.jsonl": records(300)])
        let store = try ResultStore(folder: project.path(".colophon"))
        let before = try await read(project, store).tree
        #expect(before.entries.count == 300)
        #expect(before.entries.first?.id == "corpus/a.jsonl#r0")
        // one more line above the others moves all of them in the file
        try project.write(#"{"id": "new", "text": "x"}"# + "\n" + records(300, edited: 17), to: "corpus/a.jsonl")
        let after = try await read(project, store).tree
        let known = Dictionary(uniqueKeysWithValues: before.entries.map { ($0.id, $0) })
        let changed = after.entries.filter { known[$0.id] != $0 }.map(\.id)
        #expect(changed == ["corpus/a.jsonl#new", "corpus/a.jsonl#r17"])
    }

    @Test("the bytes of a document are in the store, and are read out of the file again where they are lost")
    func again() async throws {
        let project = try TemporaryProject(["corpus/a.jsonl": records(3)])
        let store = try ResultStore(folder: project.path(".colophon"))
        let entry = try #require(try await read(project, store).tree.entries.last)
        let kept = try #require(try store.object(entry.content))
        #expect(
            try Extraction.document(entry.id, at: entry.path, project: project.path(), columns: FormatReader.Columns())
                == kept)
        #expect(String(decoding: try ExtractedSource(encoded: kept).bytes, as: UTF8.self) == "Record 2.")
    }

    @Test("a file that is one document keeps the digest and the size of the file")
    func whole() async throws {
        let docx = Array(try Data(contentsOf: Self.samples.appending(path: "text.docx")))
        let project = try TemporaryProject(bytes: ["corpus/a.docx": docx])
        let store = try ResultStore(folder: project.path(".colophon"))
        let entry = try #require(try await read(project, store).tree.entries.first)
        #expect(entry.id == "corpus/a.docx" && entry.size == docx.count && entry.format == .extracted)
        #expect(try entry.file == FileReading.digest(of: project.path("corpus/a.docx")).digest)
    }

    @Test("files that can't be read are left out with the reason, and the metadata file is no document")
    func leftOut() async throws {
        let project = try TemporaryProject([
            "corpus/a.docx": "no archive", "corpus/b.jsonl": "", "corpus/c.xml": "<a/>", "corpus/d.csv": "x\n1\n",
            "corpus/e.gz": "plain", "corpus/about.csv": "document,title\n",
        ])
        let store = try ResultStore(folder: project.path(".colophon"))
        for _ in 0..<2 {
            let reading = try await read(project, store)
            #expect(reading.tree.entries.isEmpty)
            #expect(
                reading.leftOut.map { "\($0.id) \($0.failure.code)" } == [
                    "corpus/a.docx damaged-file", "corpus/b.jsonl empty-file", "corpus/c.xml not-tei",
                    "corpus/d.csv no-text-column", "corpus/e.gz damaged-file",
                ])
        }
    }

    @Test("the metadata file has a row for a record by the id of its document")
    func row() async throws {
        let project = try TemporaryProject([
            "corpus/a.jsonl": records(2), "corpus/about.csv": "document,publisher\ncorpus/a.jsonl#r1,Wire\n",
        ])
        let store = try ResultStore(folder: project.path(".colophon"))
        let reading = try await read(project, store)
        #expect(reading.tree.entries.map(\.row) == [[], [MetadataField("publisher", "Wire")]])
        #expect(reading.notes.isEmpty)
    }

    @Test(
        "PDF is read page by page; an encrypted, a scanned and a damaged one are left out with the reason",
        .enabled(if: PDFText().version != nil, "pdftotext is not installed"))
    func pdf() async throws {
        var files: [String: [UInt8]] = ["corpus/damaged.pdf": Array("%PDF-1.4\nno more".utf8)]
        for name in ["text", "locked", "scan"] {
            files["corpus/\(name).pdf"] = Array(try Data(contentsOf: Self.samples.appending(path: "\(name).pdf")))
        }
        files["corpus/packed.pdf.gz"] = Array(try Data(contentsOf: Self.samples.appending(path: "packed.pdf.gz")))
        let project = try TemporaryProject(bytes: files)
        let store = try ResultStore(folder: project.path(".colophon"))
        let reading = try await read(project, store)
        #expect(reading.tree.entries.map(\.id) == ["corpus/packed.pdf.gz", "corpus/text.pdf"])
        #expect(Set(reading.tree.entries.map(\.content)).count == 1)
        #expect(
            reading.leftOut.map { "\($0.id) \($0.failure.code)" } == [
                "corpus/damaged.pdf damaged-file", "corpus/locked.pdf encrypted-file", "corpus/scan.pdf no-text",
            ])
        let entry = try #require(reading.tree.entries.first)
        let source = try ExtractedSource(encoded: try #require(try store.object(entry.content)))
        #expect(source.body == .pages && source.bytes.last == 0x0C)
        #expect(String(decoding: source.bytes, as: UTF8.self).contains("“Nobody told us,” said"))
    }

    @Test(
        "the path of a document's file is what stands before the sign of its part",
        arguments: [
            ("corpus/a.jsonl#x", "corpus/a.jsonl", "x"), ("corpus/a#1.txt", "corpus/a#1.txt", ""),
            ("corpus/c#/a.csv.gz#7#8", "corpus/c#/a.csv.gz", "7#8"), ("corpus/a.docx", "corpus/a.docx", ""),
        ])
    func parts(id: String, path: String, part: String) {
        #expect(SourceFormat.parts(of: id) == (path, part))
    }
}
