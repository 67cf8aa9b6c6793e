import StageKit

/// What the ending of an unknown word lets one guess.
enum NameEndings {
    private static let endings: [(ending: String, kind: Mention.Kind)] = [
        ("istan", .place), ("land", .place), ("burg", .place), ("ville", .place), ("shire", .place),
        ("grad", .place), ("abad", .place), ("ists", .group), ("ites", .group), ("ians", .group),
    ]

    /// The kind that the ending of a folded word suggests.
    static func kind(of form: String) -> Mention.Kind? {
        guard form.utf8.count > 5 else { return nil }
        return endings.first { form.hasSuffix($0.ending) }?.kind
    }
}
