import Digests
import Foundation
package import GRDB

/// What the rows of each document are, told by the digests that are kept of them: who reads the digests again later knows
/// which documents have other rows, without reading any.
package struct DocumentDigests {
    /// What has become other.
    package struct Difference: Equatable {
        /// The document itself: its text and what is found in it.
        package var content = false
        /// Its claims' links to claims of others.
        package var links = false
        /// The questions that its statements speak to.
        package var questions = false

        /// That of a document that is new or gone.
        package static let all = Difference(content: true, links: true, questions: true)
    }

    private static let links = Set([ResultsSchema.links, ResultsSchema.repeats, ResultsSchema.pairs].map(\.name))
    private static let questions = Set(
        [ResultsSchema.questions, ResultsSchema.answers, ResultsSchema.questionClaims].map(\.name))

    /// Hands over every document in the order of the paths, with its digests as bytes.
    package static func each(in db: Database, _ body: (_ document: String, _ digests: [UInt8]) throws -> Void) throws {
        let rows = try Row.fetchCursor(
            db, sql: "select p.document, s.sums from _paths p join _document_sums s on s.d = p.d order by p.document")
        while let row = try rows.next() { try body(row[0], Array(row[1] as Data)) }
    }

    /// In what two digests of a document differ.
    package static func difference(_ old: [UInt8], _ new: [UInt8]) throws -> Difference {
        let (old, new) = (try DocumentSums(encoded: old).tables, try DocumentSums(encoded: new).tables)
        var difference = Difference()
        for table in Set(old.keys).union(new.keys) where old[table] != new[table] {
            if links.contains(table) {
                difference.links = true
            } else if questions.contains(table) {
                difference.questions = true
            } else {
                difference.content = true
            }
        }
        return difference
    }
}
