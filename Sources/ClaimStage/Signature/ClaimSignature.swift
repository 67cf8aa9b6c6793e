import StageKit

/// What is kept of a claim to compare it with others: no text but its figures.
struct ClaimSignature: Equatable {
    /// The claim within its document.
    var reference: ClaimReference
    /// The hash of all its content's words, folded, in order.
    var exact: UInt64
    /// How many words the content has.
    var length: Int
    /// The hash of its first three stems, in order: what is cut off or goes on otherwise begins the same.
    var opening: UInt64
    /// Stems of the words that say what it is about, 24 bits of hash each, in order of these; ``nameBit`` marks those
    /// of names.
    var stems: [UInt32]
    /// The stems that a negation stands before, sorted.
    var negated: [UInt32]
    /// Whether the source denies the content.
    var isDenied: Bool
    /// Whether all of it is quoted.
    var isQuoted: Bool
    /// Its figures.
    var figures: [Figure]

    /// The bit of a stem that is part of a name.
    static let nameBit: UInt32 = 1 << 24
    /// The bits of a stem that are its hash.
    static let wordMask = nameBit - 1
    /// The most stems kept of one claim.
    static let mostStems = 48
    /// The most figures kept of one claim.
    static let mostFigures = 6

    /// Whether there is enough in it to be compared.
    var isComparable: Bool { stems.count >= 2 && length >= 3 }

    func encode(into writer: inout ByteWriter) {
        writer.write(hash: exact)
        writer.write(hash: reference.passage)
        writer.write(reference.occurrence)
        writer.write(length)
        writer.write(opening)
        writer.write(byte: (isDenied ? 1 : 0) | (isQuoted ? 2 : 0))
        var previous: UInt32 = 0
        writer.write(list: stems) { writer, stem in
            let word = stem & Self.wordMask
            writer.write(UInt64(word &- previous) << 1 | (stem > Self.wordMask ? 1 : 0))
            previous = word
        }
        writer.write(list: negated) { $0.write(UInt64($1)) }
        writer.write(list: figures) { $1.encode(into: &$0) }
    }

    init(decoding reader: inout ByteReader) throws(LayerError) {
        exact = try reader.hash()
        reference = ClaimReference(passage: try reader.hash(), occurrence: try reader.integer())
        length = try reader.integer()
        opening = try reader.unsigned()
        let flags = try reader.byte()
        isDenied = flags & 1 != 0
        isQuoted = flags & 2 != 0
        var previous: UInt32 = 0
        stems = try reader.list { reader throws(LayerError) in
            let coded = try reader.unsigned()
            previous = (previous &+ UInt32(truncatingIfNeeded: coded >> 1)) & Self.wordMask
            return previous | (coded & 1 == 0 ? 0 : Self.nameBit)
        }
        negated = try reader.list { reader throws(LayerError) in UInt32(truncatingIfNeeded: try reader.unsigned()) }
        figures = try reader.list { reader throws(LayerError) in try Figure(decoding: &reader) }
    }

    init(
        reference: ClaimReference, exact: UInt64, length: Int, opening: UInt64, stems: [UInt32],
        negated: [UInt32] = [], isDenied: Bool = false, isQuoted: Bool = false, figures: [Figure] = []
    ) {
        self.reference = reference
        self.exact = exact
        self.length = length
        self.opening = opening
        self.stems = stems.sorted { $0 & Self.wordMask < $1 & Self.wordMask }
        self.negated = negated
        self.isDenied = isDenied
        self.isQuoted = isQuoted
        self.figures = figures
    }
}

/// The signatures of a document's claims: as many as in `Attributions`, in the same order.
struct ClaimSignatures: Layer {
    static let name: LayerName = "claim-signatures"
    var signatures: [ClaimSignature]

    init(_ signatures: [ClaimSignature]) { self.signatures = signatures }

    func encode(into writer: inout ByteWriter) { writer.write(list: signatures) { $1.encode(into: &$0) } }

    init(decoding reader: inout ByteReader) throws(LayerError) {
        signatures = try reader.list { reader throws(LayerError) in try ClaimSignature(decoding: &reader) }
    }
}
