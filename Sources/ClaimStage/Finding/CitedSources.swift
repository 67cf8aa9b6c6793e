import StageKit

/// Finds whose words they are that somebody passes on by naming him: `the Courier, citing two officials, said …`.
struct CitedSources {
    private let reading: Reading
    private let words: [Word]
    private let phrases: NounPhrases

    /// A finder over `reading`.
    init(_ reading: Reading, _ phrases: NounPhrases) {
        self.reading = reading
        self.phrases = phrases
        words = reading.words
    }

    /// Adds a claim of each speaker who is cited in the sentence `range`, with the content of the claim that cites him.
    func complete(_ drafts: inout [Draft], in range: Range<Int>, sentence: Int) {
        for index in range where words[index].key == Self.citing {
            guard let source = phrases.beginning(at: index + 1, to: range.upperBound), isSpeaker(source) else {
                continue
            }
            drafts.removeAll { $0.cue?.upperBound == index + 1 }
            guard let around = citing(index, source, drafts) else { continue }
            var draft = Draft(
                source: source, cue: index..<index + 1, content: around.content, kind: around.kind,
                stance: around.stance, sentence: sentence, within: around.within)
            draft.awaitsContent = around.awaitsContent
            drafts.append(draft)
        }
    }

    /// The claim whose source cites: he whose name stands before, or whose words end there.
    private func citing(_ index: Int, _ source: Range<Int>, _ drafts: [Draft]) -> Draft? {
        let owner = drafts.first { draft in
            guard let named = draft.source else { return false }
            return named.contains(index) || named.upperBound == index
                || named.upperBound == index - 1 && words[index - 1].isPunctuation
        }
        return owner
            ?? drafts.last { draft in
                draft.source != nil && draft.extent.upperBound <= index && index - draft.extent.upperBound < 2
            }
    }

    /// Whether the head of the phrase may speak: not "the board's refusal to act".
    private func isSpeaker(_ source: Range<Int>) -> Bool {
        guard !source.contains(where: { words[$0].key == Self.to }) else { return false }
        let end = source.dropFirst().first { words[$0].isAny(.preposition) } ?? source.upperBound
        return [end - 1].contains { at in
            let kind = reading.kind(at: at)
            return kind == .person || kind == .organization || kind == .role
                || words[at].isAny([.personRole, .groupRole, .anyone]) || Self.texts.contains(words[at].key)
        }
    }

    private static let to = Folding.key("to")
    private static let citing = Folding.key("citing")
    private static let texts = Set(
        ["report", "reports", "study", "studies", "documents", "statement", "figures", "data"].map { Folding.key($0) })
}
