import StageKit

/// Finds where a text says that two names mean the same: brackets, "also known as", "or" before an acronym.
struct Definitions {
    private var reading: Reading
    private var forms: DocumentForms

    static func apply(to forms: inout DocumentForms) {
        var definitions = Definitions(reading: forms.reading, forms: forms)
        definitions.find()
        forms = definitions.forms
    }

    private init(reading: Reading, forms: DocumentForms) {
        self.reading = reading
        self.forms = forms
    }

    private mutating func find() {
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
    private mutating func bracket(after outer: Int, open: Int) {
        var k = open + 1
        var inner: [Int] = []
        var name = outer + 1
        var saysKnown = false
        while k < reading.atoms.count, k - open < 24 {
            let atom = reading.atoms[k]
            if atom.isMark(")") || atom.isMark("]") { break }
            if name < forms.names.count, forms.names[name].range.lowerBound == k {
                inner.append(name)
                k = forms.names[name].range.upperBound
                name += 1
                continue
            }
            if atom.isWord {
                guard !atom.isCapital, Self.joints.contains(reading.form(k..<k + 1)) else { return }
                saysKnown = saysKnown || atom.has(.knownAs)
            } else if !(atom.isMark("/") || atom.isMark(",") || atom.isMark(".") || atom.isMark("-") || isQuote(k)) {
                return
            }
            k += 1
        }
        guard k < reading.atoms.count, reading.atoms[k].isMark(")") || reading.atoms[k].isMark("]") else { return }
        for name in inner { define(outer, name, saysKnown ? .knownAs : .bracket) }
    }

    private static let joints: Set<String> = [
        "or", "and", "the", "also", "known", "as", "called", "aka", "formerly", "previously", "in", "turkish",
        "abbreviated", "acronym", "short", "for",
    ]

    /// "X, also known as the Y" and "X, or Y".
    private mutating func otherName(after first: Int, at start: Int) {
        guard first + 1 < forms.names.count else { return }
        let second = forms.names[first + 1]
        guard second.range.lowerBound > start, second.range.lowerBound - start <= 9,
            reading.atoms[second.range.lowerBound].sentence == reading.atoms[start].sentence
        else { return }
        var sawKnown = false
        var sawOr = false
        var words = 0
        for k in start..<second.range.lowerBound {
            let atom = reading.atoms[k]
            if atom.isWord {
                words += 1
                let word = reading.form(k..<k + 1)
                guard Self.bridges.contains(word) else { return }
                sawKnown = sawKnown || atom.has(.knownAs)
                sawOr = sawOr || word == "or"
            } else if !(atom.isMark(",") || atom.isMark("(") || isQuote(k)) {
                return
            }
        }
        if sawKnown {
            define(first, first + 1, .knownAs)
        } else if sawOr, words == 1, reading.atoms[start].isMark(",") {
            shortened(first, first + 1)
        }
    }

    private static let bridges: Set<String> = [
        "also", "known", "as", "the", "called", "aka", "formerly", "previously", "better", "commonly", "or", "is",
        "was",
        "simply", "widely", "sometimes", "officially", "abbreviated", "dubbed", "nicknamed", "locally",
        "internationally",
    ]

    /// "Khorasan Province, or ISKP": the acronym has to end with the name's initials.
    private mutating func shortened(_ long: Int, _ short: Int) {
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
    private mutating func define(_ outer: Int, _ inner: Int, _ reason: Evidence.Reason) {
        let a = forms.formOfName[outer]
        let b = forms.formOfName[inner]
        guard a != b else { return }
        let x = forms.forms[a]
        let y = forms.forms[b]
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
