import CExpat
import StageKit

/// An XML document in memory (XML 1.0, namespaces), read by expat. Comments and instructions are left out.
final class XMLElement {
    enum Child {
        case element(XMLElement)
        case text(String)
    }

    /// The name without its namespace.
    let name: String
    /// By name without namespace; of two that differ in the namespace only, the first.
    private(set) var attributes: [String: String]
    fileprivate(set) var children: [Child] = []
    /// Of a root, whether the document refers to text in other files, which is not part of it.
    fileprivate(set) var omitsFiles = false

    fileprivate init(_ name: String, _ attributes: [String: String]) {
        self.name = name
        self.attributes = attributes
    }

    /// The elements among the children.
    var elements: [XMLElement] {
        children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// The first child of this name.
    func first(_ name: String) -> XMLElement? { elements.first { $0.name == name } }

    /// The first element of this name below, in the order of the document.
    func descendant(_ name: String) -> XMLElement? {
        for element in elements {
            if element.name == name { return element }
            if let found = element.descendant(name) { return found }
        }
        return nil
    }

    /// All text below, without what stands in elements that `skipped` names.
    func text(without skipped: Set<String> = []) -> String {
        var text = ""
        write(to: &text, without: skipped)
        return text
    }

    private func write(to text: inout String, without skipped: Set<String>) {
        for child in children {
            switch child {
            case .text(let part): text += part
            case .element(let element) where !skipped.contains(element.name):
                element.write(to: &text, without: skipped)
            case .element: break
            }
        }
    }

    /// The root of the document in `bytes`. `what` is what the file is called in messages.
    static func parse(_ bytes: [UInt8], _ what: String) throws(StageFailure) -> XMLElement {
        guard bytes.count <= XMLBuilder.limit else { throw .tooLarge }
        let (bytes, encoding) = readable(bytes)
        guard let parser = XML_ParserCreateNS(encoding, 0x7C) else { throw .damaged(what, "expat can't be started") }
        defer { XML_ParserFree(parser) }
        let builder = XMLBuilder()
        let pointer = Unmanaged.passUnretained(builder).toOpaque()
        XML_SetUserData(parser, pointer)
        // names of characters that a document does not declare are skipped and not errors
        XML_UseForeignDTD(parser, 1)
        XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let data, let name else { return }
                Unmanaged<XMLBuilder>.fromOpaque(data).takeUnretainedValue().open(name, attributes)
            },
            { data, _ in
                guard let data else { return }
                Unmanaged<XMLBuilder>.fromOpaque(data).takeUnretainedValue().close()
            })
        XML_SetCharacterDataHandler(parser) { data, text, count in
            guard let data, let text else { return }
            let bytes = UnsafeRawBufferPointer(start: text, count: Int(count))
            Unmanaged<XMLBuilder>.fromOpaque(data).takeUnretainedValue().add(String(decoding: bytes, as: UTF8.self))
        }
        XML_SetSkippedEntityHandler(parser) { data, name, isParameter in
            guard let data, let name, isParameter == 0 else { return }
            let known = XMLBuilder.characters[String(cString: name)] ?? "\u{FFFD}"
            Unmanaged<XMLBuilder>.fromOpaque(data).takeUnretainedValue().add(known)
        }
        // files beside the document are not opened
        XML_SetExternalEntityRefHandlerArg(parser, pointer)
        XML_SetExternalEntityRefHandler(parser) { data, _, _, _, _ in
            guard let data else { return 1 }
            Unmanaged<XMLBuilder>.fromOpaque(UnsafeRawPointer(data)).takeUnretainedValue().omitsFiles = true
            return 1
        }
        builder.parser = parser
        let status = bytes.withUnsafeBufferPointer { bytes in
            bytes.withMemoryRebound(to: CChar.self) { XML_Parse(parser, $0.baseAddress, Int32($0.count), 1) }
        }
        guard status == XML_STATUS_OK, let root = builder.root else {
            let line = XML_GetCurrentLineNumber(parser)
            let reason = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "it is no XML"
            throw .damaged(what, builder.isTooDeep ? "its elements are nested too deep" : "line \(line): \(reason)")
        }
        root.omitsFiles = builder.omitsFiles
        return root
    }

    /// What expat can read of a document: in UTF-8 where it declares an encoding that expat does not know, with the name of
    /// the encoding that counts in place of the declared one.
    private static func readable(_ bytes: [UInt8]) -> (bytes: [UInt8], encoding: String?) {
        let head = String(decoding: bytes.prefix(200), as: UTF8.self)
        guard head.hasPrefix("<?xml"), let end = head.firstRange(of: "?>"),
            let match = head[..<end.lowerBound].firstMatch(of: /encoding\s*=\s*["']([A-Za-z0-9._:-]+)["']/)
        else { return (bytes, nil) }
        let name = match.1.lowercased()
        guard !["utf-8", "utf-16", "iso-8859-1", "us-ascii"].contains(name),
            let text = EncodedText.decoded(bytes, as: name)
        else { return (bytes, nil) }
        return (Array(text.utf8), "UTF-8")
    }
}

/// Puts a tree together while expat reads.
private final class XMLBuilder {
    /// A document may have this many bytes.
    static let limit = 256 << 20
    /// Elements may be nested this deep.
    private static let deepest = 400
    /// Names of characters that web pages know without declaration, as far as books use them.
    static let characters = [
        "nbsp": "\u{A0}", "shy": "\u{AD}", "mdash": "—", "ndash": "–", "hellip": "…", "lsquo": "‘", "rsquo": "’",
        "ldquo": "“", "rdquo": "”", "sbquo": "‚", "bdquo": "„", "laquo": "«", "raquo": "»", "copy": "©", "reg": "®",
        "eacute": "é", "egrave": "è", "agrave": "à", "ccedil": "ç", "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä",
        "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "ntilde": "ñ", "times": "×", "middot": "·", "bull": "•", "euro": "€",
        "pound": "£", "sect": "§", "deg": "°", "emsp": "\u{2003}", "ensp": "\u{2002}", "thinsp": "\u{2009}",
    ]

    var parser: XML_Parser?
    private(set) var root: XMLElement?
    private(set) var isTooDeep = false
    var omitsFiles = false
    private var open: [XMLElement] = []

    func open(_ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        guard open.count < Self.deepest else {
            isTooDeep = true
            if let parser { XML_StopParser(parser, 0) }
            return
        }
        var known: [String: String] = [:]
        var at = 0
        while let attributes, let key = attributes[at], let value = attributes[at + 1] {
            let key = Self.local(key)
            if known[key] == nil { known[key] = String(cString: value) }
            at += 2
        }
        let element = XMLElement(Self.local(name), known)
        if let last = open.last { last.children.append(.element(element)) } else { root = element }
        open.append(element)
    }

    func close() { if !open.isEmpty { open.removeLast() } }

    func add(_ text: String) {
        guard let last = open.last else { return }
        if case .text(let before)? = last.children.last {
            last.children[last.children.count - 1] = .text(before + text)
        } else {
            last.children.append(.text(text))
        }
    }

    /// A name without its namespace, which expat puts before it with a stroke.
    private static func local(_ name: UnsafePointer<CChar>) -> String {
        let name = String(cString: name)
        return name.lastIndex(of: "|").map { String(name[name.index(after: $0)...]) } ?? name
    }
}
