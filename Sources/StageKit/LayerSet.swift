import Synchronization

/// The layers of one document while steps run over it: decoded at most once, encoded only when asked for.
public final class LayerSet: Sendable {
    private struct Slot {
        var bytes: [UInt8]?
        var value: (any Layer)?
    }

    private let slots = Mutex<[LayerName: Slot]>([:])

    /// A set without layers.
    public init() {}

    /// Puts in the canonical bytes of a layer.
    public func set(_ name: LayerName, bytes: [UInt8]) { slots.withLock { $0[name] = Slot(bytes: bytes) } }

    /// Puts in a layer.
    public func set(_ layer: some Layer) { slots.withLock { $0[type(of: layer).name] = Slot(value: layer) } }

    /// Puts in all that a step gave.
    public func set(_ output: StepOutput) {
        for layer in output.layers { set(layer) }
        for (name, bytes) in output.encoded { set(name, bytes: bytes) }
    }

    /// Lets go of a layer that no later step reads.
    public func remove(_ name: LayerName) { slots.withLock { $0[name] = nil } }

    /// The names of the layers that are there, sorted.
    public var names: [LayerName] { slots.withLock { $0.keys.sorted() } }

    /// Whether there is a layer of that name.
    public func contains(_ name: LayerName) -> Bool { slots.withLock { $0[name] != nil } }

    /// The canonical bytes of a layer; nil where there is none.
    public func encoded(_ name: LayerName) -> [UInt8]? {
        guard let slot = slots.withLock({ $0[name] }) else { return nil }
        if let bytes = slot.bytes { return bytes }
        let bytes = slot.value?.encoded
        slots.withLock { $0[name]?.bytes = bytes }
        return bytes
    }

    /// The layer as a value; nil where there is none.
    public func value<L: Layer>(_ type: L.Type) throws(LayerError) -> L? {
        guard let slot = slots.withLock({ $0[L.name] }) else { return nil }
        if let value = slot.value as? L { return value }
        guard let bytes = slot.bytes else { return nil }
        let value = try L(encoded: bytes)
        slots.withLock { $0[L.name]?.value = value }
        return value
    }
}
