import StageKit

extension ClaimReference {
    /// The index of each claim of a document by its reference; `text` is the document's text.
    static func places(of claims: [Claim], in text: [UInt8]) -> [ClaimReference: Int] {
        var places: [ClaimReference: Int] = [:]
        for (claim, reference) in of(claims.map(\.span), in: text).enumerated() { places[reference] = claim }
        return places
    }
}
