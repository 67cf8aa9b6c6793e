import StageKit
import Text

/// Units, currencies and percent signs around a number.
extension QuantityFinder {
    func percent(at k: Int, limit: Int) -> Int? {
        guard k < limit else { return nil }
        if atoms[k].isMark("%") { return k + 1 }
        var next = k
        if atoms[next].isMark("-"), next + 1 < limit { next += 1 }
        if atoms[next].has(.percent) { return next + 1 }
        if next + 1 < limit, reading.form(next..<next + 2) == "per cent" { return next + 2 }
        return nil
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
            case let lower = shared(number, high), high.value > lower, reading.form(number.end..<next) != "or"
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
        let isCode = atom.isAcronym && atom.end - atom.start == 3 && atom.has(.currency)
        guard isCode || (atom.has(.currency) && !atoms[k + 1].isSpaced && atom.end - atom.start == 3),
            atoms[k + 1].isDigits, let unit = lexicon.unit(atom.hash, .currency)
        else { return nil }
        return (k + 1, unit)
    }

    func currency(at k: Int, limit: Int) -> (end: Int, unit: String)? {
        var k = k
        if k + 1 < limit, atoms[k].isMark("-"), !atoms[k].isSpaced, atoms[k + 1].has(.currency) { k += 1 }
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
        guard k < limit, let unit = named(at: k, .unitOfMeasure, limit: limit) else { return nil }
        if unit.end == k + 1, atoms[k].isWord {
            let length = atoms[k].end - atoms[k].start
            let word = reading.form(k..<k + 1)
            if length == 1 || word == "in" {
                guard number.isDigits, word != "in" || !atoms[k].isSpaced, !atoms[k].isCapital else { return nil }
                if unit.end < limit, !atoms[unit.end].isSpaced, atoms[unit.end].isDigits { return nil }
            }
        }
        return unit
    }

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

    /// "km2"
    func power(_ k: Int) -> String? {
        guard atoms[k].isDigits, atoms[k].end - atoms[k].start == 1 else { return nil }
        return atoms[k].lead == UInt8(ascii: "2") ? "²" : atoms[k].lead == UInt8(ascii: "3") ? "³" : nil
    }
}
