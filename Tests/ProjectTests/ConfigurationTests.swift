import Foundation
import TestSupport
import Testing

@testable import Project

@Suite struct ConfigurationTests {
    @Test("tests do not read the configuration of the person at the machine")
    func ownEnvironment() throws {
        let variables = ProcessInfo.processInfo.environment
        #expect(variables["XDG_CONFIG_HOME"] == TestEnvironment.configuration)
        #expect(!FileManager.default.fileExists(atPath: TestEnvironment.configuration + "/colophon"))
    }

    @Test("the user's file is read, and a section of the project's file stands in the place of the user's")
    func files() throws {
        let folder = try TemporaryProject()
        try folder.write("cache: { remote: 'https://one.example' }\n", to: "home/colophon/colophon.yaml")
        let environment = ["XDG_CONFIG_HOME": folder.path("home")]
        func section() throws -> Configuration.Section? {
            try Configuration(project: folder.path("project"), environment: environment).section("cache")
        }
        #expect(try section()?.isOfProject == false)
        try folder.write("cache: { remote: 'https://two.example' }\n", to: "project/colophon.yaml")
        #expect(try section()?.isOfProject == true)
    }
}
