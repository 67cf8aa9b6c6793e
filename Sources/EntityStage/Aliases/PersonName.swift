/// How the names of persons are shortened.
enum PersonName {
    /// Whether `short` may stand for `long`: its last word is the other's last, and every word before it is one of the
    /// other's, or the initial of one, in order; or it is the first name alone.
    static func isShort(_ short: [Substring], for long: [Substring]) -> Bool {
        guard let last = short.last, short.count <= long.count, short != long, long.count >= 2 else { return false }
        if last != long.last {
            return short.count == 1 && last == long.first && last.utf8.count > 2
        }
        var rest = long.dropLast()[...]
        for word in short.dropLast() {
            guard let hit = rest.firstIndex(where: { agrees(word, $0) }) else { return false }
            rest = rest[(hit + 1)...]
        }
        return true
    }

    private static func agrees(_ a: Substring, _ b: Substring) -> Bool {
        a == b || (a.utf8.count == 1 && a.utf8.first == b.utf8.first)
            || (b.utf8.count == 1 && a.utf8.first == b.utf8.first)
    }
}
