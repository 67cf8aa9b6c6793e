import Corpus
import Model

/// The files of a new project, made for the documents that its folder has already.
struct ProjectLayout {
    static let pipeline = "pipelines/analysis.yaml"

    /// Paths of the documents, relative to the folder, in order.
    let documents: [String]
    /// Where the metadata file goes; nil without documents.
    let metadata: String?
    /// Whether all documents are below `corpus/`.
    private let isCorpus: Bool

    /// What suits the folder `folder`, which need not exist.
    init(of folder: String) {
        let walk = FolderWalk(
            project: folder, include: [Glob("**/*.{txt,md,html,htm}")],
            exclude: [Glob("pipelines/**"), Glob("corpus/README.txt")])
        documents = walk.files.map(\.path)
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
        var text = Embedded.pipeline.description
        if !isCorpus {
            text = text.replacing("corpus/**/*.{txt,md,html}", with: "**/*.{txt,md,html,htm}")
                .replacing("corpus/README.txt", with: "pipelines/**")
        }
        if let metadata {
            text = text.replacing("# metadata: corpus/metadata.csv     ", with: "metadata: \(metadata)  ")
        }
        return text
    }

    /// A row for each document, with the columns that stages know.
    private var table: String {
        let columns = ["document", "title", "date", "publisher", "author", "language"]
        let rest = String(repeating: ",", count: columns.count - 1)
        return ([columns.joined(separator: ",")] + documents.map { Self.cell($0) + rest })
            .map { $0 + "\n" }.joined()
    }

    private static func cell(_ text: String) -> String {
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
