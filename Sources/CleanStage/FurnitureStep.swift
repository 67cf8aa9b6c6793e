import StageKit

/// Decides which blocks a publisher repeats as furniture, and which only in the company of other furniture.
struct FurnitureStep: FinishStep {
    static let contract = StepContract("furniture", after: BlocksStep.contract.name)

    init(options: OptionReader) throws(OptionProblem) {}

    func decide(_ rows: [FoldRow], _ lookup: NoLookup) -> [Decision] { rows.flatMap(Self.decide) }

    private static func decide(_ row: FoldRow) -> [Decision] {
        guard let key = PublisherKey(row.key) else { return [] }
        switch key.form {
        case .documents: return [Decision(row.key, RoundCount(row.count()).bytes)]
        case .exact, .words, .frame, .label:
            let block = RepeatedBlock(row.elements)
            return block.verdict(key).map { [Decision(row.key, FurnitureDecision($0, of: block.total).bytes)] } ?? []
        case .pair:
            return SketchGroups.of(row.elements).flatMap { group -> [Decision] in
                let block = RepeatedBlock(group.elements)
                guard let verdict = block.verdict(key) else { return [] }
                return group.sketches.map {
                    Decision(
                        FoldKey(row.key.bytes + $0), FurnitureDecision(verdict, of: block.total).bytes, owner: row.key)
                }
            }
        }
    }
}

/// How sure it is that a recurring block is furniture, the surer first.
enum FurnitureVerdict: UInt8 {
    /// Above or below the text, or beside other furniture.
    case line = 1
    /// Beside other furniture, or at the very edge of the document.
    case inCompany = 2
    /// Beside other furniture.
    case besideFurniture = 3
    /// Beside other furniture, or beside another block that recurs.
    case template = 4
    /// Above or below the text, at the very edge or beside other furniture: a sentence that most documents have.
    case prose = 5
    /// The same, of a sentence that holds a figure or what somebody says: one that nearly all have.
    case weighty = 6
    /// Above or below the text beside a line that is furniture: a sentence that many documents have, but not most.
    case rareProse = 7
    /// Between furniture: a line whose figures and names are others each time.
    case varied = 8
    /// Nowhere: too few documents have it for what it says. It is no text of the document's own either.
    case said = 9
}

/// What was decided about a recurring block: a verdict, and in how many documents it stands.
struct FurnitureDecision {
    private let verdict: FurnitureVerdict
    let total: RoundCount

    init(_ verdict: FurnitureVerdict, of total: Int) {
        self.verdict = verdict
        self.total = RoundCount(total)
    }

    /// Reads the bytes of a decision.
    init?(_ bytes: [UInt8]) {
        guard let verdict = bytes.first.flatMap(FurnitureVerdict.init), let total = RoundCount(bytes.dropFirst()) else {
            return nil
        }
        self.verdict = verdict
        self.total = total
    }

    /// The canonical bytes.
    var bytes: [UInt8] { [verdict.rawValue] + total.bytes }

    /// The verdict, given how many documents the publisher has: fewer than most of them may quote a sentence.
    func verdict(among documents: RoundCount) -> FurnitureVerdict {
        switch verdict {
        case .weighty: total.value >= documents.value ? .weighty : .rareProse
        case .prose: total.value * 10 >= documents.value * 9 ? .prose : .rareProse
        default: verdict
        }
    }
}

/// A count rounded down to three binary digits, so that a decision with it moves seldom.
struct RoundCount: Equatable {
    let value: Int

    init(_ count: Int) {
        var (rest, shift) = (max(0, count), 0)
        while rest > 7 {
            rest >>= 1
            shift += 1
        }
        value = rest << shift
    }

    /// Reads canonical bytes.
    init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 8 else { return nil }
        value = bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
        guard value >= 0 else { return nil }
    }

    /// The canonical bytes.
    var bytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
}
