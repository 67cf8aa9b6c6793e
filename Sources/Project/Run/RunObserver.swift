package import Engine
package import Model

/// Who is told of a run while it is under way: a terminal, or whatever else runs pipelines. A run itself prints nothing.
package protocol RunObserver: Sendable {
    func tell(_ event: RunEvent)
}

/// What a run tells.
package enum RunEvent: Sendable {
    /// Something is wrong with a file that the user wrote, or a document is not in the analysis.
    case diagnostics([Diagnostic])
    /// Results of another release, or a file of somebody else, stood in the place of the results.
    case resultsRenewed(String)
    /// Something about the cache.
    case store(StoreEvent)
    /// Another run of the pipeline has the output folder, and this one waits for its end.
    case waiting
    /// A database that was damaged was moved aside.
    case setAside(path: String)
    /// Files of which the cache had wrong digests, and which are read again.
    case wrongDigests([String])
    /// What programs that did their work wrote to their standard error.
    case said([RunRecord.Message])
    /// How far the engine is.
    case progress(EngineProgress)
    /// How far the tasks of a pass are.
    case tasks(TaskProgress)
    /// How many documents' rows are in the results.
    case results(done: Int, total: Int)
    /// Everything is written.
    case written
    /// Decisions by hand about names or claims that no document has.
    case unknownDecisions([UnknownDecision])
    /// What is not in the analysis.
    case leftOut([LeftOut])
}
