/// Why results could not be written or read.
package struct ResultsError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What kind of trouble it is.
    package enum Kind: Hashable, Sendable {
        /// The file is damaged and has to be written anew.
        case damaged
        /// There is no room.
        case full
        /// Another program has the file open and locked.
        case busy
        /// Documents have come in such numbers between two others that the file has to be written anew.
        case crowded
        case other
    }

    /// What went wrong: lower case, no full stop.
    package let summary: String
    package let kind: Kind

    /// An error that says `summary`.
    package init(_ summary: String, kind: Kind = .other) {
        self.summary = summary
        self.kind = kind
    }

    /// What went wrong.
    package var description: String { summary }
}
