import Corpus
import Formats
import Model
import Text

/// The files of a new project, made for the documents that its folder has already.
struct ProjectLayout {
    static let pipeline = "pipelines/analysis.yaml"

    /// The files that are documents, whatever folder they are in.
    private static let everything = "**/*.{\(SourceFormat.endings.joined(separator: ","))}"

    /// Paths of the documents, relative to the folder, in order.
    let documents: [String]
    /// Where the metadata file goes; nil without documents.
    let metadata: String?
    /// Whether all documents are below `corpus/`.
    private let isCorpus: Bool
    /// The days that the paths of documents name, as in `2019-03-04-mill.txt`, by document.
    let dates: [String: String]

    /// Whether a file may hold several documents.
    var hasRecords: Bool { documents.contains { SourceFormat(path: $0).hasParts } }

    /// What suits the folder `folder`, which need not exist.
    init(of folder: String) {
        let walk = FolderWalk(
            project: folder, include: [Glob(Self.everything)],
            exclude: ["pipelines/**", "corpus/README.txt", "metadata.csv", "corpus/metadata.csv"].map { Glob($0) })
        documents = walk.files.map(\.path)
        // what a file of records is called says nothing about the day of each
        dates = Dictionary(
            uniqueKeysWithValues: documents.filter { !SourceFormat(path: $0).hasParts }
                .compactMap { path in Self.day(in: path).map { (path, $0) } })
        isCorpus = documents.allSatisfy { $0.hasPrefix("corpus/") }
        metadata = documents.isEmpty ? nil : isCorpus ? "corpus/metadata.csv" : "metadata.csv"
    }

    /// The files, each with its text, in the order in which they are made.
    var files: [(name: String, text: String)] {
        var files = [(Self.pipeline, pipelineText)]
        if isCorpus { files.append(("corpus/README.txt", Embedded.corpus.description)) }
        if let metadata { files.append((metadata, table)) }
        files.append((".gitignore", Embedded.ignored.description))
        return files
    }

    private var pipelineText: String {
        var text = Embedded.pipeline.description.replacing("ENDINGS", with: SourceFormat.endings.joined(separator: ","))
        if !isCorpus {
            text = text.replacing("corpus/**/*", with: "**/*")
                .replacing("\"corpus/README.txt\", \"corpus/metadata.csv\"", with: "\"pipelines/**\"")
        }
        if let metadata {
            text = text.replacing("# metadata: corpus/metadata.csv     ", with: "metadata: \(metadata)  ")
        }
        return text
    }

    /// A row for each document, with the columns that stages know.
    private var table: String {
        let columns = ["document", "title", "date", "publisher", "author", "language"]
        let rows = documents.map { document in
            columns.map { $0 == "document" ? Self.cell(document) : $0 == "date" ? dates[document] ?? "" : "" }
        }
        return ([columns] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
    }

    /// The one day that a path names in digits, year first; nil where it names none, or two.
    private static func day(in path: String) -> String? {
        let date = /(?:^|[^0-9])((?:1[5-9]|20)[0-9]{2})([-_.\/]?)([0-9]{2})\2([0-9]{2})(?=$|[^0-9])/
        let days = path.matches(of: date).compactMap { match in
            WrittenDay.iso(Int(match.1) ?? 0, Int(match.3) ?? 0, Int(match.4) ?? 0)
        }
        return Set(days).count == 1 ? days[0] : nil
    }

    private static func cell(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
