import Foundation
import Model
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

    @Test("the user's file does not count where others may write to it or to its folder, and that is told")
    func othersFile() throws {
        let folder = try TemporaryProject()
        try folder.write("cache: { remote: 'https://one.example' }\n", to: "home/colophon/colophon.yaml")
        let environment = ["XDG_CONFIG_HOME": folder.path("home")]
        func configuration() throws -> Configuration {
            try Configuration(project: folder.path("project"), environment: environment)
        }
        for (path, mode) in [
            ("home/colophon/colophon.yaml", 0o666), ("home/colophon/colophon.yaml", 0o620), ("home/colophon", 0o777),
            ("home/colophon", 0o775),
        ] {
            let usual = path.hasSuffix("yaml") ? 0o644 : 0o755
            chmod(folder.path(path), mode_t(mode))
            #expect(try configuration().section("cache") == nil)
            #expect(try configuration().warnings.map(\.id) == ["not-own"])
            chmod(folder.path(path), mode_t(usual))
            #expect(try configuration().section("cache") != nil && configuration().warnings.isEmpty)
        }
        // A link leads to where the user keeps such files, which is looked at as well.
        try folder.move("home/colophon/colophon.yaml", to: "dotfiles/colophon.yaml")
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("home/colophon/colophon.yaml"),
            withDestinationPath: folder.path("dotfiles/colophon.yaml"))
        #expect(try configuration().section("cache") != nil)
        chmod(folder.path("dotfiles/colophon.yaml"), 0o646)
        #expect(try configuration().section("cache") == nil)
    }
}
