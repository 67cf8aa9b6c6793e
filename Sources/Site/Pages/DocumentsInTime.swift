import Text

/// The paths of documents in order of time; those without a day come last. They are put in order when somebody asks.
final class DocumentsInTime {
    private let unordered: [SiteDocument]
    /// The paths in order.
    private(set) lazy var documents = ordered()
    /// The place of each path.
    private(set) lazy var places = Dictionary(uniqueKeysWithValues: documents.enumerated().map { ($1, $0) })

    /// These documents, which come in order of their paths.
    init(_ documents: [SiteDocument]) { unordered = documents }

    private func ordered() -> [String] {
        let places = unordered.indices.sorted { one, other in
            switch (unordered[one].date, unordered[other].date) {
            case (let a?, let b?) where a != b: a < b
            case (.some, nil): true
            case (nil, .some): false
            default: one < other
            }
        }
        return places.map { unordered[$0].id }
    }
}
