import StageKit

/// A passage that says when, how long or how much.
struct FoundMeasure {
    var range: Range<Int>
    var kind: Mention.Kind
    var value: MentionValue?
}

/// Finds dates and quantities.
struct Measures {
    let reading: Reading
    let published: String?

    func found() -> [FoundMeasure] { [] }
}
