import StageKit

/// From what two statements have in common to the share of such links that are right.
///
/// For agreement this is a logistic regression over pairs of statements that were marked by hand; see docs/links.md for
/// the texts, the features and how well the scores hold. All of it is in whole numbers, so that it comes out the same on
/// every machine.
enum Calibration {
    /// What a link rests on.
    enum Basis {
        case agreement, figures, negation, update, relation
    }

    /// The least score of a link of each relation, where the user names none. A relation is only said where most links
    /// of such a score are right; that two statements are related is also said where fewer are.
    static func leastScore(_ relation: Links.Relation) -> Int {
        switch relation {
        case .disputes: 550
        case .updates: 600
        case .repeats, .supports: 400
        case .related: 100
        }
    }

    /// The share of links with such features that are right, in thousandths.
    static func score(_ basis: Basis, _ pair: PairFeatures) -> Int {
        let overlap = pair.overlap
        switch basis {
        case .agreement:
            var odds = odds(overlap)
            if pair.opensAlike, overlap.containment >= 700 { odds += opening }
            if pair.figuresAgree { odds += figure }
            if pair.daysMeet { odds += days }
            if pair.daysExclude { odds -= 780 }
            if pair.topicsDiffer { odds -= 360 }
            return max(share(odds: odds), pair.isContained ? contained(overlap) : 0, pair.sameCount ? sameCount : 0)
        case .relation:
            var odds = relatedOdds(overlap, topics: pair.commonTopics)
            if pair.figuresAgree { odds += relatedFigure }
            if pair.daysMeet { odds += relatedDays }
            if pair.topicsDiffer { odds -= 710 }
            return share(odds: odds)
        case .figures: return min(900, 550 + overlap.share / 4 + 40 * min(overlap.names, 3))
        case .negation where pair.isSameButNegated: return sameButNegated
        case .negation:
            return min(900, pair.negatesPredicate ? 600 + overlap.share / 4 : 400 + overlap.share / 2)
        case .update: return min(900, 600 + overlap.share / 4)
        }
    }

    /// The share of pairs that agree, in thousandths, where it is also known how like their meanings are and nothing keeps the
    /// two apart: a regression over the same groups of articles.
    static func agreement(_ pair: PairFeatures, likeness: Int) -> Int {
        let overlap = pair.overlap
        let shares = 5760 * overlap.share / 1000 + 1190 * overlap.containment / 1000
        return share(
            odds: 6380 * likeness / 1000 + shares + (pair.predicatesMeet ? 1240 : 0) + (pair.daysMeet ? 2880 : 0) - 8050
        )
    }

    /// From this score on, statements agree by what they mean.
    static let leastAlike = 600
    /// From this score on, statements are related by what they mean.
    static let leastRelatedByMeaning = 200

    /// The share of pairs that a reader links in any way, in thousandths, where it is also known how like their meanings are.
    static func relation(_ pair: PairFeatures, likeness: Int) -> Int {
        var odds =
            7980 * likeness / 1000 + 3430 * pair.overlap.containment / 1000 + 260 * min(pair.overlap.names, 3) - 8500
        if pair.figuresAgree { odds += 4830 }
        if pair.daysMeet { odds += 1890 }
        return share(odds: odds)
    }

    /// The most that a link other than a dispute or update can score with so much in common, whatever figures and days the
    /// two name.
    static func most(_ overlap: Overlap) -> Int {
        let agreement = share(odds: odds(overlap) + (overlap.containment >= 700 ? opening : 0) + figure + days)
        let relation = share(
            odds: relatedOdds(overlap, topics: IndexedStatement.mostTopics) + relatedFigure + relatedDays)
        return max(agreement, relation, overlap.containment >= leastContained ? contained(overlap) : 0)
    }

    /// From so much of the shorter statement on, the longer one says what it says, if its predicate is there as well.
    static let leastContained = 600
    /// Above this, few words are enough.
    static let mostlyContained = 750
    /// The weight of what has to be in both in any case: two words may be in any two texts of one affair.
    static let leastWeight = 9
    /// The weight of what has to be in both, where less of the shorter statement is.
    static let weightOfContained = 12

    /// The share of contained statements that agree with what contains them.
    private static func contained(_ overlap: Overlap) -> Int {
        overlap.containment >= mostlyContained && overlap.weight >= weightOfContained ? 900 : 800
    }

    /// The share of statements that dispute each other where nothing but a negation tells them apart: more than of those
    /// in the same words that agree.
    private static let sameButNegated = 995

    /// The share of statements in documents about one thing that agree where they give one number of one thing.
    private static let sameCount = 750

    /// What an opening in common, a figure and a day count for.
    private static let (opening, figure, days) = (2080, 1520, 3270)

    /// What words and names in common say of agreement.
    private static func odds(_ overlap: Overlap) -> Int {
        let weights = 151 * min(overlap.weight, 40) + 28 * min(overlap.wordWeight, 30)
        let shares = 5950 * overlap.share / 1000 + 1400 * overlap.containment / 1000
        return weights + shares - 6940 - (overlap.kindsThatDiffer != 0 ? 260 : 0)
    }

    /// What words, names and topics in common say of whether two statements speak of one thing.
    private static func relatedOdds(_ overlap: Overlap, topics: Int) -> Int {
        let weights = 260 * min(overlap.weight, 40) - 34 * min(overlap.wordWeight, 30) - 473 * min(overlap.names, 3)
        let shares = 1159 * overlap.share / 1000 + 3907 * overlap.containment / 1000
        return weights + shares + 1425 * topics / IndexedStatement.mostTopics - 7845
            - (overlap.kindsThatDiffer != 0 ? 200 : 0)
    }

    private static let (relatedFigure, relatedDays) = (5825, 2639)

    /// The logistic function of odds in thousandths of their natural logarithm, by a table of quarters.
    private static func share(odds: Int) -> Int {
        let place = min(max(odds + 6000, 0), 11_999)
        let (low, high) = (logistic[place / 250], logistic[place / 250 + 1])
        return low + (high - low) * (place % 250) / 250
    }

    /// 1000 / (1 + exp(-x)) for x from -6 to 6 in steps of a quarter.
    private static let logistic = [
        2, 3, 4, 5, 7, 9, 11, 14, 18, 23, 29, 37, 47, 60,
        76, 95, 119, 148, 182, 223, 269, 321, 378, 438, 500, 562, 622, 679,
        731, 777, 818, 852, 881, 905, 924, 940, 953, 963, 971, 977, 982, 986,
        989, 991, 993, 995, 996, 997, 998,
    ]
}
