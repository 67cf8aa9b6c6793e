import Model
import Testing

@testable import PipelineFile

@Suite("Conditions on the documents of a corpus are read")
struct ConditionsReaderTests {
    private static func text(_ conditions: String, parameters: String = "{ paper: The Lamp }") -> String {
        """
        corpus:
          include: 'corpus/*.txt'
          metadata: corpus/metadata.csv
          where: \(conditions)
        parameters: \(parameters)
        stages: [{ uses: clean }]
        """
    }

    private static let files = ["corpus/metadata.csv": "document\n"]

    private func conditions(_ text: String, settings: [String] = []) throws -> [DocumentCondition] {
        let result = Sample.load(Self.text(text), files: Self.files, settings: settings)
        return try #require(result.pipeline, "\(result.diagnostics)").corpus.conditions
    }

    @Test(
        "a condition is a value, a list of values, or a mapping",
        arguments: [
            ("{ publisher: The Lamp }", "publisher is 'The Lamp'"),
            ("{ Publisher: [The Lamp, The Wire] }", "publisher is 'The Lamp' or 'The Wire'"),
            ("{ year: 2024 }", "year is '2024'"), ("{ author: '' }", "author is missing"),
            ("{ language: { not: [en, de] } }", "language is not 'en' or 'de'"),
            ("{ date: { from: 2024-01, to: 2024-03-15 } }", "date from 2024-01 to 2024-03-15"),
            ("{ pages: { from: 2 } }", "pages from 2"), ("{ publisher: $paper }", "publisher is 'The Lamp'"),
            ("{ publisher: { not: $paper } }", "publisher is not 'The Lamp'"),
        ])
    func shapes(text: String, words: String) throws {
        #expect(try conditions(text).map(\.words) == [words])
    }

    @Test("a parameter and a condition can be set for a run, and 'null' takes a condition away")
    func settings() throws {
        let text = "{ publisher: $paper }"
        #expect(try conditions(text, settings: ["paper=The Wire"]).map(\.words) == ["publisher is 'The Wire'"])
        #expect(try conditions(text, settings: ["paper=[A, B]"]).map(\.words) == ["publisher is 'A' or 'B'"])
        #expect(
            try conditions(text, settings: ["corpus.where.publisher={not: A}"]).map(\.words) == ["publisher is not 'A'"]
        )
        #expect(
            try conditions(text, settings: ["corpus.where.Language=en"]).map(\.words)
                == ["publisher is 'The Lamp'", "language is 'en'"])
        #expect(try conditions(text, settings: ["corpus.where.publisher=null"]).isEmpty)
        #expect(try conditions("{ publisher: null }").isEmpty)
    }

    @Test(
        "what can't be a condition is an error at its place",
        arguments: [
            ("{ publisher: }", "wrong-type"), ("{ publisher: [] }", "empty-list"),
            ("{ publisher: [[a]] }", "wrong-type"), ("[publisher]", "wrong-type"),
            ("{ date: { form: 2024 } }", "unknown-key"), ("{ date: { from: soon } }", "bad-bound"),
            ("{ date: { from: 04/05/2021 } }", "bad-bound"), ("{ date: { from: 2024-02-31 } }", "bad-bound"),
            ("{ pages: { to: many } }", "bad-bound"), ("{ date: { from: 2024-05, to: 2024-03 } }", "empty-range"),
            ("{ pages: { from: 10, to: 9 } }", "empty-range"), ("{ publisher: $papers }", "unknown-parameter"),
        ])
    func mistakes(text: String, id: String) throws {
        let diagnostics = Sample.load(Self.text(text), files: Self.files).diagnostics
        #expect(diagnostics.map(\.id) == [id])
        #expect(diagnostics.first?.line == 4 && diagnostics.first?.column ?? 0 > 0)
    }
}
