import StageKit
import Text

/// What the tagger knows of each atom: the one piece of code from which the model is trained and with which it is used.
///
/// A feature is a 64-bit hash of its template's number and its values.
struct NameFeatures {
    private let reading: Reading
    private let atoms: [Atom]
    private let gazetteer: NameGazetteer
    private let clusters: NameClusters
    private let cues: DocumentCues
    /// For each atom, what the rules made of it: 0 for nothing, else kind, position and sureness.
    private let ruled: [UInt8]
    /// For each atom, what the lists know: 0 for nothing, else kind and position.
    private var listed: [UInt8]
    /// For each atom, the run of capitalized words that it stands in, within its sentence: a sentence may be one run from
    /// beginning to end, which can't be gone through for each of its words.
    private let runs: [Range<Int32>]

    init(reading: Reading, ruled names: [FoundName], gazetteer: NameGazetteer, clusters: NameClusters) {
        self.reading = reading
        self.clusters = clusters
        atoms = reading.atoms
        self.gazetteer = gazetteer
        cues = DocumentCues(reading: reading, ruled: names)
        var ruled = [UInt8](repeating: 0, count: reading.atoms.count)
        for name in names {
            for k in name.range {
                let sureness: UInt8 = name.isSure ? 0 : name.isDefault ? 2 : 1
                ruled[k] = (name.kind.rawValue + 1) << 3 | sureness << 1 | (k == name.range.lowerBound ? 1 : 0)
            }
        }
        self.ruled = ruled
        listed = Array(repeating: 0, count: reading.atoms.count)
        runs = Self.runs(of: reading)
    }

    /// Looks a stretch up in the lists. Has to come before ``features(at:in:sentence:into:)``.
    mutating func look(up stretch: Range<Int>) {
        var k = stretch.lowerBound
        while k < stretch.upperBound {
            guard let known = reading.known(at: k, limit: stretch.upperBound) else {
                if let end = place(at: k, limit: stretch.upperBound) {
                    for j in k..<end { listed[j] = 200 | (j == k ? 1 : 0) | (j == end - 1 ? 2 : 0) }
                    k = end
                } else {
                    k += 1
                }
                continue
            }
            for j in k..<known.end {
                listed[j] =
                    (known.known.kind.rawValue + 1) << 2 | (j == k ? 1 : 0) | (j == known.end - 1 ? 2 : 0)
            }
            k = known.end
        }
    }

    /// Behind the longest name of several words that the gazetteer has for a place.
    private func place(at start: Int, limit: Int) -> Int? {
        guard atoms[start].isWord, gazetteer[atoms[start].hash] & NameGazetteer.beginsPlace != 0 else { return nil }
        var chain = Lexicon.chain(0, atoms[start].hash)
        var best: Int?
        var k = start + 1
        while k < limit, k - start < 7 {
            if atoms[k].isWord {
                chain = Lexicon.chain(chain, atoms[k].hash)
                if gazetteer[chain] & NameGazetteer.place != 0 { best = k + 1 }
            } else if !atoms[k].isMark("-"), !atoms[k].isMark("'"), !atoms[k].isMark(".") {
                break
            }
            k += 1
        }
        return best
    }

    /// The classes of words that tell something about names.
    private static let telling: WordClass = [
        .common, .firstName, .people, .organizationHead, .organizationLead, .placeHead, .placeLead, .eventHead,
        .title, .speech, .locative, .inner, .particle, .never, .knownAs, .stop, .eventLead, .groupHead, .houseHead,
        .surname, .month, .weekday, .ordinal, .season,
    ]

    private static func classes(_ atom: Atom) -> UInt64 { atom.classes.intersection(telling).rawValue }

    /// How an atom is written, in a few bits.
    private static func shape(_ atom: Atom) -> UInt64 {
        switch atom.kind {
        case .digits: return 100 + UInt64(min(4, atom.end - atom.start))
        case .mark: return 128 + UInt64(atom.lead)
        case .word:
            let length = atom.end - atom.start
            let size: UInt64 = length == 1 ? 0 : length == 2 ? 1 : length <= 4 ? 2 : 3
            let letters: UInt64 = atom.shape.contains(.allCapitals) ? 2 : atom.isCapital ? 1 : 0
            return 1 + letters + 4 * size + (atom.shape.contains(.dotted) ? 16 : 0)
        }
    }

