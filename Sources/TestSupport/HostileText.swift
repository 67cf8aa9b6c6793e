package import StageKit
package import Testing
import Foundation

/// Texts that no one would write, made from a seed: enough like language to get deep into the rules of a stage.
package enum HostileText: String, CaseIterable, Sendable, CustomTestStringConvertible {
    /// Bytes of any value, few of them UTF-8.
    case bytes
    /// Code points of any value.
    case characters
    /// Digits, number words, units, months and the marks between them.
    case numbers
    /// Capitals, titles, initials, particles, brackets.
    case names
    /// Quotation marks of many languages, opened and closed at random, and speech around them.
    case quotations
    /// Elements, entities and Markdown, most of them broken.
    case markup
    /// A little of everything, in lines and paragraphs.
    case mixture

    /// The kind, as test names show it.
    package var testDescription: String { rawValue }

    /// About `length` pieces of this kind of text.
    package func make(_ length: Int, _ random: inout SplitMix64) -> [UInt8] {
        switch self {
        case .bytes: return random.bytes(length)
        case .characters: return random.text(length)
        default: break
        }
        var text: [UInt8] = []
        // a document keeps to few of the pieces, so that the same ones meet often
        let pieces = (0..<12).map { _ in piece(&random) }
        for _ in 0..<length {
            let piece = random.below(3) > 0 ? pieces[random.below(pieces.count)] : piece(&random)
            // now and then one is said many times over
            let times = random.below(60) == 0 ? 1 + random.below(200) : 1
            for _ in 0..<times {
                text += piece
                text += Self.gap(&random)
            }
        }
        return text
    }

    private func piece(_ random: inout SplitMix64) -> [UInt8] {
        switch self {
        case .bytes: return random.bytes(1 + random.below(6))
        case .characters: return random.text(1 + random.below(4))
        case .numbers: return random.below(3) == 0 ? Self.number(&random) : Self.choice(Self.numberWords, &random)
        case .names: return random.below(6) == 0 ? random.text(2) : Self.choice(Self.nameWords, &random)
        case .quotations: return Self.choice(random.below(2) == 0 ? Self.marks : Self.nameWords, &random)
        case .markup: return Self.choice(random.below(3) == 0 ? Self.nameWords : Self.tags, &random)
        case .mixture:
            let kinds: [Self] = [.bytes, .characters, .numbers, .names, .quotations, .markup]
            return kinds[random.below(kinds.count)].piece(&random)
        }
    }

    /// Digits of any count, with the marks that numbers and dates have between them.
    private static func number(_ random: inout SplitMix64) -> [UInt8] {
        let marks = Array(",./:-' ".utf8)
        var text: [UInt8] = []
        for _ in 0...random.below(5) {
            let digits = random.below(40) == 0 ? random.below(400) : 1 + random.below(5)
            let isRound = random.below(6) == 0
            for _ in 0..<digits { text.append(isRound ? 0x30 : 0x30 + UInt8(random.below(10))) }
            if random.below(2) == 0 { text.append(marks[random.below(marks.count)]) }
        }
        return text
    }

    private static func gap(_ random: inout SplitMix64) -> [UInt8] {
        switch random.below(24) {
        case 0: [0x0A, 0x0A]
        case 1: [0x0A]
        case 2...4: []
        case 5: Array(". ".utf8)
        case 6: Array(", ".utf8)
        case 7: [0x2D]
        case 8: [0xC2, 0xA0]
        default: [0x20]
        }
    }

    private static func choice(_ words: [[UInt8]], _ random: inout SplitMix64) -> [UInt8] {
        words[random.below(words.count)]
    }

    private static func split(_ words: String) -> [[UInt8]] {
        words.split(separator: " ").map { Array($0.utf8) }
    }

    private static let numberWords = split(
        """
        one two nineteen twenty hundred thousand million trillion dozen dozens half third thirds first twenty-first st \
        nd rd th and a of to or from between until since at least up more than about nearly percent per cent % $ € £ \
        ¥ US$ km kg m² degrees °C ½ ¼ ² – — − / . , : ' ’ - + ( ) # January Feb. march may Monday Tue spring fall \
        yesterday today tonight last next this early late mid ago earlier later before after day week month year \
        years decade century centuries BC AD am pm p.m. noon midnight o'clock every other daily several few couple \
        morning night weekend Christmas Easter year-old aged old ein zwei hundert Million Uhr März vor gestern \
        vingt-et-un quatre-vingts mille mai hier à heures dos mil veinte enero ayer hace bin yüz dün Ocak önce
        """)

    private static let nameWords = split(
        """
        Ada ada ADA Orle Brandt Skerrow İpek IŞIK ılık O'Dane d'Orle van der al- von bin Jr. Sr. III Mr Mrs. Dr Capt. \
        President Ministry of the for and Party (SDF) ( ) [ ] “ ” ' ’s 's A. B. U.S. U.S U. N.A.T.O. Weir-Hale São \
        Zürich known as also formerly Harbour Board University St . , ; : - – / & said says that who told according to \
        the ministry Москва Αθήνα 東京 שלום سلام e\u{301} \u{301} \u{200D} \u{FEFF} 👩‍👧 🇹🇷 ﬁn ǅ ß ẞ @orle #weir \
        http://a.b/c a@b.c www.
        """)

    private static let marks = split(
        """
        " ' “ ” ‘ ’ „ ‚ « » ‹ › ` `` '' ``` 「 」 said, asked. ? ! … .” ,” ?” !' .) ." (“ ”) — said he: she added, \
        told us, don't '90s rock'n'roll o' 'tis boys' *** --- ...
        """)

    private static let tags = split(
        """
        < > </ /> <p> </p> <div <div> </div> <b> <table> <tr> <td> </table> <script> </script> <!-- --> <![CDATA[ ]]> \
        <a href="x"> <a href='> </a> <title> </title> <meta name="date" content="2021-13-40"> &amp; &#0; &#x110000; \
        &nbsp &#xD800; &bogus; # ## ====== ------ * - + > | ``` ~~~ [a](b) ![c]( [d]: <e> **f __g_ `h \\ {{i}} --- ::: \
        <svg> <math> <template> <select> <option> <plaintext> <frameset>
        """)
}

/// Runs stages over seeded texts of a kind and holds what they write to what every stage promises, as
/// ``expectConformance(of:documents:sourceLocation:)`` does for its documents.
///
/// Each seed is a run over `documents` texts. Setting `COLOPHON_FUZZ` to a number makes that many seeds of it and
/// prints each before its run, so that the last one printed is the one that crashed.
package func expectSurvival(
    of stages: [any Stage.Type], over kind: HostileText, format: DocumentFormat = .text, seeds: UInt64 = 5,
    documents: Int = 6, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
    let asked = ProcessInfo.processInfo.environment["COLOPHON_FUZZ"].flatMap(UInt64.init)
    for seed in 1...max(1, asked ?? seeds) {
        if asked != nil { print("\(kind.rawValue), \(format), seed \(seed)") }
        var random = SplitMix64(seed: seed)
        let texts = (0..<documents).map { n in
            MemoryRun.Document(
                DocumentFacts(id: "\(n)", folder: "outlet", format: format),
                source: kind.make(1 + random.below(n == 0 ? 1200 : 120), &random))
        }
        for problem in try await StageConformance(stages, over: texts).problems() {
            Issue.record("\(problem) (\(kind.rawValue), seed \(seed))", sourceLocation: sourceLocation)
        }
    }
}
