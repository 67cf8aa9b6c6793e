import Foundation
import GRDB
package import StageKit

/// The results of a pipeline in one SQLite file, `outputs/<pipeline>/results.sqlite`: what notebooks query, and what
/// people open in other programs.
package final class ResultsDatabase: Sendable {
    /// Where the file is.
    package let path: String
    /// What was found in the file's place and put aside; nil where nothing was.
    package let note: String?

    /// Opens the results at `path`, which need not be there yet. A file that is no results database is moved aside;
    /// one of another release's layout is written anew.
    package init(at path: String) throws(ResultsError) {
        self.path = path
        note = try Self.makeWay(at: path)
    }

    /// The key of the run whose results these are; nil for none, or where a run did not get to its end.
    package var standsFor: String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try? ResultsFile.open(path, readonly: true).read { db in
            try String.fetchOne(db, sql: "select digest from digests where name = ?", arguments: [Self.runName])
        }
    }

    /// The pipeline whose results these are, by its path in the project; nil for none.
    package var pipeline: String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try? ResultsFile.open(path, readonly: true).read { db in
            try String.fetchOne(db, sql: "select value from about where key = 'pipeline'")
        }
    }

    /// The digest of each table as it is kept; empty where there are no results yet.
    package func digests() throws(ResultsError) -> [String: ContentDigest] {
        try read { try TableDigests($0).digests }
    }

    /// The digest of each table computed from its rows, to be held against ``digests()``.
    package func recomputedDigests() throws(ResultsError) -> [String: ContentDigest] {
        try read { try TableDigests(recomputing: $0).digests }
    }

    /// The documents of whose text a note says `words`, in order.
    package func documents(noting words: String) throws(ResultsError) -> [String] {
        try read { db in
            try String.fetchAll(
                db, sql: "select document from metadata where key = 'notice' and instr(value, ?) > 0 order by document",
                arguments: [words])
        }
    }

    /// Begins to write: into what is there, or with `fresh` into a new file that takes the old one's place when the
    /// writer finishes. `layers` are those that stages of the user's own write; `statistics` are
    /// the uses of `summarize-statistics`; `documents`, in order, those that a new
    /// file is going to hold, as far as they are known.
    package func begin(
        fresh: Bool, layers: [LayerName] = [], statistics: [StatisticsNamespace] = [], documents: [String] = []
    ) throws(ResultsError) -> ResultsWriter {
        try ResultsError.wrapping("the results at '\(path)' can't be written") {
            try ResultsWriter(
                at: path, fresh: fresh || !FileManager.default.fileExists(atPath: path), layers: layers,
                statistics: statistics, documents: documents)
        }
    }

    /// Copies the file to `path`, as it stands between two runs.
    package func copy(to path: String) throws(ResultsError) {
        try ResultsError.wrapping("the results at '\(self.path)' can't be copied to '\(path)'") {
            let aside = "\(path).part"
            try? FileManager.default.removeItem(atPath: aside)
            let target = try ResultsFile.open(aside, readonly: false)
            try ResultsFile.open(self.path, readonly: true).backup(to: target)
            try target.close()
            guard rename(aside, path) == 0 else { throw ResultsError(String(cString: strerror(errno))) }
        }
    }

    /// The name under which the run's key stands among the digests.
    static let runName = "run"

    func read<Value>(_ body: (Database) throws -> Value) throws(ResultsError) -> Value {
        try ResultsError.wrapping("the results at '\(path)' can't be read") {
            try ResultsFile.open(path, readonly: true).read(body)
        }
    }

    private static func makeWay(at path: String) throws(ResultsError) -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        ResultsFile.settle(path)
        let state = ResultsFile.state(path)
        guard state != .current else { return nil }
        return try ResultsError.wrapping("'\(path)' is in the way") {
            if state == .otherVersion {
                try ResultsFile.clear(path)
                return "the results of another release are written anew"
            }
            let aside = "\(path).aside"
            try ResultsFile.clear(path, movingTo: aside)
            return "a file that is no results database was moved to '\(aside)'"
        }
    }
}
