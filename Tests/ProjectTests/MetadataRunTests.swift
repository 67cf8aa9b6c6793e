import TestSupport
import Testing

@testable import Project

/// Edits of the metadata file alone, of which no document is another.
@Suite("Runs after edits of metadata")
struct MetadataRunTests {
    private static let pipeline = SampleProject.pipeline.replacing(
        "stages:", with: "  metadata: corpus/metadata.csv\nstages:")

    /// A metadata file: names of columns, and rows by the document.
    private struct Table {
        var columns = ["document", "title", "publisher", "date", "author", "desk"]
        var rows: [String: [String: String]] = [:]

        init() {
            for (number, document) in SampleProject.documents.keys.sorted().enumerated() {
                rows[document] = [
                    "title": "Notice \(number)", "publisher": number < 2 ? "Courier" : "Wire",
                    "date": "2031-0\(number + 1)-12", "author": "A. Holm", "desk": "north",
                ]
            }
        }

        var text: String {
            let lines = rows.sorted { $0.key < $1.key }.map { document, row in
                ([document] + columns.dropFirst().map { row[$0] ?? "" }).joined(separator: ",")
            }
            return ([columns.joined(separator: ",")] + lines).joined(separator: "\n") + "\n"
        }
    }

    @Test(
        "what edits of single columns leave, one run after another, is what a run from nothing leaves",
        arguments: 1...3)
    func columns(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let project = try SampleProject(pipeline: Self.pipeline)
        var table = Table()
        try project.folder.write(table.text, to: "corpus/metadata.csv")
        try await project.run()
        let documents = table.rows.keys.sorted()
        let values = [
            "title": ["", "Notice 0", "Another notice"], "publisher": ["", "Courier", "Harbour Gazette"],
            "date": ["", "2031-02-12", "2031-11", "1999"], "author": ["", "B. Reed"], "desk": ["", "south"],
        ]
        for number in 0..<8 {
            let document = documents[random.below(documents.count)]
            let column = table.columns[1 + random.below(table.columns.count - 1)]
            switch random.below(6) {
            // a row that goes and one that comes back
            case 0: if table.rows.removeValue(forKey: document) == nil { table.rows[document] = ["title": "Back"] }
            // columns in another order, which says nothing else
            case 1: table.columns = ["document"] + table.columns.dropFirst().shuffled(using: &random)
            default:
                let choice = values[column] ?? [""]
                table.rows[document]?[column] = choice[random.below(choice.count)]
            }
            try project.folder.write(table.text, to: "corpus/metadata.csv")
            try await project.run()
            let fresh = try project.fresh()
            try await fresh.run()
            let (now, wanted) = (try project.outputs(), try fresh.outputs())
            #expect(now.keys.sorted() == wanted.keys.sorted(), "seed \(seed), edit \(number)")
            for (path, bytes) in wanted { #expect(now[path] == bytes, "seed \(seed), edit \(number): \(path)") }
        }
    }
}
