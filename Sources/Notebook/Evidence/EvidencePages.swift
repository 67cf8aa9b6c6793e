import Digests
import Dispatch
import Results
import StageKit
import Synchronization

/// Gathers the evidence of figures, and writes it to pages: one a cell, and one for each figure with much behind it.
struct EvidencePages {
    /// A figure with more passages than this has a page of its own.
    private static let ownPage = 12

    private struct Section {
        let title: String
        let anchor: String
        let evidence: EvidenceSet
    }

    private struct Page {
        let title: String
        /// Whether its figures stand in lines of text: these are opened first, and few.
        let isOfText: Bool
        var sections: [Section] = []
        var anchors: Set<String> = []
        /// Where the passages stand that are a figure's only one.
        var singles: [String: String] = [:]

        /// The digest of all that is on the page but the passages themselves.
        func structure(projectFolder: String?, limit: Int) -> ContentDigest {
            var writer = ByteWriter()
            writer.write(BuiltInReport.fingerprint)
            writer.write(optional: projectFolder) { $0.write($1) }
            writer.write(title)
            writer.write(limit)
            writer.write(list: sections) { writer, section in
                writer.write(section.title)
                writer.write(section.anchor)
                writer.write(section.evidence.count)
                writer.write(section.evidence.list)
            }
            return ContentDigest(of: writer.bytes)
        }
    }

    private var pages: [String: Page] = [:]

    /// Takes in the evidence of a figure called `label` in the cell `cell`, and returns the link from the report.
    /// `name` stands for the label in the names of files and places.
    mutating func link(
        _ evidence: EvidenceSet, label: String, name short: String? = nil, cell: String, title: String
    ) -> String {
        let slug = MarkdownText.slug(short ?? label)
        var name = cell
        if evidence.shown > Self.ownPage {
            name = (short ?? "\(cell)-\(slug.isEmpty ? "rows" : slug)").firstFree { pages[$0] != nil }
        }
        // Taken out while it is changed: what is in two places is copied.
        var page = pages.removeValue(forKey: name) ?? Page(title: title, isOfText: cell == Self.textCell)
        defer { pages[name] = page }
        let single = evidence.single
        if let anchor = single.flatMap({ page.singles[$0] }) { return "evidence/\(name).md#\(anchor)" }
        let anchor = (single.map(Self.anchor) ?? (slug.isEmpty ? "rows" : slug)).firstFree {
            page.anchors.contains($0)
        }
        if let single { page.singles[single] = anchor }
        page.anchors.insert(anchor)
        page.sections.append(Section(title: label, anchor: anchor, evidence: evidence))
        return "evidence/\(name).md#\(anchor)"
    }

    /// The pages as files, in order of their names. Ids that lead nowhere are given to `missing`.
    ///
    /// `kept` tells what the pages of the last report were made of, and which of them still stand: those that would be
    /// the same have no bytes. `moved` are the documents whose rows have moved since; nil if it may be any. A page that
    /// shows a document as a whole tells more of it than one that shows its passages. `others` gives more readers, among
    /// whom many pages are shared out.
    func files(
        from reader: PassageReader, others: () throws -> [PassageReader] = { [] }, projectFolder: String?,
        kept: (pages: KeptPages, stands: (String) -> Bool), moved: TableMarks.MovedDocuments?, missing: (String) -> Void
    ) throws -> (files: [(path: String, bytes: [UInt8]?)], kept: KeptPages) {
        var next = KeptPages()
        next.epoch = try reader.epoch()
        let standing = next.epoch == kept.pages.epoch ? moved : nil
        let most = passageLimit
        var files: [(path: String, bytes: [UInt8]?)] = []
        var due: [Due] = []
        for (name, page) in pages.sorted(by: { $0.key < $1.key }) {
            let path = "evidence/\(name).md"
            let limit = Self.limit(of: page, most)
            let structure = page.structure(projectFolder: projectFolder, limit: limit)
            if let standing, let old = kept.pages.pages[path], old.structure == structure,
                standing.passages.isDisjoint(with: old.documents), standing.all.isDisjoint(with: old.wholes),
                old.documents.first != Passage.elsewhere, kept.stands(path)
            {
                next.pages[path] = old
            } else {
                due.append(Due(page: page, path: path, place: files.count, limit: limit, structure: structure))
            }
            files.append((path, nil))
        }
        let shown = due.reduce(0) { $0 + $1.page.sections.reduce(0) { $0 + $1.evidence.shown } }
        let readers = try [reader] + (shown > Self.many ? others() : [])
        for (due, made) in zip(due, try Self.made(due, by: readers, projectFolder: projectFolder)) {
            made.missing.forEach(missing)
            next.pages[due.path] = made.kept
            files[due.place].bytes = made.bytes
        }
        return (files, next)
    }

    /// From how many passages on pages are shared out among several readers.
    private static let many = 1000

    /// A page that has to be written.
    private struct Due {
        let page: Page
        let path: String
        let place: Int
        let limit: Int
        let structure: ContentDigest
    }

    /// A page that was written.
    private struct Made {
        let bytes: [UInt8]
        let kept: KeptPages.Page
        let missing: [String]
    }

    /// A reader that one thread at a time uses.
    private struct Hand: @unchecked Sendable {  // each iteration has one of its own
        let reader: PassageReader
    }

