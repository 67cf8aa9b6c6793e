import Foundation

/// The browser of whoever sits at the terminal.
enum Browser {
    /// Hands an address to the program that opens pages; false where there is none, or where it fails.
    static func open(_ address: String) -> Bool {
        #if canImport(Darwin)
            let name = "open"
        #else
            let name = "xdg-open"
        #endif
        guard let program = SystemProgram(names: [name], package: name).installed() else { return false }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = [address]
        for stream in [\Process.standardInput, \.standardOutput, \.standardError] {
            process[keyPath: stream] = FileHandle.nullDevice
        }
        do {
            try process.run()
        } catch {
            return false
        }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}
