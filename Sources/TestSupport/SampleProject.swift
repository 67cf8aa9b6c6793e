import Foundation

/// A project with a few invented documents.
package struct SampleProject: Sendable {
    package let folder: TemporaryProject

    /// Three documents that speak of one union, and one that does not.
    package static let documents = [
        "corpus/courier/strike.txt": """
        Dockers walk out

        The Northern Harbour Union (NHU) said on Friday that 40 dockers had walked out. "We were not asked," said Petra \
        Holm, who leads the union. The harbour office denied that the pay had been cut.
        """,
        "corpus/courier/talks.txt": """
        Talks begin

        The NHU said that the talks had failed. Petra Holm said that 25 dockers would stay at home.
        """,
        "corpus/wire/budget.txt": """
        Council passes budget

        Mayor Tom Reed said the budget was sound. According to the auditor, 3 million crowns were missing.
        """,
        "corpus/wire/weather.txt": """
        Storm on Monday

        The weather service warned of a storm. Boats were told to stay in the harbour.
        """,
    ]

    package static let pipeline = """
        title: A sample
        corpus:
          include: corpus/**/*.{txt,md,html}
        stages:
          - uses: clean
          - uses: segment
          - uses: tag-entities
          - uses: link-claims
          - uses: summarize-statistics

        """

    package init(_ documents: [String: String] = Self.documents, pipeline: String = Self.pipeline) throws {
        folder = try TemporaryProject(documents)
        try folder.write(pipeline, to: "pipelines/sample.yaml")
    }

    package var pipelinePath: String { folder.path("pipelines/sample.yaml") }

    /// Every file that a run writes and that is committed, by its path: the report with what belongs to it, and the lock.
    package func outputs() throws -> [String: [UInt8]] {
        var files: [String: [UInt8]] = [:]
        for name in FileManager.default.enumerator(atPath: folder.path("outputs"))?.compactMap({ $0 as? String }) ?? []
        {
            let path = "outputs/\(name)"
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: folder.path(path), isDirectory: &isFolder)
            if isFolder.boolValue || name.contains(".sqlite") || name.hasSuffix("changes.md") { continue }
            files[path] = try folder.bytes(of: path)
        }
        files["pipelines/sample.lock"] = try folder.bytes(of: "pipelines/sample.lock")
        return files
    }

    /// The same files in a folder of its own, where nothing was ever run.
    package func fresh() throws -> SampleProject {
        var files: [String: [UInt8]] = [:]
        for name in FileManager.default.enumerator(atPath: folder.path())?.compactMap({ $0 as? String }) ?? []
        where !name.hasPrefix(".colophon") && !name.hasPrefix("outputs") && !name.hasSuffix(".lock") {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: folder.path(name), isDirectory: &isFolder)
            if !isFolder.boolValue { files[name] = try folder.bytes(of: name) }
        }
        return SampleProject(folder: try TemporaryProject(bytes: files))
    }

    private init(folder: TemporaryProject) { self.folder = folder }
}
