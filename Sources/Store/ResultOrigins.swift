import Foundation
internal import GRDB
package import StageKit

/// Where results came from that this machine did not compute: from a pack, or a shared cache. It is told when one of them
/// turns out to be wrong.
extension ResultStore {
    /// The first bytes of a key tell it well enough from others.
    private static let prefix = 8

    private func originsFolder() -> String? { folder.map { "\($0)/origins" } }

    /// Notes that results of these keys came from `origin`, which is a line; `name` is the note's own name. What a note of
    /// that name had before stays.
    package func note(origin: String, name: String, of keys: [ContentDigest]) throws(FileWriteProblem) {
        guard let folder = originsFolder(), !keys.isEmpty else { return }
        let head = origin.split(whereSeparator: \.isNewline).joined(separator: " ")
        try Self.add(keys, to: "\(folder)/\(name)", under: head)
    }

    /// Where the result of a key came from; nil for one that was computed here.
    package func origin(of key: ContentDigest) -> String? {
        guard let folder = originsFolder() else { return nil }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted() {
            guard let note = Self.note(at: "\(folder)/\(name)") else { continue }
            if note.keys.contains(Array(key.bytes.prefix(Self.prefix))) { return note.head }
        }
        return nil
    }

    /// Throws away the results of keys; they are computed again when they are asked for, and not taken from elsewhere.
    package func discard(results keys: [ContentDigest]) throws(StoreProblem) {
        guard !keys.isEmpty else { return }
        if let path = wrongPath {
            do throws(FileWriteProblem) { try Self.add(keys, to: path, under: "wrong") } catch {
                throw StoreProblem(error, path: path)
            }
        }
        try access(write: true) { db in
            let delete = try db.cachedStatement(sql: "DELETE FROM results WHERE key = ?")
            for key in keys { try delete.execute(arguments: [key.short]) }
        }
    }

    private var wrongPath: String? { folder.map { "\($0)/wrong" } }

    /// What of a batch from elsewhere may be taken: no result that was found to be wrong before.
    func taken(of batch: WriteBatch) -> WriteBatch {
        guard let path = wrongPath, let wrong = Self.note(at: path)?.keys else { return batch }
        var batch = batch
        batch.results.removeAll { wrong.contains(Array($0.key.bytes.prefix(Self.prefix))) }
        return batch
    }

    /// Whether a result of one of these keys was found to be wrong before.
    package func hasWrong(among keys: [ContentDigest]) -> Bool {
        guard let path = wrongPath, let wrong = Self.note(at: path)?.keys else { return false }
        return keys.contains { wrong.contains(Array($0.bytes.prefix(Self.prefix))) }
    }

    /// Reads a note: a line, and behind it the beginnings of keys.
    private static func note(at path: String) -> (head: String, keys: Set<[UInt8]>)? {
        guard let bytes = FileWriting.contents(of: path), let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
            return nil
        }
        var keys: Set<[UInt8]> = []
        for start in stride(from: end + 1, to: bytes.count - prefix + 1, by: prefix) {
            keys.insert(Array(bytes[start..<start + prefix]))
        }
        return (String(decoding: bytes[..<end], as: UTF8.self), keys)
    }

    private static func add(_ keys: [ContentDigest], to path: String, under head: String) throws(FileWriteProblem) {
        var known: Set<[UInt8]> = []
        if let before = note(at: path), before.head == head { known = before.keys }
        for key in keys { known.insert(Array(key.bytes.prefix(prefix))) }
        let bytes = known.sorted { $0.lexicographicallyPrecedes($1) }.reduce(into: Array("\(head)\n".utf8)) { $0 += $1 }
        try FileWriting.write(bytes, to: path)
    }
}
