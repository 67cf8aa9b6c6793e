import Foundation
import Model
import StageKit
import Store

/// What a person is shown of an item before consenting to it.
package struct ConsentReview: Sendable {
    package let item: ConsentItem
    /// Whether the user has consented to it as it is.
    package let isGiven: Bool
    private let consents: Consents

    package init(_ item: ConsentItem, _ consents: Consents) {
        self.item = item
        self.consents = consents
        isGiven = consents.missing([item]).isEmpty
    }

    /// How many lines of a file are shown.
    private static let lines = 12

    /// The facts, and what changed since the last consent or else the first lines of each file.
    package var text: String {
        let before = consents.last(item)
        var lines = ["\(item.name): \(isGiven ? "you have consented to this" : "no consent yet")"]
        lines += item.facts.dropFirst().map { "  \($0)" }
        if !isGiven, let before {
            lines.append("  what changed since you consented to it:")
            lines += Self.difference(before, item.facts).map { "    \($0)" }
            for file in item.files { lines += changes(of: file, since: before) }
        } else {
            for file in item.files { lines += head(of: file) }
        }
        return lines.map { $0.printable() }.joined(separator: "\n")
    }

    private func head(of file: ConsentItem.File) -> [String] {
        guard let all = Self.text(FileWriting.contents(of: file.location)) else {
            return ["  \(file.path): no text"]
        }
        let more = all.count > Self.lines ? ["    … \(Wording.count(all.count - Self.lines, "more line"))"] : []
        return ["  \(file.path):"] + all.prefix(Self.lines).map { "    | \($0)" } + more
    }

    /// The lines of a file that are others than when the facts `before` were consented to.
    private func changes(of file: ConsentItem.File, since before: [String]) -> [String] {
        let start = "file \(ConsentItem.quoted(file.path)) "
        guard let fact = before.first(where: { $0.hasPrefix(start) }) else { return head(of: file) }
        let digest = String(fact.dropFirst(start.count))
        guard digest != file.digest.description else { return [] }
        guard let old = Self.text(consents.file(digest)), let new = Self.text(FileWriting.contents(of: file.location))
        else { return ["  \(file.path): another content; how it was before is not known any more"] }
        return ["  \(file.path), lines that changed:"] + Self.difference(old, new).map { "    \($0)" }
    }

    /// Lines of a file; nil where it is no text, or is too long to be compared line by line.
    private static func text(_ bytes: [UInt8]?) -> [String]? {
        guard let bytes, bytes.count <= 1 << 20, let text = String(validating: bytes, as: UTF8.self) else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return lines.last == "" ? lines.dropLast() : lines
    }

    /// Lines that went, with `-`, and lines that came, with `+`, in the order of the file.
    private static func difference(_ old: [String], _ new: [String]) -> [String] {
        var removed: Set<Int> = []
        var inserted: Set<Int> = []
        for change in new.difference(from: old) {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var lines: [String] = []
        var (i, k) = (0, 0)
        while i < old.count || k < new.count {
            if i < old.count, removed.contains(i) {
                lines.append("- \(old[i])")
                i += 1
            } else if k < new.count, inserted.contains(k) {
                lines.append("+ \(new[k])")
                k += 1
            } else {
                i += 1
                k += 1
            }
        }
        return lines
    }
}
