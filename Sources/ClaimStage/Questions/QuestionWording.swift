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
    /// How many words of the text stand before ``words``.
    private let lead: Int
    /// The last word with the marks behind it.
    private let last: String

    /// The most bytes of a question.
    private static let longest = 200

    /// A statement in words, of which `before` come before its auxiliary; nil where it has none.
    init(_ text: String, auxiliary before: Int?) {
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
        auxiliary = before.map { $0 - left }.flatMap { words.indices.contains($0) && $0 > 0 ? $0 : nil }
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

    /// *The wall was sound.* asks *Was the wall sound?* Where the verb has no auxiliary: *Is it so that the wall held?*
    var whether: String {
        let (lead, question) = inverted(words, auxiliary)
        if let question { return Self.asked(lead + question) }
        return Self.asked(["Is", "it", "so", "that"] + Self.continued(words))
    }

    /// *44 people were hurt* asks *How many people were hurt?*, and *the ship carried 44 people* asks *The ship carried how
    /// many people?* Nil where `figure` does not stand in the statement as words of its own.
    func figure(_ figure: String, isShare: Bool, isAmount: Bool, unit: [String]) -> String? {
        guard let place = place(of: figure.split(separator: " ").map(String.init)) else { return nil }
        let ask: [String] =
            isShare ? ["what", "percentage"] : isAmount ? ["how", "much"] : ["how", "many"] + unit
        // what follows behind a comma is said besides
        var rest = Array(words[place.upperBound...])
        if place.lowerBound > 0, let comma = rest.firstIndex(where: { $0.hasSuffix(",") }) {
            rest = rest[..<comma] + [Self.withoutMarks(rest[comma])]
        }
        return Self.asked(Array(words[..<place.lowerBound]) + ask + rest)
    }

    /// *Ada Weir was born on 4 May* asks *When was Ada Weir born?* Nil where `date` does not stand in the statement.
    func when(_ date: String) -> String? {
        guard var place = place(of: date.split(separator: " ").map(String.init)) else { return nil }
        if place.lowerBound > 0, ["on", "in", "at"].contains(words[place.lowerBound - 1].lowercased()) {
            place = place.lowerBound - 1..<place.upperBound
        }
        let rest = Array(words[..<place.lowerBound]) + words[place.upperBound...]
        let auxiliary = auxiliary.map { $0 < place.lowerBound ? $0 : $0 - place.count }
        let (lead, question) = inverted(rest, auxiliary)
        if let question, lead.isEmpty { return Self.asked(["when"] + Self.continued(question)) }
        return Self.asked(Array(words[..<place.lowerBound]) + ["when"] + words[place.upperBound...])
    }

    /// The words with the auxiliary before the subject, and what stands before both with a comma.
    private func inverted(_ words: [String], _ auxiliary: Int?) -> (lead: [String], question: [String]?) {
        guard let auxiliary, words.indices.contains(auxiliary), auxiliary > 0 else { return ([], nil) }
        let start = words[..<auxiliary].lastIndex { $0.hasSuffix(",") }.map { $0 + 1 } ?? 0
        guard start < auxiliary else { return ([], nil) }
        let verb = words[auxiliary]
        // what is left of a contraction (*he's*, *don't*) can't stand first
        guard verb.utf8.allSatisfy({ $0 >= 0x41 && $0 < 0x7B }), verb.utf8.count > 1 else { return ([], nil) }
        return (
            Array(words[..<start]), [verb] + Self.continued(Array(words[start..<auxiliary])) + words[(auxiliary + 1)...]
        )
    }

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
    private static func continued(_ words: [String]) -> [String] {
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
