/// The number words of a language that writes them in one: `dreiundvierzig`, `zweihundertsechs`, `vierzigtausend`.
///
/// They are made from the words of the number file and put into the lexicon, where looking up one of them costs what
/// any word costs.
struct JoinedNumbers {
    private var small: [Int: String] = [:]
    private var tens: [(word: String, value: Int)] = []
    private var hundred = ""
    private var thousand = ""
    private var joint = ""

    init(_ file: StaticString) {
        for line in DataLines(file) {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { continue }
            let pairs = parts[1].parts(" ").map { $0.split(separator: "=", maxSplits: 1) }
            for pair in pairs where pair.count == 2 {
                guard let value = Int(pair[1]) else { continue }
                let word = String(pair[0])
                switch parts[0] {
                // the first word of a value is the one that is joined
                case "small" where small[value] == nil: small[value] = word
                case "ten": tens.append((word, value))
                case "hundred" where hundred.isEmpty: hundred = word
                case "scale" where value == 1000: thousand = word
                default: break
                }
            }
            if parts[0] == "joint", let word = parts[1].parts(" ").first { joint = String(word) }
        }
    }

    /// The words from 21 to 999, the whole thousands, and the whole hundreds above a thousand.
    var all: [(word: String, value: Double)] {
        var below: [(word: String, value: Int)] = (1...19).compactMap { n in small[n].map { ($0, n) } }
        for ten in tens {
            below.append(ten)
            for unit in 1...9 { below.append(((small[unit] ?? "") + joint + ten.word, ten.value + unit)) }
        }
        var hundreds: [(word: String, value: Int)] = []
        for count in 1...9 {
            let head = (small[count] ?? "") + hundred
            hundreds.append((head, count * 100))
            for rest in below { hundreds.append((head + rest.word, count * 100 + rest.value)) }
        }
        var words = (below + hundreds).filter { $0.value > 20 }
        for count in below + hundreds { words.append((count.word + thousand, count.value * 1000)) }
        for count in below.prefix(19) {
            for rest in hundreds where rest.value % 100 == 0 {
                words.append((count.word + thousand + rest.word, count.value * 1000 + rest.value))
            }
        }
        return words.map { ($0.word, Double($0.value)) }
    }
}
