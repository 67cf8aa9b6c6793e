import Model
import StageKit
import Testing

@testable import PipelineFile

@Suite("A good pipeline is read whole")
struct PipelineFileTests {
    private let whole = """
        # yaml-language-server: $schema=pipeline.schema.json
        title: What the corpus says about the border
        corpus:
          include: ['corpus/**/*.{txt,md,html}']
          exclude: corpus/drafts/**
          metadata: ./corpus/metadata.csv
        parameters:
          window: 3
        stages:
          - uses: clean
          - uses: tag-entities
            with:
              gazetteer: gazetteers/groups.yaml
          - id: sentiment                         # a stage of the user's own, in any language
            run: [python3, stages/sentiment.py, 3]
            files: [stages/sentiment.py]
            reads: [text, sentences]
            writes: feeling
            environment: LANG
            with: { scale: $window, deep: [{ a: $$window }] }
          - uses: summarize-statistics
            with: { window: $window, share: 1 }
        notebook: pipelines/border.md
        """

    private let files = [
        "corpus/metadata.csv": "", "gazetteers/groups.yaml": "# names\nA:\n  - b\n", "stages/sentiment.py": "",
        "pipelines/border.md": "",
    ]

    @Test("every part of it is there, defaults left to the stages")
    func everything() throws {
        let result = Sample.load(whole, files: files)
        let pipeline = try #require(result.pipeline, "\(result.diagnostics)")
        #expect(result.diagnostics.isEmpty)
        #expect(pipeline.name == "a")
        #expect(pipeline.projectFolder == ".")
        #expect(pipeline.title == "What the corpus says about the border")
        #expect(
            pipeline.corpus
                == Pipeline.Corpus(
                    include: ["corpus/**/*.{txt,md,html}"], exclude: ["corpus/drafts/**"],
                    metadata: "corpus/metadata.csv"))
        #expect(pipeline.parameters == [Pipeline.Parameter("window", .integer(3))])
        #expect(pipeline.notebook == "pipelines/border.md")
        #expect(pipeline.stages.map(\.id) == ["clean", "tag-entities", "sentiment", "summarize-statistics"])
        #expect(pipeline.stages[3].options == ["window": .integer(3), "share": .real(1)])
    }

    @Test("a YAML file that an option names comes with its tree and its lines")
    func fileOption() throws {
        let pipeline = try #require(Sample.load(whole, files: files).pipeline)
        let tree = OptionValue.mapping([OptionEntry("A", .list([.string("b")]), line: 2)])
        #expect(
            pipeline.stages[1].options["gazetteer"]
                == .file(
                    FileValue(
                        path: "gazetteers/groups.yaml", bytes: Array("# names\nA:\n  - b\n".utf8), tree: tree)))
        #expect(pipeline.inputs.map(\.path) == ["pipelines/a.yaml", "gazetteers/groups.yaml"])
    }

    @Test("a program has a command, files, layers and options of any shape")
    func program() throws {
        let stage = try #require(Sample.load(whole, files: files).pipeline?.stages[2])
        #expect(
            stage.work
                == .program(
                    ProgramUse(
                        command: ["python3", "stages/sentiment.py", "3"], files: ["stages/sentiment.py"],
                        reads: ["text", "sentences"], writes: ["feeling"], environment: ["LANG"])))
        #expect(stage.options["scale"] == .integer(3))
        #expect(stage.options["deep"] == .list([.mapping([OptionEntry("a", .string("$window"), line: 20)])]))
        #expect(stage.places[.read("sentences")]?.column == 19)
    }

    @Test("decisions go to every stage that takes them, unless it has its own")
    func decisions() throws {
        let text =
            Sample.head + """
                decisions: d.yaml
                stages:
                  - uses: tag-entities
                  - { id: own, uses: tag-entities, with: { decisions: own.yaml } }
                  - uses: clean
                """
        let result = Sample.load(text, files: ["d.yaml": "a: b", "own.yaml": "c: d"])
        let pipeline = try #require(result.pipeline, "\(result.diagnostics)")
        let paths = pipeline.stages.map { stage in
            if case .file(let file)? = stage.options["decisions"] { file.path } else { "" }
        }
        #expect(paths == ["d.yaml", "own.yaml", ""])
        #expect(pipeline.decisions == "d.yaml")
    }

    @Test("a pipeline without a title has its name for one")
    func title() {
        #expect(Sample.load(Sample.head + "stages: [uses: clean]").pipeline?.title == "a")
    }

    @Test("files that are read are named as the user sees them, and kept as the project sees them")
    func elsewhere() throws {
        let text = Sample.head + "stages: [{ uses: tag-entities, with: { gazetteer: g.yaml } }]"
        for (path, folder, project, gazetteer) in [
            ("work/pipelines/a.yaml", "/home", "work", "work/g.yaml"),
            ("a.yaml", "/home/work/pipelines", "..", "../g.yaml"),
            ("/work/pipelines/a.yaml", "/home", "/work", "/work/g.yaml"),
            ("work/a.yaml", "/home", "work", "work/g.yaml"),
        ] {
            let result = PipelineFile.load(
                path: path, catalogue: Sample.catalogue,
                access: .memory([path: Array(text.utf8), gazetteer: Array("a: b".utf8)], workingFolder: folder))
            let pipeline = try #require(result.pipeline, "\(result.diagnostics)")
            #expect(pipeline.projectFolder == project)
            #expect(pipeline.inputs.map(\.shownPath) == [path, gazetteer])
            #expect(pipeline.inputs[0].path == (path == "work/a.yaml" ? "a.yaml" : "pipelines/a.yaml"))
            #expect(pipeline.inputs[1].path == "g.yaml")
        }
    }

    @Test("a pipeline that can't be read is reported by its path")
    func unreadable() {
        func report(_ path: String) -> String {
            PipelineFile.load(
                path: path, catalogue: [], access: .memory(["pipelines/a.yaml": []])
            ).diagnostics.map(\.rendered).joined()
        }
        #expect(report("pipelines/b.yaml") == "pipelines/b.yaml: error: there is no such file [no-such-file]")
        #expect(report("pipelines") == "pipelines: error: this is a folder, not a file [not-a-file]")
        #expect(report("pipelines/a.yaml") == "pipelines/a.yaml: error: the file is empty [empty-file]")
    }
}
