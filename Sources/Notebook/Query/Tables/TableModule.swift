import GRDBSQLite
import Results
import Words

/// Makes a ``TableFunction`` known to SQLite as an eponymous virtual table (https://www.sqlite.org/vtab.html).
///
/// SQLite calls C functions with addresses that it was given. What these stand for is kept alive by SQLite's own calls: the
/// module until the connection closes, a table from connect to disconnect, a cursor from open to close.
final class TableModule {
    private let function: TableFunction
    private let source: WordSource

    private init(_ function: TableFunction, _ source: WordSource) {
        self.function = function
        self.source = source
    }

    /// Registers `function` on a connection that `source` reads too.
    static func register(_ function: TableFunction, on database: OpaquePointer, source: WordSource) {
        let module = Unmanaged.passRetained(TableModule(function, source)).toOpaque()
        sqlite3_create_module_v2(database, function.name, interface, module) { address in
            if let address { Unmanaged<TableModule>.fromOpaque(address).release() }
        }
    }

    // What SQLite hands back begins with its own fields.
    private struct Table {
        var base = sqlite3_vtab()
        let module: Unmanaged<TableModule>
    }

    private struct Cursor {
        var base = sqlite3_vtab_cursor()
        let state: Unmanaged<CursorState>
    }

    private final class CursorState {
        var rows = AnyIterator<Result<[TableValue], any Error>> { nil }
        var row: [TableValue]?
        var arguments: [ResultsValue] = []
        var number: Int64 = 0
        /// How many columns stand before the arguments.
        var width = 0

        /// Goes to the next row.
        func advance() throws {
            row = try rows.next()?.get()
            number += 1
        }
    }

    // It is made once and never changed.
    private nonisolated(unsafe) static let interface: UnsafeMutablePointer<sqlite3_module> = {
        var module = sqlite3_module()
        module.xConnect = { database, address, _, _, result, _ in
            guard let address, let database else { return SQLITE_ERROR }
            let module = Unmanaged<TableModule>.fromOpaque(address)
            let code = sqlite3_declare_vtab(database, module.takeUnretainedValue().function.declaration)
            guard code == SQLITE_OK else { return code }
            let table = UnsafeMutablePointer<Table>.allocate(capacity: 1)
            table.initialize(to: Table(module: module.retain()))
            result?.pointee = UnsafeMutableRawPointer(table).assumingMemoryBound(to: sqlite3_vtab.self)
            return SQLITE_OK
        }
        module.xBestIndex = { table, plan in
            guard let table, let plan else { return SQLITE_ERROR }
            return TableModule.plan(TableModule.table(table).pointee.module.takeUnretainedValue().function, plan)
        }
        module.xDisconnect = { table in
            guard let table else { return SQLITE_OK }
            let own = TableModule.table(table)
            own.pointee.module.release()
            own.deinitialize(count: 1)
            own.deallocate()
            return SQLITE_OK
        }
        module.xOpen = { _, result in
            let cursor = UnsafeMutablePointer<Cursor>.allocate(capacity: 1)
            cursor.initialize(to: Cursor(state: Unmanaged.passRetained(CursorState())))
            result?.pointee = UnsafeMutableRawPointer(cursor).assumingMemoryBound(to: sqlite3_vtab_cursor.self)
            return SQLITE_OK
        }
        module.xClose = { cursor in
            guard let cursor else { return SQLITE_OK }
            let own = TableModule.cursor(cursor)
            own.pointee.state.release()
            own.deinitialize(count: 1)
            own.deallocate()
            return SQLITE_OK
        }
        module.xFilter = { cursor, given, _, count, values in
            guard let cursor, let table = cursor.pointee.pVtab else { return SQLITE_ERROR }
            let module = TableModule.table(table).pointee.module.takeUnretainedValue()
            let state = TableModule.cursor(cursor).pointee.state.takeUnretainedValue()
            return TableModule.catching(table) {
                var arguments = Array(repeating: ResultsValue.null, count: module.function.parameters.count)
                var next = 0
                for k in arguments.indices where given & 1 << Int32(k) != 0 && next < Int(count) {
                    arguments[k] = TableModule.value(values?[next])
                    next += 1
                }
                state.number = 0
                state.width = module.function.columns.count
                state.arguments = arguments
                state.rows = try module.function.rows(
                    arguments, usesCostly: given & TableModule.costly != 0, module.source)
                try state.advance()
            }
        }
        module.xNext = { cursor in
            guard let cursor, let table = cursor.pointee.pVtab else { return SQLITE_ERROR }
            let state = TableModule.cursor(cursor).pointee.state.takeUnretainedValue()
            return TableModule.catching(table) { try state.advance() }
        }
        module.xEof = { cursor in
            guard let cursor else { return 1 }
            return TableModule.cursor(cursor).pointee.state.takeUnretainedValue().row == nil ? 1 : 0
        }
        module.xColumn = { cursor, context, column in
            guard let cursor, let context else { return SQLITE_ERROR }
            let state = TableModule.cursor(cursor).pointee.state.takeUnretainedValue()
            let row = state.row ?? []
            let column = Int(column)
            // a row may tell what an argument that was left out is for it
            let argument = column - state.width
            let value =
                column < row.count
                ? row[column]
                : state.arguments.indices.contains(argument) ? .plain(state.arguments[argument]) : .plain(.null)
            TableModule.give(value, to: context)
            return SQLITE_OK
        }
        module.xRowid = { cursor, number in
            guard let cursor else { return SQLITE_ERROR }
            number?.pointee = TableModule.cursor(cursor).pointee.state.takeUnretainedValue().number
            return SQLITE_OK
        }
        let address = UnsafeMutablePointer<sqlite3_module>.allocate(capacity: 1)
        address.initialize(to: module)
        return address
    }()

