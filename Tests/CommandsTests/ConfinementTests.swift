import CConfine
import Foundation
import TestSupport
import Testing

@testable import Commands

@Suite("What programs can reach") struct ConfinementTests {
    /// Runs a program that tries what `body` says for each record and answers with what came of it.
    private func reached(
        _ body: String, more: String = "", environment: [String: String] = [:]
    ) throws -> [[String]] {
        let project = try SampleProject(
            ["corpus/a.txt": "one two\n"],
            pipeline: """
                corpus: {include: corpus/*.txt}
                stages:
                  - uses: clean
                  - {id: mine, run: [python3, s.py], files: [s.py, words.txt], reads: [text], writes: reached\(more)}

                """)
        try project.folder.write("declared\n", to: "words.txt")
        try project.folder.write("not declared\n", to: "other/secret.txt")
        try project.folder.write(
            """
            import json, os, sys, subprocess, tempfile
            folder = os.path.dirname(os.path.abspath(sys.argv[0]))
            def tried(action):
                try: return str(action()).strip()
                except Exception as error: return type(error).__name__
            sys.stdin.readline(); print('{"hello": {"protocol": 1}}', flush=True)
            for line in sys.stdin:
                r = json.loads(line)
                what = tried(lambda: \(body))
                print(json.dumps({"n": r["n"], "spans": [{"what": what}]}), flush=True)
            """, to: "s.py")
        let environment = environment.merging(["XDG_DATA_HOME": project.folder.path("home")]) { $1 }
            .mapValues { $0.replacing("PROJECT", with: project.folder.path()) }
        for arguments in [["trust", "--yes", "pipelines/sample.yaml"], ["run", "pipelines/sample.yaml"]] {
            let (code, said, _) = try ToolProcess.run(arguments, in: project.folder.path(), environment: environment)
            try #require(code == 0, "\(said)")
        }
        return try project.query("select what from reached")
    }

    private static let isConfined = colophon_landlock_version() > 0

    @Test(
        "a program reads what is declared, and writes into its own folder",
        arguments: [
            (#"open(folder + "/words.txt").read()"#, "declared"),
            (#"open("own.txt", "w").write("abc")"#, "3"),
            (#"tempfile.TemporaryFile().write(b"abc")"#, "3"),
            (#"subprocess.run(["cat", folder + "/words.txt"], capture_output=True, text=True).stdout"#, "declared"),
        ])
    func declared(body: String, result: String) throws { #expect(try reached(body) == [[result]]) }

    @Test(
        "a program is refused what is not declared, and so is what it starts",
        .enabled(if: isConfined, "this system has no Landlock"),
        arguments: [
            (#"open(folder + "/other/secret.txt").read()"#, "PermissionError"),
            (#"open(folder + "/corpus/a.txt").read()"#, "PermissionError"),
            (#"os.listdir(folder)"#, "PermissionError"),
            (#"open(folder + "/words.txt", "a").write("x")"#, "PermissionError"),
            (#"os.remove(folder + "/words.txt")"#, "PermissionError"),
            (
                #"subprocess.run(["cat", folder + "/other/secret.txt"], capture_output=True, text=True).stdout or "nothing""#,
                "nothing"
            ),
        ])
    func refused(body: String, result: String) throws { #expect(try reached(body) == [[result]]) }

    @Test("a folder that a declared variable names can be read, and with 'confined: false' everything can")
    func allowed() throws {
        let body = #"open(folder + "/other/secret.txt").read()"#
        let environment = ["MODEL": "PROJECT/other"]
        #expect(try reached(body, more: ", environment: [MODEL]", environment: environment) == [["not declared"]])
        #expect(try reached(body, more: ", confined: false") == [["not declared"]])
    }
}
