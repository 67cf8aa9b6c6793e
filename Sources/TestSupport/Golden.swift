package import Foundation
package import Testing

/// Holds what a test made against a file that is committed beside it.
///
/// A file that is missing is written, and the test fails and says so: look at it, then commit it. To take a changed
/// result as the new one, delete the file and run the test again.
package enum Golden {
    /// Compares `text` with the file `name` in the folder `Golden` beside the test.
    package static func expect(
        _ text: String, matches name: String, test: StaticString = #filePath,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expect(Array(text.utf8), matches: name, test: test, sourceLocation: sourceLocation)
    }

    /// Compares `bytes` with the file `name` in the folder `Golden` beside the test.
    package static func expect(
        _ bytes: [UInt8], matches name: String, test: StaticString = #filePath,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        if let problem = problem(of: bytes, against: file(name, beside: test)) {
            Issue.record("\(problem)", sourceLocation: sourceLocation)
        }
    }

    /// What is wrong with `bytes`; nil when the file holds the same.
    package static func problem(of bytes: [UInt8], against file: URL) -> String? {
        guard let expected = try? Data(contentsOf: file) else {
            do {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(bytes).write(to: file)
                return "golden file '\(file.lastPathComponent)' was missing and has been written: check and commit it"
            } catch {
                return "golden file '\(file.lastPathComponent)' is missing and can't be written: \(error)"
            }
        }
        guard Array(expected) != bytes else { return nil }
        let difference = LineDifference(expected: Array(expected), actual: bytes)
        return "differs from golden file '\(file.lastPathComponent)' at line \(difference.line):\n\(difference.shown)"
    }

    private static func file(_ name: String, beside test: StaticString) -> URL {
        URL(filePath: "\(test)").deletingLastPathComponent().appending(path: "Golden").appending(path: name)
    }
}
