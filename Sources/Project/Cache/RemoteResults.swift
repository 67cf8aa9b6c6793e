import Digests
import Engine
import Model
import RemoteCache
import StageKit
import Store
import Synchronization

/// Results from a shared cache, brought into the store sheet by sheet when they are needed.
final class RemoteResults: ResultSource {
    private let remote: RemoteCache
    private let plan: SheetPlan
    private let store: ResultStore
    private let address: String
    /// By document, the number of its group.
    private let groups: [String: Int]

    private struct Place: Hashable {
        let group: Int
        let stage: String
    }
    private let asked = Mutex<[Place: Task<Void, Never>]>([:])
    private let keys = Mutex<[ContentDigest]>([])

    /// Groups that are asked for before documents of them are at hand.
    private static let ahead = 3

    init(_ remote: RemoteCache, _ plan: SheetPlan, _ store: ResultStore, address: String) {
        self.remote = remote
        self.plan = plan
        self.store = store
        self.address = address
        var groups: [String: Int] = [:]
        for (number, group) in plan.groups.enumerated() {
            for entry in group.entries { groups[entry.id] = number }
        }
        self.groups = groups
    }

    func bring(_ entries: [DocumentEntry], of stages: [String], new: Set<String>) async {
        guard !remote.isGivenUp else { return }
        let numbers = Set(entries.compactMap { groups[$0.id] })
        guard let last = numbers.max() else { return }
        let isNew = entries.contains { new.contains($0.id) }
        let due = numbers.sorted().flatMap { number in
            stages.map { task(Place(group: number, stage: $0), isNew: isNew) }
        }
        if isNew {
            for number in (last + 1)..<max(last + 1, min(last + 1 + Self.ahead, plan.groups.count)) {
                for stage in stages { _ = task(Place(group: number, stage: stage), isNew: true) }
            }
        }
        for task in due { await task.value }
    }

    func restore(_ entries: [DocumentEntry]) async { await bring(entries, of: plan.stages, new: []) }

    func restore(_ difference: TreeDifference) async {
        let changed = Set(difference.changed.map(\.id))
        let standing = plan.groups.flatMap(\.entries).filter { !changed.contains($0.id) }
        let before = (standing + difference.old.values).sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        let same = Set(plan.groups.map(\.entries))
        let places = SheetPlan.groups(of: before).filter { !same.contains($0.entries) }.flatMap { group in
            plan.stages.map { (group, $0) }
        }
        _ = try? await concurrentMap(places, jobs: 8) { group, stage in
            await self.bring(stage, over: group, by: .contents)
        }
    }

    /// Brings every sheet; a few at a time.
    func bringAll(jobs: Int, progress: @escaping @Sendable (Int) -> Void) async throws {
        let places = plan.groups.indices.flatMap { number in
            plan.stages.map { Place(group: number, stage: $0) }
        }
        var done = 0
        try await concurrentForEach(places, jobs: max(jobs, 8)) { place in
            await self.task(place, isNew: true).value
        } then: { _ in
            done += 1
            progress(done)
        }
    }

    /// How many results came.
    var count: Int { keys.withLock { $0.count } }

    /// Notes in the store where the results came from.
    func settle() throws { try store.note(keys.withLock { $0 }, from: address) }

    /// Each sheet is asked for once.
    private func task(_ place: Place, isNew: Bool) -> Task<Void, Never> {
        asked.withLock { asked in
            if let task = asked[place] { return task }
            let task = Task { await self.bring(place, isNew: isNew) }
            asked[place] = task
            return task
        }
    }

    private func bring(_ place: Place, isNew: Bool) async {
        let group = plan.groups[place.group]
        guard await !bring(place.stage, over: group, by: .contents), isNew else { return }
        // Over documents that are new here, somebody else may have results although a few of them differ.
        _ = await bring(place.stage, over: group, by: .first)
        _ = await bring(place.stage, over: group, by: .last)
    }

    /// Brings a sheet by one of its names. False where there is none.
    private func bring(_ stage: String, over group: SheetPlan.Group, by name: SheetPlan.Name) async -> Bool {
        guard let object = await remote.object(plan.name(of: stage, over: group, by: name)) else { return false }
        guard let sheet = try? Sheet(packed: object) else {
            remote.report(wrong: "what it has is no sheet of results")
            return false
        }
        if let lost = sheet.incomplete.first {
            remote.report(
                wrong:
                    "a sheet lacks what \(Wording.count(sheet.incomplete.count, "result")) of it named, first of step "
                    + "'\(lost.step.description.printable())'")
        }
        if (try? store.write(sheet.batch, isForeign: true)) != nil { keys.withLock { $0 += sheet.results.map(\.key) } }
        return true
    }
}

extension ResultStore {
    /// Notes that results came from the shared cache at `address`.
    func note(_ keys: [ContentDigest], from address: String) throws {
        try note(
            origin: "the shared cache '\(address)'", name: "remote-\(ContentDigest(of: Array(address.utf8)))", of: keys)
    }
}
