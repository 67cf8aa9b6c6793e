/// How reports look and write things, for other pages over the same results.
package enum ReportForm {
    /// The style sheet of `report.html`.
    package static var style: String { Embedded.style.description }

    /// A whole number with commas, from five digits on.
    package static func grouped(_ value: Int) -> String { NumberText.grouped(value) }

    /// `text` cut between words to at most `length` code points.
    package static func excerpt(of text: String, length: Int) -> String {
        ExcerptFunction.excerpt(of: text, length: length)
    }

    /// The address by which a report links a document; `folder` is the way to the project's folder, with `/` at its end.
    package static func address(of document: String, in folder: String) -> String {
        PassageText(projectFolder: folder).target(document) ?? ""
    }
}
