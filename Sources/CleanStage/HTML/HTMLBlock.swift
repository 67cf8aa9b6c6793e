import StageKit

/// One block of a page before it is decided whether it is part of its text.
struct HTMLBlock {
    /// What the layout makes of it.
    var kind: Blocks.Kind
    /// Its words.
    var text: TracedText
    /// The element that it stands in.
    var node: Int
    /// How many of its bytes are links.
    var linked: Int
    /// Its first link.
    var anchor: Int?
    /// Whether it stands within a line of another block, and apart from it.
    var isApart: Bool
    /// Whether it follows the block before it on the next line.
    var isTight: Bool

    /// The share of it that is links.
    var linkDensity: Double {
        text.bytes.isEmpty ? 0 : Double(min(linked, text.bytes.count)) / Double(text.bytes.count)
    }
}
