import StageKit

/// Finds where a text says that two names mean the same: brackets, "also known as", "or" before an acronym.
struct Definitions {
    private let reading: Reading
    private let words = NameWords.standard
    private let forms: DocumentForms

    static func apply(to forms: DocumentForms) { Definitions(reading: forms.reading, forms: forms).find() }

    private init(reading: Reading, forms: DocumentForms) {
        self.reading = reading
        self.forms = forms
    }

    private func find() {
        for k in forms.names.indices {
            var next = forms.names[k].range.upperBound
            while next < reading.atoms.count, isQuote(next) { next += 1 }
            guard next < reading.atoms.count, reading.atoms[next].sentence == reading.atoms[next - 1].sentence else {
                continue
            }
            if reading.atoms[next].isMark("(") || reading.atoms[next].isMark("[") {
                bracket(after: k, open: next)
            } else {
                otherName(after: k, at: next)
            }
        }
    }

    private func isQuote(_ k: Int) -> Bool {
        let atom = reading.atoms[k]
        guard atom.kind == .mark else { return false }
        if atom.isMark("\"") || atom.isMark("'") { return true }
        guard atom.lead == 0xE2, atom.end - atom.start == 3, reading.bytes[Int(atom.start) + 1] == 0x80 else {
            return false
        }
        return (0x98...0x9E).contains(reading.bytes[Int(atom.start) + 2])
    }

    /// The names between brackets, where there is nothing else but what joins them.
    private func bracket(after outer: Int, open: Int) {
        var k = open + 1
        var inner: [Int] = []
        var last = -1
        var name = outer + 1
        var isSaid = false
        while k < reading.atoms.count, k - open < 24 {
            let atom = reading.atoms[k]
            if atom.isMark(")") || atom.isMark("]") { break }
            if name < forms.names.count, forms.names[name].range.lowerBound == k {
                // two names in a row are about something else
                if last == k { return }
                let end = forms.names[name].range.upperBound
                let isLabel = end < reading.atoms.count && reading.atoms[end].isMark(":")
                let isLanguage = isLanguage(name)
                isSaid = isSaid || isLanguage
                if !isLabel, !isLanguage { inner.append(name) }
                k = end
                last = end
                name += 1
                continue
            }
            if atom.isWord {
                let word = atom.hash
                guard !atom.isCapital || k == open + 1, words.isJoint(word) else { return }
                isSaid = isSaid || words.equates(word)
            } else if !(atom.isMark("/") || atom.isMark(",") || atom.isMark(".") || atom.isMark("-")
                || atom.isMark(":") || isQuote(k))
            {
                return
            }
            k += 1
        }
        guard k < reading.atoms.count, reading.atoms[k].isMark(")") || reading.atoms[k].isMark("]") else { return }
        for name in inner { define(outer, name, isSaid ? .knownAs : .bracket) }
    }

    /// Whether a name only says in which language another one is: "(Turkish: X)", "its Arabic acronym".
    private func isLanguage(_ name: Int) -> Bool {
        let range = forms.names[name].range
        guard forms.forms[forms.formOfName[name]].known?.kind == .group, range.upperBound < reading.atoms.count else {
            return false
        }
        let next = range.upperBound
        if reading.atoms[next].isMark(":") { return true }
        if reading.atoms[next].isWord, words.isBridge(reading.atoms[next].hash) { return true }
        let before = range.lowerBound - 1
        return before >= 0 && reading.atoms[before].isWord
            && [SmallWord.in, SmallWord.its].contains(reading.atoms[before].hash)
    }

    /// "X, also known as the Y" and "X, or Y".
    private func otherName(after first: Int, at start: Int) {
        guard first + 1 < forms.names.count else { return }
        var second = first + 1
        while second < forms.names.count, isLanguage(second) { second += 1 }
        let languages = forms.names[first + 1..<second].map(\.range)
        guard second < forms.names.count else { return }
        let other = forms.names[second].range
        guard other.lowerBound > start, other.lowerBound - start <= 10,
            reading.atoms[other.lowerBound].sentence == reading.atoms[start].sentence
        else { return }
        var isSaid = false
        var sawOr = false
        var saysAnother = false
        var last: UInt64 = 0
        var count = 0
        for k in start..<other.lowerBound {
            let atom = reading.atoms[k]
            if atom.isWord {
                if languages.contains(where: { $0.contains(k) }) { continue }
                count += 1
                let word = atom.hash
                guard words.isBridge(word) else { return }
                isSaid = isSaid || words.equates(word)
                saysAnother = saysAnother || words.saysAnother(word)
                last = word
                sawOr = sawOr || word == SmallWord.or
            } else if !(atom.isMark(",") || atom.isMark("(") || atom.isMark("-") || isQuote(k)) {
                return
            }
        }
        if isSaid {
            // "Weir called Solano", on the telephone or a fool: of persons a comma or "also" has to say that they are one
            let arePersons = [first, second].contains { forms.forms[forms.formOfName[$0]].family == .person }
            let isMarked = (start..<other.lowerBound).contains {
                reading.atoms[$0].isMark(",") || reading.atoms[$0].isMark("(")
            }
            if arePersons, !saysAnother, !isMarked { return }
            guard !words.isPreposition(last), !isPossessive(other), saysAnother || !isBehindPreposition(first) else {
                return
            }
            define(first, second, .knownAs)
        } else if sawOr, count == 1, reading.atoms[start].isMark(",") {
            shortened(first, second)
        }
    }

