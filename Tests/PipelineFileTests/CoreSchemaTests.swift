import StageKit
import Testing

@testable import PipelineFile

@Suite("Plain scalars mean what the core schema of YAML 1.2 says")
struct CoreSchemaTests {
    @Test(
        "a scalar that means something",
        arguments: [
            ("", .null), ("~", .null), ("null", .null), ("Null", .null), ("NULL", .null),
            ("true", .bool(true)), ("True", .bool(true)), ("TRUE", .bool(true)), ("false", .bool(false)),
            ("False", .bool(false)), ("FALSE", .bool(false)),
            ("0", .integer(0)), ("-0", .integer(0)), ("+12", .integer(12)), ("-19", .integer(-19)),
            ("007", .integer(7)), ("0o17", .integer(15)), ("0x3A", .integer(58)), ("0xff", .integer(255)),
            ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("0.", .real(0)), ("-0.0", .real(-0.0)), (".5", .real(0.5)), ("+12e03", .real(12000)),
            ("-2E+05", .real(-2e5)),
            ("1.5e-3", .real(0.0015)), (".inf", .real(.infinity)), ("-.Inf", .real(-.infinity)),
            ("+.INF", .real(.infinity)), ("9223372036854775808", .real(9223372036854775808)),
            ("0xFFFFFFFFFFFFFFFFFF", .real(4722366482869645213696)), ("1e999", .real(.infinity)),
        ] as [(String, OptionValue)])
    func meaning(_ text: String, _ value: OptionValue) {
        #expect(CoreSchema.value(of: text) == value)
    }

    @Test(
        "a scalar that is only a text",
        arguments: [
            "yes", "Yes", "no", "on", "off", "y", "n", "nULL", "tRUE", "12:30", "1_000", "0b11", "0o8", "0o", "0x",
            "0xG", "-0x1", "+0o7", "1e", "1e+", ".", "..", "-", "+", "--1", "1.2.3", ".inF", "+.nan", "2024-05-04", "١",
            "1 2", "- 1", "inf", "nan", "1.5f", "0x1p3", "=", "<<", " 1",
        ])
    func text(_ text: String) {
        #expect(CoreSchema.value(of: text) == .string(text))
    }

    @Test("not a number is one, whatever its case", arguments: [".nan", ".NaN", ".NAN"])
    func notANumber(_ text: String) {
        guard case .real(let value) = CoreSchema.value(of: text) else {
            Issue.record("\(text) is no number")
            return
        }
        #expect(value.isNaN)
    }

    @Test(
        "a tag asks for a type",
        arguments: [
            ("!!str 12", .string("12")), ("! 12", .integer(12)), ("!!int 12", .integer(12)), ("!!float 12", .real(12)),
            ("!!int '12'", .integer(12)), ("!!null ''", .null), ("!!bool 'true'", .bool(true)), ("'12'", .string("12")),
            ("! '12'", .string("12")), ("\"tab\\t\\u00e9\"", .string("tab\té")), ("|\n  a\n  b\n", .string("a\nb\n")),
            (">-\n  a\n  b\n", .string("a b")), ("|\n  12\n", .string("12\n")),
        ] as [(String, OptionValue)])
    func tags(_ text: String, _ value: OptionValue) {
        let result = PipelineFile.tree(Array("a: \(text)".utf8), name: "a.yaml")
        #expect(result.tree == .mapping([OptionEntry("a", value, line: 1)]), "\(result.diagnostics)")
    }
}
