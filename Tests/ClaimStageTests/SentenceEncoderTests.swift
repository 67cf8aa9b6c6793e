import CSentenceEncoder
import Digests
import StageKit
import TestSupport
import Testing
import Text

@testable import ClaimStage

@Suite("What statements mean, by a sentence encoder")
struct SentenceEncoderTests {
    private func sealed(_ content: [UInt8]) -> [UInt8] { content + ContentDigest(of: content).bytes }

    private func cosine(_ a: [UInt8], _ b: [UInt8]) -> Double {
        func product(_ x: [UInt8], _ y: [UInt8]) -> Double {
            zip(x, y).reduce(0) { $0 + Double(Int8(bitPattern: $1.0)) * Double(Int8(bitPattern: $1.1)) }
        }
        return product(a, b) / (product(a, a) * product(b, b)).squareRoot()
    }

    private static let noWeights: Comment = "the weights are not there: `sh Tools/setup.sh weights` makes them"

    @Test(
        "cosines are those of the full weights to two digits",
        .enabled(if: SampleWeights.real() != nil, noWeights))
    func agreesWithReference() throws {
        let weights = try SentenceWeights(try #require(SampleWeights.real()))
        let gold = try GoldCorpus.sentences()
        let texts = (gold["sentences"]?.elements ?? []).map { Array(($0.text ?? "").utf8) }
        let vectors = try #require(weights.vectors(of: texts))
        #expect(vectors.count == 10)
        for (a, row) in (gold["cosines"]?.elements ?? []).enumerated() {
            for (b, expected) in row.elements.enumerated() {
                let expected = try #require(expected.decimal)
                #expect(abs(cosine(vectors[a], vectors[b]) - expected) < 0.02, "\(a) and \(b)")
            }
        }
    }

    @Test("texts are cut into the pieces of the vocabulary", .enabled(if: SampleWeights.real() != nil, noWeights))
    func cutsIntoPieces() throws {
        let weights = try SentenceWeights(try #require(SampleWeights.real()))
        func pieces(_ text: String) -> [String] { weights.pieces(of: Array(text.utf8)).map(weights.name(of:)) }
        let gold = try GoldCorpus.sentences()
        for (text, expected) in zip(gold["sentences"]?.elements ?? [], gold["pieces"]?.elements ?? []) {
            #expect(pieces(text.text ?? "") == expected.elements.compactMap(\.text))
        }
        #expect(pieces("unrejected") == ["un", "##re", "##jected"])
        #expect(pieces(String(repeating: "x", count: 101)) == ["[UNK]"])
        #expect(pieces("") == [])
    }

    @Test("words are without accents and case; marks and Chinese characters stand alone")
    func cutsIntoWords() {
        func words(_ text: String) -> [String] {
            WordPieces.words(of: Array(text.utf8), most: 20).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(words("Lúcia’s ÉCLAIR") == ["lucia", "’", "s", "eclair"])
        #expect(words("e\u{301}t\u{e9} \u{130}zmir") == ["ete", "izmir"])
        #expect(words("東京 is 3.5%…") == ["東", "京", "is", "3", ".", "5", "%", "…"])
        #expect(words("한글") == ["\u{1112}\u{1161}\u{11ab}\u{1100}\u{1173}\u{11af}"])
        #expect(words("a\u{200B}b\u{0}c\td\u{A0}e\u{FFFD}") == ["abc", "d", "e"])
        #expect(words(" \n\t ") == [])
        #expect(WordPieces.words(of: Array("a b c d".utf8), most: 2).count == 2)
    }

    @Test("every way to multiply gives the same bytes", arguments: [1, 2, 3] as [UInt64])
    func kernelsAgree(seed: UInt64) throws {
        let weights = try SentenceWeights(sealed(SampleWeights.small(seed: seed)))
        let texts = ["the ferry sinks.", "", "ferrys", "the the the the the the the the the", "é"].map {
            Array($0.utf8)
        }
        let plain = try #require(weights.vectors(of: texts, kernel: 0))
        for kernel in 1..<max(2, sentence_kernels()) {
            #expect(weights.vectors(of: texts, kernel: kernel) == plain)
        }
        #expect(weights.vectors(of: texts) == plain)
        #expect(Set(plain).count == plain.count)
        #expect(plain.allSatisfy { $0.map { abs(Int(Int8(bitPattern: $0))) }.max() == 127 })
    }

    @Test("what is beyond the last position of a text does not count")
    func cutsLongTexts() throws {
        let weights = try SentenceWeights(sealed(SampleWeights.small()))
        let short = Array("the ferry sinks the harbour.".utf8)
        #expect(weights.vectors(of: [short]) == weights.vectors(of: [short + Array(" the ferry".utf8)]))
        #expect(
            weights.pieces(of: Array("ferrys sinker sinkx the".utf8)).map(weights.name(of:))
                == ["ferry", "##s", "sink", "##er", "[UNK]", "the"])
    }

    @Test("a damaged file of weights is refused")
    func refusesDamage() {
        let sound = sealed(SampleWeights.small())
        #expect(throws: Never.self) { try SentenceWeights(sound) }
        for damaged in Damage.variants(of: sound) where damaged != sound {
            #expect(throws: OptionProblem.self) { try SentenceWeights(damaged) }
        }
        #expect(throws: OptionProblem.self) { try SentenceWeights([]) }
    }

    @Test("numbers that no encoder has, under a right seal, give some vector or a refusal")
    func survivesForeignNumbers() {
        let content = SampleWeights.small()
        var random = SplitMix64(seed: 9)
        for _ in 0..<60 {
            var other = content
            for _ in 0..<40 { other[random.below(other.count)] = [0, 0x7F, 0x80, 0xFF][random.below(4)] }
            guard let weights = try? SentenceWeights(sealed(other)) else { continue }
            #expect(weights.vectors(of: [Array("the ferry sinks.".utf8)])?.first?.count == 64)
        }
    }

    @Test("no text is too strange to have a vector", arguments: HostileText.allCases)
    func survivesTexts(kind: HostileText) throws {
        let weights = try SentenceWeights(sealed(SampleWeights.small()))
        var random = SplitMix64(seed: 4)
        let texts = (0..<20).map { kind.make($0 * 13, &random) }
        #expect(weights.vectors(of: texts)?.count == 20)
    }

    @Test("a layer of statements keeps their vectors, and has no byte more without them")
    func keepsVectors() throws {
        let signature = StatementSignature(
            reference: ClaimReference(passage: 7, occurrence: 0), exact: 1, length: 3, words: [])
        let bare = StatementSignatures([signature, signature], day: 3)
        var layer = bare
        layer.vectors = (0..<128).map { UInt8($0) }
        #expect(try StatementSignatures(encoded: layer.encoded) == layer)
        #expect(layer.encoded.starts(with: bare.encoded))
        #expect(Array(layer.vector(of: 1)) == (64..<128).map { UInt8($0) })
        #expect(bare.vector(of: 1).isEmpty)
        layer.vectors.removeLast()
        #expect(throws: LayerError.self) { try StatementSignatures(encoded: layer.encoded) }
    }

    @Test("the row of a statement holds its vector where it is compared by meaning")
    func rowsHoldVectors() throws {
        func statement(_ vector: [UInt8], _ words: [UInt32]) -> IndexedStatement {
            let signature = StatementSignature(
                reference: ClaimReference(passage: 7, occurrence: 0), exact: 1, length: 3, words: words)
            return IndexedStatement(
                signature, document: "a.txt", mentions: [], topics: [], day: nil, documentSize: 1, vector: vector[...])
        }
        let (up, down) = ([UInt8](repeating: 100, count: 32), [UInt8](repeating: UInt8(bitPattern: -100), count: 32))
        let table = StatementTable([statement(up, [1]), statement(down, [2]), statement([], [3]), statement(up, [4])])
        #expect(table.count == 4)
        let meanings = (0..<4).map { Meaning(table[$0]) }
        #expect(meanings[2] == nil)
        let first = try #require(meanings[0])
        #expect(first.likeness(to: try #require(meanings[3])) == 1000)
        #expect(first.likeness(to: try #require(meanings[1])) == -1000)
        #expect(Meaning(StatementTable([statement([UInt8](repeating: 0, count: 32), [1])])[0]) == nil)
    }

    @Test("whatever bytes stand for a row with a vector, nothing is read beyond them")
    func rowsSurviveDamage() {
        let signature = StatementSignature(
            reference: ClaimReference(passage: 7, occurrence: 0), exact: 1, length: 3, words: [3, 4])
        let row = IndexedStatement(
            signature, document: "a.txt", mentions: [], topics: [], day: nil, documentSize: 1,
            vector: [UInt8](repeating: 9, count: 32)[...]
        ).encoded
        for bytes in Damage.variants(of: row) {
            let table = StatementTable(rows: [bytes])
            for number in 0..<table.count { _ = Meaning(table[number]) }
        }
    }
}
