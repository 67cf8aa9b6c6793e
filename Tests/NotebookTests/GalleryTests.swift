import Foundation
import GRDB
import Testing

@testable import Notebook

/// `pipelines/gallery.md` against the code: what a notebook can do is shown there.
@Suite("The gallery shows everything that a notebook can do")
struct GalleryTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../pipelines")
    private let cells: [Cell]
    private let text: String
    private let problems: Int

    init() throws {
        func file(_ name: String) -> String? {
            try? String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
        }
        let main = try #require(file("gallery.md"))
        let (notebook, problems) = Notebook.read(main, file: "gallery.md", read: file)
        self.problems = problems.count
        text = ([main] + notebook.included.map(\.text)).joined()
        cells = Notebook.cells(notebook.parts).flatMap(\.parts) + Self.sections(notebook.parts)
    }

    private static func sections(_ parts: [Notebook.Part]) -> [Cell] {
        parts.flatMap { part -> [Cell] in
            if case .section(let section) = part { [section.cell] + sections(section.parts) } else { [] }
        }
    }

    private var queries: [String] {
        cells.flatMap { cell in [cell.sql?.text, cell.fields["total"]?.text].compactMap(\.self) }
    }

    private var calls: [SQLCall] { queries.flatMap { SQLCall.all(in: SQLTokens($0).all) } }

    /// A cell of changes needs the database of an earlier run, which another release could not read.
    static let shown = CellKind.allCases.filter { $0 != .changes }

    @Test("every cell and every cell in a line is there", arguments: shown)
    func kinds(kind: CellKind) {
        #expect(problems == 0)
        // what is included stands in the place of its cell
        #expect(kind == .include ? text.contains("{include}") : cells.contains { $0.kind == kind }, "\(kind)")
    }

    @Test("every kind of chart is there", arguments: ChartKind.allCases)
    func charts(kind: ChartKind) {
        #expect(cells.contains { $0.kind == .chart && $0.argument == kind.rawValue }, "\(kind)")
    }

    @Test("every field of every cell is there, for one cell at least")
    func fields() {
        let shown = Set(cells.flatMap(\.fields.keys))
        let all = Set(Self.shown.flatMap(\.fields))
        #expect(all.subtracting(shown).isEmpty, "\(all.subtracting(shown).sorted())")
        let formats = cells.filter { $0.kind == .chart }.flatMap(\.fields.keys)
        #expect(formats.contains("highlight") && formats.contains("order") && formats.contains("over"))
    }

    /// What is special about a pattern.
    private static func marks(of pattern: String) -> Set<String> {
        guard pattern.contains("0") else { return [pattern] }
        var marks: Set<String> = []
        if pattern.contains(",") { marks.insert("grouped") }
        if pattern.contains(".") { marks.insert("decimals") }
        if pattern.contains("%") { marks.insert("percent") }
        if pattern.first != "0" { marks.insert("before") }
        if let last = pattern.last, last != "0", last != "%" { marks.insert("behind") }
        return marks.isEmpty ? ["whole"] : marks
    }

    @Test("every sort of format is there, in a field or in SQL")
    func formats() {
        var patterns = calls.filter { $0.name == "formatted" }.compactMap { $0.arguments.last?.first?.text }
        for cell in cells {
            for part in (cell.fields["format"]?.text ?? "").split(separator: ";") {
                patterns.append(part.trimmed)
                patterns.append(part.trimmed.split(separator: " ", maxSplits: 1).last.map(String.init) ?? "")
            }
        }
        let shown = patterns.filter { ValueFormat($0) != nil }.reduce(into: Set<String>()) {
            $0.formUnion(Self.marks(of: $1))
        }
        let all = ValueFormat.patterns.reduce(into: Set<String>()) { $0.formUnion(Self.marks(of: $1)) }
        #expect(all.subtracting(shown).isEmpty, "\(all.subtracting(shown).sorted())")
    }

    @Test("every table of words, every table of variants and every function is there")
    func functions() {
        let words = queries.reduce(into: Set<String>()) { $0.formUnion(SQLWords($1).all) }
        let functions =
            MeasureFunctions.functions + EvidenceAggregate.functions + CountedFunction.functions
            + [ExcerptFunction.function, FormattedFunction.function, RegexpFunction.function]
        let names = functions.map(\.name) + WordTables.all.map(\.name) + VariantTables.all(of: nil).map(\.name)
        for name in names { #expect(words.contains(name), "\(name)") }
    }
}
