import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("Exports that other programs read") struct ExportReaderTests {
    @Test(
        "the package conllu reads every sentence, and the names are those of the results",
        .enabled(if: IndependentReader.isInstalled("conllu"), "the Python package conllu is not installed"))
    func sentences() async throws {
        let project = try SampleProject()
        #expect(await project.run() == 0)
        let folder = project.folder.path("export")
        #expect(
            await Colophon.run(["export", project.pipelinePath, "--to", "conllu", "--output", folder, "--quiet"]) == 0)
        let (code, printed) = try IndependentReader.run("conllu.py", folder)
        #expect(code == 0, "\(printed)")
        let lines = printed.split(separator: "\n").map(String.init)
        #expect(try project.query("select count(*) from sentences") == [[try #require(lines.first)]])
        let names = try project.query(
            """
            select type || ' ' || text from mentions
            where type in ('person', 'organization', 'place', 'group', 'event', 'work') order by document, start
            """)
        #expect(lines.dropFirst().map { [$0] } == names)
    }

    @Test("CoNLL-U needs tokens, and a pipeline without them is told so")
    func noTokens() async throws {
        let project = try SampleProject(
            pipeline: "corpus: {include: 'corpus/**/*.txt'}\nstages:\n  - uses: clean\n")
        #expect(await project.run() == 0)
        #expect(await Colophon.run(["export", project.pipelinePath, "--to", "conllu", "--quiet"]) == 2)
    }

    @Test(
        "roc-validator finds nothing missing in a crate that the Workflow Run profile requires",
        .enabled(
            if: IndependentReader.isInstalled("rocrate_validator", "rocrate"),
            "the Python packages roc-validator and rocrate are not installed"))
    func crate() async throws {
        let project = try SampleProject()
        #expect(await project.run() == 0)
        let folder = project.folder.path("export")
        let command = ["export", project.pipelinePath, "--to", "ro-crate", "--quiet", "--output"]
        #expect(await Colophon.run(command + [folder]) == 0)
        let (code, printed) = try IndependentReader.run("ro-crate.py", folder)
        #expect(code == 0, "\(printed)")
        #expect(!printed.contains("REQUIRED"), "\(printed)")
    }

    @Test("a crate holds every file that it names, no document, and is the same bytes when it is made again")
    func crateFiles() async throws {
        let project = try SampleProject()
        #expect(await project.run() == 0)
        func export(_ name: String) async throws -> [UInt8] {
            let folder = project.folder.path(name)
            let command = ["export", project.pipelinePath, "--to", "ro-crate", "--quiet", "--output"]
            #expect(await Colophon.run(command + [folder]) == 0)
            return try project.folder.bytes(of: "\(name)/ro-crate-metadata.json")
        }
        let bytes = try await export("one")
        #expect(try await export("two") == bytes)
        let whole = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        let entities = try #require(whole["@graph"] as? [[String: Any]])
        let root = try #require(entities.first { $0["@id"] as? String == "./" })
        let parts = try #require(root["hasPart"] as? [[String: String]]).compactMap {
            $0["@id"]?.removingPercentEncoding
        }
        #expect(parts.contains("pipelines/sample.yaml") && parts.contains("report.md"))
        for part in parts {
            #expect(FileManager.default.fileExists(atPath: project.folder.path("one/\(part)")), "\(part)")
        }
        #expect(!FileManager.default.fileExists(atPath: project.folder.path("one/corpus")))
        let documents = try project.query("select document, sha256 from documents")
        for document in documents {
            let entity = try #require(entities.first { $0["identifier"] as? String == document[0] })
            #expect(entity["sha256"] as? String == document[1])
        }
    }
}
