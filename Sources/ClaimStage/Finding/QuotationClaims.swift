import StageKit
import Text

/// Gives quotations that run on over sentences and paragraphs, or follow a colon, to the claims of their speakers, and
/// makes claims of those whose speaker nobody names.
struct QuotationClaims {
    private let reading: Reading
    private let marks: QuotationMarks
    private let frame: QuotationFrame

    /// A finder over `reading`.
    init(_ reading: Reading) {
        self.reading = reading
        marks = QuotationMarks(reading)
        frame = QuotationFrame(reading)
    }

    /// Completes the drafts of a document, one list a sentence.
    func complete(_ drafts: inout [[Draft]]) {
        awaited(&drafts)
        tagged(&drafts)
        continued(&drafts)
        unattributed(&drafts)
    }

    /// Content that follows a colon at the end of a sentence.
    private func awaited(_ drafts: inout [[Draft]]) {
        for sentence in drafts.indices {
            for k in drafts[sentence].indices where drafts[sentence][k].awaitsContent {
                drafts[sentence][k].content = pieces(after: sentence)
            }
            drafts[sentence].removeAll { $0.content.isEmpty }
        }
    }

    /// The sentences of the quotation that begins behind the sentence at `index`.
    private func pieces(after index: Int) -> [Range<Int>] {
        guard index + 1 < reading.sentences.count, let first = reading.sentences[index + 1].first else { return [] }
        let quotation =
            reading.words[first].quotation
            ?? (first + 1 < reading.words.count && reading.words[first].isQuoteMark
                ? reading.words[first + 1].quotation : nil)
        guard let quotation else { return [] }
        var pieces: [Range<Int>] = []
        for range in reading.sentences[(index + 1)...].prefix(Self.longest) {
            guard let piece = words(of: quotation, in: range) else { break }
            pieces.append(piece)
        }
        return pieces
    }

    /// From the first word in the sentence that belongs to the quotation to the last; nil when none does.
    private func words(of quotation: Int, in sentence: Range<Int>) -> Range<Int>? {
        let isInside = { (index: Int) in reading.words[index].quotation == quotation }
        guard let first = sentence.first(where: isInside), let last = sentence.last(where: isInside) else { return nil }
        return first..<last + 1
    }

    /// The most sentences that are given to one cue: were each of a thousand to await the others, there would be a
    /// million pieces.
    private static let longest = 64

    /// Quotations that end in a question or an exclamation, where the next sentence of the block is only who speaks:
    /// `“Nobody asked us!” Holm said.`
    private func tagged(_ drafts: inout [[Draft]]) {
        for sentence in drafts.indices.dropLast() {
            let range = reading.sentences[sentence], next = reading.sentences[sentence + 1]
            guard range.count > 2, reading.words[range.upperBound - 1].isQuoteMark,
                [UInt8(ascii: "?"), UInt8(ascii: "!")].contains(reading.words[range.upperBound - 2].mark),
                let quotation = reading.words[range.upperBound - 2].quotation, isSameBlock(sentence, sentence + 1),
                !drafts[sentence].contains(where: { quotes($0, quotation) }),
                let piece = words(of: quotation, in: range), let tag = marks.tag(next)
            else { continue }
            let isMarked = piece.lowerBound > range.lowerBound && reading.words[piece.lowerBound - 1].isQuoteMark
            // nothing is said in a sentence that only names the speaker
            drafts[sentence + 1] = []
            drafts[sentence].append(
                Draft(
                    source: tag.source, cue: tag.cue,
                    content: [(isMarked ? piece.lowerBound - 1 : piece.lowerBound)..<range.upperBound],
                    stance: .asserted, sentence: sentence, isSpeech: true))
        }
    }

    /// The place of a draft: its sentence, and which of the drafts there it is.
    private struct Place: Equatable {
        var sentence: Int
        var index: Int
    }

