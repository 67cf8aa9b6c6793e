import Corpus
import Foundation
import Model
import StageKit

/// A file that `colophon annotate` reads: one document, or one a line.
struct AnnotationInput {
    /// The documents that could be read, in order.
    private(set) var documents: [MemoryRun.Document] = []
    /// What could not be read.
    private(set) var problems: [Diagnostic] = []

    init(_ path: String) {
        let bytes: [UInt8]
        do throws(FileReading.Problem) {
            bytes = try FileReading.bytes(of: path)
        } catch {
            problems = [
                Diagnostic(
                    error.failure.summary, hint: error.failure.hint.map(Wording.sentence), id: error.failure.code,
                    at: SourcePosition(file: path))
            ]
            return
        }
        let suffix = (path as NSString).pathExtension
        if suffix.lowercased() == "jsonl" {
            readRecords(bytes, path)
        } else {
            let facts = DocumentFacts(id: path, format: DocumentFormat(fileExtension: suffix))
            documents = [MemoryRun.Document(facts, source: bytes)]
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
                        "the line is no record", hint: "Each line has to be an object with 'id' and 'text'.",
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
