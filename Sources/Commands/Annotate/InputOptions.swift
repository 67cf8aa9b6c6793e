import ArgumentParser

/// How files that are named on the command line are read.
struct InputOptions: ParsableArguments {
    /// The format of a file.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case txt, md, html, jsonl, csv, tsv, eml, mbox, warc, docx, odt, epub, rtf, tei, pdf
    }

    @Option(
        help: ArgumentHelp(
            "The format of the input. (default: by the file's extension; txt for standard input)", valueName: "FORMAT"))
    var format: Format?

    /// Reads a file, or standard input for `-`.
    func read(_ path: String) -> AnnotationInput { AnnotationInput(path, format: format?.rawValue) }
}
