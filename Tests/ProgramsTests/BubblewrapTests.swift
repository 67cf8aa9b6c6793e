import Foundation
import StageKit
import Testing

@testable import Programs

@Suite("Programs under Bubblewrap") struct BubblewrapTests {
    private static let installed = Launcher.installedBubblewrap

    @Test(
        "a program reaches what is declared and nothing else, where Bubblewrap confines it",
        .enabled(if: installed != nil, "Bubblewrap is not installed, or may not work here"),
        arguments: [
            (#"open(folder + "/program.py").read(6)"#, "import"),
            (#"open("own.txt", "w").write("abc")"#, "3"),
            (#"os.path.samefile(os.getcwd(), os.environ["HOME"])"#, "True"),
            (#"open("/dev/null").read() + "x""#, "x"),
            (#"open(folder + "/secret.txt").read()"#, "FileNotFoundError"),
            (#"open(folder + "/program.py", "a").write("x")"#, "OSError"),
            (#"open("/usr/x", "w").write("x")"#, "OSError"),
        ])
    func reach(body: String, result: String) async throws {
        let folder = try ProgramFolder.answering(
            """
            folder = os.path.dirname(os.path.abspath(sys.argv[0]))
            try: what = str(\(body))
            except Exception as error: what = type(error).__name__
            say({"n": r["n"], "spans": [{"what": what}]})
            """)
        defer { folder.remove() }
        try Data("not declared".utf8).write(to: URL(filePath: folder.path).appending(path: "secret.txt"))
        var specification = folder.specification()
        specification.launcher = .bubblewrap(try #require(Self.installed))
        let pool = ProgramPool(specification, workers: 1)
        let results = try await pool.annotate(ProgramFolder.records(["a"]))
        await pool.shutdown()
        #expect(try ProgramFolder.layer(results[0]).get().annotations[0].fields[0].value == .string(result))
    }
}
