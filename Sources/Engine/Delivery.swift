package import Model
package import StageKit

/// What takes documents as the last pass leaves them, while their layers are in memory: read from the store again, they
/// would be checked and decoded a second time.
package struct Delivery {
    /// The layers that are asked for, beside those that are in memory anyway.
    let layers: [LayerName]
    /// Whether every document is wanted, or only those that changed.
    let isWhole: Bool
    let make: @Sendable (DocumentEntry, LayerSet) throws -> any Sendable
    let take: (any Sendable) throws -> Void

    /// Has `make` called for each document by the task that has its layers, and `take` for what it gives, in the order of
    /// the documents.
    package init<Product: Sendable>(
        layers: [LayerName], isWhole: Bool, make: @escaping @Sendable (DocumentEntry, LayerSet) throws -> Product,
        take: @escaping (Product) throws -> Void
    ) {
        self.layers = layers
        self.isWhole = isWhole
        self.make = make
        self.take = { if let product = $0 as? Product { try take(product) } }
    }

    /// What the tasks of a pass need of it.
    struct Making: Sendable {
        let layers: [LayerName]
        let isWhole: Bool
        let make: @Sendable (DocumentEntry, LayerSet) throws -> any Sendable
        /// The documents that earlier passes changed.
        let changed: Set<String>

        /// Whether a document is wanted that this pass changed, or did not change.
        func wants(_ id: String, isChanged: Bool) -> Bool { isWhole || isChanged || changed.contains(id) }
    }

    func making(changed: Set<String>) -> Making {
        Making(layers: layers, isWhole: isWhole, make: make, changed: changed)
    }
}
