import Digests
import Foundation
import Model
import PipelineFile
import RemoteCache
import StageKit
import Store

/// What a `colophon.yaml` says of a shared cache.
package struct CacheSettings: Hashable, Sendable {
    /// Where the login is: in a file, or in an environment variable. It never stands in the settings themselves.
    package enum Login: Hashable, Sendable {
        case file(String)
        case variable(String)
    }

    package var remote: String
    /// Whether runs write to it as well.
    package var push = false
    package var login: Login?
    /// A file with the certificates that are trusted instead of the system's.
    package var authorities: String?
    /// Seconds that a request may take, and that a run may wait for nothing.
    package var patience = 10
    /// The file that says so, as the user sees it, and whether it is the project's: that needs consent.
    package var file: String
    package var isOfProject: Bool

    /// The settings that a configuration has; nil where it names no cache. Throws a `ProjectProblem` with what is wrong.
    static func settings(
        of configuration: Configuration, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> CacheSettings? {
        guard let section = configuration.section("cache") else { return nil }
        var reader = CacheSettingsReader(section: section, home: environment["HOME"])
        let settings = reader.read()
        guard reader.problems.isEmpty else { throw ProjectProblem.usage(reader.problems) }
        return settings
    }

    /// What needs consent: a project that says where results come from and go to, with whose login.
    func consentItem(project: String) -> ConsentItem? {
        guard isOfProject else { return nil }
        var facts = ["cache", "remote \(ConsentItem.quoted(remote))", "push \(push ? "yes" : "no")"]
        switch login {
        case .file(let path): facts.append("login file \(ConsentItem.quoted(path))")
        case .variable(let name): facts.append("login variable \(ConsentItem.quoted(name))")
        case nil: break
        }
        var files: [ConsentItem.File] = []
        if let authorities {
            // Who may say that a server is the one that is meant is a matter of the file's bytes.
            let digest = ContentDigest(of: FileWriting.contents(of: authorities) ?? [])
            facts.append("authorities \(ConsentItem.quoted(authorities)) \(digest)")
            files.append(ConsentItem.File(path: authorities, digest: digest, location: authorities))
        }
        let folder = URL(filePath: project).standardizedFileURL.path
        return ConsentItem(
            name: "the shared cache of the project's colophon.yaml",
            summary: push ? "reads from and writes to \(remote)" : "reads from \(remote)",
            place: "\(folder)/colophon.yaml cache", facts: facts, files: files,
            position: SourcePosition(file: file))
    }

    /// The address with the login as it is on this machine.
    func address(environment: [String: String] = ProcessInfo.processInfo.environment) throws -> RemoteAddress {
        var value: String?
        switch login {
        case .file(let path):
            guard let bytes = FileWriting.contents(of: path) else {
                throw problem("the file with the login, '\(path)', can't be read")
            }
            value = String(decoding: bytes, as: UTF8.self)
        case .variable(let name):
            guard let found = environment[name], !found.isEmpty else {
                throw problem("the variable with the login, '\(name)', is not set")
            }
            value = found
        case nil: break
        }
        let text = value?.trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.map({ !$0.isEmpty && !$0.unicodeScalars.contains { $0.value < 0x20 } }) ?? true else {
            throw problem("the login is no line of text")
        }
        return RemoteAddress(
            url: remote, login: text.map { $0.contains(":") ? .password($0) : .token($0) }, authorities: authorities,
            patience: .seconds(patience))
    }

    private func problem(_ message: String) -> ProjectProblem {
        .usage([
            Diagnostic(
                message, hint: "It holds NAME:PASSWORD, or a token.", id: "cache-login", at: SourcePosition(file: file))
        ])
    }
}

/// Reads the section `cache`.
private struct CacheSettingsReader {
    let section: Configuration.Section
    let home: String?
    var problems: [Diagnostic] = []

    init(section: Configuration.Section, home: String?) {
        self.section = section
        self.home = home
    }

    mutating func read() -> CacheSettings? {
        guard case .mapping(let entries) = section.value else {
            report("'cache' is a mapping", hint: "Write 'cache: {remote: https://…}'.", line: section.line)
            return nil
        }
        var settings = CacheSettings(remote: "", file: section.file, isOfProject: section.isOfProject)
        for entry in entries {
            switch (entry.key, entry.value) {
            case ("remote", .string(let text)): settings.remote = address(text, entry.line)
            case ("push", .bool(let value)): settings.push = value
            case ("timeout", .integer(let value)) where (1...600).contains(value): settings.patience = value
            case ("authorities", .string(let path)): settings.authorities = place(path)
            case ("login", .mapping(let parts)): settings.login = login(parts, entry.line)
            case ("remote", _), ("push", _), ("timeout", _), ("authorities", _), ("login", _):
                let expected = [
                    "remote": "an address, such as https://cache.example.org/texts", "push": "true or false",
                    "timeout": "a number of seconds from 1 to 600", "authorities": "a file",
                    "login": "{file: PATH} or {variable: NAME}",
                ]
                report("'\(entry.key)' has to be \(expected[entry.key] ?? "")", line: entry.line)
            default: unknown(entry, among: ["remote", "push", "timeout", "authorities", "login"])
            }
        }
        if settings.remote.isEmpty, problems.isEmpty { report("'cache' has no 'remote'", line: section.line) }
        if settings.login != nil, settings.remote.hasPrefix("http://"), !isLoopback(settings.remote) {
            report(
                "the login would be sent unencrypted to '\(settings.remote)'", hint: "Give an address with https.",
                line: section.line)
        }
        return settings.remote.isEmpty ? nil : settings
    }

    private mutating func address(_ text: String, _ line: Int) -> String {
        guard let url = URL(string: text), let scheme = url.scheme, ["http", "https"].contains(scheme),
            let host = url.host(), !host.isEmpty, url.query() == nil, url.fragment() == nil
        else {
            report("'\(text)' is no address of a cache", hint: "Write https://cache.example.org/texts.", line: line)
            return ""
        }
        guard url.user() == nil, url.password() == nil else {
            report(
                "an address has no login", hint: "Give it with 'login: {file: PATH}' or 'login: {variable: NAME}'.",
                line: line)
            return ""
        }
        return text
    }

    private func isLoopback(_ address: String) -> Bool {
        ["127.0.0.1", "::1", "[::1]", "localhost"].contains(URL(string: address)?.host() ?? "")
    }

    private mutating func login(_ parts: [OptionEntry], _ line: Int) -> CacheSettings.Login? {
        if parts.count == 1, case .string(let text) = parts[0].value, !text.isEmpty {
            if parts[0].key == "file" { return .file(place(text)) }
            if parts[0].key == "variable" { return .variable(text) }
        }
        report("'login' has to be {file: PATH} or {variable: NAME}", line: line)
        return nil
    }

    /// A path as it is meant in the file: from the file's folder, or from the home.
    private func place(_ path: String) -> String {
        if path.hasPrefix("~/"), let home { return home + path.dropFirst(1) }
        return Pipeline.join(Pipeline.folder(of: section.file), path)
    }

    private mutating func unknown(_ entry: OptionEntry, among names: [String]) {
        report("there is no '\(entry.key)'", hint: NearName.hint(entry.key, among: names), line: entry.line)
    }

    private mutating func report(_ message: String, hint: String? = nil, line: Int) {
        problems.append(
            Diagnostic(message, hint: hint, id: "settings", at: SourcePosition(file: section.file, line: line)))
    }
}
