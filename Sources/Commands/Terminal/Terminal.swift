import Foundation
import Model

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

    /// Prints what was found damaged in the cache, and is recomputed.
    static func tell(damage notes: [String]) {
        for note in notes { error("warning: \(note) [damaged-store]") }
    }

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
