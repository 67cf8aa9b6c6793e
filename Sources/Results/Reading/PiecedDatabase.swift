import Foundation
import GRDBSQLite
import Synchronization

/// A database that lies in pieces somewhere else, of which SQLite reads those that it needs.
///
/// It is opened under the path of a file that stands for it. SQLite asks for pages of files through a table of functions
/// (a VFS); the one that is put before the system's here answers for such paths, and leaves all others to it.
package final class PiecedDatabase: Sendable {
    private let size: Int
    private let piece: Int
    private let load: @Sendable (Int) throws -> [UInt8]
    private let state = Mutex(State())

    private struct State {
        var pieces: [Int: [UInt8]] = [:]
        /// The numbers of the pieces, the one that came first foremost.
        var order: [Int] = []
        var problem: (any Error)?
    }

    /// Pieces that are held in memory.
    private static let most = 96

    /// A database of `size` bytes, cut into pieces of `piece` bytes, of which `load` gives each by its number.
    package init(size: Int, piece: Int, load: @escaping @Sendable (Int) throws -> [UInt8]) {
        self.size = size
        self.piece = piece
        self.load = load
    }

    /// What was wrong with a piece; nil where every piece that was asked for could be had.
    package var problem: (any Error)? { state.withLock { $0.problem } }

    /// Calls `body` while this database can be opened at `path`, where a file stands for it.
    package func standing<Value>(at path: String, _ body: () throws -> Value) throws -> Value {
        guard let place = realpath(path, nil) else { throw ResultsError("there is no file '\(path)'") }
        defer { free(place) }
        let name = String(cString: place)
        PieceReading.begin(name, self)
        defer { PieceReading.end(name) }
        return try body()
    }

    /// Copies bytes from `start` on to `target`; false where they can't be had.
    fileprivate func read(_ target: UnsafeMutableRawBufferPointer, from start: Int) -> Bool {
        state.withLock { state in
            var done = 0
            while done < target.count {
                let place = start + done
                let number = place / piece
                if state.pieces[number] == nil {
                    do {
                        state.pieces[number] = try load(number)
                    } catch {
                        state.problem = state.problem ?? error
                        return false
                    }
                    state.order.append(number)
                    if state.order.count > Self.most { state.pieces[state.order.removeFirst()] = nil }
                }
                let rest = place - number * piece
                guard let bytes = state.pieces[number], rest < bytes.count else { return false }
                let count = min(bytes.count - rest, target.count - done)
                bytes.withUnsafeBytes { source in
                    UnsafeMutableRawBufferPointer(rebasing: target[done..<done + count])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[rest..<rest + count]))
                }
                done += count
            }
            return true
        }
    }

    fileprivate func read(_ target: UnsafeMutableRawPointer, _ count: Int, from start: Int) -> Int32 {
        let there = max(0, min(count, size - start))
        guard read(UnsafeMutableRawBufferPointer(start: target, count: there), from: start) else {
            return Self.failed
        }
        guard there < count else { return SQLITE_OK }
        // What is behind the end reads as zeros.
        memset(target + there, 0, count - there)
        return Self.short
    }

    /// `SQLITE_IOERR_READ` and `SQLITE_IOERR_SHORT_READ`, which SQLite defines by arithmetic.
    private static let failed = SQLITE_IOERR | 1 << 8
    private static let short = SQLITE_IOERR | 2 << 8

    fileprivate var bytes: Int64 { Int64(size) }
}

/// The functions by which SQLite reads databases in pieces.
private enum PieceReading {
    private static let standing = Mutex<[String: PiecedDatabase]>([:])

    static func begin(_ path: String, _ database: PiecedDatabase) {
        _ = isRegistered
        standing.withLock { $0[path] = database }
    }

    static func end(_ path: String) { standing.withLock { $0[path] = nil } }

    /// An open file, as SQLite has it: the functions, and behind them what they need.
    private struct OpenFile {
        var base: sqlite3_file
        var database: Unmanaged<PiecedDatabase>
    }

    private static func database(of file: UnsafeMutablePointer<sqlite3_file>?) -> PiecedDatabase? {
        guard let file else { return nil }
        return UnsafeMutableRawPointer(file).assumingMemoryBound(to: OpenFile.self).pointee.database
            .takeUnretainedValue()
    }

    /// SQLite's own functions for files. SQLite makes them before the first database is opened and frees them never, and they
    /// are only read here: so threads may share the pointer.
    nonisolated(unsafe) private static let system: UnsafeMutablePointer<sqlite3_vfs> = sqlite3_vfs_find(nil)

    /// The functions for an open file. They are written once, before SQLite gets them, and never freed: so threads may share
    /// the pointer.
    nonisolated(unsafe) private static let methods: UnsafeMutablePointer<sqlite3_io_methods> = {
        let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
        var functions = sqlite3_io_methods()
        functions.iVersion = 1
        functions.xClose = { file in
            guard let file else { return SQLITE_OK }
            UnsafeMutableRawPointer(file).assumingMemoryBound(to: OpenFile.self).pointee.database.release()
            return SQLITE_OK
        }
        functions.xRead = { file, target, count, start in
            guard let target, let database = database(of: file) else { return SQLITE_IOERR }
            return database.read(target, Int(count), from: Int(start))
        }
        functions.xWrite = { _, _, _, _ in SQLITE_READONLY }
        functions.xTruncate = { _, _ in SQLITE_READONLY }
        functions.xSync = { _, _ in SQLITE_OK }
        functions.xFileSize = { file, size in
            guard let database = database(of: file) else { return SQLITE_IOERR }
            size?.pointee = database.bytes
            return SQLITE_OK
        }
        functions.xLock = { _, _ in SQLITE_OK }
        functions.xUnlock = { _, _ in SQLITE_OK }
        functions.xCheckReservedLock = { _, isHeld in
            isHeld?.pointee = 0
            return SQLITE_OK
        }
        functions.xFileControl = { _, _, _ in SQLITE_NOTFOUND }
        functions.xSectorSize = { _ in 4096 }
        functions.xDeviceCharacteristics = { _ in SQLITE_IOCAP_IMMUTABLE }
        methods.initialize(to: functions)
        return methods
    }()

    /// Puts the functions before those of the system, once.
    private static let isRegistered: Bool = {
        let table = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
        table.initialize(to: system.pointee)
        table.pointee.szOsFile = max(system.pointee.szOsFile, Int32(MemoryLayout<OpenFile>.size))
        table.pointee.zName = UnsafePointer(strdup("colophon-pieces"))
        table.pointee.xOpen = { _, name, file, flags, found in
            let open = name.flatMap { name in standing.withLock { $0[String(cString: name)] } }
            guard let open, let file, flags & SQLITE_OPEN_MAIN_DB != 0 else {
                return system.pointee.xOpen(system, name, file, flags, found)
            }
            file.pointee.pMethods = nil
            guard flags & SQLITE_OPEN_READONLY != 0 else { return SQLITE_CANTOPEN }
            UnsafeMutableRawPointer(file).assumingMemoryBound(to: OpenFile.self).initialize(
                to: OpenFile(
                    base: sqlite3_file(pMethods: UnsafePointer(methods)), database: Unmanaged.passRetained(open)))
            found?.pointee = flags
            return SQLITE_OK
        }
        return sqlite3_vfs_register(table, 1) == SQLITE_OK
    }()
}
