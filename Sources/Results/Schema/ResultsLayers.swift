package import StageKit

/// Which tables steps have in the results beside those that every results database has.
package enum ResultsLayers {
    /// Whether a layer of a second use of a stage has a table of its own.
    package static func hasTable(_ layer: LayerName) -> Bool { NamespacedLayer.shown.contains(layer.base) }

    /// Whether the layers of `step` are ``CustomLayer``s, with a table each. A program that gives a layer in place of a
    /// built-in stage has none: the layer goes the way of the built-in one.
    package static func isCustom(_ step: Step) -> Bool {
        guard case .program = step.shape else { return step.contract.publishes == .annotations }
        return step.contract.writes.allSatisfy { GivenLayers.type(of: $0) == nil }
    }

    /// The tables that `step` has for itself.
    package static func tables(of step: Step) -> [String] {
        if isCustom(step) { return step.contract.writes.map { CustomTable.tableName(of: $0).lowercased() } }
        if case .corpus(let layer) = step.contract.publishes { return [CustomTable.tableName(of: layer).lowercased()] }
        guard let namespace = step.namespace else { return [] }
        let layers = step.contract.writes.filter(hasTable).map { CustomTable.tableName(of: $0).lowercased() }
        return layers + (step.statistics != nil ? StatisticsNamespace(namespace).names : [])
    }
}
