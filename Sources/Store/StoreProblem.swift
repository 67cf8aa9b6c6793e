internal import GRDB
import StageKit

/// What keeps a store from being used.
package enum StoreProblem: Error, Equatable {
    /// A later release of Colophon wrote it.
    case newer(path: String, version: Int)
    /// It is in a place where nothing can be written.
    case readOnly(path: String)
    /// The disk is full.
    case full(path: String)
    /// What is in it is damaged; it has to be put aside and begun anew.
    case damaged(path: String)
    /// It can't be opened, read or written for another reason.
    case failed(path: String, reason: String)

    /// What SQLite reports, as one of ours.
    init(_ error: any Error, path: String) {
        switch error {
        case let problem as StoreProblem: self = problem
        case let error as DatabaseError where error.resultCode == .SQLITE_FULL: self = .full(path: path)
        case let error as DatabaseError where error.resultCode == .SQLITE_READONLY: self = .readOnly(path: path)
        // SQLite tells of some files that can't grow, that of its shared memory for one, only that something failed.
        case let error as DatabaseError
        where [.SQLITE_IOERR, .SQLITE_CANTOPEN].contains(error.resultCode) && FileWriting.isFull(path):
            self = .full(path: path)
        case _ where Self.isDamage(error): self = .damaged(path: path)
        case let error as FileWriteProblem where error.isFull: self = .full(path: error.path)
        case let error as FileWriteProblem where error.isReadOnly: self = .readOnly(path: error.path)
        case let error as FileWriteProblem: self = .failed(path: error.path, reason: error.reason)
        case let error as DatabaseError:
            self = .failed(path: path, reason: error.message ?? "SQLite error \(error.resultCode.rawValue)")
        default: self = .failed(path: path, reason: "\(error)")
        }
    }

    /// Whether the file is not a sound database, so that a new one has to take its place.
    static func isDamage(_ error: any Error) -> Bool {
        if error is DamagedState || error is LayerError || error is RowDecodingError { return true }
        guard let error = error as? DatabaseError else { return false }
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: return true
        // What only a damaged page brings about: lengths and types that were never written, a table that is not there.
        case .SQLITE_TOOBIG, .SQLITE_MISMATCH, .SQLITE_CONSTRAINT: return true
        case .SQLITE_IOERR: return error.extendedResultCode == .SQLITE_IOERR_SHORT_READ
        case .SQLITE_ERROR: return error.message.map { $0.hasPrefix("no such ") || $0.contains("malformed") } ?? false
        default: return false
        }
    }
}
