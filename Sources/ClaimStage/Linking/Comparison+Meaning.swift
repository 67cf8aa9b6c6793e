import StageKit

extension Comparison {
    /// What their meaning tells beyond `words`, what words, names and figures tell: that the two say alike, where nothing keeps
    /// them apart, or that they speak of one thing. A model of meaning does not tell a statement from its contrary, so disputes
    /// and updates never follow from it.
    static func byMeaning(
        _ a: StatementView, _ b: StatementView, _ pair: PairFeatures, _ least: Int, beside words: Comparison?
    ) -> Comparison? {
        guard let likeness = pair.likeness, likeness >= Meaning.leastCompared, !pair.isSame,
            words?.relation ?? .related == .related, pair.overlap.names > 0 || pair.topicsMeet,
            // of a noun phrase, or what is left of a sentence, the meaning is only what it is about
            !pair.isFragment, !pair.overlap.namesExclude, !pair.daysExclude
        else { return nil }
        let reason = Reason.alike(likeness, sharedNames(a, b), pair.overlap.words, of: pair.overlap.all)
        let agreement = Calibration.agreement(pair, likeness: likeness)
        // what is planned, or may be, is not yet so; two polls are two things
        let differ = a.traits.symmetricDifference(b.traits).intersection([.planned, .modal])
        let isPoll = a.traits.contains(.poll) && b.traits.contains(.poll)
        if agreement >= Calibration.leastAlike, likeness >= Meaning.leastAgreed, pair.overlap.names > 0,
            pair.overlap.wordWeight >= 4, differ.isEmpty, !isPoll, !pair.isOpen, !pair.isKeptApart, !pair.isTopic
        {
            return Comparison(.supports, agreement, reason)
        }
        let score = Calibration.relation(pair, likeness: likeness)
        let needed = max(least, Calibration.leastRelatedByMeaning, (words?.score ?? 0) + 1)
        return score >= needed ? Comparison(.related, score, reason) : nil
    }
}
