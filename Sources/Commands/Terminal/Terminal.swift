import Foundation
import Model
import Synchronization

/// Standard output for results, standard error for everything said to a person.
enum Terminal {
    /// Prints a line of results.
    static func print(_ text: String) { write(text.hasSuffix("\n") ? text : text + "\n", to: STDOUT_FILENO) }

    /// Prints bytes of results as they are.
    static func print(_ bytes: [UInt8]) { write(bytes, to: STDOUT_FILENO) }

    /// Says a line to the person at the terminal.
    static func error(_ text: String) {
        ProgressLine.shared.clear()
        write(text.hasSuffix("\n") ? text : text + "\n", to: STDERR_FILENO)
    }

    /// Says what is wrong with a file that the user wrote.
    static func report(_ diagnostics: [Diagnostic]) {
        for diagnostic in diagnostics { error(diagnostic.rendered) }
    }

    /// Says what was found damaged in the store, and is made anew.
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

    /// How many columns the terminal has; 100 when that is not known.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
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

/// The line on standard error that shows how far a long work is; there only when standard error is a terminal.
final class ProgressLine: Sendable {
    static let shared = ProgressLine()

    private struct State {
        var isShown = false
        var isQuiet = false
        var last: ContinuousClock.Instant?
        var began: ContinuousClock.Instant?
        var phase = ""
    }
    private let state = Mutex(State())

    /// Shows nothing from now on.
    func silence() { state.withLock { $0.isQuiet = true } }

    /// Shows `done` of `total`, ten times a second at the most, with rate and time left.
    func show(_ phase: String, done: Int, total: Int) {
        guard Terminal.isTerminal(STDERR_FILENO) else { return }
        let now = ContinuousClock.now
        let line: String? = state.withLock { state in
            guard !state.isQuiet else { return nil }
            if state.phase != phase {
                state.phase = phase
                state.began = now
            } else if let last = state.last, now - last < .milliseconds(100) {
                return nil
            }
            state.last = now
            state.isShown = true
            let seconds = max(0.001, (now - (state.began ?? now)) / .seconds(1))
            let rate = Double(done) / seconds
            let left = rate > 0 ? Double(total - done) / rate : 0
            let speed = seconds > 0.5 ? "  \(Int(rate))/s  \(Int(left.rounded(.up))) s left" : ""
            return "\r\u{1B}[K\(phase): \(done) of \(total)\(speed)"
        }
        if let line { FileHandle.standardError.write(Data(line.utf8)) }
    }

    /// Takes the line away.
    func clear() {
        let wasShown = state.withLock { state in
            defer { state.isShown = false }
            return state.isShown
        }
        if wasShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }
}