    /// Writes pages, each by the next of `readers` that is free.
    private static func made(
        _ due: [Due], by readers: [PassageReader], projectFolder: String?
    ) throws -> [Made] {
        let hands = readers.map(Hand.init)
        let results = Mutex<[Int: Result<Made, any Error>]>([:])
        let next = Mutex(0)
        DispatchQueue.concurrentPerform(iterations: hands.count) { number in
            while true {
                let k = next.withLock { next in
                    defer { next += 1 }
                    return next
                }
                guard k < due.count else { return }
                let made = Result {
                    try Self.made(due[k], by: hands[number].reader, projectFolder: projectFolder)
                }
                results.withLock { $0[k] = made }
            }
        }
        let made = results.withLock { $0 }
        return try due.indices.compactMap { try made[$0]?.get() }
    }

    private static func made(
        _ due: Due, by reader: PassageReader, projectFolder: String?
    ) throws -> Made {
        var documents: Set<Int> = []
        var wholes: Set<Int> = []
        var found: [String: Passage] = [:]
        var missing: [String] = []
        let read = { (id: String) throws -> Passage? in
            if let passage = found[id] { return passage }
            guard let passage = try reader.passage(id) else {
                missing.append(id)
                return nil
            }
            found[id] = passage
            documents.insert(passage.number)
            if passage.kind == .document { wholes.insert(passage.number) }
            return passage
        }
        let text = PassageText(projectFolder: projectFolder.map { "../\($0)" })
        let lines = try write(due.page, by: text, passage: read)
        let html = html(of: due.page, path: due.path, limit: due.limit, by: PassageText(projectFolder: projectFolder)) {
            found[$0]
        }
        return Made(
            bytes: Array(lines.utf8),
            kept: KeptPages.Page(
                structure: due.structure, documents: documents.sorted(), wholes: wholes.sorted(),
                html: Array(html.utf8)),
            missing: missing)
    }

    /// A page as text; `passage` gives the passage of an id.
    private static func write(_ page: Page, by text: PassageText, passage: (String) throws -> Passage?) rethrows
        -> String
    {
        var parts = [
            "# \(MarkdownText.escaped(page.title))",
            "Each passage is in bold between its neighbours, with its place in the original file. "
                + "[Back to the report](../report.md).",
        ]
        let hasGroups = page.sections.contains { $0.evidence.count > 1 }
        for section in page.sections {
            if hasGroups { parts.append(heading(section)) }
            let passages = try section.evidence.ids.compactMap(passage)
            parts += passages.sorted().map { text.block($0, anchor: hasGroups ? nil : section.anchor) }
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// How many passages of a figure stand in `report.html`: as many as keep the page to a size that opens at once. The
    /// files beside it have more.
    var passageLimit: Int {
        let pages = Array(pages.values)
        return [EvidenceAggregate.limit, 100, 50, 25, 20, 16, 12, 10, 8, 6].first { most in
            let shown = pages.map { page in
                let limit = Self.limit(of: page, most)
                return page.sections.reduce(0) { $0 + min($1.evidence.shown, limit) }
            }
            return shown.reduce(0, +) <= Self.mostInPage
        } ?? 3
    }

    /// How many passages of a figure of this page stand in `report.html`, where `most` is the number for tables and charts.
    private static func limit(of page: Page, _ most: Int) -> Int { page.isOfText ? max(most, inText) : most }
    private static let inText = 25
    /// The cell to which figures in lines of text belong.
    static let textCell = "figures"

    /// Whether there is a figure of which not all passages stand in `report.html`.
    var isCut: Bool {
        let most = passageLimit
        return pages.values.contains { page in
            let limit = Self.limit(of: page, most)
            return page.sections.contains { $0.evidence.count > limit }
        }
    }

    private static let mostInPage = 1200

    /// The sections of a page for `report.html`.
    private static func html(
        of page: Page, path: String, limit: Int, by text: PassageText, passage: (String) throws -> Passage?
    ) rethrows -> String {
        try page.sections.map { section in
            let target = "\(path)#\(section.anchor)"
            let count = NumberText.grouped(section.evidence.count)
            let shown = min(section.evidence.shown, limit)
            var html = "<section class=\"e\" id=\"\(EvidencePlace.fragment(target).dropFirst())\">"
            html += "<h3>\(MarkdownText.html(section.title))</h3>"
            if section.evidence.count > shown {
                html +=
                    "<p class=\"note\">\(count) passages, of which the first \(shown) are shown here. <a href=\"\(target)\">The file beside this page</a> has \(NumberText.grouped(section.evidence.shown)).</p>"
            } else if section.evidence.count > 1 {
                html += "<p class=\"note\">\(count) passages</p>"
            }
            let passages = try section.evidence.ids.prefix(limit).compactMap(passage)
            return html + passages.sorted().map(text.html).joined() + "</section>"
        }.joined(separator: "\n")
    }

    private static func heading(_ section: Section) -> String {
        let further = section.evidence.count - section.evidence.shown
        let count = NumberText.grouped(section.evidence.count)
        let title = #"## <a id="\#(section.anchor)"></a>\#(MarkdownText.escaped(section.title))"#
        if section.evidence.count == 1 { return title }
        return """
            \(title)

            \(count) passages\(further > 0 ? ", of which the first \(section.evidence.shown) follow" : "").
            """
    }

    /// The anchor of a passage: its id, which for a sentence or a document is a path.
    private static func anchor(_ id: String) -> String { MarkdownText.slug(id, longest: 80) }
}
