import StageKit
import Text

/// Makes the signatures of a document's claims.
struct Signer {
    private let reading: Reading
    private var folded: [UInt8] = []

    /// A signer for the claims of `reading`.
    init(_ reading: Reading) { self.reading = reading }

    /// The signature of `claim`.
    mutating func signature(of claim: Claim, _ reference: ClaimReference) -> ClaimSignature {
        var exact = StableHash()
        var length = 0
        var opening = StableHash()
        var stems: [UInt32] = []
        stems.reserveCapacity(16)
        var figures: [Figure] = []
        var lastFigure: Int?
        var negation = PendingNegation()
        for index in claim.content.lazy.flatMap(reading.words(in:)) {
            let word = reading.words[index]
            if word.isPunctuation { continue }
            exact.combine(word.key)
            length += 1
            if let mention = word.mention, case .quantity(let value)? = reading.mentions[mention].value,
                value.iso.isEmpty
            {
                if lastFigure != mention, figures.count < ClaimSignature.mostFigures {
                    figures.append(figure(value, mention, at: index))
                }
                lastFigure = mention
                if word.kind == .number || Self.isNumber(index, mention, reading) { continue }
            }
            if word.isAny(.negation) { negation.isPending = true }
            if word.isAny([.stop, .negation]) { continue }
            guard stems.count < ClaimSignature.mostStems else { continue }
            let stem = stem(at: index)
            let marked = word.isName ? stem | ClaimSignature.nameBit : stem
            if let known = stems.firstIndex(where: { $0 & ClaimSignature.wordMask == stem }) {
                stems[known] |= marked
            } else {
                if stems.count < Self.openingStems { opening.combine(UInt64(stem)) }
                stems.append(marked)
            }
            negation.pass(stem)
        }
        return ClaimSignature(
            reference: reference, exact: exact.value, length: length, opening: opening.value & 0xFFFF_FFFF_FFFF,
            stems: stems,
            negated: negation.finished, isDenied: claim.stance == .denied, isQuoted: claim.form == .direct,
            figures: figures)
    }

    private static let openingStems = 3

    /// Whether the word is part of the number of a quantity, not of the noun behind it.
    private static func isNumber(_ index: Int, _ mention: Int, _ reading: Reading) -> Bool {
        guard case .quantity(let value)? = reading.mentions[mention].value, value.iso.isEmpty else { return false }
        let nounStart = reading.mentions[mention].span.end - value.noun.utf8.count
        return value.noun.isEmpty || reading.words[index].span.start < nounStart
            || !hasNoun(reading.mentions[mention].span, value, reading)
    }

    private static func hasNoun(_ span: ByteSpan, _ value: QuantityValue, _ reading: Reading) -> Bool {
        !value.noun.isEmpty && reading.text[span.range].suffix(value.noun.utf8.count).elementsEqual(value.noun.utf8)
    }

    private mutating func stem(at index: Int) -> UInt32 {
        folded.removeAll(keepingCapacity: true)
        Folding.append(reading.text, reading.words[index].span, to: &folded)
        return Self.stem(&folded)
    }

    private static func stem(_ folded: inout [UInt8]) -> UInt32 {
        let stem = hash(&folded)
        return same[UInt64(stem)] ?? stem
    }

    private static func hash(_ folded: inout [UInt8]) -> UInt32 {
        Stemmer.cut(&folded)
        return UInt32(truncatingIfNeeded: StableHash.of(folded)) & ClaimSignature.wordMask
    }

    /// For stems of words that say the same, the stem of the first of their set.
    private static let same: HashTable<UInt32> = {
        var same: [UInt64: UInt32] = [:]
        for entry in DataFile(Embedded.sameWords).entries {
            let stems = entry.words(0).map { word in
                var folded = Folding.folded(word)
                return hash(&folded)
            }
            for stem in stems { same[UInt64(stem)] = same[UInt64(stem)] ?? stems.first }
        }
        return HashTable(same)
    }()

    private mutating func figure(_ value: QuantityValue, _ mention: Int, at index: Int) -> Figure {
        let span = reading.mentions[mention].span
        var context: [UInt32] = []
        var label = value.noun
        for next in index..<min(index + 14, reading.words.count) where context.count < 3 {
            let word = reading.words[next]
            if word.isPunctuation, word.mark != UInt8(ascii: "-") { break }
            if word.isPunctuation || word.isAny(.stop) || word.kind == .number { continue }
            if word.mention == mention, Self.isNumber(next, mention, reading) { continue }
            context.append(stem(at: next))
            if label.isEmpty { label = UTF8Decoding.string(reading.text, word.span) }
        }
        var text = span
        if Self.hasNoun(span, value, reading) { text.end -= value.noun.utf8.count }
        var noun = value.noun.split(separator: " ").last.map { Folding.folded($0) } ?? []
        let counted = noun.isEmpty ? 0 : Self.stem(&noun)
        return Figure(
            lower: value.lower, upper: value.upper, isApproximate: value.approximate, unit: value.unit, noun: counted,
            context: context, text: Self.short(reading.text, text), label: label)
    }

    /// The words of a span, blanks made one, cut between code points when it is long.
    private static func short(_ text: [UInt8], _ span: ByteSpan) -> String {
        let bytes = Array(text[span.range].split { $0 <= 0x20 }.joined(separator: [0x20]))
        var end = min(40, bytes.count)
        while !UTF8Decoding.isBoundary(end, in: bytes) { end -= 1 }
        return UTF8Decoding.string(bytes, ByteSpan(0, end))
    }
}

/// Which stem each negation is about: the one behind it, or the last of all.
private struct PendingNegation {
    var isPending = false
    private var stems: Set<UInt32> = []
    private var last: UInt32?

    mutating func pass(_ stem: UInt32) {
        if isPending { stems.insert(stem) }
        isPending = false
        last = stem
    }

    /// The stems, sorted.
    var finished: [UInt32] {
        guard isPending, let last else { return stems.sorted() }
        return stems.union([last]).sorted()
    }
}
