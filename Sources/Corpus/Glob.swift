import Foundation

/// A pattern for paths below a project: `*` and `?` within a name, `[…]` for one of some characters, `**` for any number
/// of folders, `{a,b}` for alternatives. Matched over the code points of paths in NFC with `/` between names.
package struct Glob: Sendable {
    /// The pattern as written.
    package let pattern: String
    /// The alternatives that the braces stand for, each as its names.
    private let alternatives: [[Name]]
    /// How many folders the alternatives name at their beginning, without a wild card and all the same.
    private let base: Int

    /// A name in a path, or the part of a pattern that stands for one.
    typealias Name = [Unicode.Scalar]

    /// A path as patterns see it: its names, in NFC. Made once, it can be held against several patterns.
    package struct Path {
        let names: [Name]

        package init(_ path: String) {
            names = Glob.canonical(path).unicodeScalars.split(separator: "/").map(Array.init)
        }

        private init(names: [Name]) { self.names = names }

        /// The path of what is named `name` in this folder.
        func appending(_ name: String) -> Path { Path(names: names + [Array(Glob.canonical(name).unicodeScalars)]) }
    }

    /// The pattern `pattern`.
    package init(_ pattern: String) {
        self.pattern = pattern
        alternatives = Self.expand(Array(Self.canonical(pattern).unicodeScalars)).map {
            $0.split(separator: "/").map(Array.init)
        }
        let fixed = alternatives.map { $0.dropLast().prefix { !$0.contains(where: Self.special.contains) } }
        let first = Array(fixed.first ?? [])
        base = fixed.map { zip($0, first).prefix { $0 == $1 }.count }.min() ?? 0
    }

    /// Whether it matches the whole of `path`.
    package func matches(_ path: String) -> Bool { matches(Path(path)) }

    /// Whether it matches the whole of `path`.
    package func matches(_ path: Path) -> Bool { alternatives.contains { Self.match($0, path.names) } }

    /// Whether something below `folder` may match: other folders need not be read.
    package func mayMatch(below folder: Path) -> Bool {
        alternatives.contains { alternative in
            for (k, name) in folder.names.enumerated() {
                guard k < alternative.count else { return false }
                if alternative[k] == Self.anyFolders { return true }
                guard NamePattern(alternative[k]).matches(name) else { return false }
            }
            return alternative.count > folder.names.count
        }
    }

    /// Whether everything below `folder` matches, because the pattern ends with `**` there.
    package func matchesAll(below folder: Path) -> Bool {
        alternatives.contains { $0.last == Self.anyFolders && Self.match($0, folder.names) }
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

    private static let anyFolders: Name = ["*", "*"]
    private static let special: Set<Unicode.Scalar> = ["*", "?", "["]
    private static let mostAlternatives = 1024

    /// A path or pattern in NFC: file systems spell accents in several ways.
    static func canonical(_ path: String) -> String {
        path.utf8.allSatisfy { $0 < 0x80 } ? path : path.precomposedStringWithCanonicalMapping
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
    private static func match(_ pattern: [Name], _ names: [Name]) -> Bool {
        var n = 0
        var p = 0
        var any: (pattern: Int, name: Int)?
        while n < names.count {
            if p < pattern.count, pattern[p] == anyFolders {
                p += 1
                any = (p, n)
            } else if p < pattern.count, NamePattern(pattern[p]).matches(names[n]) {
                p += 1
                n += 1
            } else if let (after, from) = any {
                any = (after, from + 1)
                p = after
                n = from + 1
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == anyFolders }
    }
}
