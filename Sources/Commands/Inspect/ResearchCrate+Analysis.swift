import Export
import Foundation
import Model
import Programs
import Project
import Store
import Text

extension ResearchCrate {
    /// The crate of a pipeline's last run, whose report stands in `outputs`.
    init(of analysis: Analysis, _ outputs: OutputFolder) throws {
        let pipeline = analysis.pipeline
        var inputs: [Part] = []
        for input in pipeline.inputs where !inputs.contains(where: { $0.path == input.path }) {
            inputs.append(Part(input.path, input.bytes))
        }
        for specification in analysis.programs.sorted(by: { $0.key < $1.key }).map(\.value) {
            for file in specification.files where !inputs.contains(where: { $0.path == file.path }) {
                let path = Pipeline.join(pipeline.projectFolder, file.path)
                guard let bytes = FileWriting.contents(of: path) else { continue }
                inputs.append(Part(file.path, bytes))
            }
        }
        if let lock = analysis.lockPath, let bytes = FileWriting.contents(of: lock),
            let main = pipeline.inputs.first?.path
        {
            inputs.append(Part(Pipeline.join(Pipeline.folder(of: main), Pipeline.lastComponent(of: lock)), bytes))
        }
        let place = ProjectStore(of: pipeline, tell: Terminal.tell)
        let record = try place.open().runs(of: place.name(ofRuns: analysis.outputName), limit: 1).first.flatMap {
            RunRecord(json: $0.record, number: $0.number)
        }
        guard let record, let began = try? Date(record.began, strategy: .iso8601) else {
            Terminal.error(
                "error: the record of the last run is not in the cache, and an RO-Crate needs its date. "
                    + "Run '\(analysis.command("run"))' and export again. [no-run-record]")
            throw Ending.failed
        }
        func time(_ date: Date) -> String { date.formatted(.iso8601).replacing("Z", with: "+00:00") }
        self.init(
            pipeline: inputs.first?.path ?? pipeline.name, title: pipeline.title, release: record.release,
            inputs: inputs, outputs: Self.report(in: outputs), began: time(began),
            ended: time(began.addingTimeInterval(record.seconds.rounded(.up))))
    }

    /// The report with its charts and evidence pages.
    private static func report(in outputs: OutputFolder) -> [Part] {
        var names = ["report.html", "report.md"]
        for folder in ["charts", "evidence"] {
            let found = (try? FileManager.default.contentsOfDirectory(atPath: outputs.path(folder))) ?? []
            names += found.sorted { $0.precedes($1) }.map { "\(folder)/\($0)" }
        }
        return names.compactMap { name in
            FileWriting.contents(of: outputs.path(name)).map { Part(name, $0) }
        }
    }
}
