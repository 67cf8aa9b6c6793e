/// A pattern for paths below a project: `*` and `?` within a name, `[…]` for one of some characters, `**` for any number
/// of folders, `{a,b}` for alternatives. Matched over the bytes of paths with `/` between names.
package struct Glob: Sendable {
    /// The pattern as written.
    package let pattern: String
    /// The alternatives that the braces stand for, each as its names.
    private let alternatives: [[[UInt8]]]

    /// The pattern `pattern`.
    package init(_ pattern: String) {
        self.pattern = pattern
        alternatives = Self.expand(Array(pattern.utf8)).map { $0.split(separator: UInt8(ascii: "/")).map(Array.init) }
    }

    /// Whether it matches the whole of `path`.
    package func matches(_ path: String) -> Bool {
        let names = path.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
        return alternatives.contains { Self.match($0[...], names[...]) }
    }

    /// Whether something below `folder` may match: other folders need not be read.
    package func mayMatch(below folder: String) -> Bool {
        let names = folder.utf8.split(separator: UInt8(ascii: "/")).map(Array.init)
        return alternatives.contains { alternative in
            for (k, name) in names.enumerated() {
                guard k < alternative.count else { return false }
                if alternative[k] == Self.anyFolders { return true }
                guard Self.match(name: name[...], alternative[k][...]) else { return false }
            }
            return alternative.count > names.count
        }
    }

    /// The folders before the first name with a wild card: `corpus` for `corpus/**/*.txt`.
    package var base: String {
        let first = alternatives.first ?? []
        let fixed = first.dropLast().prefix { !$0.contains { Self.special.contains($0) } }
        return fixed.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "/")
    }

    private static let anyFolders = Array("**".utf8)
    private static let special = Array("*?[".utf8)
    private static let mostAlternatives = 1024

    /// The patterns without braces that `pattern` stands for, in the order written.
    private static func expand(_ pattern: [UInt8]) -> [[UInt8]] {
        var done: [[UInt8]] = []
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

    private static func braces(in pattern: [UInt8]) -> (start: Int, end: Int, choices: [[UInt8]])? {
        guard let start = pattern.firstIndex(of: UInt8(ascii: "{")) else { return nil }
        var depth = 0
        var choices: [[UInt8]] = [[]]
        for k in start..<pattern.count {
            let byte = pattern[k]
            if byte == UInt8(ascii: "{") {
                depth += 1
                if depth == 1 { continue }
            } else if byte == UInt8(ascii: "}") {
                depth -= 1
                if depth == 0 { return (start, k + 1, choices) }
            } else if byte == UInt8(ascii: ","), depth == 1 {
                choices.append([])
                continue
            }
            choices[choices.count - 1].append(byte)
        }
        return nil
    }

    private static func match(_ pattern: ArraySlice<[UInt8]>, _ names: ArraySlice<[UInt8]>) -> Bool {
        guard let first = pattern.first else { return names.isEmpty }
        if first == anyFolders {
            let rest = pattern.dropFirst()
            return (names.startIndex...names.endIndex).contains { match(rest, names[$0...]) }
        }
        guard let name = names.first, match(name: name[...], first[...]) else { return false }
        return match(pattern.dropFirst(), names.dropFirst())
    }

    /// One name against one part of the pattern, going back only to the last `*`.
    private static func match(name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        var n = name.startIndex
        var p = pattern.startIndex
        var star: (pattern: Int, name: Int)?
        while n < name.endIndex {
            if p < pattern.endIndex, pattern[p] == UInt8(ascii: "*") {
                star = (p + 1, n)
                p += 1
            } else if p < pattern.endIndex, let next = one(name[n], pattern, p) {
                p = next
                n = pattern[next - 1] == UInt8(ascii: "?") ? scalarEnd(name, n) : n + 1
            } else if let (after, from) = star {
                star = (after, from + 1)
                p = after
                n = from + 1
            } else {
                return false
            }
        }
        return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
    }

    /// The place in the pattern behind the part that matches `byte`; nil if it doesn't match.
    private static func one(_ byte: UInt8, _ pattern: ArraySlice<UInt8>, _ at: Int) -> Int? {
        switch pattern[at] {
        case UInt8(ascii: "?"): return at + 1
        case UInt8(ascii: "["):
            guard let end = pattern[(at + 1)...].dropFirst().firstIndex(of: UInt8(ascii: "]")) else { break }
            let negated = pattern[at + 1] == UInt8(ascii: "!")
            let set = Array(pattern[(negated ? at + 2 : at + 1)..<end])
            var found = false
            var k = 0
            while k < set.count {
                if k + 2 < set.count, set[k + 1] == UInt8(ascii: "-") {
                    found = found || (set[k] <= byte && byte <= set[k + 2])
                    k += 3
                } else {
                    found = found || set[k] == byte
                    k += 1
                }
            }
            return found != negated ? end + 1 : nil
        default: break
        }
        return pattern[at] == byte ? at + 1 : nil
    }

    private static func scalarEnd(_ name: ArraySlice<UInt8>, _ at: Int) -> Int {
        var end = at + 1
        while end < name.endIndex, name[end] & 0xC0 == 0x80 { end += 1 }
        return end
    }
}