    /// A feature, from its template and its values.
    @inline(__always)
    private static func mix(_ template: UInt64, _ a: UInt64, _ b: UInt64 = 0) -> UInt64 {
        var x = (a &+ template &* 0x9E37_79B9_7F4A_7C15) &* 0xFF51_AFD7_ED55_8CCD
        x ^= x >> 32
        x = (x ^ b &* 0xD6E8_FEB8_6659_FD93) &* 0xC4CE_B9FE_1A85_EC53
        return x ^ (x >> 29)
    }

    /// The feature that every atom has.
    static let always = mix(0, 0)

    /// The features of the atom at `k`, which stands in `stretch`.
    func features(at k: Int, in stretch: Range<Int>, sentence: Int, into output: inout [UInt64]) {
        output.removeAll(keepingCapacity: true)
        let range = reading.sentences[sentence]
        let atom = atoms[k]
        let edge: UInt64 = 7
        func hash(_ j: Int) -> UInt64 { range.contains(j) ? atoms[j].hash : edge &+ (j < k ? 0 : 1) }
        func shape(_ j: Int) -> UInt64 { range.contains(j) ? Self.shape(atoms[j]) : edge &+ (j < k ? 200 : 201) }
        func names(_ j: Int) -> UInt64 {
            range.contains(j) && atoms[j].isWord && atoms[j].isCapital ? UInt64(gazetteer[atoms[j].hash]) : 99
        }
        func listed(_ j: Int) -> UInt64 { stretch.contains(j) ? UInt64(self.listed[j]) : 0 }
        func ruled(_ j: Int) -> UInt64 { range.contains(j) ? UInt64(self.ruled[j]) : 0 }

        let capitals: UInt64 =
            atom.isWord ? (atom.isCapital ? 1 : 0) | (atom.shape.contains(.allCapitals) ? 2 : 0) : 4
        output.append(Self.always)
        // words
        let w = hash(k), before = hash(k - 1), after = hash(k + 1)
        let s = shape(k), sb = shape(k - 1), sbb = shape(k - 2), sa = shape(k + 1), saa = shape(k + 2)
        output.append(Self.mix(1, w, capitals))
        output.append(Self.mix(2, before))
        output.append(Self.mix(3, after))
        output.append(Self.mix(4, hash(k - 2)))
        output.append(Self.mix(5, hash(k + 2)))
        output.append(Self.mix(6, before, w))
        output.append(Self.mix(7, w, after))
        output.append(Self.mix(8, before, s))
        output.append(Self.mix(9, after, s))
        // how they are written
        output.append(Self.mix(10, s))
        output.append(Self.mix(11, sb, s))
        output.append(Self.mix(12, s, sa))
        output.append(Self.mix(13, sb << 16 | s, sa))
        output.append(Self.mix(14, sbb << 16 | sb, s))
        output.append(Self.mix(15, saa << 16 | sa, s))
        // endings and beginnings
        if atom.isWord {
            let length = Int(atom.end - atom.start)
            var ending: UInt64 = 0
            for n in 1...4 where n < length {
                ending = ending << 8 | UInt64(lowered(Int(atom.end) - n))
                if n >= 2 { output.append(Self.mix(15 + UInt64(n), ending, capitals)) }
            }
            var beginning: UInt64 = 0
            for n in 1...4 where n < length {
                beginning = beginning << 8 | UInt64(lowered(Int(atom.start) + n - 1))
                if n >= 2 { output.append(Self.mix(20 + UInt64(n), beginning, capitals)) }
            }
        }
        // where it stands
        let headline: UInt64 = reading.isShouted[sentence] ? 2 : reading.isHeadline[sentence] ? 1 : 0
        let opens: UInt64 = atom.shape.contains(.opens) ? 1 : 0
        let isCommon: UInt64 = atom.has(.common) ? 1 : 0
        output.append(Self.mix(26, opens << 8 | headline, capitals))
        output.append(Self.mix(27, opens << 8 | headline << 2 | isCommon, s))
        // classes
        for offset in -2...2 {
            let j = k + offset
            guard range.contains(j) else { continue }
            var classes = Self.classes(atoms[j])
            let template = UInt64(32 + offset)
            let capital: UInt64 = atoms[j].isCapital ? 64 : 0
            if classes == 0 { output.append(Self.mix(template, 127 + capital)) }
            while classes != 0 {
                output.append(Self.mix(template, UInt64(classes.trailingZeroBitCount) + capital))
                classes &= classes - 1
            }
        }
        // lists of names
        let n = names(k), nb = names(k - 1), na = names(k + 1)
        output.append(Self.mix(40, n, opens << 1 | isCommon))
        output.append(Self.mix(41, nb, n))
        output.append(Self.mix(42, n, na))
        output.append(Self.mix(43, nb << 8 | n, na))
        output.append(Self.mix(44, n, s))
        // what the lists and the rules know
        let l = listed(k), r = ruled(k)
        output.append(Self.mix(50, l))
        output.append(Self.mix(51, listed(k - 1), l))
        output.append(Self.mix(52, l, listed(k + 1)))
        output.append(Self.mix(53, r))
        output.append(Self.mix(54, ruled(k - 1) << 8 | r, ruled(k + 1)))
        output.append(Self.mix(55, r, l))
        output.append(Self.mix(56, r, s))
        // clusters of words of like meaning
        func cluster(_ j: Int) -> (fine: UInt64, coarse: UInt64) {
            guard range.contains(j) else { return (4097, 257) }
            return atoms[j].isWord ? clusters[atoms[j].hash] : (4098, 258)
        }
        let c = cluster(k), cb = cluster(k - 1), ca = cluster(k + 1)
        output.append(Self.mix(80, c.fine, capitals))
        output.append(Self.mix(81, cb.fine))
        output.append(Self.mix(82, ca.fine))
        output.append(Self.mix(83, cb.coarse << 16 | c.coarse, s))
        output.append(Self.mix(84, c.coarse << 16 | ca.coarse, s))
        output.append(Self.mix(85, cluster(k - 2).coarse))
        output.append(Self.mix(86, cluster(k + 2).coarse))
        // the words around the capitalized run
        if atom.isWord, atom.isCapital {
            let left = Int(runs[k].lowerBound) - 1
            let right = Int(runs[k].upperBound)
            output.append(Self.mix(60, hash(left)))
            output.append(Self.mix(61, hash(right)))
            output.append(Self.mix(62, hash(left), hash(right)))
            let cl = cluster(left), cr = cluster(right)
            output.append(Self.mix(87, cl.fine))
            output.append(Self.mix(88, cr.fine))
            output.append(Self.mix(89, cl.coarse, cr.coarse))
            output.append(Self.mix(63, UInt64(min(4, k - left)), UInt64(min(4, right - k))))
            if right - 1 > k, range.contains(right - 1) {
                output.append(Self.mix(64, hash(right - 1)))
                output.append(Self.mix(90, cluster(right - 1).fine))
                output.append(Self.mix(65, Self.classes(atoms[right - 1])))
            }
            if left + 1 < k {
                output.append(Self.mix(66, hash(left + 1)))
                output.append(Self.mix(67, Self.classes(atoms[left + 1])))
            }
            // the rest of the document
            var hints = cues[w].rawValue
            if hints & DocumentCues.Hints.inside.rawValue == 0 { output.append(Self.mix(70, 31, opens)) }
            output.append(Self.mix(71, UInt64(hints & 3), opens << 1 | isCommon))
            while hints != 0 {
                output.append(Self.mix(70, UInt64(hints.trailingZeroBitCount)))
                hints &= hints - 1
            }
        }
    }

    private static func runs(of reading: Reading) -> [Range<Int32>] {
        var runs = [Range<Int32>](repeating: 0..<0, count: reading.atoms.count)
        for sentence in reading.sentences {
            var k = sentence.lowerBound
            while k < sentence.upperBound {
                var end = k
                while end < sentence.upperBound, isInRun(reading.atoms[end]) { end += 1 }
                for j in k..<end { runs[j] = Int32(k)..<Int32(end) }
                k = max(end, k + 1)
            }
        }
        return runs
    }

    /// Whether an atom goes on with a run of capitalized words.
    private static func isInRun(_ atom: Atom) -> Bool {
        atom.isWord ? atom.isCapital : atom.isMark("-") || atom.isMark(".") || atom.isMark("'")
    }

    private func lowered(_ position: Int) -> UInt8 {
        let byte = reading.bytes[position]
        return (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
    }
}
