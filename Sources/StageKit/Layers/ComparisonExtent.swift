/// How much of a document was compared with others, and where not every pair was.
public struct ComparisonExtent: Hashable, Sendable {
    /// What statements have in common that are compared for its sake.
    public enum Basis: UInt8, Sendable, CaseIterable {
        /// They name one entity.
        case name
        /// They share words.
        case words
        /// They give one figure, or count one thing.
        case figure
        /// They name one day, and their documents are about one name.
        case day

        /// The name in results.
        public var label: String { "\(self)" }
    }

    /// Statements that have something in common, and are so many that not every pair of them was compared.
    public struct Bound: Hashable, Sendable {
        /// What they have in common.
        public var basis: Basis
        /// The names that they share, as a document writes them; empty for words, figures and days.
        public var name: String
        /// How many they are.
        public var statements: Int
        /// How many of their pairs were not compared for the sake of what all of them share. What else two of them share
        /// may have brought them together.
        public var pairsLeftOut: Int

        /// A bound.
        public init(_ basis: Basis, name: String, statements: Int, pairsLeftOut: Int) {
            self.basis = basis
            self.name = name
            self.statements = statements
            self.pairsLeftOut = pairsLeftOut
        }
    }

    /// How many statements the document makes.
    public var statements: Int
    /// How many of them were compared. Questions, what says too little and what the document says again in the same words
    /// are not.
    public var compared: Int
    /// Each bound of the corpus is told by one document that makes such a statement.
    public var bounds: [Bound]
    /// How many pairs that were compared are linked and not told, since each statement is told the nearest ones of each
    /// relation, of those that it shares something with. Each thing that statements share is counted at one document that has it, and
    /// a pair that shares several things may be counted for each.
    public var linksLeftOut: Int

    /// So much.
    public init(statements: Int = 0, compared: Int = 0, bounds: [Bound] = [], linksLeftOut: Int = 0) {
        self.statements = statements
        self.compared = compared
        self.bounds = bounds
        self.linksLeftOut = linksLeftOut
    }

    func encode(into writer: inout ByteWriter) {
        writer.write(statements)
        writer.write(compared)
        writer.write(list: bounds) { writer, bound in
            writer.write(byte: bound.basis.rawValue)
            writer.write(bound.name)
            writer.write(bound.statements)
            writer.write(bound.pairsLeftOut)
        }
        writer.write(linksLeftOut)
    }

    init(decoding reader: inout ByteReader) throws(LayerError) {
        statements = try reader.integer()
        compared = try reader.integer()
        bounds = try reader.list { reader throws(LayerError) in
            guard let basis = Basis(rawValue: try reader.byte()) else { throw LayerError("no such basis") }
            return Bound(
                basis, name: try reader.string(), statements: try reader.integer(), pairsLeftOut: try reader.integer())
        }
        linksLeftOut = try reader.integer()
    }
}
