import Foundation
import Model
import StageKit
import Testing

@testable import Formats

/// A file of `Samples`, and what is read of it.
struct Sample {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Samples")

    /// The names of the files that can be read without another program.
    static var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted().filter {
                let format = SourceFormat(path: $0)
                return !format.isPlain && format.kind != .portableDocument
            }
        }
    }

    static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }

    /// The documents in `bytes`, and what is left out, by name with the code.
    static func read(
        _ bytes: [UInt8], as name: String, columns: [String: String] = [:]
    ) throws -> (documents: [ExtractedDocument], leftOut: [String: String]) {
        var documents: [ExtractedDocument] = []
        var leftOut: [String: String] = [:]
        try FormatReader(SourceFormat(path: name), columns: FormatReader.Columns(columns)).read(bytes) { found in
            switch found {
            case .document(let document): documents.append(document)
            case .leftOut(let part, let failure): leftOut[part] = failure.code
            }
        }
        return (documents, leftOut)
    }

    static func read(_ name: String) throws -> [ExtractedDocument] { try read(bytes(name), as: name).documents }
}

extension ExtractedSource {
    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The value of a fact; empty for none.
    subscript(key: String) -> String { facts.first { $0.key == key }?.value ?? "" }

    /// The blocks as lines.
    var lines: [String] { text.split(separator: "\n").map(String.init) }
}
