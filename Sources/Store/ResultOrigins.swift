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
        let head = Array("\(origin.split(whereSeparator: \.isNewline).joined(separator: " "))\n".utf8)
        var known: Set<[UInt8]> = []
        if let before = FileWriting.contents(of: "\(folder)/\(name)"), before.starts(with: head) {
            for start in stride(from: head.count, to: before.count - Self.prefix + 1, by: Self.prefix) {
                known.insert(Array(before[start..<start + Self.prefix]))
            }
        }
        for key in keys { known.insert(Array(key.bytes.prefix(Self.prefix))) }
        let bytes = known.sorted { $0.lexicographicallyPrecedes($1) }.reduce(into: head) { $0 += $1 }
        try FileWriting.write(bytes, to: "\(folder)/\(name)")
    }

    /// Where the result of a key came from; nil for one that was computed here.
    package func origin(of key: ContentDigest) -> String? {
        guard let folder = originsFolder() else { return nil }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        for name in names.sorted() {
            guard let bytes = FileWriting.contents(of: "\(folder)/\(name)"),
                let end = bytes.firstIndex(of: UInt8(ascii: "\n"))
            else { continue }
            let wanted = Array(key.bytes.prefix(Self.prefix))
            var place = end + 1
            while place + Self.prefix <= bytes.count {
                if bytes[place..<place + Self.prefix].elementsEqual(wanted) {
                    return String(decoding: bytes[..<end], as: UTF8.self)
                }
                place += Self.prefix
            }
        }
        return nil
    }

    /// Throws away the results of keys; they are computed again when they are asked for.
    package func discard(results keys: [ContentDigest]) throws(StoreProblem) {
        guard !keys.isEmpty else { return }
        try access(write: true) { db in
            let delete = try db.cachedStatement(sql: "DELETE FROM results WHERE key = ?")
            for key in keys { try delete.execute(arguments: [Data(key.bytes)]) }
        }
    }
}
