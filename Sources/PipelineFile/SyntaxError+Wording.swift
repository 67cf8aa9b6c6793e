import YAML

extension SyntaxError {
    /// Reports the error in words that need no knowledge of how YAML is read.
    func report(in source: SourceText, to problems: ProblemList) {
        if let tab = tab(in: source) {
            problems.report(
                "a tab is used for indentation", hint: "YAML is indented with spaces.", id: "tab-indentation",
                at: Mark(source, tab, tab + 1))
            return
        }
        let wording = wording(in: source)
        let place = min(wording.atContext ? contextOffset : offset, max(0, source.scalarCount - 1))
        problems.report(wording.message, hint: wording.hint, id: "yaml-syntax", at: Mark(source, place, place + 1))
    }

    /// A tab before anything else on the line of the error, or on the one where what was being read began.
    private func tab(in source: SourceText) -> Int? {
        for offset in [offset, contextOffset] {
            let indentation = source.lineBytes(around: offset).bytes.prefix { $0 == 0x20 || $0 == 0x09 }
            if let tab = indentation.firstIndex(of: 0x09) {
                return source.lineStart(offset) + tab - indentation.startIndex
            }
        }
        return nil
    }

    private struct Wording {
        var message: String
        var hint: String?
        /// Whether the beginning is to blame, not the place where the reading stopped.
        var atContext = false
    }

    private func wording(in source: SourceText) -> Wording {
        let line = source.lineNumber(contextOffset)
        switch problem {
        case "found character that cannot start any token":
            let character = source.character(at: offset)
            return Wording(
                message: "a value can't begin with '\(character)'", hint: "Put the value in quotes.")
        case "mapping values are not allowed in this context":
            return Wording(
                message: "no key was expected here",
                hint: "Keys of one mapping begin in one column, and a text that holds ': ' needs quotes.")
        case "could not find expected ':'":
            return Wording(
                message: "a ':' is missing after this key", hint: "Write 'key: value'.", atContext: true)
        case "did not find expected key":
            return Wording(
                message: "no key of the mapping from line \(line) begins here",
                hint: "Keys of one mapping begin in one column, and a text with quotes or brackets in it needs quotes.")
        case "did not find expected '-' indicator":
            return Wording(
                message: "no entry of the list from line \(line) begins here",
                hint: "Each entry begins with '- ', all in one column.")
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
            return unclosed(problem.hasSuffix("']'") ? "[" : "{", line, source)
        case "found unexpected end of stream", "found unexpected document indicator":
            return Wording(message: "the quotation mark that begins here is not closed", atContext: true)
        case "found unknown escape character":
            return Wording(
                message: "there is no such escape", hint: "In single quotes a backslash is a backslash.")
        case "did not find expected hexdecimal number", "found invalid Unicode character escape code":
            return Wording(message: "the escape stands for no character")
        case "did not find expected alphabetic or numeric character":
            return Wording(
                message: "an anchor or an alias needs a name of letters and digits",
                hint: "A text that begins with '*' or '&' needs quotes: '\(source.word(at: contextOffset))'.",
                atContext: true)
        default: return otherWording
        }
    }

    /// A list or a mapping in brackets does not end; most often because a pattern in it has brackets of its own.
    private func unclosed(_ bracket: String, _ line: Int, _ source: SourceText) -> Wording {
        let character = source.character(at: offset)
        guard offset > contextOffset + 1, "[]{}".unicodeScalars.contains(character) else {
            return Wording(
                message: "the '\(bracket)' from line \(line) is not closed", hint: "Entries are separated by ','.")
        }
        return Wording(
            message: "a '\(character)' was not expected within the '\(bracket)' from line \(line)",
            hint: "A text with brackets in it needs quotes: 'corpus/*.{txt,md}'.")
    }

    private var otherWording: Wording {
        switch problem {
        case "did not find expected node content": Wording(message: "a value is missing here")
        case "block sequence entries are not allowed in this context":
            Wording(message: "no list entry was expected here", hint: "A list begins on a line of its own.")
        case "mapping keys are not allowed in this context":
            Wording(message: "no '?' was expected here", hint: "A text that begins with '? ' needs quotes.")
        case "did not find expected <document start>":
            Wording(message: "nothing more was expected here: the document ends before")
        case "did not find expected comment or line break":
            Wording(message: "nothing more was expected on this line")
        case "found undefined tag handle": Wording(message: "the tag is not defined")
        case "found incompatible YAML document":
            Wording(message: "the file declares a YAML version other than 1.2")
        default: Wording(message: "this is not YAML: \(problem)")
        }
    }
}

extension SourceText {
    /// The text from an offset in code points to the end of the value: the end of the line, a comment, or the end of the
    /// entry in a list in brackets.
    fileprivate func word(at offset: Int) -> String {
        let (line, start) = lineBytes(around: offset)
        let scalars = Array(String(decoding: line, as: UTF8.self).unicodeScalars)
        guard start < scalars.count else { return "" }
        let isInList = scalars[..<start].contains("[")
        var braces = 0
        var end = start
        while end < scalars.count {
            let scalar = scalars[end]
            if scalar == "#", end > start, scalars[end - 1] == " " { break }
            if isInList, scalar == "]" || (scalar == "," && braces == 0) { break }
            if scalar == "{" { braces += 1 } else if scalar == "}" { braces -= 1 }
            end += 1
        }
        while end > start, scalars[end - 1] == " " { end -= 1 }
        return String(String.UnicodeScalarView(scalars[start..<end]))
    }

    /// The character at an offset in code points; a sign for nothing at the end.
    fileprivate func character(at offset: Int) -> Unicode.Scalar {
        let (line, column) = lineBytes(around: offset)
        let scalars = String(decoding: line, as: UTF8.self).unicodeScalars
        guard let index = scalars.index(scalars.startIndex, offsetBy: column, limitedBy: scalars.endIndex),
            index != scalars.endIndex
        else { return "\u{FFFD}" }
        return scalars[index]
    }
}
