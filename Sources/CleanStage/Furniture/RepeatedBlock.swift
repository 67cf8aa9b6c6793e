/// What the documents of a publisher that have a block say about it together.
struct RepeatedBlock {
    private var total = 0
    private var edges = 0
    private var prose = 0
    private var wordings: Set<UInt8> = []
    private var sketches: Set<[UInt8]> = []

    init(_ elements: [(bytes: [UInt8], count: Int)]) {
        for element in elements {
            guard let sighting = BlockSighting(element.bytes) else { continue }
            total += element.count
            if sighting.place != .middle { edges += element.count }
            if sighting.isProse { prose += element.count }
            wordings.insert(sighting.wording)
            sketches.insert(Array(element.bytes.dropFirst(BlockSighting.size)))
        }
    }

    /// How sure it is that it is furniture; nil for one that may be text.
    func verdict(_ key: PublisherKey) -> FurnitureVerdict? {
        let isProse = prose * 2 > total
        let isEdge = edges * 3 >= total * 2
        let isEdited = wordings.count > 1
        // two documents that share a line at their edge prove little, and one that quotes another proves nothing
        guard total >= key.least else {
            let isPair = total == 2 && key.least == 3
            return isPair && isEdge && !isProse && key.form != .label ? .inCompany : nil
        }
        if key.form == .label { return isEdge && isEdited && !isProse ? .besideFurniture : nil }
        guard isProse else { return isEdge ? .alone : .inCompany }
        // a sentence that stays the same word for word, or has other words around it, may be quoted; one in which
        // nothing but names and figures change is not
        if isEdited, sketches.count == 1 { return isEdge ? .inCompany : .template }
        guard isEdge, total >= Self.quoted else { return nil }
        return sketches.count == 1 ? .inCompany : .besideFurniture
    }

    /// More documents of a publisher than rarely quote one sentence.
    private static let quoted = 6
}
