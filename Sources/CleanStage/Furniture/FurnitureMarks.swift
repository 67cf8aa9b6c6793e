import StageKit
import Text

/// Furniture that shows by its own marks: lines that publishers put around any text.
enum FurnitureMarks {
    private struct Rule: Sendable {
        enum Place: Sendable { case anywhere, head, tail }
        var pattern: LinePattern
        var place: Place
        var reason: String
        /// Whether it is a label, never a sentence.
        var isLabel: Bool
    }

    /// A line of furniture is short; what is longer has to be shown by more than a pattern.
    private static let longest = 200
    private static let edge = 14
    /// Furniture that is a label, never a sentence.
    private static let labels: Set<String> = [
        "date of an update", "page header", "navigation", "share line", "note of authorship",
    ]

    /// Marks the blocks of a page.
    static func mark(_ blocks: inout [Page.Block]) {
        let before = blocks.map(\.reason)
        let kept = blocks.indices.filter { blocks[$0].reason.isEmpty }
        let prose = kept.filter { isProse(blocks[$0]) }
        var open: [Int: String] = [:]
        for (n, k) in kept.enumerated() where blocks[k].kind != .title && blocks[k].kind != .table {
            if ImageCredit.isCredit(blocks[k]) { blocks[k].reason = "image credit" }
            guard blocks[k].text.bytes.count <= longest, blocks[k].reason.isEmpty else { continue }
            let bytes = blocks[k].text.bytes
            guard let found = finding(PlainLine.reduced(bytes), bytes, isHead: n < edge, isTail: n + edge >= kept.count)
            else { continue }
            // between two paragraphs a bar of links has to show that it is one
            let isWithin = (prose.first ?? k) < k && (prose.last ?? k) > k
            if found.isBar, isWithin, !NavigationBar.isMenu(bytes) { continue }
            if found.isSure { blocks[k].reason = found.reason } else { open[k] = found.reason }
        }
        markInCompany(&blocks, open)
        DonationSection.mark(&blocks)
        TailChrome.mark(&blocks)
        dropStrayMarks(&blocks)
        // furniture stands around a text: where nothing else is, the line is the text
        if !blocks.contains(where: { $0.reason.isEmpty && hasWord($0.text.bytes) }) {
            for k in blocks.indices { blocks[k].reason = before[k] }
        }
    }

    /// Marks sentences that read like furniture where furniture stands beside them.
    private static func markInCompany(_ blocks: inout [Page.Block], _ open: [Int: String]) {
        guard !open.isEmpty else { return }
        for order in [Array(blocks.indices), blocks.indices.reversed()] {
            var isBeside = false
            for k in order {
                if isBeside, blocks[k].reason.isEmpty, let reason = open[k] { blocks[k].reason = reason }
                isBeside = isFurniture(blocks[k].reason)
            }
        }
    }

    /// Whether a reason is one of these rules, and not what was read as metadata or lies outside the text.
    private static func isFurniture(_ reason: String) -> Bool {
        !reason.isEmpty && (reasons.contains(reason) || reason == "navigation" || reason == "contact line")
    }

    private static func isProse(_ block: Page.Block) -> Bool {
        block.kind != .title && block.text.bytes.count >= 60 && SentenceShape.isSentence(block.text.bytes)
    }

    /// What the rules say about a line.
    private struct Finding {
        var reason: String
        /// Whether nothing beside it has to show the same.
        var isSure: Bool
        var isBar = false
    }

    /// The reason for which a reduced line is furniture wherever it stands; nil for one that is not.
    static func reason(_ line: [UInt8], _ original: [UInt8], isHead: Bool, isTail: Bool) -> String? {
        finding(line, original, isHead: isHead, isTail: isTail).flatMap { $0.isSure ? $0.reason : nil }
    }

    private static func finding(_ line: [UInt8], _ original: [UInt8], isHead: Bool, isTail: Bool) -> Finding? {
        guard let first = line.first else { return nil }
        let isSentence = SentenceShape.isSentence(original)
        func fitting(_ rules: [Rule]) -> Rule? {
            // by index: hundreds are looked at for each line, and copying a rule means counting its references
            for k in rules.indices {
                switch rules[k].place {
                case .head where !isHead, .tail where !isTail: continue
                default: break
                }
                if isSentence, rules[k].isLabel { continue }
                if rules[k].pattern.matches(line) { return rules[k] }
            }
            return nil
        }
        if let rule = fitting(rules.byFirst[Int(first)]) ?? fitting(rules.open) {
            guard let isSure = isSure(rule, line, original) else { return nil }
            return Finding(reason: rule.reason, isSure: isSure)
        }
        if ContactAddress.isAddress(line) { return Finding(reason: "contact line", isSure: true) }
        return NavigationBar.isBar(original) ? Finding(reason: "navigation", isSure: true, isBar: true) : nil
    }