    /// Sentences of a quotation whose speaker another sentence of it names, or the quotation before it: they are part of
    /// that speaker's claim.
    private func continued(_ drafts: inout [[Draft]]) {
        var speaker: (place: Place, quotation: Int, last: Int)?
        for sentence in drafts.indices {
            let range = reading.sentences[sentence]
            guard let quotation = reading.words[range].lazy.compactMap(\.quotation).first else {
                speaker = nil
                continue
            }
            if let own = speaking(quotation, in: sentence, drafts) {
                speaker = (own, quotation, sentence)
                continue
            }
            // of two quotations in a sentence, each has its own cue
            if sentence > 0, speaker?.quotation != quotation, let own = speaking(quotation, in: sentence - 1, drafts) {
                speaker = (own, quotation, sentence - 1)
            }
            let named =
                laterSpeaker(of: quotation, after: sentence, drafts)
                ?? speaker.flatMap { $0.quotation == quotation || $0.last == sentence - 1 ? $0.place : nil }
            guard let named else { continue }
            let draft = drafts[named.sentence][named.index]
            guard !draft.content.contains(where: { $0.overlaps(range) }) else {
                speaker = (named, quotation, sentence)
                continue
            }
            // within the same marks the speaker is the same, whatever stands behind them
            let isSame =
                speaker?.quotation == quotation && speaker?.place == named
                && range.first.map {
                    reading.words[$0].quotation == quotation
                } == true
            guard draft.content.count < Self.longest, let piece = words(of: quotation, in: range), piece.count > 3,
                isSame || isAlone(quotation, in: range)
            else { continue }
            if isSame, let lent = lend(draft.source, of: quotation, to: &drafts[sentence]) {
                let at = draft.content.firstIndex { $0.lowerBound > piece.lowerBound } ?? draft.content.count
                drafts[named.sentence][named.index].content.insert(piece, at: at)
                speaker = (Place(sentence: sentence, index: lent.index), lent.quotation, sentence)
                continue
            }
            let at = draft.content.firstIndex { $0.lowerBound > piece.lowerBound } ?? draft.content.count
            drafts[named.sentence][named.index].content.insert(piece, at: at)
            speaker = (named, quotation, sentence)
        }
    }

    /// Gives the speaker of a quotation to a participle behind it, whose content is the next quotation: "…,” further saying,
    /// “…”". Returns the draft of the participle with what it quotes; nil where there is none.
    private func lend(
        _ source: Range<Int>?, of quotation: Int, to drafts: inout [Draft]
    ) -> (index: Int, quotation: Int)? {
        for k in drafts.indices where drafts[k].source == nil && drafts[k].within == nil && !drafts[k].isUnattributed {
            guard let cue = drafts[k].cue, reading.words[cue.upperBound - 1].cue?.form == .progressive else { continue }
            let own = drafts[k].content.filter { part in
                !part.contains { reading.words[$0].quotation == quotation }
            }
            guard let next = own.joined().lazy.compactMap({ reading.words[$0].quotation }).last else { continue }
            drafts[k].source = source
            drafts[k].content = own
            return (k, next)
        }
        return nil
    }

    /// Whether the sentence has no clause besides the quotation: who speaks there would be told by that.
    private func isAlone(_ quotation: Int, in sentence: Range<Int>) -> Bool {
        let outside = sentence.filter { reading.words[$0].quotation != quotation && !reading.words[$0].isPunctuation }
        return 2 * outside.count < sentence.count
            && !outside.contains { reading.isFiniteVerb($0) || reading.words[$0].cue?.frames.contains(.speech) == true }
    }

    /// The draft of the sentence that has a source of its own and quotes from `quotation`.
    private func speaking(_ quotation: Int, in sentence: Int, _ drafts: [[Draft]]) -> Place? {
        drafts[sentence].firstIndex { $0.within == nil && $0.source != nil && quotes($0, quotation) }
            .map { Place(sentence: sentence, index: $0) }
    }

    private func quotes(_ draft: Draft, _ quotation: Int) -> Bool {
        draft.content.contains { range in range.contains { reading.words[$0].quotation == quotation } }
    }

