import Foundation
import Project
import Synchronization

/// The line on standard error that shows how far a long command is; shown only when standard error is a terminal.
final class ProgressLine: Sendable {
    static let shared = ProgressLine()

    private struct State {
        var isShown = false
        var isQuiet = false
        var last: ContinuousClock.Instant?
        /// When the command began, and when its current phase did.
        var began: ContinuousClock.Instant?
        var phaseBegan: ContinuousClock.Instant?
        var phase = ""
    }
    private let state = Mutex(State())

    /// Shows nothing from now on.
    func silence() { state.withLock { $0.isQuiet = true } }

    /// Shows that `done` of `total` documents are through `phase`, at most ten times a second. `share` is the part of the
    /// whole command that is finished then, from 0 to 1. `details` of the phase follow the documents.
    func show(_ phase: String, done: Int = 0, total: Int = 0, details: [String] = [], share: Double) {
        guard Terminal.isTerminal(STDERR_FILENO) else { return }
        let now = ContinuousClock.now
        let width = Terminal.width(of: STDERR_FILENO)
        let line: String? = state.withLock { state in
            guard !state.isQuiet else { return nil }
            if state.phase != phase {
                state.phase = phase
                state.phaseBegan = now
                state.began = state.began ?? now
            } else if let last = state.last, now - last < .milliseconds(100) {
                return nil
            }
            state.last = now
            state.isShown = true
            let line = Self.line(
                phase, done: done, total: total, details: details, share: share,
                phaseSeconds: Self.seconds(state.phaseBegan, now),
                seconds: Self.seconds(state.began, now), width: width)
            return "\r\u{1B}[K\(line)"
        }
        if let line { FileHandle.standardError.write(Data(line.utf8)) }
    }

    private static func seconds(_ start: ContinuousClock.Instant?, _ now: ContinuousClock.Instant) -> Double {
        start.map { (now - $0) / .seconds(1) } ?? 0
    }

    /// The line: how many documents are through, how fast, and how long the whole command may still take. What has no room
    /// in `width` columns is left away from the right, because a line that wraps can't be cleared again.
    static func line(
        _ phase: String, done: Int, total: Int, details: [String] = [], share: Double, phaseSeconds: Double,
        seconds: Double, width: Int
    ) -> String {
        var parts = [phase + (total > 0 ? ": \(Wording.grouped(done)) of \(Wording.grouped(total))" : "")] + details
        if total > 0, phaseSeconds > 0.5 { parts.append("\(Wording.grouped(Int(Double(done) / phaseSeconds)))/s") }
        if seconds > 2, share > 0.02, share < 1 {
            parts.append("about \(duration(seconds * (1 - share) / share)) left")
        }
        var line = ""
        for part in parts {
            let longer = line.isEmpty ? part : "\(line)  \(part)"
            guard longer.count < width else { break }
            line = longer
        }
        return line.isEmpty ? String(parts[0].prefix(max(0, width - 1))) : line
    }

    /// `8 s`, `3 min`, `2 h`.
    private static func duration(_ seconds: Double) -> String {
        switch seconds {
        case ..<90: "\(Int(seconds.rounded(.up))) s"
        case ..<5400: "\(Int((seconds / 60).rounded())) min"
        default: "\(Int((seconds / 3600).rounded())) h"
        }
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
