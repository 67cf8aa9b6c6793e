import ClaimStage
import Foundation
import StageKit
import Text

/// A sentence in which the cues are labelled: one line of `attribution-train.jsonl`.
struct LabelledSentence {
    /// A cue with what a reader sees there, in indices of words.
    struct Cue {
        var index: Int
        var kind: PointerKind
        var content: Range<Int>?
        var source: Range<Int>?
    }

    var reading: Reading
    var atoms: Atoms
    var cues: [Cue]
    /// The part of the kit in which the sentence stands; nil for none.
    var measured: String?

    /// The sentences of the kit.
    static func all(kit: String) throws -> [LabelledSentence] {
        let data = try Data(contentsOf: URL(filePath: kit + "/data/claims/attribution-train.jsonl"))
        return try data.split(separator: UInt8(ascii: "\n")).map { line in
            LabelledSentence(try JSONDecoder().decode(Line.self, from: Data(line)))
        }
    }

    private struct Line: Decodable {
        struct Cue: Decodable {
            var token: Int
            var kind: String
            var content: [Int]?
            var source: [Int]?
        }
        var measured: String?
        var tokens: [String]
        var quoted: [Int]
        var cues: [Cue]
    }

    private init(_ line: Line) {
        var text: [UInt8] = []
        var spans: [ByteSpan] = [], kinds: [Tokens.Kind] = []
        for token in line.tokens {
            if !text.isEmpty { text.append(UInt8(ascii: " ")) }
            spans.append(ByteSpan(text.count, text.count + token.utf8.count))
            text += token.utf8
            kinds.append(Self.kind(token))
        }
        reading = Reading(
            text: text, tokens: Tokens(spans: spans, kinds: kinds), sentences: [ByteSpan(0, text.count)], mentions: [],
            quotations: [], blocks: [])
        // a token may have become two words
        let starts = reading.wordStarts
        func word(_ token: Int) -> Int { starts.lastIndex { $0 <= spans[token].start } ?? 0 }
        func words(_ pair: [Int]?) -> Range<Int>? {
            guard let pair, pair.count == 2, spans.indices.contains(pair[0]), spans.indices.contains(pair[1]),
                pair[0] <= pair[1]
            else { return nil }
            let last = starts.lastIndex { $0 < spans[pair[1]].end } ?? 0
            return word(pair[0])..<last + 1
        }
        let quoted = starts.map { start in line.quoted[spans.lastIndex { $0.start <= start } ?? 0] != 0 }
        atoms = Atoms(reading, quoted: quoted)
        measured = line.measured
        cues = line.cues.compactMap { cue in
            guard let kind = PointerKind.allCases.first(where: { "\($0)" == cue.kind }) else { return nil }
            return Cue(index: word(cue.token), kind: kind, content: words(cue.content), source: words(cue.source))
        }
    }

    private static func kind(_ token: String) -> Tokens.Kind {
        guard let first = token.unicodeScalars.first else { return .punctuation }
        if first.properties.numericType != nil { return .number }
        return token.unicodeScalars.contains { $0.properties.isAlphabetic } ? .word : .punctuation
    }
}
