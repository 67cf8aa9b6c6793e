import StageKit

/// How often a document tells and guesses each kind for one form.
struct KindVotes {
    private(set) var sure = SIMD16<Int32>(repeating: 0)
    private(set) var guessed = SIMD16<Int32>(repeating: 0)

    mutating func tell(_ kind: Mention.Kind) { sure[Int(kind.rawValue)] &+= 1 }
    mutating func guess(_ kind: Mention.Kind, weight: Int32) { guessed[Int(kind.rawValue)] &+= weight }

    /// How often a kind is told.
    func sure(_ kind: Mention.Kind) -> Int32 { sure[Int(kind.rawValue)] }
    /// Whether no kind is told.
    var isOnlyGuessed: Bool { sure.max() == 0 }
    /// The heaviest guess.
    var mostGuessed: Int32 { guessed.max() }

    /// The kind that is told most often; where none is, the one guessed with the most weight. Of two with the same
    /// the first in order of the kinds.
    var best: Mention.Kind? {
        let votes = isOnlyGuessed ? guessed : sure
        let most = votes.max()
        return Mention.Kind.allCases.first { $0.isName && votes[Int($0.rawValue)] == most }
    }
}
