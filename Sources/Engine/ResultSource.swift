package import Model

/// Where results may be had that the store does not have, before they are computed.
package protocol ResultSource: Sendable {
    /// Puts results of `stages` over `entries` into the store, as far as they can be had. `new` are the ids of those
    /// documents of which the last run knew nothing. What can't be had is computed: this never fails.
    func bring(_ entries: [DocumentEntry], of stages: [String], new: Set<String>) async

    /// Puts results over `entries`, which are as the last run had them, into the store: all that the last run left.
    func restore(_ entries: [DocumentEntry]) async

    /// The same for the documents that the last run had otherwise, as it had them, and their neighbours.
    func restore(_ difference: TreeDifference) async
}
