import EntityStage

/// A linear-chain conditional random field (Lafferty, McCallum, Pereira 2001), trained by stochastic gradient descent
/// with a penalty on the squares of the weights (the schedule is Bottou's, 2010).
///
/// The same stretches in the same order give the same weights, bit for bit: everything is done in one thread, and the
/// exponential is its own.
struct NameField {
    /// A stretch with numbered features and its true labels.
    struct Example {
        var features: [[Int32]]
        var labels: [Int]
        var weight: Double
    }

    private static let labels = NameLabel.count
    private(set) var weights: [Double]
    private(set) var pairs: [Double]
    /// What `weights` and `pairs` are multiplied by.
    private var scale = 1.0
    private var noise = Noise(seed: 20)

    init(features: Int) {
        weights = Array(repeating: 0, count: features * 14)
        pairs = Array(repeating: 0, count: Self.labels * Self.labels)
    }

    mutating func train(_ examples: [Example], rounds: Int, penalty: Double, rate: Double) {
        var order = Array(examples.indices)
        let lambda = penalty / Double(examples.count)
        var step = 1 / (rate * lambda)
        for _ in 0..<rounds {
            for k in order.indices.reversed() where k > 0 { order.swapAt(k, Int(noise.next() % UInt64(k + 1))) }
            for index in order {
                let eta = 1 / (lambda * step)
                learn(examples[index], eta: eta)
                scale *= 1 - eta * lambda
                if scale < 1e-6 { settle() }
                step += 1
            }
        }
        settle()
    }

    /// The features with what they weigh, a label each, in units of `1 / unit`; the heaviest first, none without weight.
    func rows(_ features: [UInt64], unit: Double) -> [(hash: UInt64, weights: [Int8])] {
        var rows: [(hash: UInt64, weights: [Int8], size: Double)] = []
        for (k, hash) in features.enumerated() {
            let own = weights[k * 14..<k * 14 + 14]
            let row = own.map { Int8(max(-127, min(127, ($0 * unit).rounded()))) }
            if row.contains(where: { $0 != 0 }) { rows.append((hash, row, own.reduce(0) { $0 + $1 * $1 })) }
        }
        return rows.sorted { ($0.size, $0.hash) > ($1.size, $1.hash) }.map { ($0.hash, $0.weights) }
    }

    private mutating func settle() {
        for k in weights.indices { weights[k] *= scale }
        for k in pairs.indices { pairs[k] *= scale }
        scale = 1
    }

    private mutating func learn(_ example: Example, eta: Double) {
        let n = Self.labels, length = example.labels.count
        let outside = NameLabel.outside
        // potentials
        var node = [Double](repeating: 0, count: n * length)
        for k in 0..<length {
            for feature in example.features[k] {
                let base = Int(feature) * 14
                for label in 0..<14 { node[k * n + label] += weights[base + label] }
            }
            var top = 0.0
            for label in 0..<14 {
                node[k * n + label] *= scale
                top = max(top, node[k * n + label])
            }
            for label in 0..<n { node[k * n + label] = Self.exponential(node[k * n + label] - top) }
        }
        let edge = pairs.map { Self.exponential($0 * scale) }
        // forward and backward, each position brought to a sum of one
        var forward = [Double](repeating: 0, count: n * length), backward = forward
        for k in 0..<length {
            var sum = 0.0
            for label in 0..<n {
                var value = 0.0
                if k == 0 {
                    if NameLabel.mayOpen(label) { value = edge[outside * n + label] }
                } else {
                    for before in NameLabel.before[label] {
                        value += forward[(k - 1) * n + before] * edge[before * n + label]
                    }
                }
                value *= node[k * n + label]
                forward[k * n + label] = value
                sum += value
            }
            for label in 0..<n { forward[k * n + label] /= sum }
        }
        for label in 0..<n where NameLabel.mayClose(label) {
            backward[(length - 1) * n + label] = edge[label * n + outside]
        }
        for k in stride(from: length - 2, through: 0, by: -1) {
            var sum = 0.0
            for label in 0..<n {
                let value = backward[(k + 1) * n + label] * node[(k + 1) * n + label]
                for before in NameLabel.before[label] {
                    backward[k * n + before] += edge[before * n + label] * value
                }
            }
            for label in 0..<n { sum += backward[k * n + label] }
            for label in 0..<n { backward[k * n + label] /= sum }
        }
        // the gradient: what is there less what is expected
        let gain = eta * example.weight / scale
        for k in 0..<length {
            var sum = 0.0
            for label in 0..<n { sum += forward[k * n + label] * backward[k * n + label] }
            for label in 0..<14 {
                let expected = forward[k * n + label] * backward[k * n + label] / sum
                let change = gain * ((example.labels[k] == label ? 1 : 0) - expected)
                if change > 1e-9 || change < -1e-9 {
                    for feature in example.features[k] { weights[Int(feature) * 14 + label] += change }
                }
            }
        }
        for k in 0...length {
            let right = k < length ? example.labels[k] : outside
            let left = k > 0 ? example.labels[k - 1] : outside
            var sum = 0.0
            var flows: [(Int, Double)] = []
            for label in 0..<n where k < length || label == outside {
                for before in NameLabel.before[label] where k > 0 || before == outside {
                    let from = k > 0 ? forward[(k - 1) * n + before] : 1
                    let to = k < length ? node[k * n + label] * backward[k * n + label] : 1
                    let flow = from * edge[before * n + label] * to
                    flows.append((before * n + label, flow))
                    sum += flow
                }
            }
            for (pair, flow) in flows { pairs[pair] -= gain * flow / sum }
            pairs[left * n + right] += gain
        }
    }

    /// e to the power of `x`, exact to about 1e-12, by halving and a series: the same on every machine.
    static func exponential(_ x: Double) -> Double {
        if x < -700 { return 0 }
        let x = min(x, 700)
        let whole = (x * 1.4426950408889634).rounded()
        let rest = x - whole * 0.6931471805599453
        var term = 1.0, sum = 1.0
        for k in 1..<14 {
            term *= rest / Double(k)
            sum += term
        }
        return sum * Double(sign: .plus, exponent: Int(whole), significand: 1)
    }
}

/// Numbers that look like chance and are the same in every run (splitmix64, Steele, Lea, Flood 2014).
struct Noise {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var x = state
        x = (x ^ (x >> 30)) &* 0xBF58_476D_1CE4_E5B9
        x = (x ^ (x >> 27)) &* 0x94D0_49BB_1331_11EB
        return x ^ (x >> 31)
    }
}
