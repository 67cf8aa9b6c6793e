import Project

extension Analysis {
    /// The analysis, with its warnings printed.
    var told: Analysis {
        Terminal.report(warnings)
        return self
    }
}
