package import StageKit
import Text

/// `plain-text`: the text as it stands, for pipelines in which no stage writes `text`.
package struct PlainTextStage: Stage {
    package static let description = StageDescription(
        name: "plain-text", summary: "takes the bytes of a file as its text, unchanged",
        discussion: """
            Files have to be UTF-8. Paragraphs end at line ends; where the lines of a text were broken at one width, they
            end where the reader of plain text of 'clean' ends them, and a line that breaks off in the middle of a sentence
            goes on in the next.
            """)
    package static let steps: [StepType] = [.map(PlainTextStep.self)]
    package static let fingerprint = Embedded.fingerprint
}

/// Reads a file as it stands.
struct PlainTextStep: MapStep {
    static let contract = StepContract(
        "read", reads: [SourceBytes.name],
        writes: [DocumentText.name, Origin.name, Blocks.name, Metadata.name, SourceLines.name], facts: [.format, .row])

    init(options: OptionReader) throws(OptionProblem) {}

    func run(_ input: StepInput) throws(StageFailure) -> StepOutput {
        let source = try SourceText(input)
        guard source.form != .blocks else {
            throw StageFailure(
                "only the stage 'clean' reads files of this format", hint: "add it to the stages", code: "needs-clean")
        }
        let bytes = source.bytes
        guard UTF8Scan(bytes, from: 0).bad == 0 else {
            throw StageFailure(
                "the file is not UTF-8", hint: "use the stage 'clean', which reads other encodings", code: "not-utf-8")
        }
        let blocks = Self.paragraphs(bytes).map { Blocks.Block(.paragraph, $0) }
        let runs =
            bytes.isEmpty
            ? [] : [Origin.Run(length: bytes.count, source: ByteSpan(0, bytes.count), form: .verbatim)]
        let row = input.facts.row.map { Metadata.Entry($0.key, $0.value, .row) }
        return StepOutput(
            DocumentText(bytes), Origin(runs), Blocks(blocks), Metadata(withNotices: row + source.entries),
            SourceLines(LineStarts.of(bytes, .utf8, from: 0)))
    }

    /// The lines, those that continue one another as one.
    private static func paragraphs(_ bytes: [UInt8]) -> [ByteSpan] {
        let lines = TextLines(bytes).lines
        let wrapping = LineWrapping(bytes, lines)
        var paragraphs: [ByteSpan] = []
        var last: TextLines.Line?
        for line in lines {
            defer { last = line }
            guard !line.span.isEmpty else { continue }
            if let last, !last.span.isEmpty, wrapping.join(last, line) != nil || goesOn(last.span, line.span, bytes) {
                paragraphs[paragraphs.count - 1].end = line.span.end
            } else {
                paragraphs.append(line.span)
            }
        }
        return paragraphs
    }

    /// Whether a line that was broken in the middle of a sentence goes on in `next`: that begins small, or `line` is as
    /// long as wrapped lines are and ends without a mark.
    private static func goesOn(_ line: ByteSpan, _ next: ByteSpan, _ bytes: [UInt8]) -> Bool {
        guard let (last, _) = UTF8Decoding.scalar(in: bytes, before: line.end) else { return false }
        let isBroken = last.properties.isAlphabetic || last == ","
        let begins = UTF8Decoding.scalar(in: bytes, at: next.start).scalar.properties
        if begins.isLowercase { return isBroken }
        return isBroken && begins.isAlphabetic && wrapped.contains(line.count)
    }

    /// How many bytes a line has that was broken to fit a column.
    private static let wrapped = 55...100
}
