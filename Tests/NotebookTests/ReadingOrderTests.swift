import Model
import Testing

@testable import Notebook

@Suite("Queries with a name read each other in an order, or are told")
struct ReadingOrderTests {
    @Test("circles are found, and what reads them can't be asked")
    func circles() {
        let order = ReadingOrder([[1], [2], [1], [0], [], [5], [4]])
        #expect(order.circles == [[1, 2], [5]] && order.unusable == [0, 1, 2, 3, 5])
        #expect(ReadingOrder.behind([0], [[1, 2], [2], []]) == [2, 1, 0])
    }

    @Test("a chain of a hundred thousand queries is gone through", .timeLimit(.minutes(1)))
    func chain() {
        let count = 100_000
        let reads = (0..<count).map { $0 + 1 < count ? [$0 + 1] : [] }
        #expect(ReadingOrder(reads).unusable.isEmpty && ReadingOrder.behind([0], reads)?.count == count)
        let circle = (0..<count).map { [($0 + 1) % count] }
        #expect(ReadingOrder(circle).circles.map(\.count) == [count])
    }

    @Test("a query reads as many others as can be asked at once, and more are an error")
    func deep() throws {
        func told(_ count: Int) throws -> [String] {
            let chain = (0..<count).map { "```{query} q\($0)\nsql: select a from q\($0 + 1)\n```\n" }.joined(
                separator: "\n")
            let text = chain + "\n```{query} q\(count)\nsql: select 1 as a\n```\n\n{value}`select a from q0`\n"
            return try Notebook(text, file: "n.md").problems(parameters: [:]).map(\.id)
        }
        #expect(try told(150) == [])
        #expect(try told(200) == ["sql-limit"])
        #expect(ReadingOrder.behind([0], [[1], [2], []], most: 3) == [2, 1, 0])
        #expect(ReadingOrder.behind([0], [[1], [2], []], most: 2) == nil)
    }

    @Test("a circle hides no other problem, and of a large one the first query stands for all", .timeLimit(.minutes(1)))
    func together() {
        let circle = (0..<1000).map { "```{query} q\($0)\nsql: select * from q\(($0 + 1) % 1000)\n```\n" }.joined(
            separator: "\n")
        let text = circle + "\n{value}`select count(*) from q7` {value}`select titel from documents`\n"
        let (notebook, form) = Notebook.read(text, file: "n.md")
        let told = (form + notebook.problems(parameters: [:])).map { "\($0.id) \($0.message)" }
        #expect(
            told == [
                "query-circular the query 'q0' reads itself: 'q0' reads 'q1' reads 'q2' reads 'q3' reads 'q4' reads 'q5' "
                    + "reads 'q6' reads 'q7' reads 'q8' reads 'q9' reads … 991 more",
                "sql no such column: titel",
            ])
    }
}
