import StageKit
import Text

/// Finds what somebody says whose name and a colon stand before it at the beginning of a line, without quotation marks: a
/// headline (`Reed: wall will fall`) or a line of a transcript.
struct LabelledSpeech {
    private let reading: Reading
    private let words: [Word]
    private let clauses: ClauseTest

    /// A finder over `reading`.
    init(_ reading: Reading) {
        self.reading = reading
        words = reading.words
        clauses = ClauseTest(reading, NounPhrases(reading))
    }

    /// Adds the claims of a document, one list a sentence, where the sentence has none yet outside of quotations.
    func complete(_ drafts: inout [[Draft]]) {
        for sentence in drafts.indices {
            let range = reading.sentences[sentence]
            guard let colon = label(range), beginsLine(range.lowerBound) else { continue }
            let content = colon + 1..<range.upperBound
            guard !content.contains(where: { words[$0].quotation != nil || words[$0].isQuoteMark }),
                clauses.hasMainVerb(content)
            else { continue }
            drafts[sentence].removeAll { $0.source.map { !content.contains($0.lowerBound) } ?? false }
            drafts[sentence].append(
                Draft(
                    source: range.lowerBound..<colon, cue: colon..<colon + 1, content: [content], stance: .asserted,
                    sentence: sentence))
        }
    }

    /// The colon behind a person's name with which the sentence begins.
    private func label(_ range: Range<Int>) -> Int? {
        guard let mention = range.first.flatMap({ words[$0].mention }), reading.mentions[mention].kind == .person else {
            return nil
        }
        guard let next = range.first(where: { words[$0].mention != mention }), words[next].mark == UInt8(ascii: ":")
        else {
            return nil
        }
        return range.upperBound - next > 3 ? next : nil
    }

    /// Whether a line begins with the word at `index`.
    private func beginsLine(_ index: Int) -> Bool {
        guard index > 0 else { return true }
        return reading.text[words[index - 1].span.end..<max(words[index - 1].span.end, words[index].span.start)]
            .contains(UInt8(ascii: "\n"))
    }
}
