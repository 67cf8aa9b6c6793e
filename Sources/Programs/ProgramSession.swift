import Model
import StageKit
import Subprocess
import Synchronization

/// A conversation with a running program.
struct ProgramSession {
    typealias Process = Execution<CustomWriteInput, SequenceOutput, SequenceOutput>

    private let process: Process
    private let specification: ProgramSpecification
    private var lines: LineReader
    private var sent = 0

    init(_ process: Process, _ specification: ProgramSpecification, total: OutputTotal) {
        self.process = process
        self.specification = specification
        lines = LineReader(process.standardOutput, limit: specification.use.limits.output << 20, total: total)
    }

    /// Says hello and waits for the answer.
    mutating func greet() async throws {
        let patience = max(specification.patience, Self.startPatience)
        try await talk([ProgramMessage.hello(specification)], patience: patience, document: { nil }) { line, number in
            try ProgramAnswer.checkHello(line, line: number)
            return true
        }
    }

    /// Sends the records and gathers their answers, which may come in any order.
    /// Each is handed to `answered` as it comes. A program that sees the whole corpus is heard to its end: what it says of
    /// the corpus may come behind the last answer.
    mutating func annotate(
        _ records: [ProgramRecord], answered: (Int, Result<[[UInt8]], StageFailure>) -> Void
    ) async throws -> ProgramReply {
        var results: [Result<[[UInt8]], StageFailure>?] = Array(repeating: nil, count: records.count)
        var chunks: [[UInt8]] = []
        for (index, record) in records.enumerated() {
            do throws(StageFailure) {
                let line = try ProgramMessage.record(sent + index, record, reads: specification.use.reads)
                if let last = chunks.last, last.count < Self.chunk {
                    chunks[chunks.count - 1] += line
                } else {
                    chunks.append(line)
                }
            } catch {
                results[index] = .failure(error)
                answered(index, .failure(error))
            }
        }
        let isForCorpus = specification.use.scope == .corpus
        if isForCorpus { chunks.append(ProgramMessage.end(records.count)) }
        let (first, writes) = (sent, specification.use.writes)
        sent += records.count
        var open = results.count { $0 == nil }
        guard open > 0 else { return ProgramReply(answers: results.compactMap { $0 }) }
        var corpus: CustomLayer?
        try await talk(
            chunks, patience: specification.patience, toItsEnd: isForCorpus,
            document: { results.firstIndex { $0 == nil }.map { records[$0].document } }
        ) { line, number in
            if isForCorpus, let said = try ProgramAnswer.corpus(line, line: number) {
                guard corpus == nil else {
                    throw ProgramProblem.badLine("there is a second line 'corpus'", line: number)
                }
                guard writes.allSatisfy({ GivenLayers.type(of: $0) == nil }) else {
                    throw ProgramProblem.badLine(
                        "there is a line 'corpus', which a program in place of a built-in stage can't give",
                        line: number)
                }
                corpus = said
                return open == 0
            }
            let answer = try ProgramAnswer(line, line: number)
            guard results.indices.contains(answer.number - first) else {
                throw ProgramProblem.badLine("there is no open record \(answer.number)", line: number)
            }
            let index = answer.number - first
            guard results[index] == nil else {
                throw ProgramProblem.badLine(
                    "record \(answer.number) is answered twice", line: number, document: records[index].document)
            }
            let result = answer.layers(writes, for: (try? records[index].text()) ?? [])
            results[index] = result
            answered(index, result)
            open -= 1
            return open == 0
        }
        return ProgramReply(answers: results.compactMap { $0 }, corpus: corpus ?? CustomLayer([]))
    }

    /// A program may take its time to start: it may have a model to load.
    private static let startPatience = Duration.seconds(60)
    /// Bytes that are written at once.
    private static let chunk = 64 << 10

    private enum Part { case written, watched }

    /// Writes `chunks` while it reads lines and gives them to `take`, until that says that it has all; neither side
    /// waits for the other, so full pipes block nobody. A program that does not keep to the protocol is killed. With
    /// `toItsEnd`, the program's input ends behind the chunks, and its output is read to its end.
    private mutating func talk(
        _ chunks: [[UInt8]], patience: Duration, toItsEnd: Bool = false, document: () -> String?,
        _ take: (_ line: [UInt8], _ number: Int) throws -> Bool
    ) async throws {
        let process = process
        let watchdog = Watchdog(patience: patience)
        try await withThrowingTaskGroup(of: Part.self) { group in
            group.addTask {
                for chunk in chunks {
                    // A program that reads no more is found out where its answers are missing.
                    guard let written = try? await process.standardInputWriter.write(chunk), written == chunk.count
                    else { break }
                }
                if toItsEnd { try? await process.standardInputWriter.finish() }
                return .written
            }
            group.addTask {
                await watchdog.watch { process.kill() }
                return .watched
            }
            var hasAll = false
            do {
                while !hasAll || toItsEnd {
                    guard let line = try await lines.next() else {
                        guard hasAll else { throw ProgramProblem.ended(at: document()) }
                        guard !lines.hasRest else { throw ProgramProblem.open(after: lines.count) }
                        break
                    }
                    watchdog.feed()
                    hasAll = try take(line, lines.count)
                }
                while let part = try await group.next(), part != .written {}
                guard !watchdog.hasBarked else {
                    throw hasAll ? .unending(after: patience) : ProgramProblem.ended(at: document())
                }
            } catch {
                process.kill()
                group.cancelAll()
                guard watchdog.hasBarked else {
                    guard var problem = error as? ProgramProblem, problem.code == "program-output" else { throw error }
                    problem.document = document()
                    throw problem
                }
                throw hasAll ? .unending(after: patience) : ProgramProblem.silent(at: document(), after: patience)
            }
            group.cancelAll()
        }
    }
}

extension Execution {
    /// Ends the program and what it has started, which are a session of their own.
    func kill() { try? send(signal: .kill, toProcessGroup: true) }
}
