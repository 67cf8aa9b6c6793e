/// Finds the runs of capitalized words that names are cut from.
struct CapitalRuns {
    let reading: Reading
    let taken: [Bool]

    /// The runs of one sentence, in order.
    mutating func runs(in sentence: Range<Int>) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        var k = sentence.lowerBound
        while k < sentence.upperBound {
            guard begins(at: k, limit: sentence.upperBound) else {
                k += 1
                continue
            }
            let end = self.end(of: k, limit: sentence.upperBound)
            runs.append(k..<end)
            k = end
        }
        return runs
    }

    private func isFree(_ k: Int) -> Bool { !taken[k] && !reading.atoms[k].shape.contains(.address) }

    private func begins(at k: Int, limit: Int) -> Bool {
        let atom = reading.atoms[k]
        guard atom.isWord, isFree(k) else { return false }
        if atom.isCapital {
            if k > 0, !atom.isSpaced, reading.atoms[k - 1].isDigits { return false }
            return true
        }
        // al-Qaeda, al Shabaab, the particle in small letters
        guard atom.has(.particle), reading.known(at: k, limit: limit) != nil || hyphenatedCapital(after: k, limit)
        else {
            return false
        }
        return true
    }

    private func hyphenatedCapital(after k: Int, _ limit: Int) -> Bool {
        guard k + 2 < limit else { return false }
        let dash = reading.atoms[k + 1]
        let next = reading.atoms[k + 2]
        let atom = reading.atoms[k]
        return atom.end - atom.start <= 3 && dash.isMark("-") && !dash.isSpaced && next.isCapital && !next.isSpaced
    }

    private func end(of start: Int, limit: Int) -> Int {
        if let known = reading.known(at: start, limit: limit), known.end - start > 1 {
            return extended(known.end, from: start, limit: limit)
        }
        return extended(start + 1, from: start, limit: limit)
    }

    /// Goes on from `end` as long as the name does.
    private func extended(_ end: Int, from start: Int, limit: Int) -> Int {
        var end = end
        while end < limit {
            let atom = reading.atoms[end]
            guard isFree(end), !atom.shape.contains(.newLine) else { break }
            if atom.isWord {
                if atom.isCapital, atom.isSpaced {
                    guard !atom.has(.never) || atom.has(.firstName) else { break }
                    if let known = reading.known(at: end, limit: limit) { end = known.end } else { end += 1 }
                    continue
                }
                if atom.has(.particle), atom.isSpaced, hyphenatedCapital(after: end, limit) {
                    end += 3
                    continue
                }
                guard let next = beyondSmallWords(from: end, start: start, limit: limit) else { break }
                end = next
                continue
            }
            if atom.isDigits { break }
            guard let next = beyondMark(at: end, start: start, limit: limit) else { break }
            end = next
        }
        return end
    }

    /// Behind a mark that stands inside a name: a hyphen, an apostrophe, the dot of an initial, an ampersand.
    private func beyondMark(at k: Int, start: Int, limit: Int) -> Int? {
        guard k + 1 < limit else { return nil }
        let mark = reading.atoms[k]
        let next = reading.atoms[k + 1]
        let previous = reading.atoms[k - 1]
        guard next.isWord, isFree(k + 1) else { return nil }
        let isHyphen = mark.isMark("-") || (mark.lead == 0xE2 && mark.end - mark.start == 3 && isHyphen(mark))
        if isHyphen, !mark.isSpaced, !next.isSpaced {
            return next.isCapital || previous.end - previous.start <= 3 && next.isCapital ? k + 2 : nil
        }
        if mark.isMark("'") || reading.isCurlyApostrophe(mark), !mark.isSpaced, !next.isSpaced {
            if next.isCapital, previous.end - previous.start <= 2 { return k + 2 }
            if closesHouse(behind: k, start, limit) { return k + 3 }
        }
        if mark.isMark("."), !mark.isSpaced, next.isCapital {
            let length = previous.end - previous.start
            let isInitial = length == 1 && previous.isCapital
            let isTitle = previous.has(.title) && length <= 4 && k - 1 == start
            let isSaint = length == 2 && previous.has(.placeLead.union(.title))
            return isInitial || isTitle || isSaint ? k + 2 : nil
        }
        if mark.isMark("&"), next.isCapital, mark.isSpaced == next.isSpaced { return k + 2 }
        return nil
    }

    /// Whether the possessive at `k` stands inside the name of a house: "St Anne's Hospital".
    private func closesHouse(behind k: Int, _ start: Int, _ limit: Int) -> Bool {
        guard k + 2 < limit else { return false }
        let ending = reading.atoms[k + 1], head = reading.atoms[k + 2]
        return ending.end - ending.start == 1 && reading.bytes[Int(ending.start)] == UInt8(ascii: "s")
            && head.isCapital && head.isSpaced && isFree(k + 2) && head.has(.houseHead)
            && reading.atoms[start].has(.placeLead.union(.title))
    }

    /// Whether "and" at `k` goes on with a ministry's second field: "Ministry of Trade and Industry".
    private func joinsFields(at k: Int, start: Int, limit: Int) -> Bool {
        guard reading.atoms[start..<k].contains(where: { $0.has(.organizationLead) }),
            reading.known(at: k + 1, limit: limit) == nil,
            !reading.atoms[k + 1].isAcronym, !reading.atoms[k + 1].has(.firstName.union(.title).union(.people))
        else { return false }
        return !(start..<k).contains { reading.known(at: $0, limit: k) != nil }
    }

    private func isHyphen(_ mark: Atom) -> Bool {
        let third = reading.bytes[Int(mark.start) + 2]
        return reading.bytes[Int(mark.start) + 1] == 0x80 && (third == 0x90 || third == 0x91)
    }

    /// Behind the capitalized word that follows one to three small words, where the name goes on over them.
    private func beyondSmallWords(from k: Int, start: Int, limit: Int) -> Int? {
        var next = k
        var isAllParticles = true
        while next < limit, next - k < 3, reading.atoms[next].has(.inner), reading.atoms[next].isSpaced,
            !reading.atoms[next].isCapital
        {
            isAllParticles = isAllParticles && reading.atoms[next].has(.particle)
            next += 1
        }
        guard next > k, next < limit else { return nil }
        let atom = reading.atoms[next]
        guard atom.isCapital, atom.isSpaced, isFree(next), !atom.has(.never) else { return nil }
        if isAllParticles { return next + 1 }
        let opener = reading.atoms[start..<k].contains { $0.has(.organizationLead.union(.placeLead)) }
        switch reading.atoms[k].hash {
        case SmallWord.of, SmallWord.for: return opener || isOffice(start..<k) ? next + 1 : nil
        case SmallWord.and:
            let hasJoint = reading.atoms[start..<k].contains { $0.isWord && !$0.isCapital && $0.has(.inner) }
            guard hasJoint, opener, next == k + 1 else { return nil }
            return atom.has(.common) || joinsFields(at: k, start: start, limit: limit) ? next + 1 : nil
        default: return nil
        }
    }

    private func isOffice(_ range: Range<Int>) -> Bool {
        reading.atoms[range].contains { $0.isWord && $0.has(.organizationHead) } && range.count > 1
    }
}
