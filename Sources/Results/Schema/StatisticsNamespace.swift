import StageKit

/// The tables and views of one use of `summarize-statistics`. A pipeline may hold several: those of the one that has the
/// plain names are called as ``StatisticsTable`` says, those of another have the id of that stage before their names.
package struct StatisticsNamespace: Hashable, Sendable {
    /// The tables with the plain names.
    package static let plain = StatisticsNamespace(prefix: "")

    /// What stands before the names of the tables: `wide_`; empty for the plain names.
    let prefix: String

    private init(prefix: String) { self.prefix = prefix }

    /// The tables of the use that `namespace` sets apart, as in ``Step/namespace``.
    package init(_ namespace: String?) { self.init(prefix: namespace.map { SQL.plain($0) + "_" } ?? "") }

    /// The namespace whose tables are kept under `prefix`.
    init(kept prefix: String) { self.init(prefix: prefix) }

    /// The tables, in the order of ``StatisticsTable/all``.
    var tables: [CountTable] { StatisticsTable.all.map { CountTable($0, prefix: prefix) } }

    /// The views over them.
    var views: [StatisticsView] {
        StatisticsView.all.map { view in
            var view = view
            view.name = prefix + view.name
            view.sql = renamed(view.sql)
            return view
        }
    }

    /// The names of its tables and views.
    package var names: [String] { tables.map(\.name) + views.map(\.name) }

    /// A query with the tables' names as they are here.
    private func renamed(_ sql: String) -> String {
        let names = Set(StatisticsTable.all.map(\.name))
        var renamed = ""
        var word = ""
        func endWord() {
            renamed += names.contains(word) ? prefix + word : word
            word = ""
        }
        for sign in sql {
            if sign.isLetter || sign.isNumber || sign == "_" {
                word.append(sign)
            } else {
                endWord()
                renamed.append(sign)
            }
        }
        endWord()
        return renamed
    }
}

extension SQL {
    /// A name in small letters, digits and `_`, which needs no quotation marks: `wide_window` for `Wide-window`.
    static func plain(_ name: String) -> String {
        String(name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
    }
}
