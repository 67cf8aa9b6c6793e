import Subprocess

/// The lines of a program's standard output.
struct LineReader {
    /// No line may be longer: a program that writes on without a line end must not fill the memory.
    private let limit: Int

    private var source: SubprocessOutputSequence.Iterator
    private var buffer: [UInt8] = []
    private var start = 0
    /// How much of the buffer is known to hold no line end.
    private var searched = 0
    private let total: OutputTotal
    /// How many lines have been read.
    private(set) var count = 0

    init(_ output: SubprocessOutputSequence, limit: Int, total: OutputTotal) {
        self.total = total
        source = output.makeAsyncIterator()
        self.limit = limit
    }

    /// Whether something without a line end was read last.
    var hasRest: Bool { start < buffer.count }

    /// The next line without its end; nil at the end of the output, where a rest without line end is no line.
    mutating func next() async throws -> [UInt8]? {
        while true {
            if let line = try buffered() { return line }
            guard let more = try await source.next() else { return nil }
            try append(more)
        }
    }

    // The two halves of `next` that do not wait stay functions of their own: the optimizer fails at a coroutine that holds
    // them.

    /// The next line of what has been read; nil where more has to be read, for which there is room then.
    @inline(never)
    private mutating func buffered() throws -> [UInt8]? {
        if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
            let line = Array(buffer[start..<end])
            start = end + 1
            searched = start
            count += 1
            return line
        }
        buffer.removeSubrange(..<start)
        start = 0
        searched = buffer.count
        guard buffer.count <= limit else { throw ProgramProblem.tooLong(limit, line: count + 1) }
        return nil
    }

    @inline(never)
    private mutating func append(_ more: SubprocessOutputSequence.Buffer) throws {
        more.withUnsafeBytes { buffer.append(contentsOf: $0) }
        try total.add(more.count)
    }
}
