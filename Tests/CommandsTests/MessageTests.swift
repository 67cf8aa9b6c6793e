import Foundation
import Store
import TestSupport
import Testing

@testable import Commands

@Suite("What commands print is so, and what they advise works")
struct MessageTests {
    @Test("a folder whose name is one letter can be a project, and so can a store")
    func oneLetter() throws {
        let folder = try TemporaryProject()
        #expect(try ToolProcess.run(["init", "a"], in: folder.path()).code == 0)
        #expect(folder.exists("a/pipelines/analysis.yaml") && folder.exists("a/corpus/README.txt"))
        let project = try SampleProject()
        let ended = try ToolProcess.run(
            ["run", "pipelines/sample.yaml"], in: project.folder.path(), environment: ["COLOPHON_STORE": "s"])
        #expect(ended.code == 0, "\(ended)")
    }

    @Test("the command that 'init' advises runs from where one stands", arguments: ["my-project", "two words", "."])
    func nextStep(name: String) throws {
        let folder = try TemporaryProject()
        let ended = try ToolProcess.run(["init", name], in: folder.path())
        #expect(ended.code == 0)
        try folder.write("Rain\n\nTom Reed said that it rained.\n", to: "\(name)/corpus/rain.txt")
        let command = try #require(ended.printed.firstMatch(of: /run 'colophon (.+)'\n/)?.1)
        // As a shell reads it.
        let arguments = command.split(separator: "'").enumerated().flatMap { k, part in
            k % 2 == 1 ? [String(part)] : part.split(separator: " ").map(String.init)
        }
        let run = try ToolProcess.run(arguments, in: folder.path())
        #expect(run.code == 0 && run.printed.contains("1 document: "), "\(arguments): \(run)")
    }

