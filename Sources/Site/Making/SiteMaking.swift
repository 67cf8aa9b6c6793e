import Text

/// Makes the pages of a site that have to be made, and tells which others stay.
struct SiteMaking {
    /// A file that was made.
    struct Made {
        let path: String
        let bytes: [UInt8]
        let subject: SiteSubject
        /// A hash of what it was made from, for a file that is about everything; else 0.
        let key: UInt64
    }

    private var run: SiteRun
    private let report: [UInt8]
    private let known: SiteRecord
    private var changes: SiteChanges
    /// What the next making compares with, but for the files.
    private(set) var record = SiteRecord()
    /// The subjects that there are.
    private var subjects: Set<SiteSubject> = []
    /// Files about everything that stay.
    private var kept: Set<String> = []
    /// The documents of which other pages show something else than before.
    private var renamed: Set<String> = []

    /// A making of what differs from `known`; of everything without it. Pages of the subjects `lost` are made as well.
    init(_ run: SiteRun, report: [UInt8], known: SiteRecord?, lost: Set<SiteSubject>) throws {
        self.run = run
        self.report = report
        self.known = known ?? SiteRecord()
        changes = try SiteChanges(run, record: known, lost: lost)
        record.entities = changes.entities
    }

    /// Hands over the files that are made. `read` gives the bytes of a file that was made before.
    mutating func make(read: @escaping (String) -> [UInt8]?, _ put: (Made) throws -> Void) throws {
        func whole(_ path: String, _ bytes: [UInt8]) throws {
            try put(Made(path: path, bytes: bytes, subject: SiteSubject(file: path), key: 0))
        }
        try whole("site.css", Array(SiteStyle.sheet.utf8))
        for script in SiteStyle.scripts { try whole(script.name, Array(script.text.utf8)) }
        try whole("search.html", run.searchPage())
        try whole("concordance.html", run.concordancePage())
        try followDocuments()
        try makeDocuments(read: read, put)
        try makeNames(put)
        try makeSources(put)
        try makeQuestions(put)
        try makePublishers(put)
        try makeReport(put)
    }

    /// Whether a file that is there and was not made again belongs to the site.
    func stands(_ path: String, _ file: SiteRecord.File) -> Bool {
        file.subject.kind == nil
            ? kept.contains(path) : subjects.contains(file.subject) && !changes.isDue(file.subject)
    }

    /// Finds out what other documents and pages have to follow from documents that differ, and where the parts of long ones
    /// begin: pages link to places in them.
    private mutating func followDocuments() throws {
        for document in run.documents {
            let old = known.documents[document.id]
            var new = old ?? SiteRecord.Document()
            new.sums = changes.sums[document.id] ?? []
            if run.isLong(document), changes.isDue(SiteSubject(.document, document.id)) {
                let texts = run.texts(of: try run.content(of: document))
                new.parts = texts.count > 1 ? texts.map(\.start) : []
            } else if !run.isLong(document) {
                new.parts = []
            }
            if !new.parts.isEmpty { run.parts[document.id] = new.parts }
            new.head = Self.head(of: document, new.parts)
            if let old, new.head != old.head || !new.parts.isEmpty && changes.touched.contains(document.id) {
                renamed.insert(document.id)
            }
            record.documents[document.id] = new
        }
        guard changes.hasRecord else { return }
        for id in changes.moved {
            guard let document = run.document(id) else { continue }
            let told = try run.told(try run.content(of: document))
            record.documents[id]?.told = told
            changes.tell(told, of: id)
        }
        try changes.rename(renamed)
    }

    /// A hash of what pages of others show of a document.
    private static func head(of document: SiteDocument, _ parts: [Int]) -> UInt64 {
        var hash = StableHash()
        for text in [document.name, document.origin] {
            hash.combine(text.utf8)
            hash.combine(UInt8(0))
        }
        for part in parts { hash.combine(UInt64(part)) }
        return hash.value
    }

