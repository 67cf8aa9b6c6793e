import Digests
package import Formats
import Foundation
package import Model
package import StageKit
import Store
import Text

/// A file of the corpus whose digest is known.
struct FileInCorpus: Sendable {
    let file: FoundFile
    let record: FileRecord
    let format: SourceFormat

    init(_ file: FoundFile, _ record: FileRecord) {
        self.file = file
        self.record = record
        format = SourceFormat(path: file.path)
    }
}

/// The documents that stand in files which are not texts by themselves.
///
/// What was read out of a file is kept in the store under the digest of the file: the documents by the digests of their
/// content, and the list of them. A file that is known is not read again, and of one that was edited only the documents
/// that changed are new to the steps.
package struct Extraction: Sendable {
    /// A document of a file.
    package struct Part: Hashable, Sendable {
        /// Its name in the file; empty for a file that is one document.
        package var name: String
        package var digest: ContentDigest
        /// How many bytes were read.
        package var size: Int

        /// The id of the document in the corpus.
        package func id(in path: String) -> String { name.isEmpty ? path : "\(path)#\(name)" }
    }

    /// By path, the documents of a file in order.
    private(set) var parts: [String: [Part]] = [:]
    /// Files, and parts of files, that are left out.
    private(set) var leftOut: [LeftOut] = []
    /// By path, the digest of the file.
    private(set) var files: [String: ContentDigest] = [:]

    /// Reads `files` as far as the store does not know what is in them.
    init(
        of files: [FileInCorpus], project: String, columns: FormatReader.Columns, store: ResultStore, jobs: Int
    ) async throws {
        guard !files.isEmpty else { return }
        let pdf = files.contains { $0.format.kind == .portableDocument } ? PDFText() : nil
        let keys = files.map { Self.key(of: $0, columns, pdf) }
        let reader = store.reader
        let kept = try reader.results(keys.map { ContentDigest(of: $0.encoded) })
        let lists = try reader.objects(kept.compactMap { $0?.outputs.first?.digest })
        var known: [ContentDigest: List] = [:]
        for (digest, bytes) in zip(kept.compactMap { $0?.outputs.first?.digest }, lists) {
            if let bytes { known[digest] = try? List(encoded: bytes) }
        }
        var found: [Result<List, StageFailure>?] = kept.map { result in
            if let failure = result?.failure { return .failure(failure) }
            return (result?.outputs.first?.digest).flatMap { known[$0] }.map { .success($0) }
        }
        let unknown = found.indices.filter { found[$0] == nil }
        let work = unknown.map { (file: files[$0], key: keys[$0]) }
        let read = try await concurrentMap(work, jobs: jobs) { work in
            try Self.read(work.file, project, columns, pdf, key: work.key, into: store)
        }
        for (k, outcome) in zip(unknown, read) { found[k] = outcome }
        for (file, outcome) in zip(files, found) {
            let path = Glob.canonical(file.file.path)
            self.files[file.file.path] = file.record.digest
            switch outcome {
            case .success(let list)?:
                parts[file.file.path] = list.parts
                leftOut += list.leftOut.map { LeftOut(id: Part.id(of: $0.name, in: path), failure: $0.failure) }
            case .failure(let failure)?: leftOut.append(LeftOut(id: path, failure: failure))
            case nil: break
            }
        }
    }

    /// The bytes of one document, read out of its file again.
    package static func document(
        _ id: String, at path: String, project: String, columns: FormatReader.Columns
    ) throws(StageFailure) -> [UInt8] {
        let bytes: [UInt8]
        do throws(FileReading.Problem) {
            bytes = try FileReading.bytes(of: "\(project)/\(path)")
        } catch {
            throw error.failure
        }
        let name = SourceFormat.parts(of: id).part
        var document: [UInt8]?
        do {
            try Self.each(of: bytes, SourceFormat(path: path), columns, nil) { found in
                guard document == nil, case .document(let found) = found, found.part == name else { return }
                document = found.source.encoded
            }
        } catch let failure as StageFailure {
            throw failure
        } catch {
            throw StageFailure("\(error)", code: "unreadable")
        }
        guard let document else { throw FileReading.Problem.unstable.failure }
        return document
    }

    /// The documents in `bytes`, in order.
    package static func each(
        of bytes: [UInt8], _ format: SourceFormat, _ columns: FormatReader.Columns,
        _ body: (FormatReader.Found) throws -> Void
    ) throws { try each(of: bytes, format, columns, nil, body) }

    private static func each(
        of bytes: [UInt8], _ format: SourceFormat, _ columns: FormatReader.Columns, _ pdf: PDFText?,
        _ body: (FormatReader.Found) throws -> Void
    ) throws {
        let reader = FormatReader(format, columns: columns)
        guard format.kind == .portableDocument else { return try reader.read(bytes, body) }
        let source = try (pdf ?? PDFText()).source(of: try reader.unpacked(bytes))
        try body(.document(ExtractedDocument(part: "", source: source)))
    }

    /// What the documents of a file depend on.
    private static func key(of file: FileInCorpus, _ columns: FormatReader.Columns, _ pdf: PDFText?) -> KeyFields {
        var fields = KeyFields()
        fields.add("format", file.format.kind.rawValue)
        fields.add("compression", file.format.compression.rawValue)
        fields.add("text format", file.format.text.rawValue)
        fields.add("version", String(FormatReader.version))
        fields.add("file", file.record.digest.bytes)
        if file.format.hasParts {
            for (role, name) in columns.names.sorted(by: { $0.key < $1.key }) { fields.add("column \(role)", name) }
        }
        if file.format.kind == .portableDocument { fields.add("program", pdf?.version ?? "") }
        return fields
    }

    private static let step = StepID(stage: "corpus", name: "documents")
    /// Documents are written to the store when so many bytes wait.
    private static let portion = 16 << 20

    private static func read(
        _ file: FileInCorpus, _ project: String, _ columns: FormatReader.Columns, _ pdf: PDFText?, key: KeyFields,
        into store: ResultStore
    ) throws -> Result<List, StageFailure> {
        let path = "\(project)/\(file.file.path)"
        guard file.record.stamp.size <= FormatReader.limit else { return .failure(PDFText.tooLarge) }
        let bytes: [UInt8]
        do throws(FileReading.Problem) {
            bytes = try FileReading.bytes(of: path)
        } catch {
            return .failure(error.failure)
        }
        guard ContentDigest(of: bytes) == file.record.digest else {
            return .failure(FileReading.Problem.unstable.failure)
        }
        var list = List()
        var batch = WriteBatch()
        var waiting = 0
        let keyDigest = ContentDigest(of: key.encoded)
        do {
            try each(of: bytes, file.format, columns, pdf) { found in
                switch found {
                case .leftOut(let name, let failure): list.leftOut.append((name, failure))
                case .document(let document):
                    let content = document.source.encoded
                    let digest = ContentDigest(of: content)
                    list.parts.append(Part(name: document.part, digest: digest, size: content.count))
                    batch.objects.append(KeptObject(digest, content, SourceBytes.name))
                    waiting += content.count
                    guard waiting >= portion else { return }
                    try store.write(batch)
                    (batch, waiting) = (WriteBatch(), 0)
                }
            }
        } catch let failure as StageFailure {
            // a program that is missing or slow today may not be so tomorrow
            if ![PDFText.missing.code, "too-slow"].contains(failure.code) {
                batch.results.append(
                    KeptResult(key: keyDigest, step: step, parts: key, result: StepResult(.failure(failure))))
                try store.write(batch)
            }
            return .failure(failure)
        }
        let encoded = list.encoded
        let digest = ContentDigest(of: encoded)
        batch.objects.append(KeptObject(digest, encoded, "source-documents"))
        batch.results.append(
            KeptResult(
                key: keyDigest, step: step, parts: key,
                result: StepResult(.layers([StepResult.Output("source-documents", digest)]))))
        try store.write(batch)
        return .success(list)
    }

    /// What stands in a file.
    private struct List: Sendable {
        var parts: [Part] = []
        var leftOut: [(name: String, failure: StageFailure)] = []

        init() {}

        var encoded: [UInt8] {
            var writer = ByteWriter()
            writer.write(list: parts) { writer, part in
                writer.write(part.name)
                writer.write(part.digest.bytes)
                writer.write(part.size)
            }
            writer.write(list: leftOut) { writer, part in
                writer.write(part.name)
                writer.write(part.failure.summary)
                writer.write(part.failure.hint ?? "")
                writer.write(part.failure.code)
            }
            return writer.bytes
        }

        init(encoded: [UInt8]) throws(LayerError) {
            var reader = ByteReader(encoded)
            parts = try reader.list { reader throws(LayerError) in
                let name = try reader.string()
                guard let digest = ContentDigest(try reader.blob()) else { throw LayerError("no digest of a document") }
                return Part(name: name, digest: digest, size: try reader.integer())
            }
            leftOut = try reader.list { reader throws(LayerError) in
                let name = try reader.string()
                let summary = try reader.string()
                let hint = try reader.string()
                return (name, StageFailure(summary, hint: hint.isEmpty ? nil : hint, code: try reader.string()))
            }
            try reader.finish()
        }
    }
}

extension Extraction.Part {
    fileprivate static func id(of name: String, in path: String) -> String {
        name.isEmpty ? path : "\(path)#\(name)"
    }
}
