import StageKit

extension Metadata {
    /// The key of what a reader has to know of how a document was read.
    fileprivate static let noticeKey = "notice"

    /// The best entry of each key, and every notice: they are one entry, since none takes the place of another.
    init(withNotices entries: [Entry]) {
        var notices: [String] = []
        for entry in entries where entry.key == Self.noticeKey && !notices.contains(entry.value) {
            notices.append(entry.value)
        }
        let others = entries.filter { $0.key != Self.noticeKey }
        self.init(
            others + (notices.isEmpty ? [] : [Entry(Self.noticeKey, notices.joined(separator: "; "), .page)]))
    }

    /// The same facts with a notice beside those that are there.
    func adding(notice: String) -> Metadata { Metadata(withNotices: entries + [Entry(notice: notice)]) }
}

extension Metadata.Entry {
    /// Something that a reader has to know of how the document was read.
    init(notice: String) { self.init(Metadata.noticeKey, notice, .page) }
}
