import CSentenceEncoder
import Digests
import StageKit
import Text

/// The weights of the sentence encoder, as `Tools/pack-sentences.py` writes them: checked once, then only read.
struct SentenceWeights: Sendable {
    private let bytes: [UInt8]

    /// The option that turns the comparison by meaning on.
    static let option = OptionDescription(
        "meaning", .weights(["sentences"]),
        "Compares statements also by what they mean, with a sentence encoder whose weights are a file of their own (`sentences`). Off until it is given."
    )

    /// Words of more characters have no pieces.
    private static let longestWord = 100

    /// The weights that the option names; nil where it is not given.
    init?(_ options: OptionReader) throws(OptionProblem) {
        guard let file = options.file(Self.option.name) else { return nil }
        try self.init(file.weights ?? [])
    }

    /// Weights with these bytes, which end with the digest of all before.
    init(_ bytes: [UInt8]) throws(OptionProblem) {
        let content = bytes.dropLast(Int(SENTENCE_SEAL))
        var weights = sentence_weights()
        let isSound =
            ContentDigest(of: Array(content)).bytes.elementsEqual(bytes.suffix(Int(SENTENCE_SEAL)))
            && bytes.withUnsafeBufferPointer {
                $0.baseAddress.map { sentence_weights_open($0, bytes.count, &weights) } ?? 0
            } == 1
        guard isSound else {
            throw OptionProblem(
                option: Self.option.name, "the file of weights is damaged, or was made for another release",
                hint: "Make it again with `make meaning`, or install the package 'colophon-meaning' of this release.",
                code: "damaged-weights")
        }
        self.bytes = bytes
    }

    /// The vectors of statements, one behind the other. Questions, which are never compared, have a vector of zeros.
    func vectors(
        of signatures: [StatementSignature], _ references: [ClaimReference], _ claims: [Claim], in text: [UInt8]
    ) throws(StageFailure) -> [UInt8] {
        let claimOf = Dictionary(zip(references, claims), uniquingKeysWith: { first, _ in first })
        let texts = signatures.map { signature -> [UInt8]? in
            guard !signature.traits.contains(.question), let claim = claimOf[signature.reference],
                claim.statements.indices.contains(signature.statement)
            else { return nil }
            let pieces = claim.pieces(of: claim.statements[signature.statement])
            return Array(pieces.map { text[$0.start..<$0.end] }.joined(separator: [UInt8(ascii: " ")]))
        }
        guard let vectors = vectors(of: texts) else {
            throw StageFailure(
                "there is not enough memory to compare statements by meaning",
                hint: "Run with fewer tasks at once (`--jobs`).", code: "no-memory")
        }
        return vectors.flatMap { $0 }
    }

    /// The vectors of texts, of zeros where there is no text; nil where there is no memory. `kernel` is the way to multiply,
    /// the fastest one that the machine has unless another is given.
    func vectors(of texts: [[UInt8]?], kernel: Int32? = nil) -> [[UInt8]]? {
        bytes.withUnsafeBufferPointer { buffer -> [[UInt8]]? in
            var weights = sentence_weights()
            guard let base = buffer.baseAddress, sentence_weights_open(base, buffer.count, &weights) == 1,
                let encoder = sentence_encoder_new(&weights, kernel ?? sentence_kernels() - 1)
            else { return nil }
            defer { sentence_encoder_free(encoder) }
            let width = Int(weights.header.width)
            return texts.map { text in
                guard let text else { return Array(repeating: 0, count: width) }
                let pieces = Self.pieces(of: text, weights)
                var vector = [Int8](repeating: 0, count: width)
                sentence_encode(encoder, pieces, pieces.count, &vector)
                return vector.map { UInt8(bitPattern: $0) }
            }
        }
    }

    /// The numbers of the pieces of a text.
    func pieces(of text: [UInt8]) -> [Int32] {
        bytes.withUnsafeBufferPointer { buffer in
            var weights = sentence_weights()
            guard let base = buffer.baseAddress, sentence_weights_open(base, buffer.count, &weights) == 1 else {
                return []
            }
            return Self.pieces(of: text, weights)
        }
    }

    /// The name of a piece.
    func name(of piece: Int32) -> String {
        bytes.withUnsafeBytes { buffer in
            var weights = sentence_weights()
            guard let base = buffer.bindMemory(to: UInt8.self).baseAddress,
                sentence_weights_open(base, buffer.count, &weights) == 1, piece >= 0, piece < weights.header.pieces
            else { return "" }
            let place = weights.starts + 4 * Int(piece)
            let start = Int(buffer.loadUnaligned(fromByteOffset: place, as: UInt32.self))
            let end = Int(buffer.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self))
            return String(
                decoding: UnsafeRawBufferPointer(rebasing: buffer[weights.names + start..<weights.names + end]),
                as: UTF8.self)
        }
    }

    /// The pieces of each word: the longest that it begins with, then the longest that the rest begins with, and so on. A word
    /// of which a rest has no piece is unknown as a whole (Wu and others 2016).
    private static func pieces(of text: [UInt8], _ weights: sentence_weights) -> [Int32] {
        var weights = weights
        let most = Int(weights.header.positions) - 2
        var pieces: [Int32] = []
        for word in WordPieces.words(of: text, most: most) {
            let before = pieces.count
            var start = 0
            let isLong = word.count { !UTF8Decoding.isContinuation($0) } > longestWord
            while start < word.count, !isLong {
                var end = word.count
                var piece: Int32 = -1
                while end > start {
                    piece = word.withUnsafeBufferPointer {
                        guard let base = $0.baseAddress else { return -1 }
                        return sentence_piece(&weights, base + start, end - start, start > 0 ? 1 : 0)
                    }
                    if piece >= 0 { break }
                    repeat { end -= 1 } while end > start && UTF8Decoding.isContinuation(word[end])
                }
                guard piece >= 0 else { break }
                pieces.append(piece)
                start = end
            }
            if start < word.count {
                pieces.removeLast(pieces.count - before)
                pieces.append(Int32(weights.header.unknown))
            }
            if pieces.count >= most { return Array(pieces.prefix(most)) }
        }
        return pieces
    }
}
