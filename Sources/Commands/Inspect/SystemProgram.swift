import Foundation
import Processes

/// A program of the system that makes documents or pictures, if it is installed.
struct SystemProgram {
    /// The names under which it is installed.
    let names: [String]
    /// The package that has it, as messages name it.
    let package: String

    static let chromium = SystemProgram(
        names: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
        package: "Chromium (Debian: chromium; macOS: brew install --cask chromium)")
    static let pandoc = SystemProgram(names: ["pandoc"], package: "pandoc (Debian: pandoc; macOS: brew install pandoc)")
    static let rsvg = SystemProgram(
        names: ["rsvg-convert"], package: "rsvg-convert (Debian: librsvg2-bin; macOS: brew install librsvg)")

    /// The folders in which programs are looked for.
    static var searchPath: [String] {
        (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    }

    /// Its path; nil where no folder has it.
    func installed(in path: [String] = searchPath) -> String? {
        names.lazy.flatMap { name in path.map { "\($0)/\(name)" } }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// The arguments by which Chromium works without a window and keeps nothing outside `folder`.
    static func headless(_ folder: String) -> [String] {
        // Chromium refuses to start its sandbox for root
        (geteuid() == 0 ? ["--no-sandbox"] : []) + [
            "--headless", "--disable-gpu", "--no-first-run", "--hide-scrollbars", "--user-data-dir=\(folder)/browser",
        ]
    }

    /// Runs a program to its end. Gives the end of what it said; what it made tells whether it succeeded.
    static func run(_ program: String, _ arguments: [String]) -> String {
        let environment = ProcessInfo.processInfo.environment.merging(["SOURCE_DATE_EPOCH": "0"]) { _, new in new }
        do throws(SystemCommand.Problem) {
            return String(
                try SystemCommand(program, arguments, environment: environment, seconds: seconds).wait().said.suffix(
                    2000))
        } catch {
            return switch error {
            case .tooSlow(let seconds): "it was ended after \(seconds) s"
            case .tooLong(let bytes): "it was ended when it had written \(bytes) bytes"
            case .notInstalled, .notStarted, .cancelled: "it could not be started"
            }
        }
    }

    /// A program may take so long for a document or a picture.
    private static let seconds = 600
}
