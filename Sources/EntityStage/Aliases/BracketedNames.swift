import StageKit

/// Corrects where names begin and end by the letters that stand for them: in "the Guild of Bell Founders and Ringers
/// (GBFR)" the brackets tell how long the name is.
struct BracketedNames {
    private let reading: Reading
    private var names: [FoundName]

    /// The names, with those that brackets define or that stand in brackets as a whole.
    static func corrected(_ names: [FoundName], in reading: Reading, taken: [Bool]) -> [FoundName] {
        var bracketed = BracketedNames(reading: reading, names: names)
        for k in reading.atoms.indices where reading.atoms[k].isMark("(") {
            guard let letters = bracketed.letters(behind: k), !taken[letters] else { continue }
            if let long = bracketed.name(before: k, of: letters), !taken[long].contains(true) {
                bracketed.take(long, letters)
            }
        }
        for k in reading.atoms.indices where k > 0 && reading.atoms[k].isMark("(") && reading.atoms[k - 1].isAcronym {
            if let long = bracketed.name(behind: k, of: k - 1), !taken[long].contains(true), !taken[k - 1] {
                bracketed.take(long, k - 1)
            }
        }
        return bracketed.names
    }

    /// An acronym that stands alone between the bracket and the next mark.
    private func letters(behind open: Int) -> Int? {
        let k = open + 1
        guard k + 1 < reading.atoms.count, reading.atoms[k].isAcronym, reading.atoms[k + 1].kind == .mark,
            !NameWords.standard.isInitialism(reading.atoms[k].hash)
        else { return nil }
        return k
    }

    /// The shortest run of words before the bracket, from a capital on, that the letters stand for.
    private func name(before open: Int, of letters: Int) -> Range<Int>? {
        let acronym = reading.form(letters..<letters + 1)
        var start = open - 1
        while start >= 0, open - start <= 14, reading.atoms[start].sentence == reading.atoms[open].sentence {
            let atom = reading.atoms[start]
            if atom.kind == .mark {
                guard !atom.isSpaced, atom.isMark("-") || atom.isMark("'") || atom.lead == 0xE2 else { return nil }
            } else if atom.isCapital, stands(acronym, for: start..<open) {
                return start..<open
            } else if !atom.isCapital, !isSmall(start) {
                return nil
            }
            start -= 1
        }
        return nil
    }

    /// All that stands between the brackets, where the letters before them stand for it.
    private func name(behind open: Int, of letters: Int) -> Range<Int>? {
        var end = open + 1
        while end < reading.atoms.count, end - open <= 14, !reading.atoms[end].isMark(")") {
            let atom = reading.atoms[end]
            guard atom.isWord, atom.isCapital || isSmall(end) else { return nil }
            end += 1
        }
        guard end < reading.atoms.count, reading.atoms[end].isMark(")"), reading.atoms[open + 1].isCapital,
            stands(reading.form(letters..<letters + 1), for: open + 1..<end)
        else { return nil }
        return open + 1..<end
    }

    private func isSmall(_ k: Int) -> Bool { NameWords.isSmall(reading.atoms[k].hash) }

    private func stands(_ acronym: String, for range: Range<Int>) -> Bool {
        let words = reading.words(range)
        return words.count >= 2 && Acronym.abbreviates(acronym, words)
    }

    /// Puts the name and its letters in the place of what was found there, unless a longer name was.
    private mutating func take(_ long: Range<Int>, _ letters: Int) {
        let met = names.filter { $0.range.overlaps(long) }
        guard met.allSatisfy({ long.contains($0.range.lowerBound) && $0.range.upperBound <= long.upperBound }) else {
            return
        }
        if met.count != 1 || met[0].range != long {
            names.removeAll { $0.range.overlaps(long) }
            names.append(FoundName(range: long, kind: .organization, isSure: true))
        }
        if !names.contains(where: { $0.range.contains(letters) }) {
            names.append(FoundName(range: letters..<letters + 1, kind: .organization, isSure: true))
        }
        names.sort { $0.range.lowerBound < $1.range.lowerBound }
    }
}
