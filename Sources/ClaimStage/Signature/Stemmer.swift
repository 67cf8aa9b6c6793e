/// Cuts the endings of inflection off a folded English word, so that `killed`, `kills` and `killing` meet.
///
/// Lighter than Porter's (1980): endings of derivation stay, since they tell meanings apart.
enum Stemmer {
    /// The stem of `word`, which is folded.
    static func stem(_ word: [UInt8]) -> ArraySlice<UInt8> {
        var stem = word[...]
        if stem.hasSuffix("'s") { stem.removeLast(2) }
        guard stem.count > 3, let last = stem.last, last >= 0x61 else { return stem }
        if stem.hasSuffix("ies"), stem.count > 4 {
            stem.removeLast(3)
            return stem + [UInt8(ascii: "y")]
        }
        if stem.hasSuffix("sses") || stem.hasSuffix("shes") || stem.hasSuffix("ches") || stem.hasSuffix("xes") {
            stem.removeLast(2)
        } else if stem.hasSuffix("s"), !stem.hasSuffix("ss"), !stem.hasSuffix("us"), !stem.hasSuffix("is") {
            stem.removeLast()
        }
        if stem.hasSuffix("ied"), stem.count > 4 {
            stem.removeLast(3)
            return stem + [UInt8(ascii: "y")]
        }
        for ending in ["ing", "ed"] where stem.hasSuffix(ending) && stem.count - ending.utf8.count >= 3 {
            stem.removeLast(ending.utf8.count)
            return undoubled(stem)
        }
        if stem.hasSuffix("ed"), stem.count == 4, stem.dropLast(2).last != UInt8(ascii: "e") { return stem.dropLast() }
        if stem.last == UInt8(ascii: "e"), stem.count > 4 { stem.removeLast() }
        return stem
    }

    /// `stopp` is `stop`; `kill` stays.
    private static func undoubled(_ stem: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let last = stem.last, stem.dropLast().last == last, !"lsz".utf8.contains(last) else { return stem }
        return stem.dropLast()
    }
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ suffix: String) -> Bool {
        count >= suffix.utf8.count && zip(self.suffix(suffix.utf8.count), suffix.utf8).allSatisfy { $0 == $1 }
    }
}
