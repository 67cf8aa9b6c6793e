import Model

extension SourceText {
    /// Checks the bytes of a file and takes them as text; nil, with the reason reported, when they are none.
    static func checked(_ bytes: [UInt8], name: String, problems: ProblemList, isFile: Bool = true) -> SourceText? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            problems.report("the file is UTF-16, not UTF-8", hint: "Save it as UTF-8.", id: "not-utf8", file: name)
            return nil
        }
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes[3...]) : bytes
        if let invalid = firstInvalid(text) {
            // the part before is valid, so its lines can be counted
            let before = SourceText(name: name, bytes: Array(text[..<invalid]))
            let place = before.position(before.scalarCount, before.scalarCount + 1)
            problems.report(
                "the file is not UTF-8: byte \(hexadecimal(text[invalid])) on line \(place.line)",
                hint: "Save it as UTF-8.", id: "not-utf8", file: name)
            return nil
        }
        let source = SourceText(name: name, bytes: text, isFile: isFile)
        var offset = 0
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
            if !isAllowed(scalar) {
                problems.report(
                    "a control character (\(code(scalar))) is not allowed in a YAML file",
                    hint: scalar.value == 0 ? "The file may be binary, or UTF-16 without its mark." : nil,
                    id: "control-character", at: Mark(source, offset, offset + 1))
                return nil
            }
            offset += 1
        }
        return source
    }

    /// The characters that YAML takes as they are.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x85, 0xA0...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    /// The offset of the first byte that belongs to no character.
    private static func firstInvalid(_ bytes: [UInt8]) -> Int? {
        if String(validating: bytes, as: UTF8.self) != nil { return nil }
        var decoder = UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .valid(let scalar): offset += scalar.count
            case .emptyInput: return nil
            case .error: return offset
            }
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        "0x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }

    private static func code(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}
