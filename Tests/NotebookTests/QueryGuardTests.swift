import Foundation
import GRDB
import Results
import StageKit
import TestSupport
import Testing

@testable import Notebook

/// What a cell may read, and what a query may cost.
@Suite struct QueryGuardTests {
    let fixture: NotebookFixture
    init() throws { fixture = try NotebookFixture() }

    private func problem(_ sql: String) -> QueryProblem? {
        do {
            _ = try QueryRunner(ReportConnection(fixture.database)).run(sql)
            return nil
        } catch {
            return error as? QueryProblem
        }
    }

    @Test(
        "what depends on the runs before is not there for a cell",
        arguments: [
            "select d from _paths", "select now from _moment", "select count(*) from _moved",
            "select d from _claim_rows",
            "select max(d) from _document_rows", "select moment from _marks", "select key from _epoch",
            "select form from _entity_forms", "select sums from _document_sums", "select text from _document_texts",
            "select rootpage from sqlite_schema", "select * from sqlite_master", "select name from pragma_table_list",
            "with x as (select d from _paths) select * from x",
            "with documents as (select d from _paths) select * from documents",
            "with \"Documents\"(a) as materialized (select d from _paths) select a from documents",
            "select (select max(d) from _paths)", "select 1 where exists (select 1 from _marks)",
            "select 1 from claims where document in (select document from _paths where d > 3)",
            "select count(*) from _paths", "select p.document from _paths p", "select 1 from '_moment'",
            "select count(*) from documents d join _document_rows r on r.date = d.date", "explain select 1",
            "select * from dbstat", "with _moved as (select 1 from main._moved) select count(*) from _moved",
            "with _paths(d) as (select d from main._paths) select d from _paths",
        ])
    func hidden(sql: String) {
        let id = problem(sql)?.id
        #expect(["sql-hidden", "sql-writes", "sql"].contains(id ?? ""), "\(sql): \(id ?? "allowed")")
    }

    @Test("every table and view of the documentation can be read, and counted")
    func open() throws {
        let connection = try ReportConnection(fixture.database)
        for table in connection.interface.tables.sorted() {
            #expect(problem("select * from \(table)") == nil, "\(table)")
            #expect(problem("select count(*) from \(table)") == nil, "\(table)")
            #expect(problem("with x as (select * from \(table)) select count(*) from x a, x b") == nil, "\(table)")
        }
        #expect(connection.interface.tables.isSuperset(of: ["documents", "claims", "term_totals", "keyness", "about"]))
    }

