import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("A corpus of other formats than text") struct FormatTests {
    private static let pipeline = """
        corpus: {include: corpus/**, columns: {text: body}}
        stages:
          - uses: clean
          - uses: segment
          - uses: tag-entities
          - uses: link-claims

        """
    private static let table = """
        id,body,publisher
        a,"Mayor Tom Reed said that 12 boats had sunk.",Courier
        b,"Petra Holm denied that the pier was closed.",Wire
        c,"According to Ines Harrow, the lamp was out.",Wire

        """

    @Test("an edit to a row of a table runs the steps of one document")
    func row() async throws {
        let project = try SampleProject(["corpus/notices.csv": Self.table], pipeline: Self.pipeline)
        #expect(await project.run() == 0)
        #expect(
            try project.query("select document, publisher from documents order by 1") == [
                ["corpus/notices.csv#a", "Courier"], ["corpus/notices.csv#b", "Wire"],
                ["corpus/notices.csv#c", "Wire"],
            ])
        try project.folder.write(
            Self.table.replacing("was closed", with: "was open"), to: "corpus/notices.csv")
        #expect(await project.run() == 0)
        let record = try project.record()
        #expect(record.documents("clean.read") == ["corpus/notices.csv#b"])
        #expect(record.documents("link-claims.claims") == ["corpus/notices.csv#b"])
        #expect(await Colophon.run(["verify", project.pipelinePath]) == 0)
        #expect(try await project.fresh().run() == 0)
    }

    @Test("a run from nothing gives the same bytes as one after edits, and what the cache lost is read again")
    func same() async throws {
        let project = try SampleProject(["corpus/notices.csv": Self.table], pipeline: Self.pipeline)
        #expect(await project.run() == 0)
        try project.folder.write(Self.table.replacing("12 boats", with: "13 boats"), to: "corpus/notices.csv")
        #expect(await project.run() == 0)
        #expect(await Colophon.run(["cache", "gc", project.folder.path()]) == 0)
        try project.folder.write(Self.table.replacing("12 boats", with: "14 boats"), to: "corpus/notices.csv")
        #expect(await project.run() == 0)
        let fresh = try project.fresh()
        #expect(await fresh.run() == 0)
        #expect(try project.outputs() == fresh.outputs())
    }

    @Test(
        "a row of the metadata file about a table is about each of its documents, where their own rows say nothing else"
    )
    func fileRow() async throws {
        let project = try SampleProject(
            ["corpus/notices.csv": Self.table],
            pipeline: Self.pipeline.replacing("corpus/**,", with: "corpus/**, metadata: metadata.csv,"))
        try project.folder.write(
            "document,publisher,region\ncorpus/notices.csv,Herald,North\ncorpus/notices.csv#b,Post,\n",
            to: "metadata.csv")
        let (code, said, _) = try ToolProcess.run(["run", "pipelines/sample.yaml"], in: project.folder.path())
        #expect(code == 0 && !said.contains("no-such-document"), "\(said)")
        #expect(
            try project.query("select document, publisher from documents order by 1") == [
                ["corpus/notices.csv#a", "Herald"], ["corpus/notices.csv#b", "Post"],
                ["corpus/notices.csv#c", "Herald"],
            ])
        #expect(try project.query("select count(*) from metadata where key = 'region' and value = 'North'") == [["3"]])
    }

    @Test("evidence names the paragraph of a word processor file, and the record of a table")
    func places() async throws {
        let sample = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "FormatsTests/Samples/text.docx")
        let project = try SampleProject(["corpus/notices.csv": Self.table], pipeline: Self.pipeline)
        try project.folder.write(Array(try Data(contentsOf: sample)), to: "corpus/text.docx")
        #expect(await project.run() == 0)
        let files = try project.outputs().filter { $0.key.hasPrefix("outputs/sample/evidence/") }.values
        let evidence = files.map { String(decoding: $0, as: UTF8.self) }.joined()
        #expect(evidence.contains("corpus/text.docx), paragraph 5"))
        #expect(evidence.contains("[corpus/notices.csv#a](../../../corpus/notices.csv), line 1"))
        #expect(!evidence.contains("paragraph 5, bytes"))
    }

    @Test("annotate reads a file of another format as a corpus does")
    func annotate() async throws {
        let project = try SampleProject(["corpus/a.tsv": "id\ttext\n1\tTom Reed said that it rained.\n"])
        let (code, _, printed) = try ToolProcess.run(["annotate", "corpus/a.tsv"], in: project.folder.path())
        #expect(code == 0)
        #expect(printed.contains(#""id":"corpus/a.tsv#1""#) && printed.contains("Tom Reed"))
    }

    @Test("a column that nobody has a use for is an error of the pipeline")
    func columns() async throws {
        let project = try SampleProject(
            ["corpus/a.csv": "id,text\n"], pipeline: Self.pipeline.replacing("{text: body}", with: "{words: body}"))
        #expect(await project.run() == 2)
    }
}
