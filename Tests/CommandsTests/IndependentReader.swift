import Foundation
import Testing

/// A script of `Tests/Readers`, which reads what Colophon writes with a program of somebody else.
struct IndependentReader {
    private static let project = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Whether the packages that the script needs are installed: `Tools/setup.sh readers` does that.
    static func isInstalled(_ imports: String...) -> Bool {
        (try? python(["-c", "import " + imports.joined(separator: ", ")]))?.code == 0
    }

    /// Runs a script, and gives its exit code with what it printed.
    static func run(_ script: String, _ arguments: String...) throws -> (code: Int32, printed: String) {
        try python([project.appending(path: "Tests/Readers/\(script)").path] + arguments)
    }

    private static func python(_ arguments: [String]) throws -> (code: Int32, printed: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        let packages = project.appending(path: ".build/readers").path
        let path = [packages, ProcessInfo.processInfo.environment["PYTHONPATH"]].compactMap { $0 }
        process.environment = ProcessInfo.processInfo.environment.merging(
            ["PYTHONPATH": path.joined(separator: ":"), "PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
        process.currentDirectoryURL = FileManager.default.temporaryDirectory
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let printed = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: printed, as: UTF8.self))
    }
}
