import Engine
import Model
import StageKit
import Store

/// The lock beside a pipeline: what its committed report was made from. One fact a line, sorted, so that a difference
/// reads in a code review.
struct Lock {
    let facts: RunFacts
    /// By table of the results, its digest.
    let digests: [String: ContentDigest]

    /// The text of the lock.
    var text: String {
        var lines: [String] = []
        lines.append("corpus \(facts.corpusRoot) \(facts.documents) documents")
        lines.append("pipeline \(facts.pipelineDigest)")
        lines.append("release \(Release.version)")
        for use in facts.analysis.pipeline.stages {
            let options = facts.options(of: use)
            lines.append("stage \(use.id)" + (options.isEmpty ? "" : " \(options)"))
        }
        for (step, digest) in facts.analysis.plan.digests { lines.append("step \(step) \(digest)") }
        for (table, digest) in digests { lines.append("table \(table) \(digest)") }
        lines.sort { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        return Pipeline.lockHeader + lines.joined(separator: "\n") + "\n"
    }

    /// Writes it beside the pipeline, if it says something else than the one that is there.
    func write(to path: String) throws(FileWriteProblem) {
        let bytes = Array(text.utf8)
        if let there = FileWriting.contents(of: path), there == bytes { return }
        try FileWriting.write(bytes, to: path)
    }
}
