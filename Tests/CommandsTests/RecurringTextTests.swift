import TestSupport
import Testing

@testable import Commands

@Suite("Text that recurs in many documents")
struct RecurringTextTests {
    private static let days = [
        "A barge left before dawn with nobody on its deck who would say where it was bound.",
        "The clock of the customs house stood still for the whole of the day and nobody minded.",
        "Eleven letters without stamps were found in the office, each to a house without a number.",
        "The pear tree behind the chapel was climbed by boys, who said that the pears were sour.",
        "Glass floats came ashore below the light, green ones first and brown ones afterwards.",
        "The rope walk burned down, and the fire could be seen from Orle until the morning.",
        "Two engineers walked along the sea wall and wrote down the number of every stone.",
    ]

    private static let more =
        "Nobody on the quay had an answer to it, and the watch was changed at noon as on all days."

    @Test("is told on standard error and at the top of the report where it was a good part of a document")
    func told() throws {
        let foot =
            "The log office keeps the books of the lightship and copies them for whoever walks out over the mole at noon."
        var documents: [String: String] = [:]
        for (k, day) in Self.days.enumerated() {
            documents["corpus/log/\(k).txt"] =
                "Log of watch \(k)\n\n\(day) \(Self.more)\n\n\(foot)\n\nLog office of the lightship\n"
        }
        let project = try SampleProject(documents)
        let run = try ToolProcess.run(["run", "pipelines/sample.yaml", "--quiet"], in: project.folder.path())
        #expect(run.code == 0)
        #expect(
            run.said.contains("[recurring-text]") && run.said.contains("corpus/log/0.txt") && run.said.contains("keep"))
        let report = try project.folder.text(of: "outputs/sample/report.md")
        let top = report.prefix(while: { $0 != "#" }) + report.dropFirst().prefix(2500)
        #expect(
            top.contains("More than 30 % of the prose of") && top.contains("corpus/log/6.txt") && top.contains("'keep'")
        )
    }

    @Test("is not mentioned where nothing was taken out")
    func untold() async throws {
        let project = try SampleProject()
        #expect(await project.run() == 0)
        #expect(try !project.folder.text(of: "outputs/sample/report.md").contains("of the prose"))
    }
}
