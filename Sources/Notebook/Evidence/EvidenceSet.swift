import StageKit

/// The ids behind a figure, in bytes until somebody wants them: most figures of a report are those of the report before,
/// and so are the pages with their evidence.
struct EvidenceSet: Hashable, Sendable {
    /// How many ids there are in all.
    let count: Int
    /// How many are listed: at most ``EvidenceAggregate/limit``, in the order in which the query met them.
    let shown: Int
    /// Those, as a list.
    let list: [UInt8]

    /// The set of `count` ids of which these are listed.
    init(ids: [String], count: Int) {
        self.count = count
        shown = ids.count
        var writer = ByteWriter()
        writer.write(list: ids) { $0.write($1) }
        list = writer.bytes
    }

    /// The evidence of all of `sets`, which have no id in common.
    init(joining sets: [EvidenceSet]) {
        var ids: [String] = []
        for set in sets where ids.count < EvidenceAggregate.limit {
            ids += set.ids.prefix(EvidenceAggregate.limit - ids.count)
        }
        self.init(ids: ids, count: sets.reduce(0) { $0 + $1.count })
    }

    /// The set whose ids are in `list`.
    init(list: [UInt8], count: Int) throws(LayerError) {
        self.count = count
        self.list = list
        var reader = ByteReader(list)
        shown = Int(clamping: try reader.unsigned())
    }

    /// The ids that are listed.
    var ids: [String] {
        var reader = ByteReader(list)
        return (try? reader.list { reader throws(LayerError) in try reader.string() }) ?? []
    }

    /// The only id, if it is one.
    var single: String? { count == 1 ? ids.first : nil }
}
