/// What the documents of a publisher that have a block say about it together.
struct RepeatedBlock {
    /// How many documents have it.
    private(set) var total = 0
    private var edges = 0
    private var prose = 0
    private var weighty = 0
    private var pleas = 0
    private var wordings: Set<UInt8> = []
    private var sketches: Set<[UInt8]> = []

    init(_ elements: [(bytes: [UInt8], count: Int)]) {
        for element in elements {
            guard let sighting = BlockSighting(element.bytes) else { continue }
            total += element.count
            if sighting.place != .middle { edges += element.count }
            if sighting.isProse { prose += element.count }
            if sighting.isWeighty { weighty += element.count }
            if sighting.isPlea { pleas += element.count }
            wordings.insert(sighting.wording)
            sketches.insert(Array(element.bytes.dropFirst(BlockSighting.size)))
        }
    }

    /// How sure it is that it is furniture; nil for one that may be text.
    func verdict(_ key: PublisherKey) -> FurnitureVerdict? {
        let isProse = prose * 2 > total
        let isEdge = edges * 3 >= total * 2
        // two documents that share a line prove nothing, nor does one that quotes another
        guard total >= key.least else { return nil }
        switch key.form {
        case .documents: return nil
        case .exact:
            guard isProse else { return isEdge ? .line : .inCompany }
            // what holds a figure or somebody's words may be said again because it is so
            if weighty * 2 > total { return isEdge && total >= Self.reported ? .weighty : .said }
            return isEdge && total >= Self.quoted ? .prose : .said
        case .label: return isEdge && wordings.count > 1 && !isProse ? .besideFurniture : nil
        case .words, .frame, .pair:
            guard pleas * 2 > total else { return isEdge && wordings.count > 1 ? .varied : nil }
            guard isProse else { return isEdge ? .line : .inCompany }
            // a plea in which nothing but names and figures change
            if sketches.count == 1 { return isEdge ? .inCompany : .template }
            return isEdge && total >= Self.quoted ? .besideFurniture : nil
        }
    }

    /// More documents of a publisher than rarely quote one sentence.
    private static let quoted = 6
    /// More documents of a publisher than report one claim or figure in the same words.
    private static let reported = 8
}
