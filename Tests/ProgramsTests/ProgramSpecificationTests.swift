import Model
import StageKit
import Testing

@testable import Programs

@Suite struct ProgramSpecificationTests {
    private func specification(
        _ use: ProgramUse, file: UInt8 = 1, options: [String: OptionValue] = [:], environment: [String: String] = [:],
        folder: String = "/home/ada/harbour", program: UInt8 = 1
    ) -> ProgramSpecification {
        ProgramSpecification(
            stage: "tone", use: use,
            files: use.files.map { .init(path: $0, digest: ContentDigest(repeatElement(file, count: 32))!) },
            options: options, environment: environment, projectFolder: folder,
            programDigest: ContentDigest(repeatElement(program, count: 32)), searchPath: "/bin")
    }

    private let use = ProgramUse(
        command: ["python3", "-u", "./stages/tone.py", "stages/other.py"], files: ["stages/tone.py"],
        reads: ["sentences"], writes: ["tone"], environment: ["TONE"])

    @Test("words of the command that name the stage's files are made absolute, others are left alone")
    func command() {
        #expect(
            specification(use).runnableCommand == [
                "python3", "-u", "/home/ada/harbour/stages/tone.py", "stages/other.py",
            ])
        let own = ProgramUse(command: ["stages/tone", "a/b"], reads: [], writes: ["tone"])
        #expect(specification(own).runnableCommand == ["/home/ada/harbour/stages/tone", "a/b"])
    }

    @Test("the text is always read")
    func reads() {
        #expect(specification(use).layersRead == ["text", "sentences"])
    }

    @Test("the key follows command, files, options, environment and layers, not the place of the project")
    func key() {
        let fields = specification(use).keyFields
        #expect(specification(use, folder: "/srv/elsewhere").keyFields == fields)
        #expect(specification(use, environment: ["HOME": "/root"]).keyFields == fields)
        #expect(specification(use, program: 2).keyFields == fields)
        var other = use
        other.command[1] = "-v"
        #expect(specification(other).keyFields != fields)
        #expect(specification(use, file: 2).keyFields != fields)
        #expect(specification(use, options: ["limit": .integer(2)]).keyFields != fields)
        #expect(specification(use, environment: ["TONE": ""]).keyFields != fields)
        other = use
        other.reads = ["tokens"]
        #expect(specification(other).keyFields != fields)
    }

    @Test("a pinned program is in the key")
    func pin() {
        var use = use
        use.pin = true
        #expect(specification(use, program: 1).keyFields != specification(use, program: 2).keyFields)
    }
}
