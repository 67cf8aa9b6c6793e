/// What counts as one and the same.
package enum CountingUnit: String, CaseIterable, Sendable {
    /// A word as `summarize-statistics` counts it.
    case term
    /// All forms of an English word; a word of another language as it is.
    case lemma
}
