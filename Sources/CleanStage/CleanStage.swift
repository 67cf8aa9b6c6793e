package import StageKit

/// `clean`: from the bytes of a file to its running text.
package struct CleanStage: Stage {
    package static let description = StageDescription(
        name: "clean",
        summary: "reads files of any encoding and gives their running text, without what publishers put around it",
        discussion: """
            Reads plain text, Markdown and HTML in UTF-8, UTF-16, thirty encodings of one byte a character and those of \
            East Asia; repairs \
            misread characters, broken lines and hyphenated line ends; finds title, date, author, publisher and language; \
            takes out donation requests, share lines, comment forms, image credits and navigation, by their own marks and \
            because a publisher repeats them. \
            What was taken out stays in the blocks, with the reason. Every byte of the text leads back to the file.
            """,
        options: [
            OptionDescription(
                "encoding", .string, default: .string(""),
                "The encoding of files that declare none and are not UTF-8; without it, it is found out."),
            OptionDescription(
                "keep", .list(.string), default: .list([]), "Blocks that stay in the text; `*` stands for anything."),
            OptionDescription(
                "remove", .list(.string), default: .list([]), "Blocks that are taken out; `*` stands for anything."),
        ])
    package static let steps: [StepType] = [
        .map(ReadStep.self), .fold(BlocksStep.self), .finish(FurnitureStep.self), .join(TextStep.self),
    ]

    /// What the note of a document says that lost a good part of its prose because other documents have it too.
    package static let recurringText = "recurring text was taken out"
    package static let fingerprint = Embedded.fingerprint
    /// The parser of web pages, and the tables of encodings of the C library.
    package static var libraries: [String] { [ParserVersion.name, IconvTable.library] }
}
