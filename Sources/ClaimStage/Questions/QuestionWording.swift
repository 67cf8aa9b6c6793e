import StageKit
import Text

/// Turns a statement into the question that it answers.
///
/// All it does is move or replace words of the statement, so that nothing is asked that the texts do not speak of.
struct QuestionWording {
    /// The words of the statement, with one blank between two of them.
    private let words: [String]
    /// The index in `words` of the auxiliary of the main verb; nil for none.
    private let auxiliary: Int?
    /// The index in `words` of the main verb where it has no auxiliary; nil where it is not known.
    private let verb: Int?
    /// How many words of the text stand before ``words``.
    private let lead: Int
    /// The last word with the marks behind it.
    private let last: String

    /// The most bytes of a question.
    private static let longest = 200

    /// A statement in words, of which `before` come before its auxiliary, nil where it has none, and `verb` before the
    /// group of its verb.
    init(_ text: String, auxiliary before: Int?, verb: Int? = nil) {
        var words = text.split(separator: " ").map(String.init)
        var left = 0
        func drop(_ count: Int) {
            words.removeFirst(count)
            left += count
        }
        // who speaks, in brackets, is no part of what is said
        if words.first?.hasPrefix("(") == true, let end = words.firstIndex(where: { $0.hasSuffix(")") }), end < 6 {
            var lead = end + 1
            while lead < words.count, words[lead].utf8.allSatisfy({ Self.marks.contains($0) }) { lead += 1 }
            drop(lead)
        }
        if let lead = Self.dateline(words) { drop(lead) }
        if words.count > 2, ["that", "and", "but"].contains(words[0]) { drop(1) }
        lead = left
        last = words.last ?? ""
        if let last = words.last { words[words.count - 1] = Self.withoutMarks(last) }
        self.words = words
        func place(_ before: Int?) -> Int? {
            before.map { $0 - left }.flatMap { words.indices.contains($0) && $0 > 0 ? $0 : nil }
        }
        auxiliary = place(before)
        self.verb = auxiliary == nil ? place(verb) : nil
    }

    /// The statement as a heading: without what stands before it and a quotation mark that has no other.
    var statement: String {
        var text = (words.dropLast() + [last]).joined(separator: " ")
        for (open, close) in [("\"", "\""), ("“", "”")] {
            let isPaired = open == close ? text.count { String($0) == open }.isMultiple(of: 2) : text.contains(close)
            if text.hasPrefix(open), !isPaired { text.removeFirst() }
            if text.hasSuffix(close), !(open == close ? isPaired : text.contains(open)) { text.removeLast() }
        }
        if let first = text.first { text.replaceSubrange(...text.startIndex, with: first.uppercased()) }
        return text
    }

    /// *Ada Weir gave the order* asks *Who gave the order?* Nil where the verb, with `before` words of the text before it,
    /// is not a word of its own.
    func who(before count: Int) -> String? {
        let verb = count - lead
        guard verb > 0, verb < words.count, words[verb].utf8.allSatisfy({ $0 >= 0x41 && $0 < 0x7B }) else { return nil }
        return Self.asked(["who"] + words[verb...])
    }

    /// *The wall was sound.* asks *Was the wall sound?*, *The wall held* asks *Did the wall hold?* Where the verb is not
    /// known: *Do the texts agree that …?*
    var whether: String {
        guard let clause else { return Self.asked(["do", "the", "texts", "agree", "that"] + Self.continued(words)) }
        return Self.asked(clause.lead + clause.question(with: words[clause.rest...]))
    }

