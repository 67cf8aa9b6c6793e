import Engine
import Results
import Store

/// Whether an error of a run comes from a damaged database: that a check found it, or that a checkup of the whole file
/// finds it now. An error that no damage explains is a mistake of this program, and nothing of the user's is set aside
/// for it.
enum Suspicion {
    /// The path of the database that is damaged; nil where none is.
    static func damagedDatabase(
        _ error: any Error, results: String, store place: ProjectStore, jobs: Int
    ) async -> String? {
        switch error {
        case StoreProblem.damaged(let path): path
        case StoreProblem.suspect(let path, _): await isSound(path, place, jobs: jobs) ? nil : path
        case let problem as ResultsError where problem.kind == .damaged: results
        default: nil
        }
    }

    /// Whether a checkup of the store or the state at `path` finds every byte to be as it was written.
    private static func isSound(_ path: String, _ place: ProjectStore, jobs: Int) async -> Bool {
        do {
            if let state = place.states.first(where: { $0.path == path }) {
                return try await place.openState(at: state.path).checkup(jobs: jobs).problems.isEmpty
            }
            return try await place.open().checkup(jobs: jobs).isSound
        } catch {
            return false
        }
    }
}
