import Foundation

/// A pattern for paths below a project: `*` and `?` within a name, `[…]` for one of some characters, `**` for any number
/// of folders, `{a,b}` for alternatives. Matched over the code points of paths in NFC with `/` between names.
///
/// A name that begins with a full stop is hidden: only a pattern that writes the full stop matches it. Capitals count,
/// except in the extension of a pattern such as `*.txt`.
package struct Glob: Sendable {
    /// What a pattern takes more than it says.
    package enum Reach: Sendable {
        case asWritten
        /// Hidden names too, as patterns of files that are left out do.
        case hidden
        /// Names that differ in capitals too.
        case anyCase
    }

    /// The pattern as written.
    package let pattern: String
    private let reach: Reach
    /// The alternatives that the braces stand for, each as its names.
    private let alternatives: [[Part]]
    /// How many folders the alternatives name at their beginning, without a wild card and all the same.
    private let base: Int

    /// A name in a path.
    typealias Name = [Unicode.Scalar]

    /// What stands for one name in a pattern, or `**` for any number of them.
    private struct Part {
        var name: Name
        var isAnyFolders: Bool { name == ["*", "*"] }
        /// Whether the capitals of its extension count for nothing.
        var foldsExtension = false
    }

    /// A path as patterns see it: its names, in NFC. Made once, it can be held against several patterns.
    package struct Path {
        let names: [Name]
        /// The last name, with its extension in small letters.
        let folded: Name

        package init(_ path: String) {
            self.init(names: Glob.canonical(path).unicodeScalars.split(separator: "/").map(Array.init))
        }

        private init(names: [Name]) {
            self.names = names
            folded = names.last.map(Glob.foldingExtension) ?? []
        }

        /// The path of what is named `name` in this folder.
        func appending(_ name: String) -> Path { Path(names: names + [Array(Glob.canonical(name).unicodeScalars)]) }
    }

    /// The pattern `pattern`; `./` at its beginning or within says nothing.
    package init(_ pattern: String) { self.init(pattern, .asWritten) }

    /// The pattern `pattern`, taken to match more than it says.
    package init(_ pattern: String, _ reach: Reach) {
        self.pattern = pattern
        self.reach = reach
        let canonical = reach == .anyCase ? pattern.lowercased() : pattern
        alternatives = Self.expand(Array(Self.canonical(canonical).unicodeScalars)).map {
            var parts = $0.split(separator: "/").map { Part(name: Array($0)) }.filter { $0.name != ["."] }
            if let last = parts.popLast() {
                // a name that is written in full means itself
                let folds = last.name.contains(where: Self.special.contains) && Self.hasExtension(last.name)
                parts.append(folds ? Part(name: Self.foldingExtension(last.name), foldsExtension: true) : last)
            }
            return parts
        }
        let fixed = alternatives.map { $0.dropLast().prefix { !$0.name.contains(where: Self.special.contains) } }
        let first = fixed.first.map(Array.init) ?? []
        base = fixed.map { zip($0, first).prefix { $0.name == $1.name }.count }.min() ?? 0
    }

    /// `name` with its extension in small letters.
    private static func foldingExtension(_ name: Name) -> Name {
        guard hasExtension(name), let dot = name.lastIndex(of: ".") else { return name }
        return name[...dot]
            + name[(dot + 1)...].map { "A"..."Z" ~= $0 ? Unicode.Scalar(UInt8($0.value | 0x20)) : $0 }
    }

    /// Whether letters and digits of ASCII stand behind the last full stop.
    private static func hasExtension(_ name: Name) -> Bool {
        guard let dot = name.lastIndex(of: "."), dot > 0, dot + 1 < name.count else { return false }
        return name[(dot + 1)...].allSatisfy { "a"..."z" ~= $0 || "A"..."Z" ~= $0 || "0"..."9" ~= $0 }
    }

    /// Whether it matches the whole of `path`.
    package func matches(_ path: String) -> Bool { matches(Path(path)) }

    /// Whether it matches the whole of `path`.
    package func matches(_ path: Path) -> Bool { alternatives.contains { match($0, path) } }

    /// Whether something below `folder` may match: other folders need not be read.
    package func mayMatch(below folder: Path) -> Bool {
        alternatives.contains { alternative in
            for (k, name) in folder.names.enumerated() {
                guard k < alternative.count else { return false }
                if alternative[k].isAnyFolders {
                    return folder.names[k...].allSatisfy(isOpen)
                        || alternative[k...].contains { $0.name.first == "." }
                }
                guard matches(alternative[k], name) else { return false }
            }
            return alternative.count > folder.names.count
        }
    }

    /// Whether everything below `folder` matches, because the pattern ends with `**` there.
    package func matchesAll(below folder: Path) -> Bool {
        alternatives.contains { $0.last?.isAnyFolders == true && match($0, folder) }
    }

    /// Whether `**` goes through a folder of this name.
    private func isOpen(_ name: Name) -> Bool { reach == .hidden || name.first != "." }

    private func matches(_ part: Part, _ name: Name) -> Bool {
        guard part.name.first == "." || isOpen(name) else { return false }
        return NamePattern(part.name).matches(reach == .anyCase ? Self.small(name) : name)
    }

    private static func small(_ name: Name) -> Name {
        Array(name.reduce(into: "") { $0.unicodeScalars.append($1) }.lowercased().unicodeScalars)
    }

    /// The folder of `path` below the folders that the pattern names without a wild card: `courier` for
    /// `corpus/courier/a.txt` by `corpus/**/*.txt` or `corpus/{courier,wire}/*.txt`.
    package func folder(of path: Path) -> String {
        var folder = String.UnicodeScalarView()
        for name in path.names.dropLast().dropFirst(base) {
            if !folder.isEmpty { folder.append("/") }
            folder.append(contentsOf: name)
        }
        return String(folder)
    }

    private static let special: Set<Unicode.Scalar> = ["*", "?", "["]
    private static let mostAlternatives = 1024

    /// A path or pattern in NFC: file systems spell accents in several ways.
    static func canonical(_ path: String) -> String {
        path.utf8.allSatisfy { $0 < 0x80 } ? path : path.precomposedStringWithCanonicalMapping
    }

    /// An id as the corpus writes it: in NFC, without `./` at its beginning.
    static func canonicalID(_ id: String) -> String {
        let id = canonical(id)
        return id.hasPrefix("./") ? String(id.dropFirst(2)) : id
    }

    /// The patterns without braces that `pattern` stands for, in the order written.
    private static func expand(_ pattern: Name) -> [Name] {
        var done: [Name] = []
        var open = [pattern]
        while let next = open.popLast() {
            guard let group = braces(in: next), open.count + done.count < mostAlternatives else {
                done.append(next)
                continue
            }
            for choice in group.choices.reversed() {
                open.append(Array(next[..<group.start]) + choice + next[group.end...])
            }
        }
        return done
    }

    private static func braces(in pattern: Name) -> (start: Int, end: Int, choices: [Name])? {
        guard let start = pattern.firstIndex(of: "{") else { return nil }
        var depth = 0
        var choices: [Name] = [[]]
        for k in start..<pattern.count {
            let scalar = pattern[k]
            if scalar == "{" {
                depth += 1
                if depth == 1 { continue }
            } else if scalar == "}" {
                depth -= 1
                if depth == 0 { return (start, k + 1, choices) }
            } else if scalar == ",", depth == 1 {
                choices.append([])
                continue
            }
            choices[choices.count - 1].append(scalar)
        }
        return nil
    }

    /// All names against all parts of the pattern, going back only to the last `**`.
    private func match(_ pattern: [Part], _ path: Path) -> Bool {
        let names = path.names
        var n = 0
        var p = 0
        var any: (pattern: Int, name: Int)?
        while n < names.count {
            let isLast = n == names.count - 1
            if p < pattern.count, pattern[p].isAnyFolders {
                p += 1
                any = (p, n)
            } else if p < pattern.count,
                matches(pattern[p], isLast && pattern[p].foldsExtension ? path.folded : names[n])
            {
                p += 1
                n += 1
            } else if let (after, from) = any, isOpen(names[from]) {
                any = (after, from + 1)
                p = after
                n = from + 1
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy(\.isAnyFolders)
    }
}
