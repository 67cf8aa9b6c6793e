package import StageKit
import Text

/// From text and blocks to sentences, tokens and quotations.
package struct SegmentStep: MapStep {
    package static let contract = StepContract(
        "cut", reads: [DocumentText.name, Blocks.name, Metadata.name],
        writes: [Sentences.name, Tokens.name, Quotations.name], takes: [Sentences.name, Tokens.name])

    package init(options: OptionReader) throws(OptionProblem) {}

    package func run(_ input: StepInput) throws(StageFailure) -> StepOutput {
        let text = try input.layer(DocumentText.self).bytes
        let blocks = try input.layer(Blocks.self).kept
        let language = Language(tag: try input.layer(Metadata.self).language)

        let openers = language.words?.openers ?? Lexicon.sentenceOpeners

        var scanner = TokenScanner(text, language: language)
        var sentences: [ByteSpan] = []
        var passages: [Passage] = []
        for cut in PassageCutter.passages(of: blocks, in: text) {
            let first = scanner.tokens.count
            scanner.scan(cut.span)
            guard scanner.tokens.count > first else { continue }
            var passage = cut
            passage.tokens = first..<scanner.tokens.count
            SentenceSplitter(tokens: scanner.tokens, text: text, openers: openers).split(
                passage.tokens, into: &sentences)
            passages.append(passage)
        }
        var tokens = Tokens(spans: scanner.tokens.map(\.span), kinds: scanner.tokens.map(\.kind))
        let given = try input.given(Sentences.self), givenTokens = try input.given(Tokens.self)
        if let givenTokens { tokens = givenTokens }
        if let given { sentences = GivenSentences.cut(given.spans, at: blocks, in: text) }
        if given != nil || givenTokens != nil { sentences = GivenSentences.fitted(sentences, to: tokens.spans) }
        let quotations = QuotationFinder(text: text, tokens: scanner.tokens, passages: passages, sentences: sentences)
            .find()
        return StepOutput(Sentences(sentences), tokens, Quotations(quotations))
    }
}