    /// The speaker that a later sentence of the same quotation names: "… . …," she said.
    private func laterSpeaker(of quotation: Int, after sentence: Int, _ drafts: [[Draft]]) -> Place? {
        for next in sentence + 1..<max(sentence + 1, min(sentence + Self.farthest, drafts.count)) {
            let range = reading.sentences[next]
            guard range.contains(where: { reading.words[$0].quotation == quotation }) else { return nil }
            if let found = speaking(quotation, in: next, drafts) { return found }
        }
        return nil
    }

    /// A speaker may be named so many sentences behind the beginning of a quotation.
    private static let farthest = 12

    /// Quotations that are in no claim: somebody's words, and the text does not say by a verb whose.
    private func unattributed(_ drafts: inout [[Draft]]) {
        var taken = Set<Int>()
        for draft in drafts.joined() where draft.within == nil {
            for index in draft.content.joined() {
                if let quotation = reading.words[index].quotation { taken.insert(quotation) }
            }
        }
        var own: [Int: Place] = [:]
        for sentence in drafts.indices {
            let quotations = Set(reading.words[reading.sentences[sentence]].lazy.compactMap(\.quotation))
            for quotation in quotations.sorted() where !taken.contains(quotation) {
                guard let piece = words(of: quotation, in: reading.sentences[sentence]) else { continue }
                if let beside = beside(piece, in: drafts[sentence]) {
                    drafts[sentence][beside].content.append(piece)
                    drafts[sentence][beside].content.sort { $0.lowerBound < $1.lowerBound }
                    own[quotation] = Place(sentence: sentence, index: beside)
                } else if let place = own[quotation] {
                    guard drafts[place.sentence][place.index].content.count < Self.longest else { continue }
                    drafts[place.sentence][place.index].content.append(piece)
                } else if isSpeech(quotation, piece), let before = announced(piece, sentence, drafts) {
                    drafts[before.sentence][before.index].content.append(piece)
                    own[quotation] = before
                } else if isSpeech(quotation, piece) {
                    own[quotation] = Place(sentence: sentence, index: drafts[sentence].count)
                    let before = sentence > 0 ? drafts[sentence - 1] : []
                    let draft = draft(piece, sentence, behind: before)
                    // one claim a cue: the quotation is a part of what the cue gives already
                    if let known = drafts[sentence].firstIndex(where: {
                        $0.cue != nil && $0.cue?.upperBound == draft.cue?.upperBound && $0.within == draft.within
                    }) {
                        // where the whole quotation is said, what else the cue seemed to give is who hears it
                        let isWhole = draft.kind == .clause && drafts[sentence][known].kind != .clause
                        let rest = drafts[sentence][known].content.filter { part in
                            !isWhole && !draft.content.contains { $0.overlaps(part) }
                        }
                        if isWhole { drafts[sentence][known].kind = .clause }
                        drafts[sentence][known].content = (rest + draft.content).sorted {
                            $0.lowerBound < $1.lowerBound
                        }
                        own[quotation] = Place(sentence: sentence, index: known)
                    } else {
                        drafts[sentence].append(draft)
                    }
                }
            }
        }
    }

    /// The claim of the sentence right before whose content ends in the colon that introduces the quotation: "there were
    /// claims that the hold had three crates: …".
    private func announced(_ piece: Range<Int>, _ sentence: Int, _ drafts: [[Draft]]) -> Place? {
        guard sentence > 0, let colon = reading.sentences[sentence - 1].last,
            reading.words[colon].mark == UInt8(ascii: ":"),
            (reading.sentences[sentence].lowerBound..<piece.lowerBound).allSatisfy({ reading.words[$0].isPunctuation })
        else { return nil }
        return drafts[sentence - 1].firstIndex { draft in
            draft.within == nil && draft.source == nil && draft.kind == .clause
                && draft.content.last.map { $0.upperBound >= colon } ?? false
        }.map { Place(sentence: sentence - 1, index: $0) }
    }

