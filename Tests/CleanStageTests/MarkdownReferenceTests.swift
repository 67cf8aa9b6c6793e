import Foundation
import StageKit
import TestSupport
import Testing
import Text

@testable import CleanStage

/// Compares what the reader of Markdown shows with what the reference implementation of GitHub Flavored Markdown shows,
/// over texts that are made at random from the constructs of the language.
@Suite(
    "Markdown beside its reference implementation",
    .enabled(if: ReferenceProgram.path != nil, "cmark-gfm is not installed"))
struct MarkdownReferenceTests {
    @Test("texts of all constructs show the same words")
    func same() throws {
        let program = try #require(ReferenceProgram.path)
        for seed in UInt64(1)...400 {
            var random = SplitMix64(seed: seed)
            let text = MarkdownGenerator.text(&random)
            let (shown, expected) = (Self.shown(text), try ReferenceProgram.shown(text, program))
            #expect(shown == expected, "seed \(seed):\n\(text)")
        }
    }

    /// `COLOPHON_MARKDOWN` names a folder with texts to compare, such as the examples of the specification.
    @Test("texts of one's own show the same words", .enabled(if: folder != nil, "COLOPHON_MARKDOWN names no folder"))
    func own() throws {
        let program = try #require(ReferenceProgram.path)
        let folder = try #require(Self.folder)
        for name in try FileManager.default.contentsOfDirectory(atPath: folder).sorted() {
            let text = String(decoding: try Data(contentsOf: URL(filePath: folder + "/" + name)), as: UTF8.self)
            let (shown, expected) = (Self.shown(text), try ReferenceProgram.shown(text, program))
            #expect(shown == expected, "\(name):\n\(text)")
        }
    }

    private static let folder = ProcessInfo.processInfo.environment["COLOPHON_MARKDOWN"].flatMap {
        $0.isEmpty ? nil : $0
    }

    /// The words of each block that the reader shows.
    private static func shown(_ text: String) -> [String] {
        var traced = TracedText()
        traced.append(text.utf8, from: ByteSpan(0, text.utf8.count), .verbatim)
        var layout = MarkdownLayout(MarkdownBlocks(traced, from: 0))
        return layout.read().map { unnumbered(words(String(decoding: $0.text.bytes, as: UTF8.self))) }
            .filter { !$0.isEmpty }
    }

    /// A block without its number: the reader keeps numbers as they are written, the program counts.
    static func unnumbered(_ block: String) -> String {
        let rest = block.drop { $0.isNumber }
        return rest.startIndex > block.startIndex && (rest.hasPrefix(". ") || rest.hasPrefix(") "))
            ? "#" + rest.dropFirst() : block
    }

    static func words(_ text: String) -> String {
        text.split { " \t\n\r\n".contains($0) }.joined(separator: " ")
    }
}

/// Makes texts of Markdown.
enum MarkdownGenerator {
    static func text(_ random: inout SplitMix64) -> String {
        (0..<(1 + random.below(5))).map { _ in block(&random, depth: 0) }.joined(separator: "\n\n") + "\n\n"
            + "[pier]: http://pier.example/a \"Plan\"\n[quay wall]: <b c>\n"
    }

    private static func block(_ random: inout SplitMix64, depth: Int) -> String {
        switch random.below(depth > 2 ? 6 : 11) {
        case 0, 1: return lines(&random)
        case 2: return String(repeating: "#", count: 1 + random.below(6)) + " " + line(&random)
        case 3: return line(&random) + "\n" + (random.below(2) == 0 ? "===" : "---")
        case 4: return "```\n" + lines(&random) + "\n```"
        case 5: return ["***", "- - -", "<!-- x\n\ny -->", "    code\n\n     more"][random.below(4)]
        case 6: return indented(block(&random, depth: depth + 1), by: "> ", then: random.below(3) == 0 ? "" : "> ")
        case 7, 8:
            let sign = ["-", "*", "+"][random.below(3)]
            let gap = random.below(2) == 0 ? "\n" : "\n\n"
            return (0..<(1 + random.below(3))).map { _ in
                indented(block(&random, depth: depth + 1), by: sign + " ", then: random.below(5) == 0 ? " " : "  ")
            }.joined(separator: gap)
        case 9:
            let start = random.below(3) * 9 + 1
            return (0..<(1 + random.below(3))).map { k in
                indented(
                    block(&random, depth: depth + 1), by: "\(start + k). ",
                    then: "    ".prefix(random.below(2) + 3).description)
            }.joined(separator: "\n")
        default:
            let columns = 1 + random.below(3)
            func row(_ cell: () -> String) -> String {
                "| " + (0..<columns).map { _ in cell() }.joined(separator: " | ") + " |"
            }
            let head = row { word(&random) }
            let rule = row { [":--", "---", ":-:"][random.below(3)] }
            let rows = (0..<random.below(4)).map { _ in
                row { random.below(4) == 0 ? "" : line(&random).replacing("|", with: "") }
            }
            return ([head, rule] + rows).joined(separator: "\n")
        }
    }

