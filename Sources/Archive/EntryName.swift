import Foundation

/// What a name of an entry has to be like so that it can be written below a folder on every system, and nowhere else.
package enum EntryName {
    /// The longest name, and the longest part of one, in bytes.
    static let longest = 1024
    static let longestPart = 255

    /// The name, if it may be used; throws what is wrong with it.
    static func checked(_ bytes: [UInt8]) throws(ArchiveProblem) -> String {
        let shown = TarHeader.shown(bytes)
        guard bytes.count <= longest else {
            throw ArchiveProblem("the name of an entry has \(bytes.count) bytes, more than \(longest): \(shown)")
        }
        guard let name = String(validating: bytes, as: UTF8.self) else {
            throw ArchiveProblem("the name of the entry \(shown) is not UTF-8")
        }
        guard !name.isEmpty else { throw ArchiveProblem("an entry has no name") }
        guard bytes.first != UInt8(ascii: "/") else { throw ArchiveProblem("the entry \(shown) has an absolute name") }
        guard !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }) else {
            throw ArchiveProblem("the name of the entry \(shown) has a control character or a backslash")
        }
        for part in name.split(separator: "/", omittingEmptySubsequences: false) {
            guard part != "..", part != ".", !part.isEmpty else {
                throw ArchiveProblem("the name of the entry \(shown) has a part '\(part)', which could lead elsewhere")
            }
            guard part.utf8.count <= longestPart else {
                throw ArchiveProblem("the name of the entry \(shown) has a part of \(part.utf8.count) bytes")
            }
        }
        return name
    }

    /// What names have in common that some file systems take for one: case and composition are folded away.
    static func folded(_ name: some StringProtocol) -> String {
        name.decomposedStringWithCanonicalMapping.lowercased().decomposedStringWithCanonicalMapping
    }
}

extension EntryName {
    /// What keeps an archive with entries of these names from being unpacked; nil for nothing. Who packs asks before.
    package static func problem(in names: [String]) -> ArchiveProblem? {
        var taken = EntryNames()
        do throws(ArchiveProblem) {
            for name in names { try taken.take(try checked(Array(name.utf8))) }
            return nil
        } catch {
            return error
        }
    }
}

/// Names that have come, by which one that collides with another is found.
struct EntryNames {
    private var files: [String: String] = [:]
    private var folders: [String: String] = [:]

    /// Takes a name; throws where a file or folder of an equal name has come, or one that only case or composition tells
    /// from it.
    mutating func take(_ name: String) throws(ArchiveProblem) {
        let key = EntryName.folded(name)
        if let other = files[key] {
            throw ArchiveProblem(
                other == name && other.utf8.elementsEqual(name.utf8)
                    ? "the entry \(shown(name)) comes twice"
                    : "the entries \(shown(other)) and \(shown(name)) have one name where case or accents are spelled "
                        + "otherwise")
        }
        if let other = folders[key] { throw collision(other, name) }
        files[key] = name
        var part = Substring(name)
        while let slash = part.lastIndex(of: "/") {
            part = part[..<slash]
            let key = EntryName.folded(part)
            if let other = files[key] { throw collision(other, name) }
            if let other = folders[key] {
                guard other.utf8.elementsEqual(part.utf8) else {
                    throw ArchiveProblem(
                        "the folders \(shown(other)) and \(shown(String(part))) have one name where case or accents are "
                            + "spelled otherwise")
                }
                // The folders above it have come with it.
                return
            }
            folders[key] = String(part)
        }
    }

    private func collision(_ one: String, _ other: String) -> ArchiveProblem {
        ArchiveProblem("\(shown(one)) would be both a file and a folder (\(shown(other)))")
    }

    private func shown(_ name: String) -> String { TarHeader.shown(Array(name.utf8)) }
}
