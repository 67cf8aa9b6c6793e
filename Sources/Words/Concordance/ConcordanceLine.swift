/// A passage that was found, with the words around it.
package struct ConcordanceLine: Hashable, Sendable {
    /// `document#start-end`, by which cells of notebooks show it.
    package let id: String
    package let document: String
    /// Where the passage stands in the text of the document, in code points.
    package let start: Int
    package let end: Int
    /// The sentence that it stands in, from 0.
    package let sentence: Int
    /// The line of the original file on which that sentence begins.
    package let line: Int?
    package let left: String
    package let node: String
    package let right: String
}
