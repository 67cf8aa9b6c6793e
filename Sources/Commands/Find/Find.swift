import ArgumentParser
import Foundation
import Model
import Project
import Results
import Text
import Words

/// `colophon find`
struct Find: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look words up: each occurrence in its context (KWIC).",
        discussion: """
            Reads the results of the last run. A pattern is

              wall              a word; capitals and diacritics do not count
              'wall*'  'w?ll'   a word with any letters, with any one letter
              'sea wall'        words that follow each other; '*' among them is any one word
              'wall|dam'        alternatives; 'sea (wall|dam)' within a phrase
              '[say]'           an English word in all its forms: say, says, said, saying
              '/walls?/'        a regular expression (PCRE2) that fits a whole word
              '@Ilse Marrable'  a name that 'tag-entities' found, under all its forms

            A backslash before a sign takes its meaning. Words are those that 'segment' cuts and 'summarize-statistics' \
            counts: a possessive ending is no part of a word. A phrase does not go over the end of a sentence.

              colophon find pipelines/harbour.yaml 'wall*'
              colophon find pipelines/harbour.yaml '[say]' --sort 1R,2R --publisher 'The Aldersund Courier'
              colophon find pipelines/harbour.yaml 'quay wall|tarpaulin' --group year
              colophon find pipelines/harbour.yaml '@Ilse Marrable' --where language=en --json

            Exit codes: 0 found, 1 nothing found, 2 invalid pattern or option.
            """)

    @OptionGroup var pipeline: PipelineOptions

    @Argument(help: "What to look for.")
    var pattern: String

    @Option(
        help: ArgumentHelp(
            "Sort by neighbours: 1R, 2L, 0 (the node), document, date; several parted by commas.", valueName: "KEYS"))
    var sort: String?

    @Option(
        help: ArgumentHelp(
            "Count by a column of metadata: publisher, author, language, year, month or a key of your own.",
            valueName: "COLUMN"))
    var group: String?

    @Option(
        parsing: .singleValue,
        help: ArgumentHelp("Only documents of this publisher. Can be repeated.", valueName: "PUBLISHER"))
    var publisher: [String] = []

    @Option(
        name: .customLong("where"), parsing: .singleValue,
        help: ArgumentHelp(
            "Only documents with this metadata; '*' stands for anything. Can be repeated.", valueName: "COLUMN=VALUE"))
    var conditions: [String] = []

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How many words of context stand on each side.", valueName: "WORDS"))
    var window: Int = 8

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Show at most so many lines, of each group with --group; 0 for all. (default: 100, with --group 10)",
            valueName: "LINES"))
    var limit: Int?

    @Flag(help: "Capitals and diacritics count.")
    var exact = false

    @Flag(help: "Print one JSON object with counts and lines.")
    var json = false

    func validate() throws {
        guard (0...100).contains(window) else { throw ValidationError("'--window' is a number from 0 to 100") }
        guard limit ?? 0 >= 0 else { throw ValidationError("'--limit' is a number from 0") }
        for condition in conditions where !condition.contains("=") || condition.hasPrefix("=") {
            throw ValidationError("'--where \(condition)' is not of the form COLUMN=VALUE")
        }
    }

    func run() async throws {
        let analysis = try pipeline.analysis()
        let results = try analysis.lastResults()
        let concordance: Concordance
        do {
            concordance = try results.searching { source in
                guard try Vocabulary.hasWords(source) else {
                    throw Self.refuse(
                        "the results have no words", hint: "The stage 'segment' finds them: add it to the pipeline.",
                        id: "no-words")
                }
                let found = try Concordance(request(source), in: source)
                if found.occurrences == 0 { try tellNothing(found, in: source) }
                return found
            }
        } catch let problem as PatternProblem {
            throw Self.refuse(problem.message, hint: problem.hint, id: problem.id)
        }
        if json { Terminal.print(ConcordanceJSON(concordance, pattern: pattern).bytes) }
        guard concordance.occurrences > 0 else { throw Ending.failed }
        guard !json else { return }
        let text = ConcordanceText(
            concordance: concordance,
            columns: Terminal.isTerminal(STDOUT_FILENO) ? Terminal.width(of: STDOUT_FILENO) : nil,
            colour: Terminal.hasColour)
        Terminal.print(text.rendered(allBy: "--limit 0"))
    }

    private func request(_ source: WordSource) throws -> Concordance.Request {
        var request = Concordance.Request(try WordPattern(pattern))
        request.folding = exact ? .exact : .folded
        request.sort = try sort.map(SortKey.list) ?? []
        request.group = group
        request.window = window
        let most = limit ?? (group == nil ? 100 : 10)
        request.limit = most == 0 ? nil : most
        try request.filter.keep("publisher", among: publisher, in: source)
        var values: [(column: String, values: [String])] = []
        for condition in conditions {
            let parts = condition.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            // several values of one column are alternatives
            if let k = values.firstIndex(where: { $0.column == parts[0] }) {
                values[k].values.append(parts[1])
            } else {
                values.append((parts[0], [parts[1]]))
            }
        }
        for (column, values) in values { try request.filter.keep(column, among: values, in: source) }
        return request
    }

    /// Says that there is nothing, and what there is instead.
    private func tellNothing(_ concordance: Concordance, in source: WordSource) throws {
        var hint: String?
        if let word = try WordPattern(pattern).singleWord {
            let near = try Vocabulary.near(word, in: source)
            if !near.isEmpty { hint = "There are \(near.map { "'\($0)'" }.joined(separator: ", "))." }
        }
        if hint == nil, exact { hint = "Without '--exact' capitals and diacritics do not count." }
        let place = Wording.count(concordance.documentsSearched, "document")
        Terminal.report([
            Diagnostic("'\(pattern.printable())' does not occur in \(place)", hint: hint, id: "not-found")
        ])
    }

    private static func refuse(_ message: String, hint: String?, id: String) -> Ending {
        Terminal.report([Diagnostic(message, hint: hint, id: id)])
        return .usage
    }
}