    @Test("a folder that has documents becomes a project of these, with a row for each", arguments: ["corpus/", ""])
    func initOverDocuments(place: String) throws {
        let folder = try TemporaryProject([
            "\(place)a, b.txt": "Rain\n\nTom Reed said that it rained.\n",
            "\(place)c/d.html": "<p>It is said to rain.</p>",
            "\(place)notes.png": "no text", "pipelines/old.md": "a notebook",
        ])
        let ended = try ToolProcess.run(["init"], in: folder.path())
        let metadata = "\(place)metadata.csv"
        #expect(
            ended.code == 0 && ended.printed.contains("fill in what you know in \(metadata) (2 documents"), "\(ended)")
        #expect(
            try folder.text(of: metadata)
                == "document,title,date,publisher,author,language\n\"\(place)a, b.txt\",,,,,\n\(place)c/d.html,,,,,\n")
        let run = try ToolProcess.run(["run", "pipelines/analysis.yaml"], in: folder.path())
        #expect(run.code == 0 && run.said.isEmpty && run.printed.contains("2 documents: "), "\(run)")
        // A second time changes nothing, and says so.
        let again = try ToolProcess.run(["init"], in: folder.path())
        #expect(again.code == 0 && !again.printed.contains("created"), "\(again)")
        #expect(again.said.contains("'pipelines/analysis.yaml' exists and was not changed"))
    }

    @Test("a new project has files of every format that is read, and a row of a file of records is about all of them")
    func initOverFormats() throws {
        let said = "Tom Reed said that it rained."
        let folder = try TemporaryProject([
            "posts-2031-02-03.jsonl": "{\"text\": \"One. \(said)\"}\n{\"text\": \"Two. \(said)\"}\n",
            "notices.tsv": "id\ttext\n1\tThree. \(said)\n",
            "lamp.xml": "<TEI><text><body><p>Four. \(said)</p></body></text></TEI>",
            "rain.markdown": "# Rain\n\nFive. \(said)\n",
        ])
        let ended = try ToolProcess.run(["init"], in: folder.path())
        #expect(
            ended.code == 0 && ended.printed.contains("(4 files;") && ended.printed.contains("every document in it"),
            "\(ended)")
        // the day of a file of records is not the day of each
        #expect(try folder.text(of: "metadata.csv").contains("\nposts-2031-02-03.jsonl,,,,,\n"))
        let run = try ToolProcess.run(["run"], in: folder.path())
        #expect(run.code == 0 && run.printed.contains("5 documents: "), "\(run)")
        #expect(!run.said.contains("no-such-document"), "\(run)")
    }

    @Test("a day in the name of a file is filled in, where it is one day and can be told apart from other numbers")
    func daysInNames() throws {
        let days = [
            "corpus/2019-03-04-mill.txt": "2019-03-04", "corpus/2019/03/05/mill.txt": "2019-03-05",
            "corpus/post_20190306.txt": "2019-03-06", "corpus/2019-02-30.txt": "", "corpus/id-120190306.txt": "",
            "corpus/2019-03-04-to-2019-03-08.txt": "", "corpus/mill.txt": "",
        ]
        let folder = try TemporaryProject(days.mapValues { "Mill \($0)\n\nTom Reed said that it burned.\n" })
        let ended = try ToolProcess.run(["init"], in: folder.path())
        #expect(
            ended.code == 0 && ended.printed.contains("\n3 dates in it are taken from the names of files"), "\(ended)")
        let rows = try folder.text(of: "corpus/metadata.csv").split(separator: "\n").dropFirst().map { row in
            let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            return (cells[0], cells[2])
        }
        #expect(Dictionary(uniqueKeysWithValues: rows) == days)
    }

    @Test("after a run with settings, the command that tells why is about that run")
    func whyOfSettings() throws {
        let project = try SampleProject()
        let settings = ["--set", "summarize-statistics.window=3", "--set", "clean.remove=[a b]"]
        let run = try ToolProcess.run(["run", "pipelines/sample.yaml"] + settings, in: project.folder.path())
        #expect(
            run.printed.contains(
                "\nwhy: colophon why pipelines/sample.yaml --set summarize-statistics.window=3 "
                    + "--set 'clean.remove=[a b]'\n"),
            "\(run)")
        #expect(try ToolProcess.run(["why", "pipelines/sample.yaml"], in: project.folder.path()).code == 1)
        let why = try ToolProcess.run(["why", "pipelines/sample.yaml"] + settings, in: project.folder.path())
        #expect(why.code == 0 && why.printed.contains("4 documents"), "\(why)")
        let other = try ToolProcess.run(
            ["why", "pipelines/sample.yaml", "--set", "summarize-statistics.window=4"], in: project.folder.path())
        #expect(other.said.contains("'colophon run pipelines/sample.yaml --set summarize-statistics.window=4'"))
    }

    @Test("a document is shown again from a cache that has lost its layers, as long as its inputs are the same")
    func showFromNothing() throws {
        let project = try SampleProject()
        // The row is an input too.
        try project.folder.write("document,title\ncorpus/wire/weather.txt,Storm\n", to: "corpus/metadata.csv")
        let pipeline = SampleProject.pipeline.replacing("stages:", with: "  metadata: corpus/metadata.csv\nstages:")
        try project.folder.write(pipeline, to: "pipelines/sample.yaml")
        let show = ["show", "pipelines/sample.yaml", "corpus/wire/weather.txt"]
        func tool(_ arguments: [String]) throws -> (code: Int32, said: String, printed: String) {
            try ToolProcess.run(arguments, in: project.folder.path())
        }
        #expect(try tool(["run", "pipelines/sample.yaml"]).code == 0)
        let before = try tool(show)
        #expect(before.code == 0 && before.printed.contains("title: Storm"), "\(before)")
        #expect(try tool(["cache", "gc", "--max-size", "1kB"]).code == 0)
        let after = try tool(show)
        #expect(after.code == 0 && after.printed == before.printed && after.said.isEmpty, "\(after)")

        // With another row the text that the run made can't be made again; nothing is wrong with a stage.
        #expect(try tool(["cache", "gc", "--max-size", "1kB"]).code == 0)
        try project.folder.write("document,title\ncorpus/wire/weather.txt,Calm\n", to: "corpus/metadata.csv")
        let outdated = try tool(show)
        #expect(outdated.code == 1 && outdated.said.contains("[outdated]"), "\(outdated)")
        #expect(!outdated.said.contains("not-deterministic"))
        let verified = try tool(["verify", "pipelines/sample.yaml", "--sample", "100%"])
        #expect(verified.code == 0 && verified.printed.contains("skipped"), "\(verified)")
    }

    @Test("'check' says that nothing matches, that a file can't be read and that a program is not installed")
    func check() throws {
        func check(_ include: String, _ more: String = "") throws -> (code: Int32, said: String, printed: String) {
            let project = try SampleProject(
                pipeline: SampleProject.pipeline.replacing("corpus/**/*.{txt,md,html}", with: include) + more)
            try project.folder.write("", to: "corpus/wire/empty.txt")
            let ended = try ToolProcess.run(["check", "pipelines/sample.yaml"], in: project.folder.path())
            #expect(!project.folder.exists(".colophon") && !project.folder.exists("outputs"))
            return ended
        }
        let good = try check("corpus/courier/*.txt")
        #expect(good.code == 0 && good.printed.hasSuffix("2 documents, no problems\n"), "\(good)")
        let none = try check("corpse/**")
        #expect(none.code == 2 && none.said.contains("[empty-corpus]"), "\(none)")
        let one = try check("['corpus/**/*.txt', 'corpse/**']")
        #expect(one.code == 0 && one.said.contains("'corpse/**' matches no file"), "\(one)")
        for (command, isThere) in [("sh", true), ("no-such-program", false), ("./corpus/no.sh", false)] {
            let program = try check(
                "corpus/**/*.txt", "  - {id: own, run: ['\(command)'], reads: [text], writes: own}\n")
            #expect(program.code == (isThere ? 0 : 2), "\(program)")
            #expect(program.said.contains("[program-not-found]") != isThere, "\(program)")
        }
    }

    @Test("standard input is annotated and shown, as the format that is given")
    func standardInput() throws {
        let folder = try TemporaryProject()
        let text = "Tom Reed said that it <b>rained</b>.\n"
        for (format, found) in [("txt", "<b>"), ("html", "it rained"), ("md", "rained")] {
            for command in ["annotate", "show"] {
                let ended = try ToolProcess.run([command, "--format", format, "-"], in: folder.path(), input: text)
                #expect(ended.code == 0 && ended.printed.contains(found), "\(ended)")
            }
        }
        let records = try ToolProcess.run(
            ["annotate", "-", "--format", "jsonl"], in: folder.path(), input: #"{"id":"one","text":"It rained."}"#)
        #expect(records.printed.contains(#""id":"one""#), "\(records)")
        #expect(try ToolProcess.run(["annotate", "-"], in: folder.path()).code == 1, "empty")
    }

    @Test("every object of JSON that a command prints has a version, and names in snake case")
    func json() throws {
        let project = try SampleProject()
        for arguments in [
            ["run", "pipelines/sample.yaml", "--json"], ["plan", "pipelines/sample.yaml", "--json"],
            ["why", "pipelines/sample.yaml", "--json"], ["runs", "pipelines/sample.yaml", "--json"],
            ["verify", "pipelines/sample.yaml", "--json"], ["cache", "size", "--json"], ["cache", "verify", "--json"],
            ["verify", "pipelines/sample.yaml", "--lock", "--json"],
            ["diff", "pipelines/sample.yaml", "outputs/sample", "--format", "json"],
            ["cache", "repair", "--json"], ["cache", "gc", "--json"], ["stages", "--json"],
            ["stages", "clean", "--json"], ["annotate", "corpus/wire/weather.txt"],
        ] {
            let ended = try ToolProcess.run(arguments, in: project.folder.path())
            #expect(ended.code == 0, "\(ended)")
            let lines = ended.printed.split(separator: "\n")
            #expect(!lines.isEmpty)
            for line in lines {
                let object = try #require(
                    try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(arguments)")
                #expect(object["version"] as? Int == 1, "\(arguments)")
                #expect(Self.names(in: object).allSatisfy { $0.wholeMatch(of: /[a-z0-9]+(_[a-z0-9]+)*/) != nil })
            }
        }
    }

    /// Every name of a field, however deep.
    private static func names(in value: Any) -> [String] {
        switch value {
        case let object as [String: Any]: object.keys + object.values.flatMap(names)
        case let list as [Any]: list.flatMap(names)
        default: []
        }
    }

    @Test(
        "the line of progress fits into the terminal, whatever its width",
        arguments: [
            (100, "pass 2 of 3: 1,200 of 9,000  400/s  about 26 s left"), (40, "pass 2 of 3: 1,200 of 9,000  400/s"),
            (30, "pass 2 of 3: 1,200 of 9,000"), (20, "pass 2 of 3: 1,200 "), (1, ""), (0, ""),
        ])
    func progress(width: Int, line: String) {
        #expect(
            ProgressLine.line(
                "pass 2 of 3", done: 1200, total: 9000, share: 0.25, phaseSeconds: 3, seconds: 8.5, width: width)
                == line)
    }

    @Test(
        "what tasks do stands behind the documents, and the reason why they wait only where there is room",
        arguments: [
            (80, "pass 2 of 3: 5 of 90  1 running, 2 waiting  waits its turn"),
            (45, "pass 2 of 3: 5 of 90  1 running, 2 waiting"),
        ])
    func tasks(width: Int, line: String) {
        #expect(
            ProgressLine.line(
                "pass 2 of 3", done: 5, total: 90, details: ["1 running, 2 waiting", "waits its turn"], share: 0.25,
                phaseSeconds: 0, seconds: 0, width: width) == line)
    }

    @Test("the share of a run that is over grows from pass to pass, up to the results")
    func phases() {
        let phases = RunPhases([1, 5, 2])
        #expect(phases.share(0, done: 0, total: 10) == 0)
        #expect(phases.share(0, done: 10, total: 10) == 0.1)
        #expect(phases.share(1, done: 5, total: 10) == 0.35)
        #expect(phases.share(2, done: 0, total: 0) == 0.8)
        #expect(phases.share(3, done: 1, total: 2) == 0.9)
        #expect(phases.share(4) == 1)
    }
}
