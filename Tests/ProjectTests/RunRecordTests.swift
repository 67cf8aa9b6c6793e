import Testing

@testable import Project

@Suite("The record of a run in words")
struct RunRecordTests {
    @Test("documents are counted with their noun, by cause")
    func wording() {
        let groups = [
            RunRecord.Group(cause: "new", count: 1, documents: ["a.txt"]),
            RunRecord.Group(cause: "edited", count: 2, documents: ["b.txt", "c.txt"]),
            RunRecord.Group(cause: "option 'window' changed", count: 1, documents: ["d.txt"]),
        ]
        #expect(
            RunRecord.wording(groups)
                == "1 document new (a.txt), 2 edited (b.txt, c.txt), option 'window' changed, for 1 document (d.txt)")
    }
}
