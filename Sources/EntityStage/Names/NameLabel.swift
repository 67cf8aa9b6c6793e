package import StageKit

/// What the tagger says of one atom: it begins, goes on with, ends or alone makes a name of a kind, or is outside.
///
/// Persons, organizations and places have four labels each (begin, inside, last, unit). What the training data call
/// miscellaneous (works, events, products) has two; it is learnt so that it is not taken for one of the others.
package enum NameLabel {
    /// The kinds with four labels, in the order of their labels.
    package static let kinds: [Mention.Kind] = [.person, .organization, .place]
    static let kindCount = 3
    package static let miscellaneousBegin = 12
    package static let miscellaneousInside = 13
    package static let outside = 14
    package static let count = 15

    package static func begin(_ kind: Int) -> Int { 4 * kind }
    package static func inside(_ kind: Int) -> Int { 4 * kind + 1 }
    package static func last(_ kind: Int) -> Int { 4 * kind + 2 }
    package static func unit(_ kind: Int) -> Int { 4 * kind + 3 }

    /// The labels that may stand before each label; `outside` stands for the edge of a stretch too.
    package static let before: [[Int]] = (0..<count).map { label in
        if label == miscellaneousInside { return [miscellaneousBegin, miscellaneousInside] }
        if label < 12, label % 4 == 1 || label % 4 == 2 { return [begin(label / 4), inside(label / 4)] }
        return (0..<3).flatMap { [last($0), unit($0)] } + [miscellaneousBegin, miscellaneousInside, outside]
    }

    /// The labels before each label as one row of numbers: those of `label` stand from
    /// `beforeStart[label]` up to `beforeStart[label + 1]`.
    static let beforeRow: [UInt8] = before.flatMap { $0.map(UInt8.init) }
    static let beforeStart: [Int] = before.reduce(into: [0]) { $0.append($0[$0.count - 1] + $1.count) }

    /// Whether a stretch may begin with it.
    package static func mayOpen(_ label: Int) -> Bool { before[label].contains(outside) }

    /// Whether a stretch may end with it.
    package static func mayClose(_ label: Int) -> Bool { before[outside].contains(label) }

    /// The labels of a name of `length` atoms; `kind` counts in `kinds`, and the number behind them is miscellaneous.
    package static func labels(kind: Int, length: Int) -> [Int] {
        (0..<length).map { label(at: $0, kind: kind, length: length) }
    }

    /// The label of the atom at `offset` of such a name.
    static func label(at offset: Int, kind: Int, length: Int) -> Int {
        guard kind < kindCount else { return offset == 0 ? miscellaneousBegin : miscellaneousInside }
        if length == 1 { return unit(kind) }
        return offset == 0 ? begin(kind) : offset == length - 1 ? last(kind) : inside(kind)
    }

    /// The names in a row of labels: kind as in ``labels(kind:length:)``, and positions.
    package static func names(in labels: some Collection<Int>) -> [(kind: Int, range: Range<Int>)] {
        var names: [(kind: Int, range: Range<Int>)] = []
        var start: Int?
        for (k, label) in labels.enumerated() {
            if label >= miscellaneousBegin, let from = start {
                // only what is miscellaneous has no last label
                if label != miscellaneousInside {
                    names.append((kinds.count, from..<k))
                    start = nil
                }
            }
            switch label {
            case miscellaneousBegin: start = k
            case miscellaneousInside, outside: break
            default:
                if let from = start, label % 4 == 0 || label % 4 == 3 {
                    names.append((kinds.count, from..<k))
                    start = nil
                }
                switch label % 4 {
                case 0: start = k
                case 2:
                    names.append((label / 4, (start ?? k)..<k + 1))
                    start = nil
                case 3: names.append((label / 4, k..<k + 1))
                default: break
                }
            }
        }
        if let from = start { names.append((kinds.count, from..<labels.count)) }
        return names
    }
}
