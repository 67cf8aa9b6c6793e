import Testing

@testable import Notebook

@Suite struct QueryTests {
    let fixture: NotebookFixture
    init() throws { fixture = try NotebookFixture() }

    @Test(
        "a query that can't run is reported where it goes wrong",
        arguments: [
            ("{value}`select zzzzz from claims`", "n.md:1:16: no such column: zzzzz. [sql]"),
            (
                "```{table}\nsql: |\n  select 1\n  from claimz\n```",
                "n.md:4:8: no such table: claimz. Did you mean 'claims'? [sql]"
            ),
            (
                "```{table}\nsql: |\n  select\n    text frm claims, nope\n```",
                "n.md:4:14: near \"claims\": syntax error. [sql]"
            ),
            (
                "{value}`delete from claims`",
                "n.md:1:9: a cell may only read, not change 'claims'. [sql-writes]"
            ),
            (
                "{value}`pragma user_version`",
                "n.md:1:9: a cell may only read, not use 'pragma' 'user_version'. [sql-writes]"
            ),
            ("{value}`attach 'x' as y`", "n.md:1:9: a cell may only read, not attach another database. [sql-writes]"),
            ("{value}`begin`", "n.md:1:9: a cell may only read, not begin or end a transaction. [sql-writes]"),
            ("{value}`select 1; select 2`", "n.md:1:18: a cell holds one statement. [sql-statements]"),
            ("{value}`-- nothing`", "n.md:1:9: there is no statement. [sql]"),
            (
                "{value}`select random()`",
                "n.md:1:9: 'random' gives another answer each time. A report is a function of its inputs: it knows neither clock nor chance. [sql-unsteady]"
            ),
            (
                "{value}`select datetime('now')`",
                "n.md:1:9: 'datetime' would look at the clock: a report is a function of its inputs alone. [sql]"
            ),
            (
                "{value}`select date()`",
                "n.md:1:9: 'date' would look at the clock: a report is a function of its inputs alone. [sql]"
            ),
            ("{value}`select 1 where false`", "n.md:1:9: the query gives no value. [sql]"),
            (
                "```{chart} bar\nsql: select 'a', 'b'\n```",
                "n.md:2:6: column ''b'' of a chart holds no numbers. A chart takes names, numbers or dates in its first column and numbers in the others. [chart-columns]"
            ),
            (
                "{value}`select 1, evidence('c-none')`",
                "n.md:1:9: 'evidence' was given 'c-none', which is no claim, mention, sentence or document. [unknown-evidence]"
            ),
        ])
    func problems(text: String, message: String) {
        #expect(fixture.problems(text) == [message])
    }

    @Test("dates that are written down can be reckoned with")
    func dates() {
        #expect(
            fixture.problems(
                "{value}`select date('2024-02-28', '+2 days')` {value}`select strftime('%Y', '2024-02-28')`") == [])
    }

    @Test("a query that takes too many steps is stopped")
    func limit() throws {
        let runner = try QueryRunner(ReportConnection(fixture.database), limits: QueryLimits(steps: 100_000))
        let endless = "with recursive n(k) as (select 1 union all select k + 1 from n) select sum(k) from n"
        #expect(
            throws: QueryProblem(
                "the query takes more than 100,000 steps",
                hint: QueryLimits.less, id: "sql-limit")
        ) { try runner.run(endless) }
        #expect(try runner.run("select 1").rows == [[.integer(1)]])
    }

    @Test("rows beyond the limit are counted, not kept")
    func manyRows() throws {
        let runner = try QueryRunner(ReportConnection(fixture.database))
        let result = try runner.run(
            "with recursive n(k) as (select 1 union all select k + 1 from n where k < 7) select k from n", limit: 3)
        #expect(result.rows.count == 3)
        #expect(result.further == 4)
    }

    @Test("evidence keeps two hundred ids and counts the rest, each once")
    func evidence() throws {
        let runner = try QueryRunner(ReportConnection(fixture.database))
        let result = try runner.run(
            "with recursive n(k) as (select 0 union all select k + 1 from n where k < 999) select evidence('c-' || (k % 300)) from n"
        )
        guard case .evidence(let set)? = result.rows.first?.first else {
            Issue.record("no evidence")
            return
        }
        #expect(set.count == 300)
        #expect(set.ids == (0..<200).map { "c-\($0)" })
    }

    @Test(
        "an excerpt is cut between words",
        arguments: [
            ("One two three four", 9, "One two…"), ("One two", 9, "One two"), ("Onetwothreefour", 5, "Onet…"),
            ("a\n\nb  c", 20, "a b c"), ("", 5, ""), ("An extraordinarily long word", 14, "An…"),
            ("港 口口口口口口口口口", 8, "港 口口口口口…"),
        ])
    func excerpts(text: String, length: Int, cut: String) {
        #expect(ExcerptFunction.excerpt(of: text, length: length) == cut)
    }
}