    /// Whether the owner of something follows: "known as the North's capital" gives no other name.
    private func isPossessive(_ name: Range<Int>) -> Bool {
        let k = name.upperBound
        return k < reading.atoms.count && !reading.atoms[k].isSpaced && (reading.atoms[k].isMark("'") || isQuote(k))
            && k + 1 < reading.atoms.count && !reading.atoms[k + 1].isSpaced && reading.atoms[k + 1].isWord
    }

    /// Whether a name only belongs to what the words behind it are about: "a unit of the X called Y".
    private func isBehindPreposition(_ name: Int) -> Bool {
        var k = forms.names[name].range.lowerBound - 1
        while k >= 0, reading.atoms[k].isWord, reading.atoms[k].hash == SmallWord.the { k -= 1 }
        return k >= 0 && reading.atoms[k].isWord && words.isPreposition(reading.atoms[k].hash)
    }

    /// "Khorasan Province, or ISKP": the acronym has to end with the name's initials.
    private func shortened(_ long: Int, _ short: Int) {
        let a = forms.formOfName[long]
        let b = forms.formOfName[short]
        let initials = forms.forms[a].initials
        guard forms.forms[b].isAcronym, initials.count >= 2, Array(forms.forms[b].form.utf8).hasSuffix(initials),
            forms.forms[a].family != .person
        else { return }
        if forms.forms[a].family == .place { forms.setKind(of: a, to: .organization) }
        forms.explain(b, by: a, .or)
    }

    /// Whether a name may have an acronym: persons have none, but three words with theirs in brackets are none.
    private func canBeShort(_ form: DocumentForms.Form) -> Bool {
        form.family != .person || !form.isSure || form.words.count >= 3
    }

    /// The text says that two names mean the same.
    private func define(_ outer: Int, _ inner: Int, _ reason: Evidence.Reason) {
        let a = forms.formOfName[outer]
        let b = forms.formOfName[inner]
        guard a != b else { return }
        let x = forms.forms[a]
        let y = forms.forms[b]
        // a bare "Party" is no name, and what a people is called is none of an organization
        if [x, y].contains(where: { !$0.isAcronym && ShortNames.isHead($0.words) }) { return }
        if reason == .bracket, x.known?.kind == .group || y.known?.kind == .group { return }
        // the lists know both, as two
        if let left = x.known, let right = y.known, left.group < 0 || left.group != right.group { return }
        if y.isAcronym, y.words.count == 1, Acronym.abbreviates(y.form, x.words), canBeShort(x) {
            if x.family == .person { forms.setKind(of: a, to: .organization) }
            return forms.explain(b, by: a, reason)
        }
        if x.isAcronym, x.words.count == 1, Acronym.abbreviates(x.form, y.words), canBeShort(y) {
            if y.family == .person { forms.setKind(of: b, to: .organization) }
            return forms.explain(a, by: b, reason)
        }
        let isSaid = reason == .knownAs
        guard x.family == y.family || (isSaid && !(x.isSure && y.isSure)) || (!y.isSure && x.family == .name) else {
            return
        }
        guard x.family == .name || isSaid else { return }
        if y.isAcronym || (y.words.count == 1 && x.words.count > 1) {
            forms.explain(b, by: a, reason == .knownAs ? .knownAs : .equation)
        } else if x.isAcronym, y.words.count > 1 {
            forms.explain(a, by: b, reason == .knownAs ? .knownAs : .equation)
        } else if y.words.count == 1 || isSaid {
            if x.family != y.family {
                if x.isSure || !y.isSure { forms.setKind(of: b, to: x.kind) } else { forms.setKind(of: a, to: y.kind) }
            }
            forms.equate(a, b, reason)
        }
    }
}

extension Array where Element == UInt8 {
    func hasSuffix(_ suffix: [UInt8]) -> Bool {
        count >= suffix.count && self[(count - suffix.count)...].elementsEqual(suffix)
    }
}
