import Notebook

/// Style and script of the site.
enum SiteStyle {
    /// The style sheet of all pages but the report, which has its own.
    static var sheet: String { ReportForm.style + "\n" + navigation + "\n" + Embedded.site.description }
    /// The style of the links on top.
    static let navigation = """
        header.site { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; justify-content: space-between;
          max-width: 58rem; margin: 0 auto; padding: .75rem 1.25rem; border-bottom: 1px solid var(--line) }
        header.site nav { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; margin: 0 }
        header.site form { display: flex; gap: .4rem }
        header.site input, header.site button { font: inherit; font-size: .9rem; color: var(--ink); background: var(--paper);
          border: 1px solid #7d8590; border-radius: 4px; padding: .2rem .5rem; min-width: 0 }
        header.site input { width: 12rem }
        @media print { header.site { display: none } }
        """
    /// What pages run, by the name of the file.
    static let scripts = [
        // what reads the index, for the two others
        (name: "search-index.js", text: Embedded.searchIndex.description),
        (name: "search.js", text: Embedded.search.description),
        (name: "concordance.js", text: Embedded.concordance.description),
    ]

    /// A number with commas from five digits on.
    static func number(_ value: Int) -> String { ReportForm.grouped(value) }
}
