package import StageKit

/// What stands at a word of the cue list: nothing that is attributed, or a content of some build.
package enum PointerKind: UInt8, CaseIterable, Sendable {
    /// No attribution.
    case none
    /// A clause behind the cue: `said that …`.
    case clause
    /// The content before the cue: `…, she said`.
    case before
    /// On both sides: `…, she said, …`.
    case both
    /// An infinitive: `vowed to …`.
    case inf
    /// A person and an infinitive: `urged them to …`.
    case objinf
    /// A thing and what it is called: `called it a …`.
    case small
    /// A preposition and its object: `accused them of …`.
    case prep
    /// A noun phrase: `denied any …`.
    case np
    /// What an adjective takes: `sure that …`.
    case adj
    /// What a noun takes: `the claim that …`.
    case noun
    /// A noun, a preposition and its object: `opposition to …`.
    case nounpp

    /// The kind of claim that it gives.
    package var claimKind: Claim.Kind {
        switch self {
        case .none, .clause, .before, .both, .adj, .noun: .clause
        case .inf: .intention
        case .objinf: .request
        case .small: .characterisation
        case .prep, .np, .nounpp: .topic
        }
    }
}
