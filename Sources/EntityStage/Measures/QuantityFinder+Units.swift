import StageKit
import Text

/// Units, currencies and percent signs around a number.
extension QuantityFinder {
    func percent(at k: Int, limit: Int) -> Int? {
        guard k < limit else { return nil }
        if atoms[k].isMark("%") { return k + 1 }
        var next = k
        if atoms[next].isMark("-"), next + 1 < limit { next += 1 }
        if atoms[next].has(.percent) {
            return numbers.isGlue(next + 1, .percentagePoint, limit: limit) ? next + 2 : next + 1
        }
        guard next + 1 < limit, atoms[next].has(.beginsUnit), atoms[next + 1].isWord else { return nil }
        let words = Lexicon.chain(Lexicon.chain(0, atoms[next].hash), atoms[next + 1].hash)
        return lexicon.glue(words).contains(.percent) ? next + 2 : nil
    }

    func money(
        _ number: ParsedNumber, from start: Int, unit: String, _ hedges: [Lexicon.Hedge], limit: Int
    ) -> FoundMeasure? {
        var upper: Double?
        var lowest = number.value
        var end = number.end
        if let next = rangeJoint(at: number.end, limit: limit),
            let high = numbers.number(at: currencyPrefix(at: next, limit: limit)?.end ?? next, limit: limit),
            !high.isOrdinal,
            case let lower = shared(number, high), high.value > lower, !numbers.isGlue(number.end, .or, limit: limit)
        {
            lowest = lower
            upper = high.value
            end = high.end
        }
        return found(start..<end, .money, value(lowest, upper: upper, hedges, unit: unit, noun: ""))
    }

    /// A sign or code of a currency before a number: `$`, `US$`, `C $`, `USD`.
    func currencyPrefix(at k: Int, limit: Int) -> (end: Int, unit: String)? {
        guard k + 1 < limit else { return nil }
        let atom = atoms[k]
        if atom.kind == .mark {
            guard atom.has(.currency), let unit = lexicon.unit(atom.hash, .currency) else { return nil }
            return (k + 1, unit)
        }
        guard atom.isWord else { return nil }
        if atoms[k + 1].isMark("$"), k + 2 < limit {
            let letters = Folding.standard.folded(reading.bytes[Int(atom.start)..<Int(atom.end)])
            if !(letters == [UInt8(ascii: "a")] && atoms[k + 1].isSpaced),
                let unit = lexicon.unit(StableHash.of(letters + [UInt8(ascii: "$")]), .currency)
            {
                return (k + 2, unit)
            }
        }
        // "Rs 500", "Rs. 500", "Tk 20", "dollar 22.5 million"
        if atom.has(.currency), atom.isCapital || lexicon.style.noun == .plural {
            let next = atoms[k + 1].isMark(".") && !atoms[k + 1].isSpaced && k + 2 < limit ? k + 2 : k + 1
            let isNear =
                k == 0 || !atoms[k - 1].isDigits && !atoms[k - 1].has(.small.union(.ten).union(.scale).union(.hundred))
            if atoms[next].isDigits, isNear, atom.end - atom.start <= 3 && atom.isCapital || atom.end - atom.start > 4,
                !(k > 0 && atoms[k - 1].kind == .mark && atoms[k - 1].has(.currency)),
                let unit = lexicon.unit(atom.hash, .currency)
            {
                return (next, unit)
            }
        }
        let isCode = atom.isAcronym && atom.end - atom.start == 3 && atom.has(.currency)
        guard isCode || (atom.has(.currency) && !atoms[k + 1].isSpaced && atom.end - atom.start == 3),
            atoms[k + 1].isDigits, let unit = lexicon.unit(atom.hash, .currency)
        else { return nil }
        return (k + 1, unit)
    }

    func currency(at k: Int, limit: Int) -> (end: Int, unit: String)? {
        var k = k
        if k + 1 < limit, atoms[k].isMark("-"), !atoms[k].isSpaced, atoms[k + 1].has(.currency) { k += 1 }
        // deux millions d'euros, dos millones de euros
        if lexicon.style.pointersFollow, numbers.isGlue(k, .of, limit: limit), k > 0, atoms[k - 1].has(.scale) {
            k += 1
            if k + 1 < limit, atoms[k].kind == .mark, !atoms[k].isSpaced { k += 1 }
        }
        guard let unit = named(at: k, .currency, limit: limit) else { return nil }
        if atoms[k].isWord, unit.end < limit, atoms[unit.end].isDigits, !atoms[unit.end].isSpaced { return nil }
        // "75 USD million"
        if unit.end < limit, atoms[unit.end].has(.scale), atoms[k].isAcronym { return nil }
        return unit
    }

