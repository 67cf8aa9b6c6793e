import StageKit

/// Says what the names in a run of capitalized words are, and where each begins and ends.
struct NameClassifier {
    let reading: Reading

    private var atoms: [Atom] { reading.atoms }

    func names(in run: Range<Int>) -> [FoundName] {
        var run = run
        // "The", and other words that a sentence's beginning gave a capital
        while let first = run.first, run.count > 1, drops(first, of: run) {
            run = first + 1..<run.upperBound
            while let mark = run.first, atoms[mark].kind == .mark { run = mark + 1..<run.upperBound }
        }
        while let last = run.last, atoms[last].kind == .mark { run = run.lowerBound..<last }
        guard let first = run.first else { return [] }
        if let known = reading.known(at: first, limit: run.upperBound) {
            if known.end == run.upperBound { return [name(run, known.known.kind)] }
            return split(run, behind: known)
        }
        if let title = lastTitle(in: run) { return titled(run, title) }
        return classified(run).map { [$0] } ?? []
    }

    private func drops(_ first: Int, of run: Range<Int>) -> Bool {
        let atom = atoms[first]
        guard reading.known(at: first, limit: run.upperBound) == nil else { return false }
        if atom.has(.inner), !atom.has(.particle) || atom.shape.contains(.opens) { return true }
        guard atom.shape.contains(.opens) || afterOpening(first), atom.has(.common), !atom.isAcronym else {
            return false
        }
        guard let last = run.last else { return true }
        if atoms[last].has(.organizationHead.union(.eventHead).union(.placeHead))
            || atom.has(.organizationLead.union(.eventLead))
        {
            return false
        }
        if atom.has(.title) || isInitial(first) { return false }
        if atom.has(.firstName), run.count > 1, !atoms[first + 1].has(.common),
            reading.known(at: first + 1, limit: run.upperBound) == nil
        {
            return false
        }
        return true
    }

    /// Behind a colon, or a mark that opens a quotation or brackets.
    private func afterOpening(_ k: Int) -> Bool {
        guard k > 0, atoms[k - 1].kind == .mark else { return false }
        return atoms[k - 1].isMark(":") || atoms[k - 1].isSpaced && !atoms[k].isSpaced && !atoms[k - 1].isMark("-")
    }

    private func isInitial(_ k: Int) -> Bool { atoms[k].end - atoms[k].start == 1 }

    /// A run that begins with a name of the lists and goes on.
    private func split(_ run: Range<Int>, behind known: (end: Int, known: Lexicon.Known)) -> [FoundName] {
        let head = run.lowerBound..<known.end
        if let title = lastTitle(in: run), title > run.lowerBound { return titled(run, title) }
        if let last = run.last {
            if atoms[last].has(.organizationHead) || hasJoint(run) { return [name(run, .organization)] }
            if atoms[last].has(.eventHead) { return [name(run, .event)] }
            if atoms[last].has(.placeHead), known.known.kind != .group { return [name(run, .place)] }
        }
        guard let start = (known.end..<run.upperBound).first(where: { atoms[$0].isWord && atoms[$0].isCapital })
        else { return [name(head, known.known.kind)] }
        let rest = start..<run.upperBound
        if known.known.kind == .group {
            return [name(head, .group)] + names(in: rest)
        }
        if known.known.kind == .organization || known.known.kind == .event
            || rest.contains(where: { reading.known(at: $0, limit: run.upperBound) != nil })
        {
            return [name(head, known.known.kind)] + names(in: rest)
        }
        // a first name that is a place too: "Jordan Smith", "Paris Hilton"
        if atoms[run.lowerBound].has(.firstName), run.count <= 3, rest.allSatisfy({ !atoms[$0].has(.common) }) {
            return [name(run, .person)]
        }
        return [FoundName(range: run, kind: .organization, isSure: false)]
    }

    /// The last title among the first words of the run, where what stands before it may stand before a title.
    private func lastTitle(in run: Range<Int>) -> Int? {
        guard let last = run.last, !atoms[last].has(.organizationHead) || atoms[last].has(.title) else { return nil }
        var found: Int?
        var k = run.lowerBound
        while k < run.upperBound, k - run.lowerBound < 5 {
            let atom = atoms[k]
            if atom.kind == .mark {
                k += 1
                continue
            }
            if atom.has(.title) {
                found = k
            } else if let known = reading.known(at: k, limit: run.upperBound) {
                guard known.known.kind == .group || known.known.kind == .place || known.known.kind == .organization
                else { break }
                k = known.end
                continue
            } else if !atom.has(.common) || atom.has(.firstName) {
                break
            }
            k += 1
        }
        return found
    }

    private func titled(_ run: Range<Int>, _ title: Int) -> [FoundName] {
        var names: [FoundName] = []
        var k = run.lowerBound
        while k < title {
            if let known = reading.known(at: k, limit: title) {
                names.append(name(k..<known.end, known.known.kind))
                k = known.end
            } else {
                k += 1
            }
        }
        var start = title + 1
        while start < run.upperBound, !(atoms[start].isWord && (atoms[start].isCapital || atoms[start].has(.particle)))
        { start += 1 }
        guard start < run.upperBound else { return names }
        let rest = start..<run.upperBound
        if let known = reading.known(at: start, limit: run.upperBound), known.known.kind != .place || hasJoint(run) {
            return names + self.names(in: rest)
        }
        return names + [name(rest, .person)]
    }

