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
        let kept = blocks.indices.filter { blocks[$0].reason.isEmpty }
        for (n, k) in kept.enumerated() where blocks[k].kind != .title {
            if ImageCredit.isCredit(blocks[k]) { blocks[k].reason = "image credit" }
            guard blocks[k].text.bytes.count <= longest, blocks[k].reason.isEmpty else { continue }
            let line = PlainLine.reduced(blocks[k].text.bytes)
            if let reason = reason(line, blocks[k].text.bytes, isHead: n < edge, isTail: n + edge >= kept.count) {
                blocks[k].reason = reason
            }
        }
        DonationSection.mark(&blocks)
        TailChrome.mark(&blocks)
        dropStrayMarks(&blocks)
    }

    /// The reason for which a reduced line is furniture; nil for one that is not.
    static func reason(_ line: [UInt8], _ original: [UInt8], isHead: Bool, isTail: Bool) -> String? {
        guard let first = line.first else { return nil }
        let isProse = SentenceShape.isSentence(original)
        func fitting(_ rules: [Rule]) -> String? {
            // by index: hundreds are looked at for each line, and copying a rule means counting its references
            for k in rules.indices {
                switch rules[k].place {
                case .head where !isHead, .tail where !isTail: continue
                default: break
                }
                if isProse, rules[k].isLabel { continue }
                if rules[k].pattern.matches(line) { return rules[k].reason }
            }
            return nil
        }
        if let reason = fitting(rules.byFirst[Int(first)]) ?? fitting(rules.open) { return reason }
        if ContactAddress.isAddress(line) { return "contact line" }
        return NavigationBar.isBar(original) ? "navigation" : nil
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
