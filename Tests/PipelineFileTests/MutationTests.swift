import Model
import Testing

@testable import PipelineFile

@Suite("No bytes make the reader crash")
struct MutationTests {
    /// SplitMix64 (Steele, Lea and Flood 2014): the same sequence for the same seed.
    private struct SplitMix: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var z = state
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            return z ^ (z >> 31)
        }
    }

    private static let seeds = [
        """
        title: "What \\u00e9 the corpus says"
        include: [shared.yaml]
        corpus:
          include: ['corpus/**/*.{txt,md}']
          exclude: [corpus/drafts/**]
        parameters: { window: 5, names: [a, b] }
        stages:
          - uses: clean
          - uses: tag-entities
            with:
              gazetteer: &file groups.yaml
              stop-list: *file
              types: $names
          - id: mine
            run: [python3, stages/mine.py]
            reads: [text, sentences]
            writes: mine
            with: { deep: [1, { a: 0x1F, b: !!str 2 }], text: |
              block
            }
          - uses: summarize-statistics
            with: { window: $window, share: 0.5 }
        """,
        "a: &x [1, 2.5, ~]\n? b\n: *x\nc: 'it''s'\nd: >-\n  folded\n  text\n--- \n<<: *x\n",
        "%YAML 1.2\n---\n- - - a\n    - b\n  - {c: d, e: [f, g]}\n...\n",
    ]

    private static let pieces: [[UInt8]] =
        [
            "\t", "\n", "\r", "\0", "*", "&x", "!", "!!int ", "'", "\"", "[", "]", "{", "}", ": ", "- ", "? ", "|", ">",
            "#",
            "%", "@", "`", "---\n", "...\n", "<<: ", "$", "$$", "\\", "\u{FEFF}", "\u{2028}", "\u{85}", "e\u{301}", "😀",
            "~",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xFE, 0xFF]]

    @Test("mutations of good files give a pipeline or diagnostics with places", arguments: 0..<3)
    func mutations(_ index: Int) {
        var random = SplitMix(state: UInt64(index))
        for _ in 0..<1500 {
            var bytes = Array(Self.seeds[index].utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) { mutate(&bytes, &random) }
            let files = ["pipelines/shared.yaml": "title: x", "groups.yaml": "a: [b]", "stages/mine.py": ""]
            let result = Sample.load(bytes: bytes, files: files)
            #expect((result.pipeline == nil) == result.diagnostics.contains { $0.severity == .error })
            for diagnostic in result.diagnostics {
                #expect(!diagnostic.rendered.isEmpty)
                #expect(diagnostic.line.map { $0 > 0 } ?? true)
            }
        }
    }

    @Test("bytes at random are refused, not trusted")
    func noise() {
        var random = SplitMix(state: 99)
        for length in 0..<400 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &random) }
            #expect(Sample.load(bytes: bytes).pipeline == nil)
        }
    }

    @Test("a file that ends anywhere is a pipeline, or a mistake that is told")
    func truncations() {
        let bytes = Array(Self.seeds[0].utf8)
        for length in bytes.indices {
            let result = Sample.load(bytes: Array(bytes[..<length]))
            #expect(
                (result.pipeline == nil) == result.diagnostics.contains { $0.severity == .error }, "\(length) bytes")
        }
    }

    private func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0:
            let end = min(bytes.count, place + Int.random(in: 1...8, using: &random))
            bytes.removeSubrange(place..<end)
        case 1 where place < bytes.count: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 2:
            let end = min(bytes.count, place + Int.random(in: 1...40, using: &random))
            bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &random))
        default: bytes.insert(contentsOf: Self.pieces.randomElement(using: &random) ?? [], at: place)
        }
    }
}