    @Test("the documentation of the results names every table and view that a cell may read")
    func documented() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "docs/results.md"), encoding: .utf8)
        for table in try ReportConnection(fixture.database).interface.tables.sorted() {
            #expect(text.contains("`\(table)`") || text.contains("`\(table) ("), "\(table)")
        }
    }

    @Test(
        "a query is bounded in bytes, however it makes them",
        arguments: [
            "select printf('%*d', 900000000, 1)", "select format('%.*c', 900000000, 'x')",
            "select zeroblob(900000000)", "select hex(zeroblob(400000000))",
            "select replace(printf('%*d', 100000, 1), ' ', printf('%*d', 100000, 1))",
            "with recursive n(k) as (select 1 union all select k + 1 from n where k < 100000) select group_concat(printf('%*d', 10000, k)) from n",
            "with recursive x(t) as (select 'ab' union all select t || t from x limit 60) select max(length(t)) from x",
            "with recursive n(k) as (select 1 union all select k + 1 from n where k < 900) select printf('%*d', 100000, k) from n",
            "with recursive n(k) as (select 1 union all select k + 1 from n limit 3000000) select count(distinct printf('%*d', 1000, k)) from n",
            "select json_group_array(printf('%*d', 3000000, value)) from json_each('[1,2,3,4,5,6]')",
        ])
    func bytes(sql: String) {
        #expect(problem(sql)?.id == "sql-limit", "\(problem(sql)?.message ?? "no problem")")
    }

    @Test("chance is refused before it makes a byte")
    func chance() { #expect(problem("select hex(randomblob(900000000))")?.id == "sql-unsteady") }

    @Test("expressions and tables joined to themselves without end are refused, not run")
    func deep() {
        let deep = String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000)
        #expect(problem("select \(deep)") != nil)
        #expect(problem("select " + Array(repeating: "1", count: 5000).joined(separator: " + ")) != nil)
        #expect(problem(Array(repeating: "select 1", count: 2000).joined(separator: " union all ")) != nil)
        var names = "with a0 as (select 1 as x)"
        for k in 1...40 { names += ", a\(k) as (select p.x from a\(k - 1) p, a\(k - 1) q)" }
        #expect(problem(names + " select count(*) from a40") != nil)
        let long = "select '" + String(repeating: "x", count: 300_000) + "'"
        #expect(problem(long) != nil)
    }

    @Test("a query that is slow in few steps is stopped by the clock")
    func late() throws {
        let runner = try QueryRunner(ReportConnection(fixture.database), limits: QueryLimits(seconds: 0))
        let endless = "with recursive n(k) as (select 1 union all select k + 1 from n) select sum(k) from n"
        #expect(throws: QueryProblem("the query takes more than 0 seconds", hint: QueryLimits.less, id: "sql-limit")) {
            try runner.run(endless)
        }
    }

    @Test("after a query that was refused the next one runs")
    func afterwards() throws {
        let runner = try QueryRunner(ReportConnection(fixture.database))
        _ = try? runner.run("select printf('%*d', 900000000, 1)")
        #expect(try runner.run("select count(*) from documents").rows.count == 1)
    }

    @Test(
        "letters are compared in all scripts without regard to capitals",
        arguments: [
            ("'École' like '%éCOLE%'", 1), ("'ΟΔΟΣ' like 'οδός'", 0), ("'ΟΔΟΣ' like 'οδος'", 1),
            ("'Привет' like 'ПРИ%'", 1), ("'a_b' like 'a!_b' escape '!'", 1), ("'axb' like 'a!_b' escape '!'", 0),
            ("'abc' like 'a%c%'", 1), ("'abc' like 'a_'", 0), ("'' like '%'", 1), ("'' like '_'", 0),
            ("'İzmir' like 'izmir'", 1), ("lower('ÉCOLE') = 'école'", 1), ("upper('école') = 'ÉCOLE'", 1),
            ("lower('ΟΔΟΣ ΣΟΦΟΣ') = 'οδος σοφος'", 1), ("lower('ΑΣ.Σ') = 'ασ.ς'", 1), ("upper('οδός') = 'ΟΔΌΣ'", 1),
            ("lower('STRAẞE') = 'straße'", 1), ("upper('straße') = 'STRASSE'", 1), ("lower('IŞIK', 'tr') = 'ışık'", 1),
            ("upper('istanbul', 'tr') = 'İSTANBUL'", 1), ("lower('IRISH', 'en') = 'irish'", 1),
            ("'οδοσ' like 'ΟΔΟΣ'", 1), ("'STRAẞE' like 'straß%'", 1), ("'ss' like 'ß'", 0),
            ("'ΟΔΟΣ' regexp '(?i)^οδος$'", 1), ("'STRAẞE' regexp '(?i)straße'", 1), ("'Işık' regexp '(?i)IŞIK'", 0),
            ("lower('İ') = 'i'", 1), ("'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab' like '%a%a%a%a%a%a%a%a%a%c'", 0),
        ])
    func letters(expression: String, value: Int) throws {
        let runner = try QueryRunner(ReportConnection(fixture.database))
        #expect(try runner.run("select \(expression)").rows == [[.integer(value)]])
    }

    @Test("a text in double quotes is taken for a column, and the advice says so")
    func quotes() {
        let found = problem("select count(*) from documents where language = \"en\"")
        #expect(found?.hint == "A text stands in single quotes: 'en'. Double quotes are for names of columns.")
    }

    @Test("a function that does not exist is answered with a near one")
    func functions() { #expect(problem("select exerpt('a', 1)")?.hint == "Did you mean 'excerpt'?") }
}
