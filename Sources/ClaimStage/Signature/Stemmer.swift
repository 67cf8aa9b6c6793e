/// Cuts the endings of inflection off a folded English word, so that `killed`, `kills` and `killing` meet.
///
/// Lighter than Porter's (1980): endings of derivation stay, since they tell meanings apart.
enum Stemmer {
    /// Makes `word`, which is folded, its stem.
    static func cut(_ word: inout [UInt8]) {
        if word.ends(in: "'s") { word.removeLast(2) }
        guard word.count > 3, let last = word.last, last >= 0x61 else { return }
        if last == UInt8(ascii: "s") {
            if word.count > 4, word.ends(in: "ies") { return replaceEnding(of: &word) }
            if word.ends(in: "sses") || word.ends(in: "shes") || word.ends(in: "ches") || word.ends(in: "xes") {
                word.removeLast(2)
            } else if !word.ends(in: "ss"), !word.ends(in: "us"), !word.ends(in: "is") {
                word.removeLast()
            }
        }
        if word.count > 4, word.ends(in: "ied") { return replaceEnding(of: &word) }
        if word.count >= 6, word.ends(in: "ing") {
            word.removeLast(3)
            undouble(&word)
        } else if word.count >= 5, word.ends(in: "ed") {
            word.removeLast(2)
            undouble(&word)
        } else if word.count == 4, word.ends(in: "ed"), word[1] != UInt8(ascii: "e") {
            word.removeLast()
        } else if word.count > 4, word.last == UInt8(ascii: "e") {
            word.removeLast()
        }
    }

    /// `cities` and `carried` are `city` and `carry`.
    private static func replaceEnding(of word: inout [UInt8]) {
        word.removeLast(3)
        word.append(UInt8(ascii: "y"))
    }

    /// `stopp` is `stop`; `kill` stays.
    private static func undouble(_ word: inout [UInt8]) {
        guard word.count > 1, let last = word.last, word[word.count - 2] == last else { return }
        switch last {
        case UInt8(ascii: "l"), UInt8(ascii: "s"), UInt8(ascii: "z"): return
        default: word.removeLast()
        }
    }
}

extension [UInt8] {
    fileprivate func ends(in suffix: StaticString) -> Bool {
        let length = suffix.utf8CodeUnitCount
        guard count >= length else { return false }
        for k in 0..<length where self[count - length + k] != suffix.utf8Start[k] { return false }
        return true
    }
}
