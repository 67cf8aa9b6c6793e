/// What is told of the cache when it is opened and read: nothing of it changes a result.
package enum StoreEvent: Sendable {
    /// What was found damaged and is computed again, each a sentence.
    case damage([String])
    /// What an earlier release kept in this folder can't be used, and is begun anew.
    case renewed(folder: String)
    /// The cache can't be written to: everything is computed, and nothing is kept.
    case readOnly(path: String)
}
