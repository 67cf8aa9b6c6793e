import StageKit
import Text

/// Reads a file: its encoding, its blocks with their way back, what it says about itself, and what its own marks show
/// to be furniture.
struct ReadStep: MapStep {
    static let contract = StepContract(
        "read", reads: [SourceBytes.name], writes: [Page.name, SourceLines.name], facts: [.format, .row])

    private let encoding: String

    init(options: OptionReader) throws(OptionProblem) {
        encoding = options.string("encoding") ?? ""
        guard encoding.isEmpty || Encoding.named(encoding) != nil else {
            throw OptionProblem(option: "encoding", "no encoding named '\(encoding)' can be read")
        }
    }

    func run(_ input: StepInput) throws(StageFailure) -> StepOutput {
        let source = try SourceText(input)
        let bytes = source.bytes
        guard !bytes.isEmpty else { throw StageFailure("the file is empty", code: "empty-file") }
        let row = input.facts.row.first { $0.key == "encoding" }?.value
        let (encoding, mark) = try Encoding.detect(
            bytes, isPage: source.form == .html,
            declared: row.map { ($0, "the metadata file says") }
                ?? source.facts.first { $0.key == "encoding" }.map { ($0.value, "the file says") },
            pipeline: self.encoding)
        if encoding != .utf16LittleEndian, encoding != .utf16BigEndian { try BinaryFile.refuse(bytes) }
        let (decoded, notice) = try Decoder.decode(bytes, encoding, from: mark)

        let facts = input.facts
        var page =
            switch source.form {
            case .text, .pages: PlainTextReader.read(decoded)
            case .markdown: MarkdownReader.read(decoded)
            case .html: HTMLReader.read(decoded)
            case .blocks: BlockReader.read(decoded)
            }
        guard page.blocks.contains(where: { !$0.text.bytes.isEmpty }) else {
            throw StageFailure("the file holds no text", code: "no-text")
        }
        var entries = facts.row.map { Metadata.Entry($0.key, $0.value, .row) } + source.entries + page.metadata.entries
        if encoding.label != Encoding.utf8.label, facts.format != .record, source.isText {
            entries.append(.init("encoding", encoding.label, .page))
        }
        if let notice { entries.append(.init(notice: notice)) }
        if bytes.contains(0), encoding != .utf16LittleEndian, encoding != .utf16BigEndian {
            entries.append(.init(notice: "NUL characters were left out"))
        }
        if !entries.contains(where: { $0.key == "language" }), let language = LanguageGuess.language(of: page.blocks) {
            entries.append(.init("language", language, .text))
        }
        page.metadata = Metadata(withNotices: entries)
        CreditLine.mark(&page.blocks, author: page.metadata.author)
        let starts = source.form == .pages ? LineStarts.pages(of: bytes) : LineStarts.of(bytes, encoding, from: mark)
        return StepOutput(page, SourceLines(starts))
    }
}

/// Where the lines of a file begin.
enum LineStarts {
    /// Where pages begin: at the beginning, and behind each form feed with something behind it.
    static func pages(of bytes: [UInt8]) -> [Int] {
        [0] + bytes.indices.dropLast().filter { bytes[$0] == 0x0C }.map { $0 + 1 }
    }

    static func of(_ bytes: [UInt8], _ encoding: Encoding, from mark: Int) -> [Int] {
        var starts = [0]
        let unit = encoding == .utf16LittleEndian || encoding == .utf16BigEndian ? 2 : 1
        let low = encoding == .utf16BigEndian ? 1 : 0
        var k = unit == 2 ? mark : 0
        while k + unit <= bytes.count {
            let byte = unit == 1 || bytes[k + 1 - low] == 0 ? bytes[k + low] : 0xFF
            k += unit
            if byte == 0x0A { starts.append(k) }
            guard byte == 0x0D else { continue }
            let next = k + unit <= bytes.count && (unit == 1 || bytes[k + 1 - low] == 0) ? bytes[k + low] : 0xFF
            if next != 0x0A { starts.append(k) }
        }
        return starts
    }
}
