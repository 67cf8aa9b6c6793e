/// What a site was made from, and what was written: with it only pages that differ are made again.
struct SiteRecord {
    /// A document as its pages, and those that tell of it, were made.
    struct Document: Equatable {
        /// The digests of its rows in each table, as the results keep them.
        var sums: [UInt8] = []
        /// A hash of what other pages show of it: its name, its origin, where its parts begin.
        var head: UInt64 = 0
        /// Where its parts begin, in code points; empty where it has one part.
        var parts: [Int] = []
        /// The subjects, other than itself, whose pages show something of it; in order.
        var told: [SiteSubject] = []
    }

    /// Hashes of what is known of an entity.
    struct Entity: Equatable {
        /// Of its name and type, which the pages of documents show.
        var label: UInt64 = 0
        /// Of its counts and forms, which its own page shows.
        var rest: UInt64 = 0
    }

    /// A file of the site.
    struct File: Equatable {
        var subject: SiteSubject
        /// A hash of what it was made from, for a file that is about everything; else 0.
        var key: UInt64
        var stamp: PageStamp
    }

    /// By path.
    var documents: [String: Document] = [:]
    /// By id.
    var entities: [String: Entity] = [:]
    /// By path within the folder of the site.
    var files: [String: File] = [:]
}
