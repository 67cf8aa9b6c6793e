import Foundation
import Model
import Project
import Synchronization

/// Standard output for results, standard error for messages.
enum Terminal {
    /// Prints a line of results.
    static func print(_ text: String) { write(text.hasSuffix("\n") ? text : text + "\n", to: STDOUT_FILENO) }

    /// Prints bytes of results as they are.
    static func print(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

    /// Prints a line for the person at the terminal.
    static func error(_ text: String) {
        ProgressLine.shared.clear()
        write(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO)
    }

    /// Prints the problems of a file that the user wrote.
    static func report(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics { error(diagnostic.rendered) }
    }

    /// Prints the problem that ends a command, with how many problems it is made of where they are several.
    static func report(_ problem: ProjectProblem) {
        report(problem.diagnostics)
        let count = problem.diagnostics.count { $0.severity == .error }
        if count > 1 { error("\(count) problems") }
    }

    /// Prints what is told of the cache.
    static func tell(_ event: StoreEvent) {
        switch event {
        case .damage(let notes):
            for note in notes { error("warning: \(note) [damaged-store]") }
        case .renewed(let folder):
            let isFirst = isRenewalTold.withLock { isTold in
                defer { isTold = true }
                return !isTold
            }
            guard isFirst else { return }
            error(
                "note: what an earlier release kept in '\(folder)' can't be used by this one: it is begun anew "
                    + "[renewed-store]")
        case .readOnly(let path):
            error(
                "warning: '\(path)' is not writable: everything is recomputed, and nothing is kept for the next run. Set "
                    + "COLOPHON_STORE to a writable folder. [read-only-store]")
        }
    }

    /// Store and states are told of separately, and it is one message.
    private static let isRenewalTold = Mutex(false)

    /// Prints that the output folder belongs to another run.
    static func waiting() { error("waiting for another run of this pipeline to finish") }

    /// Whether a stream leads to a terminal that shows colours and moving text.
    static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Whether colours are wanted (https://no-color.org).
    static var hasColour: Bool {
        isTerminal(STDOUT_FILENO) && (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
            && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// How many columns the terminal of a stream has; 80 when that is not known.
    static func width(of descriptor: Int32) -> Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    private static func write(_ text: String, to descriptor: Int32) { write(Array(text.utf8), to: descriptor) }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) {
        bytes.withUnsafeBytes { buffer in
            var done = 0
            while done < buffer.count {
                let count = Foundation.write(descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
                if count >= 0 {
                    done += count
                } else if errno != EINTR {
                    // The reader is gone: there is nobody left to write for.
                    if descriptor == STDOUT_FILENO { exit(0) }
                    return
                }
            }
        }
    }
}
