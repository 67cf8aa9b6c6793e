import Foundation
package import StageKit
package import Text

/// The sample corpus with what a careful reader marked in it: `corpus/` and `Tests/Gold/`.
package enum GoldCorpus {
    /// The sentences with which the sentence encoder is compared, their pieces and cosines.
    package static func sentences(test: StaticString = #filePath) throws -> JSONValue {
        try JSONValue(parsing: [UInt8](Data(contentsOf: root(of: test).appending(path: "Tests/Gold/sentences.json"))))
    }

    /// The folder that holds both, seen from the test at `file`.
    private static func root(of file: StaticString) -> URL {
        var folder = URL(filePath: "\(file)")
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        return folder
    }

    /// The documents of `corpus/`, by path.
    package static func documents(test: StaticString = #filePath) throws -> [MemoryRun.Document] {
        let root = root(of: test)
        return try paths(in: root.appending(path: "corpus")).map { path in
            let format = DocumentFormat(fileExtension: URL(filePath: path).pathExtension)
            let bytes = [UInt8](try Data(contentsOf: root.appending(path: "corpus/" + path)))
            return MemoryRun.Document(DocumentFacts(id: "corpus/" + path, format: format), source: bytes)
        }
    }

    /// What is marked in the documents that somebody annotated, by file name.
    package static func annotations(test: StaticString = #filePath) throws -> [JSONValue] {
        let folder = root(of: test).appending(path: "Tests/Gold/annotations")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
            .sorted().map { try JSONValue(parsing: [UInt8](Data(contentsOf: folder.appending(path: $0)))) }
    }

    /// The article of an annotated document as it should read after cleaning, its blocks parted by blank lines.
    package static func article(of annotation: JSONValue, test: StaticString = #filePath) throws -> [UInt8] {
        let path = URL(filePath: annotation["document"]?.text ?? "").deletingPathExtension().pathComponents.suffix(2)
        let file = root(of: test).appending(path: "Tests/Gold/text/" + path.joined(separator: ".") + ".txt")
        return [UInt8](try Data(contentsOf: file))
    }

    /// What is marked across documents.
    package static func across(test: StaticString = #filePath) throws -> JSONValue {
        try JSONValue(parsing: [UInt8](Data(contentsOf: root(of: test).appending(path: "Tests/Gold/across.json"))))
    }

    /// The files one folder down: `outlet/name`.
    private static func paths(in corpus: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: corpus.path).sorted().flatMap { outlet -> [String] in
            guard !outlet.contains(".") else { return [] }
            return try FileManager.default.contentsOfDirectory(atPath: corpus.appending(path: outlet).path).sorted()
                .map { outlet + "/" + $0 }
        }
    }
}

extension JSONValue {
    /// The elements of a list; none of anything else.
    package var elements: [JSONValue] {
        guard case .array(let elements) = self else { return [] }
        return elements
    }

    /// The string that it is.
    package var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    /// Where the passage `{"text": …, "n": …}` stands in `bytes`; nil when it is not there.
    package func passage(in bytes: [UInt8]) -> ByteSpan? {
        guard let words = self["text"]?.text.map({ Array($0.utf8) }), case .integer(var left)? = self["n"],
            !words.isEmpty, bytes.count >= words.count
        else { return nil }
        for start in 0...bytes.count - words.count
        where bytes[start] == words[0] && bytes[start..<start + words.count].elementsEqual(words) {
            left -= 1
            if left == 0 { return ByteSpan(start, start + words.count) }
        }
        return nil
    }
}

extension JSONValue {
    /// The number that it is, whole or not.
    package var decimal: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .real(let value): value
        default: nil
        }
    }
}
