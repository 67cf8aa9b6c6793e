package import StageKit

/// Which tables steps have in the results beside those that every results database has.
package enum ResultsLayers {
    /// Whether a layer of a second use of a stage has a table of its own.
    package static func hasTable(_ layer: LayerName) -> Bool { NamespacedLayer.shown.contains(layer.base) }

    /// Whether the layers of `step` are ``CustomLayer``s, with a table each.
    package static func isCustom(_ step: Step) -> Bool {
        if case .program = step.shape { true } else { step.contract.publishes == .annotations }
    }

    /// The tables that `step` has for itself.
    package static func tables(of step: Step) -> [String] {
        if isCustom(step) { return step.contract.writes.map { CustomTable.tableName(of: $0).lowercased() } }
        guard let namespace = step.namespace else { return [] }
        let layers = step.contract.writes.filter(hasTable).map { CustomTable.tableName(of: $0).lowercased() }
        return layers + (step.statistics != nil ? StatisticsNamespace(namespace).names : [])
    }
}
