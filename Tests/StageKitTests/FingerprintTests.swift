import StageKit
import TestSupport
import Testing

@Suite("What stands for a stage in keys")
struct FingerprintTests {
    private enum Plain: Stage {
        static let description = StageDescription(name: "plain", summary: "For tests.")
        static let steps: [StepType] = [.map(CutWords.self)]
        static let fingerprint = "code"
    }
    private enum Parsing: Stage {
        static let description = StageDescription(name: "plain", summary: "For tests.")
        static let steps: [StepType] = [.map(CutWords.self)]
        static let fingerprint = "code"
        static let libraries = ["parser 3.1"]
    }

    @Test("the versions of what a stage runs on are in the fingerprint of its steps")
    func libraries() throws {
        let unicode = "unicode \(UnicodeData.version)"
        #expect(try Step.prepare(Plain.self).map(\.fingerprint) == ["code, \(unicode)"])
        #expect(try Step.prepare(Parsing.self).map(\.fingerprint) == ["code, \(unicode), parser 3.1"])
    }

    @Test("the version of Unicode is that of the youngest of all code points")
    func unicode() {
        var latest = (major: 0, minor: 0)
        for value in 0...UInt32(0x10_FFFF) {
            if let age = Unicode.Scalar(value)?.properties.age, age > latest { latest = age }
        }
        #expect(UnicodeData.version == "\(latest.major).\(latest.minor)")
    }
}
