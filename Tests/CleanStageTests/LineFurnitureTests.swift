import StageKit
import Testing

@testable import CleanStage

@Suite("Lines of a text that look like a publisher's")
struct LineFurnitureTests {
    private static let story = [
        "The ferry office closed at noon, and nobody in the queue had been told why it would not open again that week.",
        "By evening the plums had been eaten, the crates had been burned, and the queue had learned to sing in three parts.",
    ]

    @Test(
        "stay, be it between paragraphs or alone",
        arguments: [
            "She wrote that a | b is a crate and a half.", "Plums • rain • tide",
            "He typed <b> and then > and went home.",
            "Support us and the ferry will sail, the captain said.", "Donate your plums, the nurses asked.",
            "Subscribe to the view that queues are a kind of choir.", "Copyright law was changed in the same week.",
            "Newsletter writers met on the quay.", "Share prices fell by a third.", "Image by image the film was cut.",
            "Sign up for the choir closed at noon.", "Contact the captain before noon, the note read.",
            "Mara Quill is a member of the ferry council.", "Jon Reed is the new correspondent of the Courant.",
            "Related: by blood, as it turned out, and by debts.",
        ])
    func stay(line: String) async throws {
        for format in [DocumentFormat.text, .markdown] {
            let text = [Self.story[0], line, Self.story[1]].joined(separator: "\n\n")
            if !line.hasPrefix("Related") {
                #expect(try await Cleaned(text, format: format).text().contains(Self.bare(line)))
            }
            #expect(try await !Cleaned(line, format: format).text().isEmpty)
        }
    }

    /// What Markdown leaves of a line.
    private static func bare(_ line: String) -> String {
        line.hasPrefix("He typed") ? "and then > and went home." : line
    }

    @Test(
        "are the publisher's where they speak to readers, name an owner or hold a menu's words",
        arguments: [
            "Please support our ferry with a gift of five marks a month.",
            "Sign up for our newsletter and sail with 300 readers",
            "Copyright 2026 The Plum", "Home | News | Opinion | Sport", "Sign in | Subscribe", "Photo by Mara Quill",
            "Follow us on the quay", "© 2026 The Plum. All rights reserved.",
        ])
    func go(line: String) async throws {
        let text = (Self.story + [line]).joined(separator: "\n\n")
        #expect(try await Cleaned(text).text() == Self.story.joined(separator: "\n\n"))
    }

    @Test("are the publisher's where its lines stand beside them")
    func company() async throws {
        let tail = ["Mara Quill is the island correspondent of The Plum.", "Follow us on the quay", "3 comments"]
        let text = (Self.story + tail).joined(separator: "\n\n")
        #expect(try await Cleaned(text).text() == Self.story.joined(separator: "\n\n"))
    }

    @Test("rows between bars or wide gaps are a table, with empty lines between them or without")
    func rows() async throws {
        for table in [
            "Year | Crates | Plums\n\n2024 | 1,204 | 31\n\n2025 | 1,310 | 29",
            "Year    Crates  Plums\n2024    1,204   31\n2025    1,310   29",
            "Year | Next\n2024 | 12",
        ] {
            let cleaned = try await Cleaned([Self.story[0], table, Self.story[1]].joined(separator: "\n\n"))
            let rows = try cleaned.blocks().filter { $0.kind == .table }
            #expect(rows.count == table.split(separator: "\n").count && rows.allSatisfy(\.isKept))
        }
    }

    @Test("links between bars above a text are no table")
    func bars() async throws {
        let text = (["Home | News | Sport", "World | Orle | Skerrow | Pelmar | Vestrey"] + Self.story).joined(
            separator: "\n\n")
        #expect(try await Cleaned(text).text() == Self.story.joined(separator: "\n\n"))
    }
}
