import Testing

@Suite struct NotebookParserTests {
    let fixture: NotebookFixture
    init() throws { fixture = try NotebookFixture() }

    @Test(
        "a mistake in a cell is reported at its line",
        arguments: [
            (
                "```{tabel}\nsql: select 1\n```",
                "n.md:1:1: there is no cell '{tabel}'. Did you mean 'table'? [unknown-cell]"
            ),
            ("\n```{table}\ncaption: A\n```", "n.md:2:1: the 'table' cell has no 'sql'. [missing-sql]"),
            (
                "```{table}\nsql: select 1\ncapton: A\n```",
                "n.md:3:1: a 'table' cell has no field 'capton'. Did you mean 'caption'? [unknown-field]"
            ),
            (
                "```{table}\nsql: select 1\nsql: select 2\n```",
                "n.md:3:1: field 'sql' is given twice. [duplicate-field]"
            ),
            ("```{check}\nselect 1\n```", "n.md:2:1: expected 'key: value' in a cell. [cell-syntax]"),
            (
                "```{chart} bars\nsql: select 1, 2\n```",
                "n.md:1:1: there is no 'bars' chart. Did you mean 'bar'? [unknown-chart]"
            ),
            (
                "```{chart}\nsql: select 1, 2\n```",
                "n.md:1:1: '{chart}' needs a sort. There are bar, line, timeline, figures, stacked, share, scatter, heat, dispersion, slope, multiples, network. [unknown-chart]"
            ),
            (
                "```{table} wide\nsql: select 1\n```",
                "n.md:1:1: '{table}' takes nothing behind it, not 'wide'. [cell-syntax]"
            ),
            ("```{table}\nsql: select 1", "n.md:1:1: the cell is not closed. It ends with '```'. [cell-syntax]"),
            (
                "One\nand {valu}`select 1`.",
                "n.md:2:5: there is no '{valu}' in a line. Did you mean 'value'? [unknown-cell]"
            ),
            (
                "{table}`select 1`",
                "n.md:1:1: there is no '{table}' in a line. '{table}' is a block: put it in a fence of its own. [unknown-cell]"
            ),
            (
                "A {value} alone",
                "n.md:1:3: behind '{value}' there are no backticks. It is written {value}`select …`; for the word itself write \\{value}. [cell-syntax]"
            ),
            (
                "{value}`select 1\n\nnext",
                "n.md:1:1: the backticks of '{value}' are not closed. It ends with as many backticks as it begins with, in the same paragraph. [cell-syntax]"
            ),
            (
                "{value}``, and on",
                "n.md:1:1: between the backticks of '{value}' there is nothing. It ends with as many backticks as it begins with, in the same paragraph. [cell-syntax]"
            ),
            (
                "- ```{table}\n  sql: select 1\n  ```",
                "n.md:1:1: a cell '{table}' begins inside a list, a quotation or an indented block. Put the fence at the beginning of a line. [cell-syntax]"
            ),
            (
                "```{table}\ncaption: A {value} here\nsql: select 1\n```",
                "n.md:2:12: behind '{value}' there are no backticks. It is written {value}`select …`; for the word itself write \\{value}. [cell-syntax]"
            ),
            ("{value}` `", "n.md:1:1: the 'value' cell has no query. [missing-sql]"),
            ("```{expect}\nsql: select 1\n```", "n.md:1:1: the 'expect' cell has no 'value'. [missing-value]"),
        ])
    func mistakes(text: String, message: String) {
        #expect(fixture.problems(text).contains(message), "\(fixture.problems(text))")
    }

    @Test("every problem is reported at once, in order of the lines")
    func several() {
        let text = "{valu}`a`\n\n```{tabel}\n```\n\n{value}`selct 1`\n"
        #expect(fixture.problems(text).count == 2)
        #expect(fixture.problems(text).map { $0.prefix(7) } == ["n.md:1:", "n.md:3:"])
    }

    @Test(
        "what is no cell stands as it is",
        arguments: [
            "A `{value}` in code, and ``{value}`select 1` `` too.\n", "```\n{value}`select 1`\n```\n",
            "~~~text\n```{table}\n~~~\nEnd", "Escaped \\{value}`x` and \\{value} and {not a role} and {table} alone.\n",
            "::: warning\nwet\n:::\n", "\n\n", "",
            "````\n```{table}\nsql: no\n```\n````\n",
        ])
    func verbatim(text: String) throws {
        #expect(try fixture.report(text) == text)
    }

    @Test("a query may stand in a block, with its lines and without its indentation")
    func block() throws {
        let text = "Before\n\n```{table}\nsql: |\n  select 'a' as x,\n    2 as y\n```\nAfter\n"
        #expect(try fixture.report(text) == "Before\n\n| x | y |\n| --- | ---: |\n| a | 2 |\nAfter\n")
    }

    @Test("a fence of colons is a cell too")
    func colons() throws {
        let text = ":::{table}\nsql: select 'a' as x\n:::\nAfter\n"
        #expect(try fixture.report(text) == "| x |\n| --- |\n| a |\nAfter\n")
    }

    @Test("a list that is cut says how many there are in all, and where the rest is")
    func cut() throws {
        let text = """
            ```{table}
            total: select count(*) from json_each('[1, 2, 3]')
            rest: the others are elsewhere
            sql: select value from json_each('[1, 2, 3]') limit 2
            ```
            """
        #expect(try fixture.report(text).hasSuffix("\n\n*2 of 3 rows; the others are elsewhere.*\n"))
        #expect(try !fixture.report(text.replacing(" limit 2", with: "")).contains("of 3"))
    }

    @Test("a value in a line may hold backticks and line ends")
    func roles() throws {
        #expect(try fixture.report("Is {value}``select '`' || \n 2``, no?") == "Is \\`2, no?")
    }
}