    /// Whether a line that fits a rule is furniture by itself, or only beside other furniture; nil for one that tells
    /// something.
    private static func isSure(_ rule: Rule, _ line: [UInt8], _ original: [UInt8]) -> Bool? {
        // what is written out says what it is
        guard rule.pattern.isOpen, !rule.isLabel else { return true }
        if rule.reason == "copyright line", line.starts(with: "copyright".utf8) {
            // a notice names a year or an owner; anything else is about copyright
            return CopyrightLine.isNotice(line) ? true : nil
        }
        guard SentenceShape.endsSentence(original), original.last != UInt8(ascii: ":") else { return true }
        switch rule.reason {
        case "cookie notice", "advertising disclosure", "agency header", "copyright line": return true
        case "image credit": return line.split(separator: 0x20).count > 6 ? false : true
        case "note about the publisher":
            // `X is a member of the council` may be the news
            guard ByteSearch.contains(line, Array(" is ".utf8)) else { return true }
            return Plea.isSpeech(original) ? nil : false
        default:
            if Plea.isSpeech(original) { return nil }
            if accounts.contains(where: { ByteSearch.contains(line, $0) }) { return true }
            return Plea.speaks(line[...]) || line.split(separator: 0x20).contains { $0.elementsEqual("please".utf8) }
        }
    }

    /// Where publishers ask to be followed.
    private static let accounts = ["facebook", "twitter", "instagram", "whatsapp", "youtube", "@", "http"].map {
        Array($0.utf8)
    }

    /// Whether a part of a bar is what menus say, word for word.
    static func isMenuEntry(_ line: [UInt8]) -> Bool {
        guard let first = line.first else { return false }
        return rules.byFirst[Int(first)].contains {
            !$0.pattern.isOpen && ["navigation", "copyright line", "contact line"].contains($0.reason)
                && $0.pattern.matches(line)
        }
            || ["news", "opinion", "sport", "sports", "world", "politics", "business", "culture", "weather", "contact"]
                .contains { line.elementsEqual($0.utf8) }
    }

    /// What is left when everything around it was taken out: a block of marks alone.
    private static func dropStrayMarks(_ blocks: inout [Page.Block]) {
        let bare = blocks.indices.filter { k in
            blocks[k].reason.isEmpty && blocks[k].kind != .code && blocks[k].text.bytes.count < 12
                && !hasWord(blocks[k].text.bytes)
        }
        // where nothing else is, the marks are the text
        guard blocks.contains(where: { $0.reason.isEmpty && hasWord($0.text.bytes) }) else { return }
        for k in bare { blocks[k].reason = "marks without words" }
    }

    private static func hasWord(_ bytes: [UInt8]) -> Bool {
        String(decoding: bytes.prefix(400), as: UTF8.self).unicodeScalars.contains {
            $0.properties.isAlphabetic || $0.properties.numericType != nil || $0.properties.isEmoji
        }
    }

    /// Rules by the first byte of the lines that they fit, and those that fit any.
    private static let rules: (byFirst: [[Rule]], open: [Rule]) = {
        var byFirst: [[Rule]] = Array(repeating: [], count: 256)
        var open: [Rule] = []
        for file in files { read(file, &byFirst, &open) }
        return (byFirst, open)
    }()

    private static let reasons = Set((rules.byFirst.joined() + rules.open).map(\.reason))

    private static let files = [
        Embedded.furnitureMarks, Embedded.furnitureMarksDe, Embedded.furnitureMarksEs, Embedded.furnitureMarksFr,
        Embedded.furnitureMarksTr,
    ]

    private static func read(_ file: StaticString, _ byFirst: inout [[Rule]], _ open: inout [Rule]) {
        var reason = ""
        for line in file.withUTF8Buffer({ Array($0) }).split(separator: 0x0A) {
            // comments stand above the first section only: a pattern may begin with the sign for a number
            guard let first = line.first, !reason.isEmpty || first == UInt8(ascii: "[") else { continue }
            if first == UInt8(ascii: "[") {
                reason = String(decoding: line.dropFirst().dropLast(), as: UTF8.self)
                continue
            }
            let place: Rule.Place =
                first == UInt8(ascii: "^") ? .head : first == UInt8(ascii: "$") ? .tail : .anywhere
            let pattern = Array(place == .anywhere ? line : line.dropFirst(2))
            guard let start = pattern.first else { continue }
            let rule = Rule(
                pattern: LinePattern(pattern), place: place, reason: reason, isLabel: labels.contains(reason))
            if start == UInt8(ascii: "*") || start == UInt8(ascii: "#") {
                open.append(rule)
            } else {
                byFirst[Int(start)].append(rule)
            }
        }
    }
}
