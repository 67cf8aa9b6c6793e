package import StageKit

/// A pipeline that has been read and checked. Paths in it are relative to the project folder.
package struct Pipeline: Sendable {
    /// The files of the corpus.
    package struct Corpus: Hashable, Sendable {
        /// Patterns of files that belong to it.
        package var include: [String]
        /// Patterns of files to leave out although `include` matches them.
        package var exclude: [String]
        /// The file with a row for each document, if any.
        package var metadata: String?
        /// What documents have to meet to belong to it.
        package var conditions: [DocumentCondition]
        /// By role (`text`, `id`, `title`, …), the column of tables and records that documents are made of.
        package var columns: [String: String]

        package init(
            include: [String], exclude: [String] = [], metadata: String? = nil, conditions: [DocumentCondition] = [],
            columns: [String: String] = [:]
        ) {
            self.include = include
            self.exclude = exclude
            self.metadata = metadata
            self.conditions = conditions
            self.columns = columns
        }
    }

    /// A named value that options refer to.
    package struct Parameter: Hashable, Sendable {
        package var name: String
        package var value: OptionValue

        package init(_ name: String, _ value: OptionValue) {
            self.name = name
            self.value = value
        }
    }

    /// Settings under which the same analysis runs once more, for one report.
    package struct Variant: Hashable, Sendable {
        /// How reports call it: `window=3`, or the name that the user gave it.
        package var name: String
        /// `NAME=VALUE` for parameters, options of stages and conditions, as `--set` takes them, in the order of the names.
        package var settings: [String]
        /// By setting, where it is written.
        package var positions: [String: SourcePosition]

        package init(name: String, settings: [String], positions: [String: SourcePosition] = [:]) {
            self.name = name
            self.settings = settings
            self.positions = positions
        }
    }

    /// A file that was read to make the pipeline.
    package struct Input: Hashable, Sendable {
        /// Relative to the project folder.
        package var path: String
        /// The path as messages show it.
        package var shownPath: String
        package var bytes: [UInt8]

        package init(path: String, shownPath: String, bytes: [UInt8]) {
            self.path = path
            self.shownPath = shownPath
            self.bytes = bytes
        }
    }

    /// The path as the user gave it.
    package var path: String
    /// The folder that paths are relative to, itself as seen from where the user is: `.` or `..` or a path.
    package var projectFolder: String
    /// The file's name without its extension: `border`.
    package var name: String
    /// `title`, else the name.
    package var title: String
    package var corpus: Corpus
    /// In the order in which they are written, those of included files first.
    package var parameters: [Parameter]
    /// What was set for this run (`window=3`), in the order of the names; empty for the pipeline as it is written.
    package var settings: [String]
    /// In the order in which they are written, those of included files first.
    package var stages: [StageUse]
    /// In the order in which they are written; of a matrix, the last key changes first.
    package var variants: [Variant]
    /// The notebook's path; nil for the built-in report.
    package var notebook: String?
    /// The path of the file with what the user decided by hand.
    package var decisions: String?
    /// Every file read, in the order of reading, the pipeline first: what the pipeline means depends on nothing else.
    package var inputs: [Input]

    package init(
        path: String, projectFolder: String, name: String, title: String, corpus: Corpus,
        parameters: [Parameter] = [], settings: [String] = [], stages: [StageUse] = [],
        variants: [Variant] = [], notebook: String? = nil, decisions: String? = nil, inputs: [Input] = []
    ) {
        self.path = path
        self.projectFolder = projectFolder
        self.name = name
        self.title = title
        self.corpus = corpus
        self.parameters = parameters
        self.settings = settings
        self.stages = stages
        self.variants = variants
        self.notebook = notebook
        self.decisions = decisions
        self.inputs = inputs
    }
}
