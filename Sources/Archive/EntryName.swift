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
        guard !name.unicodeScalars.contains(where: isDeceiving) else {
            throw ArchiveProblem(
                "the name of the entry \(shown) has a character that is not seen, or that turns the direction of writing"
            )
        }
        for part in name.split(separator: "/", omittingEmptySubsequences: false) {
            guard part != "..", part != ".", !part.isEmpty else {
                throw ArchiveProblem("the name of the entry \(shown) has a part '\(part)', which could lead elsewhere")
            }
            guard part.utf8.count <= longestPart else {
                throw ArchiveProblem("the name of the entry \(shown) has a part of \(part.utf8.count) bytes")
            }
            guard part.utf8.last != UInt8(ascii: "."), part.utf8.last != UInt8(ascii: " ") else {
                throw ArchiveProblem(
                    "the name of the entry \(shown) has a part that ends with a full stop or a space, which some systems drop"
                )
            }
            guard !isDevice(part) else {
                throw ArchiveProblem(
                    "the name of the entry \(shown) has a part '\(part)', which is a device on Windows")
            }
        }
        return name
    }

    /// Whether a scalar makes a name look like another: controls, line separators, and what turns the direction of writing
    /// (UAX #9) or is not seen at all. The joiners that Persian and Indic words are written with stay, and are no
    /// difference between two names.
    private static func isDeceiving(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x7F: false
        case 0x7F..<0xA0, 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
            0xFFF9...0xFFFB, 0xE0000...0xE007F:
            true
        default: false
        }
    }

    /// The names of devices that Windows has in every folder, whatever extension follows.
    private static let devices: Set<String> = Set(
        ["con", "prn", "aux", "nul", "conin$", "conout$"]
            + "0123456789¹²³".flatMap { ["com\($0)", "lpt\($0)"] })

    private static func isDevice(_ part: Substring) -> Bool {
        let stem = part.prefix { $0 != "." }
        guard stem.utf8.count <= 9 else { return false }
        return devices.contains(stem.lowercased().trimmingCharacters(in: .whitespaces))
    }

    /// What names have in common that some file systems take for one: case, composition and joiners are folded away.
    ///
    /// Case is folded in full (Unicode, section 3.13): `ß` is `ss`, `ﬁ` is `fi`, the dotted and the dotless `i` are one.
    /// Lower case of upper case of lower case comes to that without a table of foldings.
    package static func folded(_ name: some StringProtocol) -> String {
        if name.utf8.allSatisfy({ $0 < 0x80 }) { return name.lowercased() }
        var folded = String.UnicodeScalarView()
        for scalar in name.decomposedStringWithCanonicalMapping.unicodeScalars {
            // The joiners are of no weight; neither is the dot above, which `İ` is decomposed into.
            guard ![0x200C, 0x200D, 0x307].contains(scalar.value) else { continue }
            for scalar in scalar.properties.lowercaseMapping.unicodeScalars {
                for scalar in scalar.properties.uppercaseMapping.unicodeScalars {
                    folded.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
                }
            }
        }
        return String(folded).decomposedStringWithCanonicalMapping
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
                    : "the entries \(shown(other)) and \(shown(name)) have one name where case or accents are not "
                        + "told apart")
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
                            + "not told apart")
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
