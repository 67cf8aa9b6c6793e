import Foundation

/// Files of weights for the sentence encoder.
package enum SampleWeights {
    /// Where `Tools/setup.sh weights` puts the real ones; nil where they are not.
    package static func real(test: StaticString = #filePath) -> [UInt8]? {
        var folder = URL(filePath: "\(test)")
        for _ in 0..<3 { folder.deleteLastPathComponent() }
        return (try? Data(contentsOf: folder.appending(path: ".build/weights/sentences.weights"))).map { [UInt8]($0) }
    }

    /// A small encoder of two layers with numbers drawn by chance, without its seal: 64 numbers a vector, eight positions.
    package static func small(seed: UInt64 = 1) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        let names = ["##er", "##s", ".", "[CLS]", "[SEP]", "[UNK]", "ferry", "harbour", "sink", "the", "é"]
            .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        func number(of name: String) -> UInt32 { UInt32(names.firstIndex(of: name) ?? 0) }
        let (width, inner, positions) = (64, 96, 8)
        var bytes: [UInt8] = []
        func align() { bytes += [UInt8](repeating: 0, count: (64 - bytes.count % 64) % 64) }
        func add(_ values: [UInt32]) { for value in values { withUnsafeBytes(of: value.littleEndian) { bytes += $0 } } }
        func add(floats count: Int, around middle: Float = 0, by reach: Float) {
            add((0..<count).map { _ in (middle + reach * Float(random.below(2001) - 1000) / 1000).bitPattern })
        }
        func matrix(_ rows: Int, _ columns: Int) {
            align()
            add(floats: rows, around: 0.002, by: 0.001)
            add(floats: rows, by: 0.1)
            bytes += random.bytes(rows * columns).map { $0 == 0x80 ? 0 : $0 }
        }
        func norm() {
            align()
            add(floats: width, around: 1, by: 0.2)
            add(floats: width, by: 0.1)
        }
        bytes += Array("CLPHSENTENCES 1\n".utf8)
        add([width, 2, 4, inner, positions, names.count, names.reduce(0) { $0 + $1.utf8.count }].map { UInt32($0) })
        add([number(of: "[CLS]"), number(of: "[SEP]"), number(of: "[UNK]")])
        align()
        var start = 0
        add(
            [0]
                + names.map {
                    start += $0.utf8.count; return UInt32(start)
                })
        align()
        for name in names { bytes += Array(name.utf8) }
        align()
        for _ in names {
            add(floats: 1, around: 0.001, by: 0.0005)
            bytes += random.bytes(width / 32 + width / 2)
        }
        align()
        add(floats: positions * width, by: 0.05)
        norm()
        for _ in 0..<2 {
            for _ in 0..<4 { matrix(width, width) }
            norm()
            matrix(inner, width)
            matrix(width, inner)
            norm()
        }
        align()
        return bytes
    }
}
