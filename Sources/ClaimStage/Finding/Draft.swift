import StageKit

/// A claim while it is put together, in ranges of words.
struct Draft {
    /// The words that name the source.
    var source: Range<Int>?
    /// The words that say that something is said.
    var cue: Range<Int>?
    /// What is said, in pieces.
    var content: [Range<Int>]
    /// What sort of content it is, as long as it is not all quoted.
    var kind = Claim.Kind.clause
    /// How the text stands to it.
    var stance: Claim.Stance
    /// The sentence in which the cue stands.
    var sentence: Int
    /// The quotation inside which the cue stands.
    var within: Int?
    /// Whether the sentence ends in a colon behind the cue, so that the content follows in the next.
    var awaitsContent = false
    /// Whether nothing but its words says that the content is a clause: neither "that" nor a mark stands before it.
    var isBare = false
    /// Whether its cue gives speech, so that a quotation behind it may go on with the same speaker.
    var isSpeech = false
    /// Whether its content is what another claim before it gives.
    var takesUp = false
    /// Whether it is a quotation whose speaker the text does not name.
    var isUnattributed = false

    /// The words from the first to the last of source, cue and content.
    var extent: Range<Int> {
        var extent = content.first ?? source ?? cue ?? 0..<0
        for part in content {
            extent = min(extent.lowerBound, part.lowerBound)..<max(extent.upperBound, part.upperBound)
        }
        for case let part? in [source, cue] {
            extent = min(extent.lowerBound, part.lowerBound)..<max(extent.upperBound, part.upperBound)
        }
        return extent
    }
}