    /// *44 people were hurt* asks *How many people were hurt?*, and *the ship carried 44 people* asks *How many people did
    /// the ship carry?* Where the figure can't stand first, it is asked for in its place: *The ship sailed with a crew of
    /// how many?* Nil where `figure` does not stand in the statement as words of its own. `noun` is what it counts.
    func figure(
        _ figure: String, isShare: Bool, isAmount: Bool, unit: [String], noun: [String] = []
    ) -> String? {
        guard let place = place(of: figure.split(separator: " ").map(String.init)) else { return nil }
        let ask: [String] =
            isShare ? ["what", "percentage"] : isAmount ? ["how", "much"] : ["how", "many"] + unit
        // what follows behind a comma is said besides
        var rest = Array(words[place.upperBound...])
        if place.lowerBound > 0, let comma = rest.firstIndex(where: { $0.hasSuffix(",") }) {
            rest = rest[..<comma] + [Self.withoutMarks(rest[comma])]
        }
        if let clause, place.lowerBound > clause.rest - 1, let middle = movable(words[clause.rest..<place.lowerBound]) {
            let count = isShare ? Self.whole(rest) : Self.begins(rest, with: noun) ? noun.count : 0
            if isShare || isAmount || !unit.isEmpty || count > 0 {
                let counted = Array(rest[..<count])
                return Self.asked(
                    clause.lead + ask + counted + clause.question(with: middle + rest[count...]))
            }
        }
        return Self.asked(Self.withoutTotal(words[..<place.lowerBound]) + ask + rest)
    }

    /// *Ada Weir was born on 4 May* asks *When was Ada Weir born?* Nil where `date` does not stand in the statement.
    func when(_ date: String) -> String? {
        guard var place = place(of: date.split(separator: " ").map(String.init)) else { return nil }
        if place.lowerBound > 0, ["on", "in", "at"].contains(words[place.lowerBound - 1].lowercased()) {
            place = place.lowerBound - 1..<place.upperBound
        }
        if let clause, clause.lead.isEmpty, place.lowerBound >= clause.rest {
            let rest = words[clause.rest..<place.lowerBound] + words[place.upperBound...]
            return Self.asked(["when"] + clause.question(with: rest))
        }
        return Self.asked(Array(words[..<place.lowerBound]) + ["when"] + words[place.upperBound...])
    }

    /// A statement taken apart to be asked.
    private struct Clause {
        /// What stands before the subject, with a comma.
        let lead: [String]
        let subject: [String]
        /// The auxiliary that stands first in a question.
        let auxiliary: String
        /// The base form of a verb that has no auxiliary of its own; nil for others.
        let base: String?
        /// Where the words behind the verb, or behind its auxiliary, begin.
        let rest: Int

        /// The auxiliary before the subject, and these words behind the verb.
        func question(with rest: some Sequence<String>) -> [String] {
            [auxiliary] + QuestionWording.continued(subject) + (base.map { [$0] } ?? []) + rest
        }
    }

    /// The statement taken apart; nil where its verb is not known, or is what is left of a contraction (*he's*, *don't*).
    private var clause: Clause? {
        guard let at = auxiliary ?? verb else { return nil }
        // between two commas is what is said of the subject, before one what comes before it
        let commas = words[..<at].indices.filter { words[$0].hasSuffix(",") }
        let isLed = Self.leading.contains(words[0].lowercased())
        let start = commas.last == at - 1 ? (isLed ? commas[0] + 1 : 0) : commas.last.map { $0 + 1 } ?? 0
        guard start < at, words[at].utf8.allSatisfy({ $0 >= 0x41 && $0 < 0x7B }), words[at].utf8.count > 1 else {
            return nil
        }
        let (lead, subject) = (Array(words[..<start]), Array(words[start..<at]))
        guard !Self.clausal.contains(words[start].lowercased()) else { return nil }
        if auxiliary != nil {
            return Clause(lead: lead, subject: subject, auxiliary: words[at].lowercased(), base: nil, rest: at + 1)
        }
        return VerbBase(of: words[at]).map {
            Clause(lead: lead, subject: subject, auxiliary: $0.auxiliary, base: $0.base, rest: at + 1)
        }
    }

