import Foundation
import Model
import Synchronization
import TestSupport
import Testing

@testable import Project

@Suite("Where a project keeps what it need not compute again")
struct ProjectStoreTests {
    private func place(_ project: String, _ store: String) -> ProjectStore {
        ProjectStore(project: project, environment: ["COLOPHON_STORE": store]) { _ in }
    }

    @Test("a relative COLOPHON_STORE is seen from the project, wherever the shell is")
    func relative() {
        for store in ["s", "../shared", "./a/b"] {
            #expect(place("/home/them/project", store).folder == Pipeline.join("/home/them/project", store))
        }
        #expect(place("project", "s").folder == FileManager.default.currentDirectoryPath + "/project/s")
        #expect(place("p", "/s").folder == "/s")
    }

    @Test("a store of its own has no prefix; two projects in one store have different ones")
    func prefix() {
        #expect(place("/a", "").prefix.isEmpty && place("/a", "").folder == "/a/.colophon")
        #expect(place("/a", "/s").prefix != place("/b", "/s").prefix)
    }

    @Test("a damaged store is told, put aside and begun anew")
    func damaged() throws {
        let project = try TemporaryProject([".colophon/store.sqlite": "this is no database, and never was one\n"])
        let told = Mutex<[String]>([])
        let place = ProjectStore(project: project.path(), environment: [:]) { event in
            if case .damage(let notes) = event { told.withLock { $0 += notes } }
        }
        _ = try place.open()
        #expect(told.withLock { $0.count } == 1)
        #expect(project.exists(".colophon/store.sqlite.damaged"))
    }
}
