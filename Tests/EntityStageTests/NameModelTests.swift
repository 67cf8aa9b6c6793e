import StageKit
import Testing

@testable import EntityStage

@Suite("The model for names")
struct NameModelTests {
    /// A small sound model with one feature.
    private static func bytes() -> [UInt8] {
        var weights = [Int8](repeating: 0, count: 14)
        weights[NameLabel.unit(0)] = 40
        return NameModel.encoded(
            lineBits: 4, pairs: Array(repeating: 0, count: NameLabel.count * NameLabel.count),
            slots: NameGazetteer.packed([(hash: 0x1234_5678_9ABC_DEF0, flags: NameGazetteer.surname)]),
            clusters: NameClusters.packed([(hash: 0x2222_5678_9ABC_DEF0, cluster: 5)]), coarse: [0, 0, 0, 0, 0, 3],
            features: [(hash: 0xFEDC_BA98_7654_3210, weights: weights)]
        ).bytes
    }

    private static func problem(of bytes: [UInt8]) -> NameModel.Problem? {
        bytes.withUnsafeBytes { buffer in
            do throws(NameModel.Problem) {
                _ = try NameModel(buffer)
                return nil
            } catch {
                return error
            }
        }
    }

    @Test("the model that is part of the program is sound")
    func embedded() throws {
        _ = try NameModel.embedded.get()
    }

    @Test("a model gives back the weights and words that were put in, and nothing for others")
    func roundTrip() throws {
        try Self.bytes().withUnsafeBytes { buffer in
            let model = try NameModel(buffer)
            #expect(model.scores(of: [0xFEDC_BA98_7654_3210])[NameLabel.unit(0)] == 40)
            #expect(model.scores(of: [0x1111_BA98_7654_3210])[NameLabel.unit(0)] == 0)
            #expect(model.clusters[0x2222_5678_9ABC_DEF0] == (6, 4))
            #expect(model.clusters[0x3333_5678_9ABC_DEF0] == (0, 0))
            #expect(model.gazetteer[0x1234_5678_9ABC_DEF0] == NameGazetteer.surname)
            #expect(model.gazetteer[0xBBBB_5678_9ABC_DEF0] == 0)
        }
    }

    @Test("a model that is cut off, of another kind or version, or changed by a bit is refused")
    func damaged() {
        let sound = Self.bytes()
        #expect(Self.problem(of: sound) == nil)
        #expect(Self.problem(of: []) == .tooShort)
        #expect(Self.problem(of: Array(sound.dropLast())) == .tooShort)
        #expect(Self.problem(of: Array(sound.prefix(64))) == .tooShort)
        var other = sound
        other[0] ^= 1
        #expect(Self.problem(of: other) == .notAModel)
        other = sound
        other[4] = 99
        #expect(Self.problem(of: other) == .otherVersion)
        for position in [8, 12, 16, 64, sound.count / 2, sound.count - 1] {
            var changed = sound
            changed[position] ^= 0x10
            #expect(Self.problem(of: changed) != nil, "byte \(position)")
        }
    }

    @Test("labels of a name are read as that name")
    func labels() {
        for kind in 0...NameLabel.kinds.count {
            for length in 1...4 {
                let row = [NameLabel.outside] + NameLabel.labels(kind: kind, length: length) + [NameLabel.outside]
                let names = NameLabel.names(in: row)
                #expect(names.map(\.kind) == [kind] && names.map(\.range) == [1..<1 + length])
            }
        }
    }
}