    /// What stands between a verb and a figure that is asked for first; nil where the figure belongs to something in
    /// between (*a crew of 12*) or to another clause.
    private func movable(_ middle: ArraySlice<String>) -> [String]? {
        let middle = Self.withoutTotal(middle)
        if let last = middle.last, ["a", "an", "the", "of", "and", "or"].contains(last) { return nil }
        let isSimple = middle.allSatisfy { word in
            !word.hasSuffix(",") && !word.hasSuffix("ing") && !Self.clausal.contains(word.lowercased())
        }
        return isSimple ? middle : nil
    }

    /// Words without *a total of* at their end, which a question for the figure has no need of.
    private static func withoutTotal(_ words: ArraySlice<String>) -> [String] {
        let last = words.suffix(3).map { $0.lowercased() }
        let isTotal =
            last.count == 3 && ["a", "the"].contains(last[0]) && ["total", "maximum", "minimum"].contains(last[1])
            && last[2] == "of"
        return Array(isTotal ? words.dropLast(3) : words)
    }

    /// How many words say what a share is of: *of the popular vote*.
    private static func whole(_ rest: [String]) -> Int {
        guard rest.first == "of", rest.count > 1 else { return 0 }
        let end = rest.dropFirst().firstIndex { leading.contains($0.lowercased()) || clausal.contains($0.lowercased()) }
        return min(end ?? rest.count, 5)
    }

    private static func begins(_ words: [String], with noun: [String]) -> Bool {
        !noun.isEmpty && words.count >= noun.count
            && zip(words, noun).allSatisfy { withoutMarks($0).lowercased() == $1.lowercased() }
    }

    /// Words with which something begins that stands before the subject, or behind the object.
    private static let leading = Set(
        """
        in on at by for from after before during since with under over about as per when while despite within until
        according following between among through to
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
    /// Words with which another clause begins.
    private static let clausal = Set(
        "that which who whom whose when where while because after before if and but or".split(separator: " ").map(
            String.init))

    /// Where words of the statement are these, whatever marks stand around them.
    private func place(of sought: [String]) -> Range<Int>? {
        guard !sought.isEmpty, sought.count <= words.count else { return nil }
        return (0...words.count - sought.count).first { start in
            zip(words[start...], sought).allSatisfy { Self.withoutMarks($0).lowercased() == $1.lowercased() }
        }.map { $0..<$0 + sought.count }
    }

    /// How many words at the head say where a report was sent from: a place in capitals, and what follows it up to a dash,
    /// *SKERROW, Vestrey, 13 Jan (NSP) –*. Nil for none: between two dashes stands an aside.
    private static func dateline(_ words: [String]) -> Int? {
        let dashes = words.indices.filter { ["-", "–", "—"].contains(words[$0]) }
        guard dashes.count == 1, let dash = dashes.first, dash < 12, dash + 2 < words.count,
            let place = words.first, place.utf8.count > 2, place == place.uppercased(), place != place.lowercased()
        else { return nil }
        return dash + 1
    }

    /// Words that follow others: a little word that began the sentence has no capital.
    fileprivate static func continued(_ words: [String]) -> [String] {
        guard let first = words.first, little.contains(first.lowercased()) else { return words }
        return [first.lowercased()] + words.dropFirst()
    }

    private static func asked(_ words: [String]) -> String {
        var text = words.joined(separator: " ")
        if let first = text.first { text.replaceSubrange(...text.startIndex, with: first.uppercased()) }
        guard text.utf8.count > longest else { return text + "?" }
        var bytes = Array(text.utf8.prefix(longest))
        while let last = bytes.last, last != 0x20 { bytes.removeLast() }
        return UTF8Decoding.string(bytes, ByteSpan(0, max(0, bytes.count - 1))) + " …?"
    }

    private static func withoutMarks(_ word: String) -> String {
        var bytes = Array(word.utf8)[...]
        while let last = bytes.last, marks.contains(last) { bytes.removeLast() }
        return bytes.isEmpty ? word : UTF8Decoding.string(Array(bytes), ByteSpan(0, bytes.count))
    }

    private static let marks = Set(".,;:!?".utf8)
    private static let little = Set(
        """
        the a an this that these those his her its their our my your he she it they we there some all most many more
        in on at by for from after before during since with under over about
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
