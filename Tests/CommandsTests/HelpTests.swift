import ArgumentParser
import Foundation
import PipelineFile
import Project
import TestSupport
import Testing

@testable import Commands

@Suite("Help that a newcomer can learn from")
struct HelpTests {
    private static var commands: [any ParsableCommand.Type] {
        ColophonCommand.configuration.groupedSubcommands.flatMap(\.subcommands)
    }

    @Test("the help of every command is as committed")
    func help() {
        Golden.expect(ColophonCommand.helpMessage(columns: 100) + "\n", matches: "help.txt")
        for command in Self.commands {
            let text = ColophonCommand.helpMessage(for: command, columns: 100) + "\n"
            Golden.expect(text, matches: "help-\(command._commandName).txt")
            for part in command.configuration.subcommands {
                let text = ColophonCommand.helpMessage(for: part, columns: 100) + "\n"
                Golden.expect(text, matches: "help-\(command._commandName)-\(part._commandName).txt")
            }
        }
    }

    @Test("docs/pipeline.schema.json is what 'colophon schema' prints")
    func schema() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../docs/pipeline.schema.json")
        #expect(
            try Array(Data(contentsOf: file)) == PipelineSchema.json(Catalogue.descriptions),
            "write it again: colophon schema > docs/pipeline.schema.json")
    }

    @Test("docs/layers.schema.json is what 'colophon schema --layers' prints")
    func layers() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/layers.schema.json")
        #expect(
            try Array(Data(contentsOf: file)) == LayersSchema.json,
            "write it again: colophon schema --layers > docs/layers.schema.json")
    }

    @Test("every command says what it does, with an example")
    func examples() {
        for command in Self.commands {
            #expect(!command.configuration.abstract.isEmpty)
            #expect(command.configuration.discussion.contains("  colophon \(command._commandName)"))
            for part in command.configuration.subcommands {
                let name = "\(command._commandName) \(part._commandName)"
                #expect(part.configuration.discussion.contains("  colophon \(name)"))
            }
        }
    }
}
