import Corpus
import Formats
import Foundation
import Model
import Project
import StageKit
import Store

/// A file that `colophon annotate` reads: one document, or one a line.
struct AnnotationInput {
    /// The documents that could be read, in order.
    private(set) var documents: [MemoryRun.Document] = []
    /// What could not be read.
    private(set) var problems: [Diagnostic] = []

    /// Reads the file at `path`, or standard input for `-`. `format` is an extension that tells how; without it, the file's
    /// own does.
    init(_ path: String, format: String? = nil) {
        let isStandardInput = path == "-"
        let bytes: [UInt8]
        do throws(FileReading.Problem) {
            bytes = isStandardInput ? try Self.standardInput() : try FileReading.bytes(of: path)
        } catch {
            problems = [
                Diagnostic(
                    error.failure.summary, hint: error.failure.hint.map(Wording.sentence), id: error.failure.code,
                    at: SourcePosition(file: path))
            ]
            return
        }
        let suffix = format ?? Pipeline.fileExtension(of: path)
        let source = SourceFormat(path: format.map { "input.\($0)" } ?? path)
        if suffix.lowercased() == "jsonl" {
            readRecords(bytes, path)
        } else if !source.isPlain {
            extract(bytes, source, path)
        } else {
            let facts = DocumentFacts(id: path, format: DocumentFormat(fileExtension: suffix))
            documents = [MemoryRun.Document(facts, source: bytes)]
        }
    }

    /// Reads the documents of a file of another format.
    private mutating func extract(_ bytes: [UInt8], _ format: SourceFormat, _ path: String) {
        func leave(_ part: String, _ failure: StageFailure) {
            problems.append(
                Diagnostic(
                    (part.isEmpty ? "" : "\(part): ") + failure.summary, hint: failure.hint.map(Wording.sentence),
                    id: failure.code, at: SourcePosition(file: path)))
        }
        do {
            try Extraction.each(of: bytes, format, FormatReader.Columns()) { found in
                switch found {
                case .leftOut(let part, let failure): leave(part, failure)
                case .document(let document):
                    let id = document.part.isEmpty ? path : "\(path)#\(document.part)"
                    documents.append(
                        MemoryRun.Document(
                            DocumentFacts(id: id, format: .extracted), source: document.source.encoded))
                }
            }
        } catch let failure as StageFailure {
            leave("", failure)
        } catch {
            leave("", StageFailure("\(error)", code: "unreadable"))
        }
    }

    /// All of standard input.
    private static func standardInput() throws(FileReading.Problem) -> [UInt8] {
        do {
            return Array(try FileHandle.standardInput.readToEnd() ?? Data())
        } catch {
            throw .failed(FileWriteProblem.reason(of: errno))
        }
    }

    private struct Record: Decodable {
        /// An id may be written as a number.
        enum ID: Decodable {
            case string(String)
            case number(Int)

            init(from decoder: any Decoder) throws {
                let container = try decoder.singleValueContainer()
                if let number = try? container.decode(Int.self) {
                    self = .number(number)
                } else {
                    self = .string(try container.decode(String.self))
                }
            }
        }
        var id: ID?
        var text: String
    }

    private mutating func readRecords(_ bytes: [UInt8], _ path: String) {
        let decoder = JSONDecoder()
        for (n, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            guard line.contains(where: { $0 != 0x20 && $0 != 0x09 && $0 != 0x0D }) else { continue }
            guard let record = try? decoder.decode(Record.self, from: Data(line)) else {
                problems.append(
                    Diagnostic(
                        "the line is not a record", hint: "Each line has to be a JSON object with 'id' and 'text'.",
                        id: "bad-record", at: SourcePosition(file: path, line: n + 1)))
                continue
            }
            let id =
                switch record.id {
                case .string(let id): id
                case .number(let number): String(number)
                case nil: "\(path)#\(n + 1)"
                }
            documents.append(
                MemoryRun.Document(DocumentFacts(id: id, format: .record), source: Array(record.text.utf8)))
        }
    }
}
