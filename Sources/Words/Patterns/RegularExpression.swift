import CPCRE2

/// A regular expression over UTF-8, as PCRE2 reads it (Perl's syntax, with Unicode's classes).
///
/// The work for one text is bounded by the number of steps, so that no pattern can hang: a text that takes more is an
/// error, the same on every computer.
package final class RegularExpression: @unchecked Sendable {
    // The compiled code is never changed, and the memory of a match is made for each call.
    private let code: OpaquePointer

    /// Compiles `pattern`. `isFolded` ignores the difference of capitals and small letters.
    package init(_ pattern: String, isFolded: Bool = true) throws(PatternProblem) {
        guard pattern.utf8.count <= 1000 else { throw PatternProblem("the regular expression is too long") }
        var error: Int32 = 0
        var offset = 0
        let options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | (isFolded ? PCRE2_CASELESS : 0)
        let bytes = Array(pattern.utf8)
        guard let code = pcre2_compile_8(bytes, bytes.count, options, &error, &offset, nil) else {
            throw PatternProblem(
                "the regular expression '\(pattern)' can't be read: \(Self.message(error))",
                hint: "Character \(Self.character(offset, in: bytes) + 1) is where it shows. A sign that means itself "
                    + "has a backslash before it: '\\('.",
                id: "regular-expression")
        }
        self.code = code
    }

    deinit { pcre2_code_free_8(code) }

    /// Where the pattern first fits at or behind the byte `start`; nil for nowhere.
    package func firstMatch(in text: UnsafeBufferPointer<UInt8>, from start: Int = 0) throws(PatternProblem) -> Range<
        Int
    >? {
        guard let data = pcre2_match_data_create_8(1, nil), let context = pcre2_match_context_create_8(nil) else {
            throw PatternProblem("there is no memory for a regular expression")
        }
        defer {
            pcre2_match_data_free_8(data)
            pcre2_match_context_free_8(context)
        }
        pcre2_set_match_limit_8(context, Self.steps)
        pcre2_set_depth_limit_8(context, Self.steps)
        let result = pcre2_match_8(code, text.baseAddress, text.count, start, UInt32(PCRE2_NO_UTF_CHECK), data, context)
        if result == PCRE2_ERROR_NOMATCH { return nil }
        guard result >= 0, let places = pcre2_get_ovector_pointer_8(data) else {
            throw PatternProblem(
                result == PCRE2_ERROR_MATCHLIMIT || result == PCRE2_ERROR_DEPTHLIMIT
                    ? "the regular expression takes too many steps" : Self.message(result),
                hint: "Repetitions within repetitions, such as '(a+)+', take a time that doubles with each letter.",
                id: "regular-expression")
        }
        return places[0]..<max(places[0], places[1])
    }

    /// Whether the pattern fits anywhere in `text`.
    package func fits(_ text: [UInt8]) throws(PatternProblem) -> Bool {
        // an empty text has no address of its own
        try (text.isEmpty ? [0] : text).withUnsafeBufferPointer { buffer throws(PatternProblem) in
            try firstMatch(in: UnsafeBufferPointer(start: buffer.baseAddress, count: text.count)) != nil
        }
    }

    private static let steps: UInt32 = 1_000_000

    private static func message(_ code: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = pcre2_get_error_message_8(code, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, Int(count))), as: UTF8.self)
    }

    /// The number of the code point that holds the byte `offset`.
    private static func character(_ offset: Int, in bytes: [UInt8]) -> Int {
        bytes.prefix(offset).count { $0 & 0xC0 != 0x80 }
    }
}