    private static func indented(_ text: String, by first: String, then next: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .map { ($0 == 0 ? first : next) + $1 }.joined(separator: "\n")
    }

    private static func lines(_ random: inout SplitMix64) -> String {
        (0..<(1 + random.below(3))).map { _ in line(&random) }
            .joined(separator: ["\n", "  \n", "\\\n", "\n  "][random.below(4)])
    }

    private static func line(_ random: inout SplitMix64) -> String {
        (0..<(1 + random.below(7))).map { _ in piece(&random) }.joined(separator: random.below(3) == 0 ? "" : " ")
    }

    private static func word(_ random: inout SplitMix64) -> String {
        ["wall", "pier", "the", "Tide", "quay", "é", "0.5", "sea,", "(low)", "“mark”"][random.below(10)]
    }

    private static func piece(_ random: inout SplitMix64) -> String {
        switch random.below(26) {
        case 0: "*" + word(&random) + "*"
        case 1: "**" + word(&random) + " " + word(&random) + "**"
        case 2: "_" + word(&random) + "_"
        case 3: "***" + word(&random) + "*"
        case 4: ["*", "**", "_", "__", "`", "[", "]", "![", "<", ">", "&", "\\", "!", "_*", "*_"][random.below(15)]
        case 5: "`" + word(&random) + "`"
        case 6: "[" + word(&random) + "](http://pier.example)"
        case 7: "[" + word(&random) + " *x*](<a b> 'title')"
        case 8: "[pier]"
        case 9: "[" + word(&random) + "][quay  Wall]"
        case 10: "![" + word(&random) + "](x.png)"
        case 11: "<http://pier.example/" + String(random.below(9)) + ">"
        case 12: "<b>" + word(&random) + "</b>"
        case 13: ["&amp;", "&lt;", "&eacute;", "&#65;", "&nope;"][random.below(5)]
        case 14: ["\\*", "\\[", "\\\\", "\\a", "\\_"][random.below(5)]
        // the program reads what stands beside such marks otherwise than the specification
        case 15: " ~~" + word(&random) + "~~ "
        case 16: "[" + word(&random) + "][]"
        default: word(&random)
        }
    }
}

/// The program `cmark-gfm`.
enum ReferenceProgram {
    static let path = ["/usr/bin", "/usr/local/bin", "/opt/homebrew/bin"].map { $0 + "/cmark-gfm" }
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// The words of each block that it shows, with a sign for the number of an item; images left out.
    static func shown(_ text: String, _ program: String) throws -> [String] {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["-t", "xml", "-e", "table", "-e", "strikethrough"]
        let (input, output) = (Pipe(), Pipe())
        (process.standardInput, process.standardOutput) = (input, output)
        try process.run()
        input.fileHandleForWriting.write(Data(text.utf8))
        try input.fileHandleForWriting.close()
        let xml = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return blocks(xml)
    }

    private static func blocks(_ xml: String) -> [String] {
        var blocks: [String] = []
        var open = ""
        var images = 0
        /// The numbers of the lists around, and whether the next block is the first of its item.
        var lists: [(next: Int?, sign: String)] = []
        var marker = ""
        func close(_ isParagraph: Bool) {
            let words = MarkdownReferenceTests.words(open)
            if !words.isEmpty { blocks.append(MarkdownReferenceTests.unnumbered((isParagraph ? marker : "") + words)) }
            open = ""
            marker = ""
        }
        var rest = xml[...]
        while let start = rest.firstIndex(of: "<"), let end = rest[start...].firstIndex(of: ">") {
            let tag = rest[rest.index(after: start)..<end]
            rest = rest[rest.index(after: end)...]
            let name = tag.prefix { $0 != " " && $0 != "/" || tag.first == "/" && $0 == "/" }
            func literal() -> String {
                let stop = rest.firstIndex(of: "<") ?? rest.endIndex
                return rest[..<stop].replacing("&lt;", with: "<").replacing("&gt;", with: ">")
                    .replacing("&quot;", with: "\"").replacing("&amp;", with: "&").description
            }
            func attribute(_ key: String) -> String? {
                tag.range(of: " \(key)=\"").map { String(tag[$0.upperBound...].prefix { $0 != "\"" }) }
            }
            switch name {
            case "text", "code": if images == 0 { open += literal() }
            case "softbreak", "linebreak": if images == 0 { open += " " }
            case "image": images += 1
            case "/image": images -= 1
            case "list":
                lists.append((attribute("start").flatMap { Int($0) }, attribute("delim") == "paren" ? ")" : "."))
            case "/list": lists.removeLast()
            case "item":
                if let next = lists.last?.next {
                    marker = "\(next)\(lists[lists.count - 1].sign) "
                    lists[lists.count - 1].next = next + 1
                } else {
                    marker = ""
                }
            case "/item": marker = ""
            case "/paragraph": close(true)
            case "/heading", "/table_header", "/table_row": close(false)
            case "/table_cell": open += " "
            case "code_block":
                open = literal()
                close(false)
            case "thematic_break", "html_block": marker = ""
            default: break
            }
        }
        return blocks
    }
}