    private func hasJoint(_ run: Range<Int>) -> Bool {
        atoms[run].contains { $0.isWord && !$0.isCapital && $0.has(.inner) && !$0.has(.particle) }
    }

    private func classified(_ run: Range<Int>) -> FoundName? {
        guard let first = run.first, let last = run.last else { return nil }
        let head = atoms[last]
        if run.count == 1, head.kind != .mark { return single(run, head) }
        let words = atoms[run].filter { $0.kind != .mark }
        if words.count == 1 { return single(run, atoms[first]) }
        if hasJoint(run) {
            let isPlace = atoms[first].has(.placeLead) && !atoms[first].has(.organizationLead)
            return name(run, isPlace ? .place : .organization)
        }
        let isHouse = head.has(.organizationHead) && (words.count > 2 || !head.has(.surname))
        if words.count <= 4, atoms[first].has(.firstName), !isHouse,
            !atoms[first].has(.common) || !head.has(.organizationHead),
            words.dropFirst().allSatisfy({ !$0.has(.common) || $0.end - $0.start == 1 })
        {
            return name(run, .person)
        }
        if head.has(.organizationHead) { return name(run, .organization) }
        if head.has(.eventHead) || atoms[first].has(.eventLead) { return name(run, .event) }
        if head.has(.groupHead) { return name(run, .group) }
        if head.has(.placeHead) || atoms[first].has(.placeLead) { return name(run, .place) }
        if hasTitleBefore(run.lowerBound) { return name(run, .person) }
        if words.contains(where: \.isAcronym) { return FoundName(range: run, kind: .organization, isSure: false) }
        let commons = words.filter { $0.has(.common) }.count
        if isLocated(run.lowerBound), commons <= 1 { return FoundName(range: run, kind: .place, isSure: false) }
        // persons go without the article
        if commons == 0, isBehindArticle(run.lowerBound) {
            let isPlace = isLocated(run.lowerBound - 1)
            return FoundName(range: run, kind: isPlace ? .place : .organization, isSure: false)
        }
        if commons == 0, words.count <= 4 {
            return FoundName(range: run, kind: .person, isSure: false, isDefault: true)
        }
        if commons == 1, words.count == 2, atoms[first].has(.firstName) { return name(run, .person) }
        if commons == words.count, !words.contains(where: { $0.isAcronym }) {
            return FoundName(range: run, kind: .organization, isSure: false)
        }
        return FoundName(range: run, kind: commons * 2 > words.count ? .organization : .person, isSure: false)
    }

    private func hasTitleBefore(_ k: Int) -> Bool {
        guard k > 0, atoms[k].isSpaced, atoms[k - 1].sentence == atoms[k].sentence else { return false }
        return atoms[k - 1].isWord && atoms[k - 1].has(.title)
    }

    private func single(_ run: Range<Int>, _ atom: Atom) -> FoundName? {
        let k = run.lowerBound
        if atom.has(.never) && !atom.has(.firstName) || atom.end - atom.start < 2 { return nil }
        if atom.isAcronym {
            if atom.has(.common.union(.inner)), atom.end - atom.start > 3, !isQuoted(run) { return nil }
            return atom.end - atom.start <= 8
                ? FoundName(range: run, kind: .organization, isSure: atom.end - atom.start <= 5) : nil
        }
        if atom.has(.inner) || atom.has(.common) && !(atom.has(.firstName) && !atom.shape.contains(.opens)) {
            return nil
        }
        if atom.has(.title) && !atom.has(.firstName) { return nil }
        if hasTitleBefore(k) { return name(run, .person) }
        let isPerson = atom.has(.firstName)
        if isPerson, speaks(at: run) { return name(run, .person) }
        if isPerson { return FoundName(range: run, kind: .person, isSure: false) }
        if isLocated(k) {
            return FoundName(range: run, kind: .place, isSure: false)
        }
        if speaks(at: run), !isBehindArticle(k) { return FoundName(range: run, kind: .person, isSure: false) }
        let ending = NameEndings.kind(of: reading.form(run))
        return FoundName(range: run, kind: ending ?? .organization, isSure: false, isDefault: ending == nil)
    }

    /// Whether a preposition of place stands before, or "town of" and the like.
    private func isLocated(_ k: Int) -> Bool {
        guard k > 0, atoms[k - 1].sentence == atoms[k].sentence else { return false }
        if atoms[k - 1].has(.locative) { return true }
        return k > 1 && atoms[k - 2].has(.placeHead) && atoms[k - 1].hash == SmallWord.of
    }

    /// Whether "the" stands directly before.
    private func isBehindArticle(_ k: Int) -> Bool {
        k > 0 && atoms[k].isSpaced && atoms[k - 1].isWord && atoms[k - 1].hash == SmallWord.the
    }

    /// Whether a verb of saying stands directly before or after.
    private func speaks(at run: Range<Int>) -> Bool {
        if run.upperBound < atoms.count, atoms[run.upperBound].has(.speech) { return true }
        return run.lowerBound > 0 && atoms[run.lowerBound - 1].has(.speech)
    }

    private func isQuoted(_ run: Range<Int>) -> Bool {
        run.lowerBound > 0 && run.upperBound < atoms.count && atoms[run.lowerBound - 1].kind == .mark
            && atoms[run.upperBound].kind == .mark
    }

    private func name(_ range: Range<Int>, _ kind: Mention.Kind) -> FoundName {
        FoundName(range: range, kind: kind, isSure: true)
    }
}
