import Project
import Text
import Words

/// A concordance as `find --json` prints it: the counts, then the groups with their lines.
struct ConcordanceJSON {
    private let concordance: Concordance
    private let pattern: String

    init(_ concordance: Concordance, pattern: String) {
        self.concordance = concordance
        self.pattern = pattern
    }

    /// One line of JSON.
    var bytes: [UInt8] {
        JSONOutput.line { output in
            output.field("pattern", pattern)
            output.field("occurrences", concordance.occurrences)
            output.field("documents", concordance.documents)
            output.field("documents_searched", concordance.documentsSearched)
            output.field("words_searched", concordance.wordsSearched)
            output.key("entities")
            output.array(concordance.entities) { output, entity in
                output.object { output in
                    output.field("entity", entity.entity)
                    output.field("name", entity.name)
                }
            }
            output.key("groups")
            output.array(concordance.groups) { output, group in
                output.object { output in
                    output.key("name")
                    if let name = group.name { output.string(name) } else { output.null() }
                    output.field("occurrences", group.occurrences)
                    output.field("documents", group.documents)
                    output.field("words", group.words)
                    output.key("lines")
                    output.array(group.lines) { output, line in write(line, to: &output) }
                }
            }
        }
    }

    private func write(_ line: ConcordanceLine, to output: inout JSONOutput) {
        output.object { output in
            output.field("id", line.id)
            output.field("document", line.document)
            output.field("start", line.start)
            output.field("end", line.end)
            output.field("sentence", line.sentence)
            output.key("line")
            if let number = line.line { output.integer(number) } else { output.null() }
            output.field("left", line.left)
            output.field("node", line.node)
            output.field("right", line.right)
        }
    }
}
