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
    /// What is in it is damaged, as a check found; it has to be put aside and begun anew.
    case damaged(path: String)
    /// SQLite refuses something that it would not refuse on a sound database, unless this program is wrong: only a
    /// checkup can tell which.
    case suspect(path: String, reason: String)
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
        case _ where Self.isSuspect(error):
            let reason = (error as? DatabaseError).map { $0.message ?? "SQLite error \($0.resultCode.rawValue)" }
            self = .suspect(path: path, reason: reason ?? "\(error)")
        case let error as FileWriteProblem where error.isFull: self = .full(path: error.path)
        case let error as FileWriteProblem where error.isReadOnly: self = .readOnly(path: error.path)
        case let error as FileWriteProblem: self = .failed(path: error.path, reason: error.reason)
        case let error as DatabaseError:
            self = .failed(path: path, reason: error.message ?? "SQLite error \(error.resultCode.rawValue)")
        default: self = .failed(path: path, reason: "\(error)")
        }
    }

    /// Whether a check failed, ours or SQLite's own, so that a new database has to take the place of this one.
    static func isDamage(_ error: any Error) -> Bool {
        if error is DamagedState { return true }
        guard let error = error as? DatabaseError else { return false }
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT: return true
        case .SQLITE_IOERR: return error.extendedResultCode == .SQLITE_IOERR_SHORT_READ
        case .SQLITE_ERROR: return error.message.map { $0.contains("malformed") } ?? false
        default: return false
        }
    }

    /// Whether this is what a damaged page may bring about, or else a mistake of this program: lengths, types and keys
    /// that were never written, a table that is not there.
    static func isSuspect(_ error: any Error) -> Bool {
        if error is LayerError || error is RowDecodingError { return true }
        guard let error = error as? DatabaseError else { return false }
        switch error.resultCode {
        case .SQLITE_TOOBIG, .SQLITE_MISMATCH, .SQLITE_CONSTRAINT: return true
        case .SQLITE_ERROR: return error.message.map { $0.hasPrefix("no such ") } ?? false
        default: return false
        }
    }
}