    func unit(at k: Int, _ number: ParsedNumber, limit: Int) -> (end: Int, unit: String)? {
        var k = k
        guard k < limit else { return nil }
        if atoms[k].isMark("-"), !atoms[k].isSpaced, k + 1 < limit, !atoms[k + 1].isSpaced { k += 1 }
        // "−5 °C"
        if atoms[k].kind == .mark, atoms[k].lead == 0xC2, atoms[k].end - atoms[k].start == 2,
            reading.bytes[Int(atoms[k].start) + 1] == 0xB0, k + 1 < limit, atoms[k + 1].isWord, !atoms[k + 1].isSpaced,
            ["c", "f"].contains(reading.form(k + 1..<k + 2))
        {
            return (k + 2, "°" + reading.form(k + 1..<k + 2).uppercased())
        }
        // "20 (kg)"
        if atoms[k].isMark("("), k + 2 < limit, let unit = named(at: k + 1, .unitOfMeasure, limit: limit),
            unit.end < limit, atoms[unit.end].isMark(")")
        {
            return (unit.end + 1, unit.unit)
        }
        guard k < limit, let unit = named(at: k, .unitOfMeasure, limit: limit) else { return nil }
        if unit.end == k + 1, atoms[k].isWord {
            let length = atoms[k].end - atoms[k].start
            let word = reading.form(k..<k + 1)
            if length == 1 || word == "in" {
                guard number.isDigits, word != "in" || !atoms[k].isSpaced, !atoms[k].isCapital else { return nil }
                if unit.end < limit, !atoms[unit.end].isSpaced, atoms[unit.end].isDigits { return nil }
            }
        }
        return rate(unit, limit: limit)
    }

    /// A unit in a unit of time: "50 km/h", "20 metres per second".
    private func rate(_ unit: (end: Int, unit: String), limit: Int) -> (end: Int, unit: String) {
        let k = unit.end
        guard k + 1 < limit else { return unit }
        let isSlash = atoms[k].isMark("/") && !atoms[k].isSpaced && !atoms[k + 1].isSpaced
        guard isSlash || numbers.isGlue(k, .per, limit: limit), atoms[k + 1].isWord else { return unit }
        if let code = lexicon.integer(atoms[k + 1].hash, .timeUnit), let symbol = Self.rateSymbols[code] {
            return (k + 2, "\(unit.unit)/\(symbol)")
        }
        guard isSlash, atoms[k + 1].end - atoms[k + 1].start == 1 else { return unit }
        let letter = atoms[k + 1].lead
        return letter == UInt8(ascii: "h")
            ? (k + 2, unit.unit + "/h") : letter == UInt8(ascii: "s") ? (k + 2, unit.unit + "/s") : unit
    }

    /// By the codes of units of time: hour, minute, second.
    private static let rateSymbols = [7: "h", 8: "min", 9: "s"]

    /// The longest name of a unit or currency at `k`.
    func named(at k: Int, _ category: WordClass, limit: Int) -> (end: Int, unit: String)? {
        guard k < limit else { return nil }
        if atoms[k].has(.beginsUnit) {
            var chain: UInt64 = 0
            var best: (end: Int, unit: String)?
            for end in k..<min(k + 4, limit) where atoms[end].isWord {
                chain = Lexicon.chain(chain, atoms[end].hash)
                if end > k, let unit = lexicon.unit(chain, category) { best = (end + 1, unit) }
            }
            if let best { return best }
        }
        guard atoms[k].has(category), let unit = lexicon.unit(atoms[k].hash, category) else { return nil }
        if category == .unitOfMeasure, k + 1 < limit, !atoms[k + 1].isSpaced, let power = power(k + 1) {
            return (k + 2, unit + power)
        }
        return (k + 1, unit)
    }

    /// "km2", "km²"
    func power(_ k: Int) -> String? {
        if let high = numbers.superscript(k, limit: min(k + 2, atoms.count)) {
            return high.value == 2 ? "²" : high.value == 3 ? "³" : nil
        }
        guard atoms[k].isDigits, atoms[k].end - atoms[k].start == 1 else { return nil }
        return atoms[k].lead == UInt8(ascii: "2") ? "²" : atoms[k].lead == UInt8(ascii: "3") ? "³" : nil
    }
}
