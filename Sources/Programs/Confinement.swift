import CConfine
import Foundation
import Model
import Processes

/// What a program may reach of the file system: the system, itself, what the pipeline declares, and its own empty folder.
struct Confinement: Equatable {
    /// Files, and folders with all that is in them, which it may read and start.
    var reads: [String]
    /// The same that it may write as well.
    var writes: [String]

    /// Where programs, their libraries and their settings are. No folder with data of users is among them.
    private static let system = [
        "/usr", "/lib", "/lib32", "/lib64", "/libx32", "/bin", "/sbin", "/etc", "/opt", "/nix", "/gnu", "/snap",
        "/proc",
        "/sys",
    ]

    /// The confinement of a program that stands at `program` and starts in `folder`.
    init(_ specification: ProgramSpecification, program: String, folder: String) {
        let home = FileManager.default.homeDirectoryForCurrentUser.path
        /// Whether a folder is one of programs and not one of the user's things.
        func isApart(_ path: String) -> Bool { path.hasPrefix("/") && path != "/" && path != home }

        var reads = Self.system
        reads += specification.searchPath.split(separator: ":").map(String.init).filter(isApart)
        let files = specification.files.map { Pipeline.join(specification.projectFolder, $0.path) }
        if files.contains(program) {
            reads.append(program)
        } else {
            // An interpreter has its libraries beside the folder in which it stands: /home/ada/venv/bin/python3.
            for place in [program, URL(filePath: program).resolvingSymlinksInPath().path] {
                let folder = URL(filePath: place).deletingLastPathComponent()
                let around = folder.deletingLastPathComponent().path
                if ["bin", "shims"].contains(folder.lastPathComponent), isApart(around) { reads.append(around) }
                if isApart(folder.path), folder.path != specification.projectFolder { reads.append(folder.path) }
                reads.append(place)
            }
        }
        reads += files
        // a place that is declared by a variable: the folder of a model
        reads += specification.environment.values.filter { isApart($0) }
        var known: Set<String> = []
        self.reads = reads.filter { known.insert($0).inserted }
        writes = [folder, "/dev"]
    }

    /// The places that may be read, without those that are within another.
    var folders: [String] {
        reads.filter { path in !reads.contains { $0 != path && path.hasPrefix("\($0)/") } }
    }
}

/// What starts programs that may reach nothing but what they are allowed to.
package enum Launcher: Hashable, Sendable {
    /// The executable of this very program: as another process it gives up everything else by Landlock, and becomes the
    /// program.
    case itself(String)
    /// Bubblewrap, where the system has no Landlock: it shows the program a file system with nothing else in it.
    case bubblewrap(String)

    /// Whether programs are confined. ``Colophon`` turns it on: in a process of tests, the executable is another one.
    @TaskLocal package static var isOn = false
    /// What stands first on the command line of the process that becomes the program.
    package static let word = "--launch-confined"

    /// What there is on this system; nil where programs start as they are.
    package static var used: Launcher? { isOn ? found : nil }

    private static let found: Launcher? = {
        if colophon_landlock_version() > 0,
            let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"),
            FileManager.default.isExecutableFile(atPath: path)
        {
            return .itself(path)
        }
        return installedBubblewrap.map { .bubblewrap($0) }
    }()

    /// Bubblewrap, where it is installed and the system lets it work; nil elsewhere.
    package static var installedBubblewrap: String? {
        for path in ["/usr/bin/bwrap", "/usr/local/bin/bwrap"] where FileManager.default.isExecutableFile(atPath: path)
        {
            let trial = SystemCommand(path, ["--ro-bind", "/", "/", "--", "/bin/true"], seconds: 10, most: 1 << 20)
            if (try? trial.wait())?.code == 0 { return path }
        }
        return nil
    }

    /// The command that starts `command` in `folder`, confined.
    func command(_ confinement: Confinement, _ command: [String], in folder: String) -> [String] {
        switch self {
        case .itself(let path):
            [path, Self.word, "\(confinement.reads.count)"] + confinement.reads + ["\(confinement.writes.count)"]
                + confinement.writes + command
        case .bubblewrap(let path):
            // A place that is not there is no mistake, here as there. What stands in a folder that is shown is shown with it:
            // shown once more, a link such as the Python of an environment would have to be made in that folder.
            [path, "--die-with-parent"] + confinement.folders.flatMap { ["--ro-bind-try", $0, $0] }
                + ["--proc", "/proc", "--dev", "/dev"]
                + confinement.writes.filter { $0 != "/dev" }.flatMap { ["--bind", $0, $0] }
                + ["--chdir", folder, "--"] + command
        }
    }

    /// Reads `arguments`, those behind ``word``, and becomes the program.
    package static func launch(_ arguments: [String]) -> Never {
        var rest = arguments[...]
        func list() -> [String] {
            let count = rest.popFirst().flatMap { Int($0) } ?? 0
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
        let reads = list().map { strdup($0) }, writes = list().map { strdup($0) }
        let readable = reads.map { UnsafePointer($0) }, writable = writes.map { UnsafePointer($0) }
        guard colophon_confine(readable, readable.count, writable, writable.count) == 0 else {
            end("it can't be kept from reading what is not declared: \(String(cString: strerror(errno)))", 126)
        }
        var words = rest.map { strdup($0) }
        guard let program = words.first ?? nil else { end("there is no program", 126) }
        words.append(nil)
        execvp(program, &words)
        end("'\(String(cString: program))' can't be started: \(String(cString: strerror(errno)))", 127)
    }

    private static func end(_ message: String, _ code: Int32) -> Never {
        FileHandle.standardError.write(Data("colophon: \(message)\n".utf8))
        exit(code)
    }
}