    private mutating func makeDocuments(read: @escaping (String) -> [UInt8]?, _ put: (Made) throws -> Void) throws {
        let old = knownSearch(read)
        var search = SearchIndex(old)
        let portions = SearchPortion.portions(of: run.documents)
        for portion in portions {
            var hash = StableHash()
            for document in run.documents[portion.documents] {
                hash.combine(document.id.utf8)
                hash.combine(UInt8(0))
            }
            let path = SearchIndex.path(ofTexts: portion.name)
            let isSearched =
                old == nil || known.files[path]?.key != hash.value
                || run.documents[portion.documents].contains {
                    changes.touched.contains($0.id) || renamed.contains($0.id)
                }
            var texts = search.texts(of: portion)
            for place in portion.documents {
                let document = run.documents[place]
                let subject = SiteSubject(.document, document.id)
                subjects.insert(subject)
                let isDue = changes.isDue(subject)
                guard isDue || isSearched else { continue }
                let content = try run.content(of: document)
                let parts = run.texts(of: content)
                if isDue {
                    try run.pages(of: content, parts) {
                        try put(Made(path: $0, bytes: $1, subject: subject, key: 0))
                    }
                }
                if !changes.hasRecord { record.documents[document.id]?.told = try run.told(content) }
                guard isSearched else { continue }
                search.add(
                    document, at: place, text: content.text, sentences: content.sentences,
                    parts: parts.enumerated().map {
                        (start: $1.start, address: SiteAddress.page(.document, document.id, part: $0))
                    }, to: &texts)
            }
            guard isSearched else { continue }
            try search.replace(portion, by: texts) {
                try put(Made(path: $0, bytes: $1, subject: SiteSubject(file: $0), key: hash.value))
            }
        }
        try search.finish(portions, documents: run.documents.count) {
            try put(Made(path: $0, bytes: $1, subject: SiteSubject(file: $0), key: 0))
        } keep: {
            kept.insert($0)
        }
        try makeList(run.documentList, put)
    }

    /// The search as it was made; nil where a file of it is not as it was left.
    private func knownSearch(_ read: @escaping (String) -> [UInt8]?) -> SearchIndex.Known? {
        guard changes.hasRecord, known.files[SearchIndex.path] != nil, let list = read(SearchIndex.path),
            let search = SearchIndex.known(in: list, read: read)
        else { return nil }
        let texts = search.portions.flatMap { name, count in
            (0..<count).map { SearchIndex.path(ofTexts: SearchTexts.key(name, $0)) }
        }
        let words = search.words.map { SearchIndex.path(ofWords: $0.name) }
        return (texts + words).allSatisfy { known.files[$0] != nil } ? search : nil
    }

    private mutating func makeNames(_ put: (Made) throws -> Void) throws {
        guard run.frame.kinds.contains(.name) else { return }
        for entity in run.entities {
            try make(.name, entity.id, put) { run throws in try run.page(of: entity) }
        }
        try makeList(run.nameList, put)
    }

    private mutating func makeSources(_ put: (Made) throws -> Void) throws {
        guard run.frame.kinds.contains(.source) else { return }
        let described = try run.described()
        for source in described { try make(.source, source.key, put) { run throws in try run.page(of: source) } }
        try makeList(try run.sourceList(described), put)
    }

    private mutating func makeQuestions(_ put: (Made) throws -> Void) throws {
        guard run.frame.kinds.contains(.question) else { return }
        let questions = try run.questions()
        for question in questions {
            try make(.question, question.id, put) { run throws in try run.page(of: question) }
        }
        try makeList(run.questionList(questions), put)
    }

    private mutating func makePublishers(_ put: (Made) throws -> Void) throws {
        guard run.frame.kinds.contains(.publisher) else { return }
        let publishers = try run.publishers()
        let documents = Dictionary(grouping: run.documents) { $0.publisher ?? "" }
        for publisher in publishers {
            try make(.publisher, publisher.name, put) { run throws in
                try run.page(of: publisher, documents[publisher.name] ?? [])
            }
        }
        try makeList(run.publisherList(publishers), put)
    }

    /// Makes the one page of a subject, if it has to be made.
    private mutating func make(
        _ kind: SiteAddress.Kind, _ id: String, _ put: (Made) throws -> Void, _ page: (SiteRun) throws -> [UInt8]
    ) throws {
        let subject = SiteSubject(kind, id)
        subjects.insert(subject)
        guard changes.isDue(subject) else { return }
        try put(Made(path: SiteAddress.page(kind, id), bytes: page(run), subject: subject, key: 0))
    }

    private mutating func makeList(_ list: SiteRun.List, _ put: (Made) throws -> Void) throws {
        for part in 0..<list.parts {
            let path = SiteAddress.list(list.kind, part: part)
            let key = list.key(of: part)
            if known.files[path]?.key == key {
                kept.insert(path)
            } else {
                try put(
                    Made(path: path, bytes: run.page(part, of: list), subject: SiteSubject(file: path), key: key))
            }
        }
    }

    private mutating func makeReport(_ put: (Made) throws -> Void) throws {
        var hash = StableHash()
        hash.combine(report)
        for document in run.documents {
            hash.combine(document.id.utf8)
            hash.combine(UInt8(0))
        }
        let first = SiteRun.reportAddress
        let isKnown = known.files[first]?.key == hash.value
        let files = known.files.filter { $0.key == first || EvidenceParts.isAddress($0.key) }
        if isKnown, files.values.allSatisfy({ $0.key == hash.value }) {
            kept.formUnion(files.keys)
            return
        }
        try run.reportPages(report) {
            try put(Made(path: $0, bytes: $1, subject: SiteSubject(file: $0), key: hash.value))
        }
    }
}
