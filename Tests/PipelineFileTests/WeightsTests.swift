import Model
import StageKit
import Testing

@testable import PipelineFile

@Suite("Files of weights that are installed beside the program")
struct WeightsTests {
    private static let catalogue = [
        StageDescription(
            name: "link-claims", summary: "Links.",
            options: [OptionDescription("meaning", .weights(["sentences"]), "What is compared.")])
    ]
    private static let text = "corpus: { include: ['corpus/*.txt'] }\nstages:\n  - uses: link-claims\n"
    private static let weights = (0..<100).map { UInt8($0) }

    private func load(_ value: String, _ files: [String: [UInt8]]) -> (pipeline: Pipeline?, report: String) {
        var files = files
        files["a.yaml"] = Array("\(Self.text)    with: { meaning: \(value) }\n".utf8)
        let (pipeline, diagnostics) = PipelineFile.load(
            path: "a.yaml", catalogue: Self.catalogue, settings: [], access: .memory(files))
        return (pipeline, diagnostics.map(\.rendered).joined(separator: "\n"))
    }

    @Test("an option names one by a word, and is known by its seal, wherever it is installed")
    func findsWeights() throws {
        for folder in ["/bin", "/share/colophon"] {
            let (pipeline, report) = load("sentences", ["\(folder)/sentences.weights": Self.weights])
            #expect(report == "")
            guard case .file(let file)? = pipeline?.stages.first?.options["meaning"] else {
                Issue.record("no file")
                continue
            }
            #expect(file.path == "sentences")
            #expect(file.bytes == Array(Self.weights.suffix(32)))
            #expect(file.weights == Self.weights)
        }
    }

    @Test("where it is not installed, a message says how to get it")
    func tellsHowToInstall() {
        let report = load("sentences", [:]).report
        #expect(report.contains("option 'meaning' of stage 'link-claims' needs the file 'sentences.weights'"))
        #expect(report.contains("colophon-meaning"))
        #expect(report.contains("make meaning"))
        #expect(report.contains("'/bin', '/share/colophon'"))
        #expect(report.contains("COLOPHON_WEIGHTS"))
    }

    @Test("another word is refused before any file is looked for")
    func refusesOtherWords() {
        #expect(load("sentence", [:]).report.contains("[unknown-choice]"))
        #expect(load("[sentences]", [:]).report.contains("[wrong-type]"))
    }

    @Test("the environment names the folder, else it is looked for beside the program and below share")
    func looksInFolders() {
        let program = "/opt/colophon/bin/colophon"
        #expect(
            FileAccess.weightFolders([:], program: program) == ["/opt/colophon/bin", "/opt/colophon/share/colophon"])
        #expect(FileAccess.weightFolders(["COLOPHON_WEIGHTS": "/w"], program: program) == ["/w"])
        #expect(FileAccess.weightFolders(["COLOPHON_WEIGHTS": ""], program: nil) == [])
    }
}