    private static func table(_ base: UnsafeMutablePointer<sqlite3_vtab>) -> UnsafeMutablePointer<Table> {
        UnsafeMutableRawPointer(base).assumingMemoryBound(to: Table.self)
    }

    private static func cursor(_ base: UnsafeMutablePointer<sqlite3_vtab_cursor>) -> UnsafeMutablePointer<Cursor> {
        UnsafeMutableRawPointer(base).assumingMemoryBound(to: Cursor.self)
    }

    /// The bit of `idxNum` that says that a column which takes long to make is used.
    private static let costly: Int32 = 1 << 30

    /// Says which arguments are known, as bits of `idxNum`: they are handed over in the order of the parameters.
    private static func plan(_ function: TableFunction, _ plan: UnsafeMutablePointer<sqlite3_index_info>) -> Int32 {
        var found: [Int: Int] = [:]
        for k in 0..<Int(plan.pointee.nConstraint) {
            guard let constraint = plan.pointee.aConstraint?[k], constraint.op == UInt8(SQLITE_INDEX_CONSTRAINT_EQ)
            else {
                continue
            }
            let parameter = Int(constraint.iColumn) - function.columns.count
            guard function.parameters.indices.contains(parameter) else { continue }
            // the argument stands in a table that is not read yet: another order of the tables is needed
            guard constraint.usable != 0 else { return SQLITE_CONSTRAINT }
            found[parameter] = found[parameter] ?? k
        }
        var bits: Int32 = 0
        for (place, item) in found.sorted(by: { $0.key < $1.key }).enumerated() {
            bits |= 1 << Int32(item.key)
            plan.pointee.aConstraintUsage?[item.value].argvIndex = Int32(place + 1)
            plan.pointee.aConstraintUsage?[item.value].omit = 1
        }
        for column in function.costly where plan.pointee.colUsed & 1 << UInt64(min(column, 63)) != 0 {
            bits |= costly
        }
        plan.pointee.idxNum = bits
        plan.pointee.estimatedCost = 1_000_000
        plan.pointee.estimatedRows = 1000
        return SQLITE_OK
    }

    /// Runs `body`; what it throws becomes the message of the table.
    private static func catching(_ table: UnsafeMutablePointer<sqlite3_vtab>, _ body: () throws -> Void) -> Int32 {
        do {
            try body()
            return SQLITE_OK
        } catch {
            let text: String =
                switch error {
                case let problem as PatternProblem: problem.message + (problem.hint.map { ". \($0)" } ?? "")
                case let problem as WordReadingError: problem.message
                default: "\(error)"
                }
            sqlite3_free(table.pointee.zErrMsg)
            let bytes = Array(text.utf8CString)
            let message = sqlite3_malloc(Int32(clamping: bytes.count))
            message?.copyMemory(from: bytes, byteCount: bytes.count)
            table.pointee.zErrMsg = message?.assumingMemoryBound(to: CChar.self)
            return SQLITE_ERROR
        }
    }

    private static func value(_ value: OpaquePointer?) -> ResultsValue {
        guard let value else { return .null }
        switch sqlite3_value_type(value) {
        case SQLITE_INTEGER: return .integer(sqlite3_value_int64(value))
        case SQLITE_FLOAT: return .real(sqlite3_value_double(value))
        case SQLITE_NULL: return .null
        default:
            let address = sqlite3_value_text(value)
            let count = Int(sqlite3_value_bytes(value))
            return .text(String(decoding: UnsafeBufferPointer(start: address, count: count), as: UTF8.self))
        }
    }

    private static func give(_ value: TableValue, to context: OpaquePointer) {
        switch value {
        case .plain(let value): give(value, to: context)
        case .evidence(let set):
            let bytes = EvidenceAggregate.encoded(set)
            sqlite3_result_blob(
                context, bytes, Int32(clamping: bytes.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self))
        }
    }

    private static func give(_ value: ResultsValue, to context: OpaquePointer) {
        switch value {
        case .null: sqlite3_result_null(context)
        case .integer(let number): sqlite3_result_int64(context, number)
        // a number that is none is no value
        case .real(let number): number.isNaN ? sqlite3_result_null(context) : sqlite3_result_double(context, number)
        case .text(let text):
            let bytes = Array(text.utf8).map(CChar.init(bitPattern:))
            sqlite3_result_text(
                context, bytes, Int32(clamping: bytes.count), unsafeBitCast(-1, to: sqlite3_destructor_type.self))
        }
    }
}
