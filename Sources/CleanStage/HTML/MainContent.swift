import CGumbo
import StageKit
import Text

/// Finds the element that holds the text of a page: the one in which prose outweighs links and scraps the most.
struct MainContent {
    /// The reason for which a block that stands elsewhere is taken out.
    static let outside = "outside the main text"

    private let tree: HTMLTree
    private let blocks: [HTMLBlock]
    /// For each block, the part of the page that an element around it says it is.
    private(set) var parts: [String?]
    /// The element.
    private(set) var root = 0
    /// For each element, the part of the page that it or one around it says it is.
    private var reasons: [String?]

    init(_ tree: HTMLTree, _ blocks: [HTMLBlock]) {
        self.tree = tree
        self.blocks = blocks
        parts = []
        reasons = []
        reasons = self.reasonsOfElements()
        parts = self.partsOfBlocks()
        root = self.best()
    }

    /// Whether an element stands in a part of the page that is about something else than its text.
    func isElsewhere(_ node: Int) -> Bool { reasons[node].map { Self.elsewhere.contains($0) } ?? false }

    private static let elsewhere: Set<String> = [
        "navigation", "page footer", "beside the text", "comments", "related articles", "newsletter box",
        "advertisement", "cookie notice", "dialog",
    ]

    /// Whether a block stands in the element.
    func contains(_ block: HTMLBlock) -> Bool { block.node >= root && block.node < tree.nodes[root].end }

    /// What a block weighs: its length if it is prose, less than nothing if it is links.
    private func weight(_ k: Int) -> Double {
        let block = blocks[k]
        let length = Double(block.text.bytes.count)
        if parts[k] != nil { return -20 }
        let density = block.linkDensity
        if density > 0.5 { return -30 - length * 0.5 }
        switch block.kind {
        case .paragraph, .quote, .code:
            let isProse = SentenceShape.isSentence(block.text.bytes)
            if !isProse, length < 80 { return block.kind == .paragraph ? -8 : 0 }
            return isProse ? length * (1 - density) : length * 0.7
        case .list, .table:
            if length >= 120 { return length * (1 - density) * 0.8 }
            return density > 0.25 ? -12 : length >= 60 ? length * 0.6 : -2
        default: return -4
        }
    }

    private func best() -> Int {
        var sums = Array(repeating: 0.0, count: tree.nodes.count)
        var prose = Array(repeating: 0.0, count: tree.nodes.count)
        for k in blocks.indices {
            let weight = weight(k)
            sums[blocks[k].node] += weight
            prose[blocks[k].node] += max(0, weight)
        }
        // nodes come before what is inside them
        for k in tree.nodes.indices.reversed() where tree.nodes[k].parent >= 0 {
            let parent = tree.nodes[k].parent
            sums[parent] += sums[k]
            prose[parent] += prose[k]
        }
        // a page without prose is text as it stands
        guard prose.first ?? 0 > 0 else { return 0 }
        var best = 0
        for k in tree.nodes.indices where tree.nodes[k].tag != nil && sums[k] >= sums[best] { best = k }
        best = around(best)
        // an element that is named for it, if it holds a good part of that prose
        var named: Int?
        for k in best..<tree.nodes[best].end where isNamed(k) && prose[k] >= prose[named ?? k] { named = k }
        if let named, prose[named] >= prose[best] * 0.35 {
            return hasPeers(named, prose) ? tree.nodes[named].parent : named
        }
        // or the one around it, where little but lists, tables and headings is in it beside
        let outer = tree.ancestors(of: best, upTo: 6).first { isNamed($0) || isMain($0) }
        if let outer, sums[outer] >= sums[best] * 0.5 { return outer }
        return best
    }

    /// The element that holds what belongs to a single paragraph: one block is no text of a page, but a part of one.
    private func around(_ best: Int) -> Int {
        var best = best
        let inside = blocks.filter { $0.node >= best && $0.node < tree.nodes[best].end && $0.text.bytes.count >= 80 }
        guard inside.count < 2, inside.contains(where: { $0.node == best }) else { return best }
        let long = blocks.indices.filter {
            parts[$0] == nil && blocks[$0].linkDensity < 0.4 && blocks[$0].text.bytes.count >= 80
        }
        let isOnly = long.count < 2
        while tree.nodes[best].parent > 0 {
            let tag = tree.nodes[best].tag
            if tag == GUMBO_TAG_BODY || tag == GUMBO_TAG_MAIN || isNamed(best) { return best }
            best = tree.nodes[best].parent
            if !isOnly || PageParts.isContent(tree.nodes[best]) { return best }
        }
        return best
    }

    /// Whether other articles of some length stand beside an article: a page of several.
    private func hasPeers(_ article: Int, _ prose: [Double]) -> Bool {
        let parent = tree.nodes[article].parent
        guard parent >= 0, tree.nodes[article].tag == GUMBO_TAG_ARTICLE else { return false }
        var k = parent + 1
        while k < tree.nodes[parent].end {
            if k != article, tree.nodes[k].tag == GUMBO_TAG_ARTICLE, prose[k] >= prose[article] * 0.3 { return true }
            k = tree.nodes[k].end
        }
        return false
    }

    private func isMain(_ k: Int) -> Bool {
        tree.nodes[k].tag == GUMBO_TAG_MAIN || tree.nodes[k].attribute("role") == "main"
    }

    private func isNamed(_ k: Int) -> Bool {
        tree.nodes[k].tag == GUMBO_TAG_ARTICLE || (tree.nodes[k].tag != nil && PageParts.isArticle(tree.nodes[k]))
    }

    /// The part of the page that each element belongs to. A part that holds more of the prose than parts of
    /// its name ever do is none.
    private func reasonsOfElements() -> [String?] {
        var prose = Array(repeating: 0, count: tree.nodes.count)
        var text = prose
        for block in blocks where block.linkDensity < 0.4 {
            text[block.node] += block.text.bytes.count
            if block.text.bytes.count >= 80 { prose[block.node] += block.text.bytes.count }
        }
        for k in tree.nodes.indices.reversed() where tree.nodes[k].parent >= 0 {
            prose[tree.nodes[k].parent] += prose[k]
            text[tree.nodes[k].parent] += text[k]
        }
        let (allProse, allText) = (prose.first ?? 0, text.first ?? 0)
        var reasons: [String?] = Array(repeating: nil, count: tree.nodes.count)
        for k in tree.nodes.indices where tree.nodes[k].tag != nil {
            let parent = tree.nodes[k].parent
            if parent >= 0, let reason = reasons[parent] {
                reasons[k] = reason
            } else if let part = PageParts.part(of: tree.nodes[k]),
                // where a page has lines and no paragraphs, the only paragraph may be the note above its comments
                prose[k] * 100 <= allProse * part.most
                    || (part.isSure && prose[k] < 400 && text[k] * 100 <= allText * part.most)
            {
                reasons[k] = part.reason
            }
        }
        return reasons
    }

    private func partsOfBlocks() -> [String?] {
        blocks.map { block in
            // what somebody wrote elsewhere is often set into the text as a box
            if block.isApart { return PageParts.apart }
            let isSetIn = block.kind == .quote && reasons[block.node] == "beside the text" && block.linkDensity < 0.5
            return isSetIn
                ? nil : reasons[block.node] ?? (CookieNotice.isNotice(block.text.bytes) ? "cookie notice" : nil)
        }
    }
}
