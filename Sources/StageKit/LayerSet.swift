import Synchronization

/// The layers of one document while steps run over it: decoded at most once, encoded only when asked for.
public final class LayerSet: Sendable {
    private struct Slot {
        let name: LayerName
        var bytes: [UInt8]?
        var value: (any Layer)?
    }

    /// In no particular order: a document has a dozen, among which looking is faster than hashing.
    private struct Slots {
        var all: [Slot] = []

        func index(of name: LayerName) -> Int? {
            // by index: a slot that is handed to a closure is copied
            for k in all.indices where all[k].name == name { return k }
            return nil
        }

        mutating func put(_ slot: Slot) {
            if let index = index(of: slot.name) { all[index] = slot } else { all.append(slot) }
        }
    }

    private let slots = Mutex(Slots())

    /// A set without layers.
    public init() {}

    /// Puts in the canonical bytes of a layer.
    public func set(_ name: LayerName, bytes: [UInt8]) { slots.withLock { $0.put(Slot(name: name, bytes: bytes)) } }

    /// Puts in a layer, under its own name unless another is given.
    public func set(_ layer: some Layer, named name: LayerName? = nil) {
        slots.withLock { $0.put(Slot(name: name ?? type(of: layer).name, value: layer)) }
    }

    /// Puts in all that a step gave, under the names that `names` gives its layers, where it gives them others.
    public func set(_ output: StepOutput, named names: [LayerName: LayerName] = [:]) {
        for layer in output.layers {
            let name = type(of: layer).name
            set(layer, named: names[name] ?? name)
        }
        for (name, bytes) in output.encoded { set(names[name] ?? name, bytes: bytes) }
    }

    /// Lets go of a layer that no later step reads.
    public func remove(_ name: LayerName) {
        slots.withLock { slots in
            if let index = slots.index(of: name) { slots.all.remove(at: index) }
        }
    }

    /// The names of the layers that are there, sorted.
    public var names: [LayerName] { slots.withLock { $0.all.map(\.name).sorted() } }

    /// Whether there is a layer of that name.
    public func contains(_ name: LayerName) -> Bool { slots.withLock { $0.index(of: name) != nil } }

    /// The canonical bytes of a layer; nil where there is none.
    public func encoded(_ name: LayerName) -> [UInt8]? {
        guard let slot = slots.withLock({ slots in slots.index(of: name).map { slots.all[$0] } }) else { return nil }
        if let bytes = slot.bytes { return bytes }
        let bytes = slot.value?.encoded
        slots.withLock { slots in
            if let index = slots.index(of: name) { slots.all[index].bytes = bytes }
        }
        return bytes
    }

    /// The layer as a value, which stands under its own name unless another is given; nil where there is none.
    public func value<L: Layer>(_ type: L.Type, named name: LayerName? = nil) throws(LayerError) -> L? {
        let name = name ?? L.name
        let found: (value: L?, bytes: [UInt8]?) = slots.withLock { slots in
            guard let index = slots.index(of: name) else { return (nil, nil) }
            return (slots.all[index].value as? L, slots.all[index].bytes)
        }
        if let value = found.value { return value }
        guard let bytes = found.bytes else { return nil }
        let value = try L(encoded: bytes)
        slots.withLock { slots in
            if let index = slots.index(of: name) { slots.all[index].value = value }
        }
        return value
    }
}
