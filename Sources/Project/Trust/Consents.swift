import Digests
import Foundation
import Model
import StageKit
import Store

/// What a user has consented to, kept outside every project: in `colophon/trust` below `XDG_DATA_HOME`, or else below
/// `~/.local/share`.
///
/// A consent is a file that has the digest of its text for a name. One that is not whole, that belongs to another user, or
/// that others may write to is none.
package struct Consents: Sendable {
    /// The folder; nil where there is no home.
    package let folder: String?
    /// Digests that stand for consent to all that a pipeline does (`COLOPHON_TRUST`), in places where nobody can be asked.
    package let given: [String]

    /// Another folder for a task and what it starts: tests do not write into anybody's home.
    @TaskLocal package static var ownFolder: String?

    package init(environment: [String: String] = ProcessInfo.processInfo.environment) {
        given = (environment["COLOPHON_TRUST"] ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
        let data = environment["XDG_DATA_HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
        folder = Self.ownFolder ?? (data ?? home.map { "\($0)/.local/share" }).map { "\($0)/colophon/trust" }
    }

    /// The items that the user has not consented to.
    package func missing(_ items: [ConsentItem]) -> [ConsentItem] {
        guard !items.isEmpty, !given.contains(items.consentDigest.description) else { return [] }
        return items.filter { !has($0.digest) }
    }

    private func has(_ digest: ContentDigest) -> Bool { text(of: digest) != nil }

    /// What was consented to under a digest; nil where there is no such consent.
    private func text(of digest: ContentDigest) -> String? {
        guard let folder, OwnFile.problem(folder) == nil, OwnFile.problem("\(folder)/\(digest)") == nil,
            let bytes = FileWriting.contents(of: "\(folder)/\(digest)"), ContentDigest(of: bytes) == digest
        else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Keeps the consent to an item, with its files as far as they are short, by which a later change is shown.
    package func record(_ item: ConsentItem) throws {
        guard let folder else {
            throw ProjectProblem.failure([
                Diagnostic(
                    "a consent can't be recorded: neither XDG_DATA_HOME nor HOME is set",
                    hint: "Set one of them, or give the consent with COLOPHON_TRUST.", id: "no-home")
            ])
        }
        do throws(FileWriteProblem) {
            for part in [folder, "\(folder)/files", "\(folder)/last"] {
                try FileWriting.makeFolder(part)
                chmod(part, 0o700)
            }
            try write(Array(item.text.utf8), to: "\(folder)/\(item.digest)")
            for file in item.files {
                guard let size = FileWriting.size(of: file.location), size <= Self.shown,
                    let bytes = FileWriting.contents(of: file.location), ContentDigest(of: bytes) == file.digest
                else { continue }
                try write(bytes, to: "\(folder)/files/\(file.digest)")
            }
            try write(Array("\(item.digest)\n".utf8), to: "\(folder)/last/\(Self.key(item.place))")
        } catch {
            throw ProjectProblem.failure([
                Diagnostic(
                    "the consent can't be recorded in '\(folder)': \(error.reason)",
                    hint: "Make the folder writable, or set XDG_DATA_HOME to another, or give the consent with "
                        + "COLOPHON_TRUST.", id: "unwritable")
            ])
        }
    }

    /// Takes the consent to an item back; false where there was none.
    package func revoke(_ item: ConsentItem) -> Bool {
        guard let folder else { return false }
        return unlink("\(folder)/\(item.digest)") == 0
    }

    /// The facts that were consented to for an item's place before; nil where there were none.
    package func last(_ item: ConsentItem) -> [String]? {
        guard let folder,
            let bytes = FileWriting.contents(of: "\(folder)/last/\(Self.key(item.place))"),
            let digest = ContentDigest(hexadecimal: String(decoding: bytes.prefix(64), as: UTF8.self))
        else { return nil }
        return text(of: digest)?.split(separator: "\n").map(String.init)
    }

    /// The file with a digest as it was when it was consented to, if it was kept.
    package func file(_ digest: String) -> [UInt8]? {
        guard let folder, let bytes = FileWriting.contents(of: "\(folder)/files/\(digest)"),
            ContentDigest(of: bytes).description == digest
        else { return nil }
        return bytes
    }

    /// Longer files are not kept.
    private static let shown = 256 << 10

    private func write(_ bytes: [UInt8], to path: String) throws(FileWriteProblem) {
        try FileWriting.write(bytes, to: path)
        chmod(path, 0o600)
    }

    private static func key(_ place: String) -> String { ContentDigest(of: Array(place.utf8)).description }
}
