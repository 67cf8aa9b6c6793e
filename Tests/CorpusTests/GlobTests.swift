import Testing

@testable import Corpus

@Suite("Patterns for paths")
struct GlobTests {
    @Test(
        "a pattern matches whole paths",
        arguments: [
            (
                "corpus/*.txt", ["corpus/a.txt", "corpus/a b.txt"],
                ["corpus/a/b.txt", "a.txt", "corpus/a.md", "corpus/.txt"]
            ),
            ("corpus/**/*.txt", ["corpus/a.txt", "corpus/a/b/c.txt"], ["corpora/a.txt", "x/corpus/a.txt"]),
            ("**/*.md", ["a.md", "a/b/c.md"], ["a.md/b"]),
            ("**", ["a", "a/b/c"], []),
            ("a/**", ["a", "a/b", "a/b/c"], ["b", "ab"]),
            ("a/**/b/**/c", ["a/b/c", "a/x/b/y/z/c", "a/b/b/c/c"], ["a/c", "a/b/d"]),
            ("corpus//./a.txt", ["corpus/a.txt"], ["corpus/b/a.txt"]),
            ("./corpus/*.txt", ["corpus/a.txt"], ["a.txt", "corpus/b/a.txt"]),
            (".//**/*.txt", ["a.txt", "b/a.txt"], [".b/a.txt"]),
            ("corpus//a.txt", ["corpus/a.txt"], []),
            ("{a,b}/{c,d}.{txt,md}", ["a/c.txt", "b/d.md"], ["a/b.txt", "{a,b}/c.txt"]),
            ("{a,{b,c}d}x", ["ax", "bdx", "cdx"], ["bx", "dx"]),
            ("a{,b}.txt", ["a.txt", "ab.txt"], ["abb.txt"]),
            ("a{b.txt", ["a{b.txt"], ["ab.txt"]),
            ("a?.txt", ["ab.txt", "aé.txt", "a世.txt", "a😀.txt"], ["a.txt", "abc.txt", "a/.txt"]),
            ("[a-c]x", ["ax", "cx"], ["dx", "-x", "x"]),
            ("[!a-c]x", ["dx", "!x"], ["ax", "x"]),
            ("[äö]x", ["äx", "öx"], ["ax", "Äx"]),
            ("[]]x", ["]x"], ["x"]),
            ("[!]x", ["!x"], ["[!]x", "ax"]),
            ("[a", ["[a"], ["a"]),
            ("[", ["["], ["a"]),
            ("*a*b*", ["ab", "xaxbx", "aab"], ["ba", "a"]),
            ("Straße/*", ["Straße/x"], ["Strasse/x"]),
            ("", [""], ["a"]),
        ] as [(String, [String], [String])])
    func matches(pattern: String, yes: [String], no: [String]) {
        let glob = Glob(pattern)
        for path in yes { #expect(glob.matches(path), "'\(pattern)' has to match '\(path)'") }
        for path in no { #expect(!glob.matches(path), "'\(pattern)' must not match '\(path)'") }
    }

    @Test(
        "hidden names match only where the pattern writes the full stop",
        arguments: [
            ("**/*.md", ["a/b.md"], [".a/b.md", "a/.b.md", "a/.x/y/b.md"]),
            ("**", ["a/b"], [".a", "a/.b/c"]),
            ("?a.md", ["ba.md"], [".a.md"]),
            ("[.a]b", ["ab"], [".b"]),
            (".notes/*.md", [".notes/a.md"], ["notes/a.md", ".notes/.a.md"]),
            ("**/.keep/*", ["a/.keep/b", ".keep/b"], [".x/.keep/b"]),
            (".{a,b}/**", [".a/x", ".b/y/z"], [".a/.x"]),
        ] as [(String, [String], [String])])
    func hidden(pattern: String, yes: [String], no: [String]) {
        let glob = Glob(pattern)
        for path in yes { #expect(glob.matches(path), "'\(pattern)' has to match '\(path)'") }
        for path in no { #expect(!glob.matches(path), "'\(pattern)' must not match '\(path)'") }
        for path in no where path.contains("/.") && !path.contains("notes") && pattern.hasSuffix("*") {
            #expect(Glob(pattern, .hidden).matches(path), "what is left out is left out with what is hidden in it")
        }
    }

    @Test(
        "capitals count, but not in an extension",
        arguments: [
            ("corpus/*.txt", ["corpus/A.TXT", "corpus/b.Txt", "corpus/C.txt"], ["Corpus/a.txt", "corpus/a.TXTX"]),
            ("**/*.{txt,HTML}", ["a/B.TXT", "c.html", "c.HtmL"], ["a.htm"]),
            ("report-*.Md", ["report-1.MD"], ["Report-1.md"]),
            ("corpus/a.txt", ["corpus/a.txt"], ["corpus/a.TXT"]),
            ("*.[tT]xt", ["a.txt", "a.Txt"], ["a.TXT"]),
            ("*_İ", ["a_İ"], ["a_i"]),
        ] as [(String, [String], [String])])
    func capitals(pattern: String, yes: [String], no: [String]) {
        let glob = Glob(pattern)
        for path in yes { #expect(glob.matches(path), "'\(pattern)' has to match '\(path)'") }
        for path in no { #expect(!glob.matches(path), "'\(pattern)' must not match '\(path)'") }
    }

    @Test("accents match however pattern and path spell them")
    func normalForms() {
        #expect(Glob("corpus/caf\u{E9}*.txt").matches("corpus/cafe\u{301}1.txt"))
        #expect(Glob("corpus/cafe\u{301}*.txt").matches("corpus/caf\u{E9}1.txt"))
        #expect(Glob("caf?").matches("cafe\u{301}"))
    }

    @Test("only folders in which something may match are read")
    func folders() {
        let glob = Glob("corpus/{a,b}*/**/*.txt")
        for folder in ["corpus", "corpus/a", "corpus/bx", "corpus/a/deep/er"] {
            #expect(glob.mayMatch(below: Glob.Path(folder)))
        }
        for folder in ["outputs", "corpus/c", "corp"] { #expect(!glob.mayMatch(below: Glob.Path(folder))) }
        #expect(!Glob("corpus/*.txt").mayMatch(below: Glob.Path("corpus/a")))
        #expect(Glob("corpus/drafts/**").matchesAll(below: Glob.Path("corpus/drafts")))
        #expect(Glob("**/drafts/**").matchesAll(below: Glob.Path("corpus/x/drafts")))
        #expect(!Glob("corpus/drafts/*").matchesAll(below: Glob.Path("corpus/drafts")))
    }

    @Test(
        "a document's folder is counted from where the patterns begin to vary",
        arguments: [
            ("corpus/**/*.txt", "corpus/courier/2024/a.txt", "courier/2024"),
            ("corpus/**/*.txt", "corpus/a.txt", ""),
            ("corpus/{courier,wire}/*.txt", "corpus/wire/a.txt", "wire"),
            ("{corpus,more}/**/*.txt", "more/sub/a.txt", "more/sub"),
            ("**/*.txt", "a/b/c.txt", "a/b"),
            ("corpus/courier/*.txt", "corpus/courier/a.txt", ""),
            ("corpus/a.txt", "corpus/a.txt", ""),
        ])
    func folder(pattern: String, path: String, folder: String) {
        #expect(Glob(pattern).folder(of: Glob.Path(path)) == folder)
    }

    @Test("a pattern made to be slow is not", .timeLimit(.minutes(1)))
    func hostile() {
        let deep = Array(repeating: "a", count: 300).joined(separator: "/")
        #expect(!Glob(String(repeating: "**/", count: 40) + "*b").matches(deep))
        #expect(!Glob(String(repeating: "*a", count: 60) + "b").matches(String(repeating: "a", count: 2000)))
        // Braces multiply; beyond a bound they stand for themselves.
        #expect(!Glob(String(repeating: "{a,b}", count: 40)).matches("x"))
    }
}
