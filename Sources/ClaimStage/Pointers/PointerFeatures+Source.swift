extension PointerFeatures {
    /// The places at which a source may end, as the last word of it.
    package var sourceEnds: Range<Int> {
        max(range.lowerBound, cue - 32)..<min(range.upperBound, cue + 15)
    }

    /// Features of a source whose last word is at `index`; of no source where that is nil.
    package func sourceEnd(
        _ index: Int?, _ kind: PointerKind, content: Range<Int>?, into out: inout FeatureBuffer
    ) {
        out.clear()
        let k = UInt32(kind.rawValue)
        guard let index else {
            out.add(40, k, form, group)
            out.add(41, lemma, form, group)
            out.add(42, self.kind(groupStart - 1), form, group)
            out.add(43, k, self.kind(groupStart - 1), clauseOpener)
            out.add(44, form, word(groupStart - 1), group)
            out.add(45, k, Self.bucket(groupStart - range.lowerBound), form)
            out.add(46, form, self.kind(groupStart - 1), self.kind(groupStart - 2))
            out.add(47, lemma, self.kind(groupStart - 1), self.kind(cue + 1))
            out.add(48, form << 8 | group, word(cue + 1))
            out.add(49, k, lemma, self.kind(range.lowerBound))
            return
        }
        let isAfter = index > cue
        let side: UInt32 = isAfter ? 1 : 0
        let here = self.kind(index), next = self.kind(index + 1), before = self.kind(index - 1)
        let gap = max(0, isAfter ? index - cue : groupStart - index - 1)
        let distance = Self.bucket(gap) | side << 4
        let low = min(index, cue), high = max(index, cue)
        let a = atoms.atoms[low], b = atoms.atoms[high]
        let commas = UInt32(min(4, b.commas - a.commas)), verbs = UInt32(min(4, b.verbs - a.verbs))
        let nouns = UInt32(min(6, b.nouns - a.nouns))
        let isInside: UInt32 = content?.contains(index) == true ? 1 : 0
        let quoted: UInt32 = (atoms.atoms[index].isQuoted ? 1 : 0) | (atoms.atoms[cue].isQuoted ? 2 : 0)
        let position = k << 8 | side << 4 | isInside
        out.add(1, distance, form, group)
        out.add(2, distance, here)
        out.add(3, distance, next)
        out.add(4, side, here, next)
        out.add(5, position, here)
        out.add(6, position, commas, verbs)
        out.add(7, side, nouns, here)
        out.add(8, side, word(index))
        out.add(9, side, word(index + 1))
        out.add(10, distance, k, group)
        out.add(11, distance, commas, here)
        out.add(12, distance << 4 | verbs, commas, next)
        out.add(13, quoted, position)
        out.add(14, side, before, here << 8 | next)
        out.add(15, position, gap == 0 ? 1 : 0, form << 8 | group)
        out.add(16, position, lemma, UInt32(min(gap, 2)))
        out.add(17, side << 8 | nouns, verbs, commas)
        out.add(18, form << 8 | group, nouns, verbs)
        out.add(19, form << 8 | group, here, next)
        out.add(20, UInt32(clauseOpener), distance, verbs)
        out.add(21, k, nouns << 4 | commas, here)
        out.add(22, side, self.kind(groupStart - 1), distance)
        // the first noun of the sentence, behind a participle at its head
        out.add(23, form, Self.bucket(index - range.lowerBound), side)
        out.add(24, side, next, self.kind(index + 2))
        out.add(25, distance, word(groupStart - 1))
        out.add(26, side << 8 | verbs, word(index + 1), here)
        out.add(27, position, self.kind(cue + 1), UInt32(min(gap, 3)))
        let by = isAfter ? word(cue + 1) : 0
        out.add(28, by, distance, form << 8 | group)
    }

    /// The places at which a source that ends with the word at `end` may begin.
    package func sourceStarts(to end: Int) -> Range<Int> {
        let first = max(range.lowerBound, end - 29)
        return (end > cue ? max(first, cue + 1) : first)..<end + 1
    }

    /// Features of a source from `index` to the word at `end`.
    package func sourceStart(_ index: Int, to end: Int, into out: inout FeatureBuffer) {
        out.clear()
        let here = self.kind(index), before = self.kind(index - 1), next = self.kind(index + 1)
        let length = Self.bucket(end - index), side: UInt32 = end > cue ? 1 : 0
        let a = atoms.atoms[index], b = atoms.atoms[end]
        let commas = UInt32(min(3, b.commas - a.commas)), verbs = UInt32(min(3, b.verbs - a.verbs))
        let tail = self.kind(end)
        out.add(1, length, here)
        out.add(2, length, before)
        out.add(3, here, before)
        out.add(4, word(index))
        out.add(5, word(index - 1))
        out.add(6, word(index - 1), here)
        out.add(7, before, here, next)
        out.add(8, commas, verbs, here)
        out.add(9, commas, before, here)
        out.add(10, length, tail)
        out.add(11, tail, here, before)
        out.add(12, length, commas)
        out.add(13, side, before, length)
        out.add(14, word(index), before)
        out.add(15, word(index), next)
        out.add(16, self.kind(index - 2), before, here)
        out.add(17, index == range.lowerBound ? 1 : 0, here, verbs)
        out.add(18, tail, length, here)
        out.add(19, word(index - 1), word(index))
        out.add(20, (a.isQuoted ? 1 : 0), (b.isQuoted ? 1 : 0), before)
        out.add(21, commas << 4 | verbs, word(index - 1), here)
        out.add(22, side, word(cue + 1), before)
    }
}
