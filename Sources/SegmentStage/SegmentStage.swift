package import StageKit

/// Cuts the running text into sentences and tokens, and marks what it sets off as somebody's words.
package struct SegmentStage: Stage {
    /// What `colophon stages` shows.
    package static let description = StageDescription(
        name: "segment",
        summary: "Cuts the text into sentences and tokens and finds its quotations.",
        discussion: """
            Sentences stay within a block: a heading, a list item and a caption each stand alone. Full stops of
            abbreviations, initials, numbers and addresses end no sentence; a quotation of several sentences is cut.
            Tokens are written as Universal Dependencies writes them on the surface: don't is one token, eye-tracking
            three, $5 two. Quotations are found by their marks (straight, curly, German, French), over paragraphs
            where each opens anew, and without marks where a paragraph ends in a colon after a verb of saying.
            """)
    /// One map.
    package static let steps: [StepType] = [.map(SegmentStep.self)]
    /// Made by the build.
    package static let fingerprint = Embedded.fingerprint
}
