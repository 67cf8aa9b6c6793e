package import StageKit

/// Who says what, with which cue and how sure, and which claims of different documents agree or conflict.
package enum ClaimStage: Stage {
    /// What `colophon stages` shows.
    package static var description: StageDescription {
        StageDescription(
            name: "link-claims",
            summary:
                "Finds who says what and how sure, and links claims of different documents that agree or conflict.",
            discussion: """
                A claim is what somebody is said to have said or thought: its source, the cue ("said", "according to",
                "reportedly"), its content, whether it is quoted, and how the text stands to it. Sources that are
                pronouns or roles go to the nearest mention that fits. Claims are linked by
                the names, words and figures of what they say: as repeats, as support, as dispute when their figures
                exclude each other or one denies the other, as update when a later figure is larger, else as related.
                The score of a link is the share of such links that were right in texts marked by hand. The rules
                are for English: in a document whose language is known to be another one, no claims are found. A link says
                what two texts say of one thing; it never says which of them is right.
                """,
            options: [AuthorClaims.option, ReportedKinds.option, SentenceWeights.option] + LinkOptions.descriptions)
    }

    /// The steps.
    package static var steps: [StepType] {
        [
            .map(FindClaims.self), .map(JoinSources.self), .fold(StatementIndex.self), .finish(DecideLinks.self),
            .join(JoinLinks.self), .fold(QuestionIndex.self), .finish(DecideQuestions.self), .join(JoinQuestions.self),
        ]
    }

    /// Digest of the sources and data files of the stage.
    package static var fingerprint: String { Embedded.fingerprint }
}
