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

    @Test(
        "pandas reads the tables as CSV and as JSON Lines, each cell as the database has it",
        .enabled(if: IndependentReader.isInstalled("pandas"), "the Python package pandas is not installed"))
    func tables() async throws {
        let project = try SampleProject()
        #expect(await project.run() == 0)
        for format in ["csv", "jsonl"] {
            let command = ["export", project.pipelinePath, "--to", format, "--quiet", "--output"]
            #expect(await Colophon.run(command + [project.folder.path(format)]) == 0)
        }
        let (code, printed) = try IndependentReader.run(
            "tables.py", project.folder.path("outputs/sample/results.sqlite"), project.folder.path("csv"),
            project.folder.path("jsonl"))
        #expect(code == 0, "\(printed)")
        let counts = printed.split { $0 == " " || $0.isNewline }.compactMap { Int($0) }
        #expect(counts.count == 2 && counts[0] > 20 && counts[1] > 200, "\(printed)")
    }

    @Test(
        "a reader of JSON-LD finds every annotation, with the bytes of files that are texts and without those of others",
        .enabled(if: IndependentReader.isInstalled("rdflib"), "the Python package rdflib is not installed"))
    func annotations() async throws {
        let project = try SampleProject()
        try project.folder.write(
            "id,text\na 1,\"Mayor Tom Reed said that 12 boats had sunk.\"\n", to: "corpus/notices.csv")
        let pipeline = try project.folder.text(of: "pipelines/sample.yaml")
        try project.folder.write(
            pipeline.replacing("{txt,md,html}", with: "{txt,md,html,csv}"), to: "pipelines/sample.yaml")
        #expect(await project.run() == 0)
        let folder = project.folder.path("export")
        let command = ["export", project.pipelinePath, "--to", "web-annotations", "--quiet", "--output", folder]
        #expect(await Colophon.run(command) == 0)
        let (code, printed) = try IndependentReader.run("annotations.py", "\(folder)/annotations.jsonld")
        #expect(code == 0, "\(printed)")
        let found = try project.query(
            """
            select (select count(*) from mentions) + (select count(*) from claims),
                (select count(*) from mentions where document not like '%.csv#%')
                + (select count(*) from claims where document not like '%.csv#%')
            """)
        #expect(printed.split { $0 == " " || $0.isNewline }.map(String.init) == found[0], "\(printed)")
        let text = try project.folder.text(of: "export/annotations.jsonld")
        #expect(text.contains(#""source":"corpus/notices.csv#a%201""#))
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
