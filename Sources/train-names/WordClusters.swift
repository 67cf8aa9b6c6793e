import EntityStage
import Foundation

/// Clusters of words of like meaning, from static vectors: spherical k-means (Dhillon and Modha 2001) in whole numbers,
/// so that the same vectors give the same clusters on every machine.
struct WordClusters {
    /// The words with their clusters, as the model holds them.
    let slots: [UInt32]
    /// For each cluster, the coarse one that it is part of.
    let coarse: [UInt8]

    private static let coarseCount = 64
    private static let rounds = 12
    /// What vectors are scaled to.
    private static let length = 1024

    /// Puts the whole words of a file of vectors into `count` clusters.
    init(vectors path: String, count: Int) throws {
        let (words, rows) = try Self.read(Data(contentsOf: URL(fileURLWithPath: path)))
        var noise = Noise(seed: 7)
        let (clusters, centres) = Self.clusters(rows, count: count, &noise)
        let (groups, _) = Self.clusters(centres, count: Self.coarseCount, &noise)
        slots = NameClusters.packed(zip(words, clusters).map { (hash: $0, cluster: $1) })
        coarse = groups.map { UInt8($0) }
    }

    /// The hashes of the words that are no parts of words and no figures, with their vectors scaled to one length.
    private static func read(_ data: Data) throws -> (words: [UInt64], rows: [[Int16]]) {
        let bytes = [UInt8](data)
        func number(_ at: Int) -> Int { (0..<4).reduce(0) { $0 | Int(bytes[at + $1]) << (8 * $1) } }
        guard bytes.count > 24, bytes[0..<8].elementsEqual("CLPHVEC1".utf8) else {
            throw CocoaError(.fileReadCorruptFile)
        }
        let dimensions = number(8), count = number(12), names = 24 + 4 * (count + 1)
        let start = (names + number(16) + 63) / 64 * 64
        guard bytes.count == start + dimensions * count else { throw CocoaError(.fileReadCorruptFile) }
        var words: [UInt64] = [], rows: [[Int16]] = []
        for k in 0..<count {
            let name = bytes[names + number(24 + 4 * k)..<names + number(28 + 4 * k)]
            let isWord = name.count > 1 && name.allSatisfy { $0 >= 0x80 || (0x61...0x7A).contains($0) }
            let row = bytes[start + dimensions * k..<start + dimensions * (k + 1)].map { Int(Int8(bitPattern: $0)) }
            guard isWord, row.contains(where: { $0 != 0 }) else { continue }
            let hashes = NameSample.words(of: String(decoding: name, as: UTF8.self))
            guard hashes.count == 1 else { continue }
            words.append(hashes[0])
            rows.append(scaled(row))
        }
        return (words, rows)
    }

    private static func scaled(_ row: [Int]) -> [Int16] {
        let square = row.reduce(0) { $0 + $1 * $1 }
        guard square > 0 else { return row.map { _ in 0 } }
        var root = Int(Double(square).squareRoot())
        while root * root > square { root -= 1 }
        while (root + 1) * (root + 1) <= square { root += 1 }
        return row.map { Int16($0 * length / max(1, root)) }
    }

    /// The cluster of each row, and the centres of the clusters.
    private static func clusters(
        _ rows: [[Int16]], count: Int, _ noise: inout Noise
    ) -> (clusters: [Int], centres: [[Int16]]) {
        var order = Array(rows.indices)
        for k in order.indices.reversed() where k > 0 { order.swapAt(k, Int(noise.next() % UInt64(k + 1))) }
        var centres = order.prefix(count).map { rows[$0] }
        var clusters = [Int](repeating: 0, count: rows.count)
        for _ in 0..<rounds {
            let flat = centres.flatMap { $0 }
            flat.withUnsafeBufferPointer { flat in
                for (k, row) in rows.enumerated() { clusters[k] = nearest(row, flat, centres.count) }
            }
            var sums = [[Int]](repeating: Array(repeating: 0, count: rows[0].count), count: centres.count)
            var sizes = [Int](repeating: 0, count: centres.count)
            for (k, row) in rows.enumerated() {
                sizes[clusters[k]] += 1
                for (j, value) in row.enumerated() { sums[clusters[k]][j] += Int(value) }
            }
            for k in centres.indices {
                // a cluster that lost all its words begins anew at another
                centres[k] = sizes[k] > 0 ? scaled(sums[k]) : rows[Int(noise.next() % UInt64(rows.count))]
            }
        }
        return (clusters, centres)
    }

    private static func nearest(_ row: [Int16], _ centres: UnsafeBufferPointer<Int16>, _ count: Int) -> Int {
        row.withUnsafeBufferPointer { row in
            var best = 0, most = Int32.min
            for k in 0..<count {
                let start = k * row.count
                var sum = SIMD16<Int32>(repeating: 0)
                for j in stride(from: 0, to: row.count, by: 16) {
                    let a = UnsafeRawPointer(row.baseAddress! + j).loadUnaligned(as: SIMD16<Int16>.self)
                    let b = UnsafeRawPointer(centres.baseAddress! + start + j).loadUnaligned(as: SIMD16<Int16>.self)
                    sum &+= SIMD16<Int32>(truncatingIfNeeded: a) &* SIMD16<Int32>(truncatingIfNeeded: b)
                }
                let dot = sum.wrappedSum()
                if dot > most { (best, most) = (k, dot) }
            }
            return best
        }
    }
}
