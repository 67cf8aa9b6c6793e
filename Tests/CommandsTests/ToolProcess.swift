import Foundation
import TestSupport
import Testing

/// The built tool as a process of its own: for what can't be tried within the process of the tests.
final class ToolProcess {
    private let process = Process()
    private let said = Pipe()
    private let printed = Pipe()

    /// Starts `colophon` in a project's folder, with `input` on its standard input.
    init(
        _ arguments: [String], in folder: String, environment: [String: String] = [:], input: String = ""
    ) throws {
        // The tool is built into the folder in which the tests' own program stands.
        var place = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
        #if os(macOS)
            while place.lastPathComponent != "debug", place.path.count > 1 { place.deleteLastPathComponent() }
        #endif
        let tool = place.appending(path: "colophon")
        try #require(FileManager.default.isExecutableFile(atPath: tool.path), "no tool at \(tool.path)")
        process.executableURL = tool
        process.arguments = arguments
        process.currentDirectoryURL = URL(filePath: folder)
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = printed
        process.standardError = said
        // What is written here has to fit into a pipe.
        let given = Pipe()
        process.standardInput = given
        try process.run()
        try given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try given.fileHandleForWriting.close()
    }

    /// Whether it has not ended yet.
    var isRunning: Bool { process.isRunning }

    /// Sends it a signal.
    func send(_ number: Int32) { kill(process.processIdentifier, number) }

    /// Waits for its end, and gives the exit code with what it wrote to standard error and to standard output, which has
    /// to fit into a pipe.
    func end() throws -> (code: Int32, said: String, printed: String) {
        let said = try said.fileHandleForReading.readToEnd() ?? Data()
        let printed = try printed.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (
            process.terminationStatus, String(decoding: said, as: UTF8.self), String(decoding: printed, as: UTF8.self)
        )
    }

    /// Runs a command to its end.
    static func run(
        _ arguments: [String], in folder: String, environment: [String: String] = [:], input: String = ""
    ) throws -> (code: Int32, said: String, printed: String) {
        try ToolProcess(arguments, in: folder, environment: environment, input: input).end()
    }
}

/// A file system of its own in a folder, for tests of a full and of a read-only disk.
final class Mount {
    private let folder: String

    /// Whether this process may mount file systems; in many containers not even root may.
    static let isPossible: Bool = {
        guard geteuid() == 0, let project = try? TemporaryProject(["m/file": ""]) else { return false }
        return (try? Mount(["-t", "tmpfs", "tmpfs"], at: project.path("m"))) != nil
    }()

    init(_ arguments: [String], at folder: String) throws {
        self.folder = folder
        try Self.system(["mount"] + arguments + [folder])
    }

    deinit { try? Self.system(["umount", "-l", folder]) }

    /// Mounts it again with other options.
    func change(_ options: String) throws { try Self.system(["mount", "-o", "remount,\(options)", folder]) }

    private struct Failed: Error {}

    private static func system(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw Failed() }
    }
}
