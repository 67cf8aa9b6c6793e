import StageKit
import Text

/// Sentences that a stage of the user's own gives, or that stand beside tokens that it gives.
enum GivenSentences {
    /// The sentences, cut where a block ends: a program that sees the text alone can't know where.
    static func cut(_ sentences: [ByteSpan], at blocks: [Blocks.Block], in text: [UInt8]) -> [ByteSpan] {
        var cut: [ByteSpan] = []
        var next = 0
        for sentence in sentences {
            while next < blocks.count, blocks[next].span.end <= sentence.start { next += 1 }
            var block = next
            while block < blocks.count, blocks[block].span.start < sentence.end {
                let start = max(sentence.start, blocks[block].span.start)
                let part = PassageCutter.trimmed(ByteSpan(start, min(sentence.end, blocks[block].span.end)), in: text)
                if !part.isEmpty { cut.append(part) }
                block += 1
            }
        }
        return cut
    }

    /// The sentences, none of which ends within a token: the edge goes to the token's edge, and sentences that have a token
    /// in common become one.
    static func fitted(_ sentences: [ByteSpan], to tokens: [ByteSpan]) -> [ByteSpan] {
        var fitted: [ByteSpan] = []
        var first = 0
        for var sentence in sentences {
            while first < tokens.count, tokens[first].end <= sentence.start { first += 1 }
            if first < tokens.count, tokens[first].start < sentence.start { sentence.start = tokens[first].start }
            var last = first
            while last < tokens.count, tokens[last].start < sentence.end {
                sentence.end = max(sentence.end, tokens[last].end)
                last += 1
            }
            if let before = fitted.last, sentence.start < before.end {
                fitted[fitted.count - 1] = before.union(sentence)
            } else {
                fitted.append(sentence)
            }
        }
        return fitted
    }
}
