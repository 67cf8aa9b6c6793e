import StageKit

/// Whose a figure is, or where it was counted.
extension FigureContext {
    func holder(
        _ kind: Mention.Kind, _ start: Int, _ end: Int, _ event: Event?, _ sentence: Range<Int>
    ) -> Range<Int>? {
        let owner = self.owner(start, event, sentence)
        let place = self.place(start, end, sentence)
        let found = kind == .number ? place ?? owner : owner ?? place
        return found ?? source(sentence, start)
    }

    /// The one that a figure belongs to: "Skerrow's 50 boats", or the subject of the verb that it is behind.
    private func owner(_ start: Int, _ event: Event?, _ sentence: Range<Int>) -> Range<Int>? {
        if start - 3 >= sentence.lowerBound, reading.atoms[start - 1].hash == SmallWord.s,
            !reading.atoms[start - 1].isSpaced,
            let name = nameAt[start - 3]
        {
            return names[name].range
        }
        guard let event, event.isBehind else { return nil }
        // "the bureau warned of 30 inches of rain": who says it does not have it
        if event.range.contains(where: { reading.atoms[$0].has(.speech) && !categories($0).contains(.mute) }) {
            return nil
        }
        var k = event.range.lowerBound - 1
        var best: Range<Int>?
        while k >= sentence.lowerBound, event.range.lowerBound - k < 24 {
            let atom = reading.atoms[k]
            if let name = nameAt[k] {
                let range = names[name].range
                // "the Marsh Party's nominee Ada Weir received": the nearest that is no part of another phrase
                if best == nil, !isGoverned(range.lowerBound, sentence) { best = range }
                k = min(k, range.lowerBound) - 1
                continue
            }
            if atom.kind == .mark, !atom.isMark("-"), !atom.isMark("'"), atom.lead < 0x80 { break }
            if atom.isWord, categories(k).contains(.boundary) || isVerb(k) { break }
            k -= 1
        }
        return best
    }

    private func isGoverned(_ k: Int, _ sentence: Range<Int>) -> Bool {
        var at = k - 1
        while at >= sentence.lowerBound, reading.atoms[at].isWord,
            reading.atoms[at].hash == SmallWord.the || reading.atoms[at].has(.title)
        { at -= 1 }
        guard at >= sentence.lowerBound, reading.atoms[at].isWord else { return false }
        return NameWords.standard.isPreposition(reading.atoms[at].hash) || reading.atoms[at].has(.locative)
    }

    /// The place where something was counted: the nearest behind the figure in its sentence, else before it.
    private func place(_ start: Int, _ end: Int, _ sentence: Range<Int>) -> Range<Int>? {
        var before: Range<Int>?
        var k = sentence.lowerBound
        while k < sentence.upperBound {
            guard let name = nameAt[k], names[name].kind == .place else {
                k += 1
                continue
            }
            let range = names[name].range
            k = max(k + 1, range.upperBound)
            guard isLocated(range.lowerBound, sentence) else { continue }
            if range.lowerBound >= end { return range }
            // what the sentence begins with holds for all of it; another place only for its own clause
            if range.lowerBound - sentence.lowerBound <= 4 || !parts(range.upperBound..<max(range.upperBound, start)) {
                before = range
            }
        }
        return before
    }

    /// Whether a verb or a mark parts two clauses within a range.
    private func parts(_ range: Range<Int>) -> Bool {
        range.contains { reading.atoms[$0].isMark(",") || reading.atoms[$0].isMark(";") || isVerb($0) }
    }

    private func isLocated(_ k: Int, _ sentence: Range<Int>) -> Bool {
        var at = k - 1
        while at >= sentence.lowerBound, k - at <= 6, reading.atoms[at].isWord {
            if reading.atoms[at].has(.locative) { return true }
            guard !reading.atoms[at].isCapital,
                !reading.atoms[at].has(.stop) || reading.atoms[at].hash == SmallWord.the
                    || reading.atoms[at].hash == SmallWord.of
            else { return false }
            at -= 1
        }
        return false
    }

    /// Who gives a figure: "according to the ministry", "Weir said".
    private func source(_ sentence: Range<Int>, _ start: Int) -> Range<Int>? {
        for k in sentence where reading.atoms[k].isWord {
            if categories(k).contains(.source), k + 2 < sentence.upperBound, reading.atoms[k + 1].hash == SmallWord.to {
                return phrase(from: k + 2, sentence)
            }
            guard reading.atoms[k].has(.speech), !reading.atoms[k].isCapital, !categories(k).contains(.mute) else {
                continue
            }
            if k > sentence.lowerBound, let name = nameAt[k - 1] { return names[name].range }
            // ", said Weir", but not "who claimed Weir left"
            if k + 1 < sentence.upperBound, let name = nameAt[k + 1],
                k == sentence.lowerBound || !reading.atoms[k - 1].isWord
            {
                return names[name].range
            }
            var first = k
            while first > sentence.lowerBound, k - first < 4, reading.atoms[first - 1].isWord,
                !reading.atoms[first - 1].has(.stop)
            { first -= 1 }
            if first < k, first > sentence.lowerBound, reading.atoms[first - 1].hash == SmallWord.the {
                return first - 1..<k
            }
            if first < k, first == sentence.lowerBound || !reading.atoms[first - 1].isWord { return first..<k }
        }
        return nil
    }

    /// A name, or an article with the words behind it.
    private func phrase(from k: Int, _ sentence: Range<Int>) -> Range<Int>? {
        if let name = nameAt[k] { return names[name].range }
        var end = k
        while end < sentence.upperBound, end - k < 5, reading.atoms[end].isWord,
            end == k || !reading.atoms[end].has(.stop)
        {
            if end > k, let name = nameAt[end] { return k..<names[name].range.upperBound }
            end += 1
        }
        return end > k ? k..<end : nil
    }
}
