import Store

extension Analysis {
    /// Whether the file `name` of the output folder is as a run on this machine left it. One that came with the project, from
    /// a pack or a clone, is not; nor is one that was changed.
    package func isMadeHere(_ name: String) -> Bool {
        let place = ProjectStore(of: pipeline) { _ in }
        guard place.hasState(outputName), let state = try? place.openState(outputName),
            let kept = try? state.meta(OutputManifest.name), let manifest = try? OutputManifest(encoded: kept),
            let stamp = manifest.stamps[name]
        else { return false }
        return OutputManifest.stamp(OutputFolder(outputFolder).path(name)) == stamp
    }
}