    /// The claim of the sentence that the quotation goes on with: one whose other quotation, source or cue stands right
    /// before it, with a mark in between at most.
    private func beside(_ piece: Range<Int>, in drafts: [Draft]) -> Int? {
        var border = piece.lowerBound
        while border > 0, reading.words[border - 1].isPunctuation { border -= 1 }
        return drafts.firstIndex { draft in
            draft.within == nil && draft.source != nil && draft.content.contains { $0.upperBound <= border }
                && [draft.source, draft.cue].contains { $0?.upperBound == border }
                && draft.content.contains { $0.contains { reading.words[$0].quotation != nil } }
        }
    }

    /// The claim of a quotation that no verb gives to anybody.
    private func draft(_ piece: Range<Int>, _ sentence: Int, behind drafts: [Draft]) -> Draft {
        let range = reading.sentences[sentence]
        if let named = marks.attribution(of: piece.lowerBound, piece.upperBound, in: range) {
            return Draft(source: named.source, cue: named.cue, content: [piece], stance: .asserted, sentence: sentence)
        }
        if let around = frame.draft(of: piece, in: range, sentence: sentence) { return around }
        if sentence > 0, let before = frame.introduced(by: reading.sentences[sentence - 1]) {
            return Draft(
                source: before.source, cue: before.cue, content: [piece], stance: .asserted, sentence: sentence - 1)
        }
        if let speaker = drafts.last(where: { $0.isSpeech && $0.within == nil && $0.source != nil }),
            isWhole(piece, sentence), isSameBlock(sentence - 1, sentence), !drafts.contains(where: \.isUnattributed)
        {
            return Draft(
                source: speaker.source, cue: piece.lowerBound - 1..<piece.lowerBound, content: [piece],
                stance: .asserted, sentence: sentence)
        }
        let isMarked = piece.lowerBound > 0 && reading.words[piece.lowerBound - 1].isQuoteMark
        let cue = isMarked ? piece.lowerBound - 1..<piece.lowerBound : nil
        return Draft(cue: cue, content: [piece], stance: .asserted, sentence: sentence, isUnattributed: true)
    }

    /// Whether the sentence is nothing but the quotation.
    private func isWhole(_ piece: Range<Int>, _ sentence: Int) -> Bool {
        let range = reading.sentences[sentence]
        return piece.lowerBound > range.lowerBound && reading.words[piece.lowerBound - 1].isQuoteMark
            && (range.lowerBound..<piece.lowerBound).allSatisfy { reading.words[$0].isPunctuation }
            && (piece.upperBound..<max(piece.upperBound, range.upperBound)).allSatisfy {
                reading.words[$0].isPunctuation
            }
    }

    /// Whether no line break stands between two sentences.
    private func isSameBlock(_ a: Int, _ b: Int) -> Bool {
        guard let last = reading.sentences[a].last, let first = reading.sentences[b].first else { return false }
        let start = reading.words[last].span.end, end = reading.words[first].span.start
        return start <= end && !reading.text[start..<end].contains(UInt8(ascii: "\n"))
    }

    /// Whether the quotation is more than a name or a few words kept at a distance: a sentence, or words with a verb, and
    /// not in capitals as titles are.
    private func isSpeech(_ quotation: Int, _ piece: Range<Int>) -> Bool {
        let form = reading.quotations[quotation].form
        if form == .block { return true }
        let words = piece.filter { !reading.words[$0].isPunctuation }
        guard words.count > 2 else { return false }
        let long = words.dropFirst().filter { !reading.words[$0].isAny([.preposition, .determiner, .conjunction]) }
        if long.count > 1, long.allSatisfy({ reading.words[$0].isCapital || reading.words[$0].kind == .number }),
            !isShouted(words)
        {
            return false
        }
        return words.count > Self.longestPhrase
            || words.contains { reading.words[$0].isAny(.auxiliary) || reading.isFiniteVerb($0) }
    }

    /// Whether all letters are capitals, as no title is written: “NOBODY ASKED US”.
    private func isShouted(_ words: [Int]) -> Bool {
        words.count > 3
            && words.allSatisfy { index in
                reading.text[reading.words[index].span.range].allSatisfy { !(0x61...0x7A).contains($0) }
            }
    }

    /// Quotations of so many words may be phrases: longer ones are speech without a verb too.
    private static let longestPhrase = 5
}
