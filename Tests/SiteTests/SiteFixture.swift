import Foundation
import Results
import Site
import StageKit
import TestSupport

/// A site over handmade documents.
final class SiteFixture {
    let project: TemporaryProject
    let database: ResultsDatabase

    init(_ documents: [HandmadeDocument] = HandmadeCorpus.documents) throws {
        project = try TemporaryProject()
        database = try ResultsDatabase(at: project.path("results.sqlite"))
        let writer = try database.begin(fresh: true, layers: [])
        for (key, decision) in HandmadeCorpus.decisions { try writer.put(decision, on: key) }
        for document in documents {
            try writer.put(
                DocumentResult(
                    id: document.id, sha256: "00", byteCount: document.source.count, layers: document.layers))
        }
        _ = try writer.finish(runKey: "key", about: [("title", "Crates"), ("pipeline", "pipelines/crates.yaml")])
    }

    var site: Site {
        Site(
            database,
            report: Array(
                "<html>\n<body>\n<a href=\"../../corpus/a.txt\">a</a> <a href=\"#x\">x</a></body></html>".utf8),
            projectFolder: "../..")
    }

    /// The pages by their paths.
    func pages() throws -> [String: String] {
        var pages: [String: String] = [:]
        try site.pages { pages[$0] = String(decoding: $1, as: UTF8.self) }
        return pages
    }
}
