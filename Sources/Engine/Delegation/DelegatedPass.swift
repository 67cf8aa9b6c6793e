package import Model
package import StageKit
package import Store

/// What computes the documents of a pass in tasks elsewhere, before the pass goes through them: it sees to it that their
/// results are in the store, where the pass finds them like any others. So nothing that it does, or fails to do, can
/// change a result; what it leaves is computed here.
package typealias Delegation = @Sendable (DelegatedPass) async throws -> Delegated

/// A pass as tasks elsewhere are given it.
package struct DelegatedPass: Sendable {
    /// Which pass, from 0, and of how many.
    package let number: Int
    package let passes: Int
    /// How many documents the pass goes through; fewer may lack a result.
    package let count: Int
    /// The decisions that its joins may ask for.
    package let decisions: TaskDecisions
    /// Takes what tasks have counted for the tables of the pass.
    package let tables: HandedTables
    /// Finds the documents that lack a result, in order; runs no step.
    package let lacking: @Sendable () async throws -> [TaskDocument]
}

/// What came of a pass that was given to tasks.
package struct Delegated: Sendable {
    /// By document, the numbers of the steps that tasks ran over it: those of the documents, then the folds.
    package var ran: [String: [Int]]
    /// Documents over which tasks have failed again and again, with the reason: they are left out, and tried again by
    /// the next run.
    package var failed: [String: StageFailure]

    package init(ran: [String: [Int]] = [:], failed: [String: StageFailure] = [:]) {
        self.ran = ran
        self.failed = failed
    }
}

/// A document as a task gets it.
package struct TaskDocument: Sendable {
    package let entry: DocumentEntry
    /// The number of the portion of the pass that it is part of: what a task counts of a whole portion, the run can take.
    let portion: Int
    /// What earlier passes gave: keys, and digests of layers; nil in the first pass.
    let state: DocumentState?
    /// By finish, the decisions that are addressed to the document.
    let addressed: [StepID: [FoldKey: [UInt8]]]
    /// The bytes of a document that was read out of a file: a task would have to go through the whole file for it.
    let source: [UInt8]?
    /// Where tasks of earlier passes have handed its layers in.
    package var handed: [HandedPlace] = []

    init(
        _ entry: DocumentEntry, portion: Int, state: DocumentState?, addressed: [StepID: [FoldKey: [UInt8]]],
        source: [UInt8]?
    ) {
        self.entry = entry
        self.portion = portion
        self.state = state
        self.addressed = addressed
        self.source = source
    }

    /// Writes the bytes.
    package func encode(into writer: inout ByteWriter) {
        entry.encode(into: &writer)
        writer.write(portion)
        writer.write(optional: state) { $0.write($1.encoded) }
        writer.write(list: addressed.sorted { $0.key < $1.key }) { writer, finish in
            finish.key.encode(into: &writer)
            TaskDecisions.encode(finish.value, into: &writer)
        }
        writer.write(optional: source) { $0.write($1) }
        writer.write(list: handed) { writer, place in
            writer.write(place.pack)
            writer.write(place.part.lowerBound)
            writer.write(place.part.count)
        }
    }

    /// Whether its bytes are read from a file of its own.
    package var isFile: Bool { source == nil }

    /// Reads the bytes.
    package init(decoding reader: inout ByteReader) throws(LayerError) {
        entry = try DocumentEntry(decoding: &reader)
        portion = try reader.integer()
        state = try reader.optional { reader throws(LayerError) in try DocumentState(encoded: try reader.blob()) }
        var addressed: [StepID: [FoldKey: [UInt8]]] = [:]
        for _ in 0..<(try reader.unsigned()) {
            let finish = try StepID(decoding: &reader)
            addressed[finish] = try TaskDecisions.decode(&reader)
        }
        self.addressed = addressed
        source = try reader.optional { reader throws(LayerError) in try reader.blob() }
        handed = try reader.list { reader throws(LayerError) in
            let (pack, start, count) = (try reader.integer(), try reader.integer(), try reader.integer())
            guard pack >= 0, start >= 0, count >= 0, !start.addingReportingOverflow(count).overflow else {
                throw LayerError("no place in a pack")
            }
            return HandedPlace(pack: pack, part: start..<start + count)
        }
    }
}

/// Where a task has handed layers in.
package struct HandedPlace: Hashable, Sendable {
    /// The number of the pack.
    package let pack: Int
    /// The bytes of it that hold them.
    package let part: Range<Int>

    package init(pack: Int, part: Range<Int>) {
        self.pack = pack
        self.part = part
    }
}

/// The decisions that are asked for by key, by finish, as tasks get them.
package struct TaskDecisions: Sendable {
    let byFinish: [StepID: [FoldKey: [UInt8]]]

    init(_ byFinish: [StepID: [FoldKey: [UInt8]]]) { self.byFinish = byFinish }

    /// The canonical bytes.
    package var encoded: [UInt8] {
        var writer = ByteWriter()
        writer.write(list: byFinish.sorted { $0.key < $1.key }) { writer, finish in
            finish.key.encode(into: &writer)
            Self.encode(finish.value, into: &writer)
        }
        return writer.bytes
    }

    /// Reads canonical bytes.
    package init(encoded bytes: [UInt8]) throws(LayerError) {
        var reader = ByteReader(bytes)
        var byFinish: [StepID: [FoldKey: [UInt8]]] = [:]
        for _ in 0..<(try reader.unsigned()) {
            let finish = try StepID(decoding: &reader)
            byFinish[finish] = try Self.decode(&reader)
        }
        self.byFinish = byFinish
        try reader.finish()
    }

    static func encode(_ decisions: [FoldKey: [UInt8]], into writer: inout ByteWriter) {
        writer.write(list: decisions.sorted { $0.key < $1.key }) { writer, decision in
            writer.write(decision.key.bytes)
            writer.write(decision.value)
        }
    }

    static func decode(_ reader: inout ByteReader) throws(LayerError) -> [FoldKey: [UInt8]] {
        var decisions: [FoldKey: [UInt8]] = [:]
        for _ in 0..<(try reader.unsigned()) {
            let key = FoldKey(try reader.blob())
            decisions[key] = try reader.blob()
        }
        return decisions
    }
}
