/// The words among which a cue finds its source and content: its sentence, within its quotation if it stands in one.
struct Scope {
    /// The words.
    var range: Range<Int>
    /// The index of the sentence.
    var sentence: Int
    /// The index of the quotation in which the words stand; nil outside of quotations.
    var quotation: Int?
    /// Whether the words end in a question mark.
    var isQuestion: Bool

    /// The scope of the word at `index` of the sentence `range`.
    init(of index: Int, in range: Range<Int>, sentence: Int, words: [Word]) {
        self.sentence = sentence
        quotation = words[index].quotation
        var first = max(range.lowerBound, index - Self.reach), end = min(range.upperBound, index + Self.reach)
        if let quotation {
            while first < index, words[first].quotation != quotation || words[first].isQuoteMark { first += 1 }
            while end > index + 1, words[end - 1].quotation != quotation || words[end - 1].isQuoteMark { end -= 1 }
        }
        self.range = first..<end
        let last = words[first..<end].last { !$0.isQuoteMark }
        isQuestion = last?.mark == UInt8(ascii: "?") && last?.quotation == quotation
    }

    /// Whether "if" stands close before `index`, in the same clause.
    func isConditional(before index: Int, _ words: [Word]) -> Bool {
        words[max(range.lowerBound, index - 6)..<index].reversed().prefix { !$0.isPunctuation }
            .contains { $0.key == Self.conditional }
    }

    /// No rule looks farther: what is longer is no sentence, and reading it for every cue would take forever.
    private static let reach = 200
    private static let conditional = Folding.key("if")
}
