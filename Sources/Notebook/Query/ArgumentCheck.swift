import GRDB
import Model
import Results
import StageKit
import Words

/// Looks at the arguments that stand in a statement as they are: what a function or a table refuses for its form when rows
/// are read is told before there are any, at the place of the argument.
struct ArgumentCheck {
    /// The tables that are functions of their arguments, by name in small letters.
    let functions: [String: TableFunction]
    /// What is known of the documents; nil where nothing is.
    let corpus: CorpusFacts?
    let parameters: Parameters
    /// Variables whose values the rows of a section give.
    let open: Set<String>

    /// What is wrong in `sql`, in the order of its places.
    func problems(in sql: String) -> [QueryProblem] {
        let tokens = SQLTokens(sql).all
        let words = Set(tokens.lazy.filter { $0.kind == .word }.map { $0.text.lowercased() })
        var problems: [QueryProblem] = []
        for call in SQLCall.all(in: tokens) {
            if let function = functions[call.name], !function.parameters.isEmpty {
                problems += self.problems(of: call, function, words)
            } else {
                problems += self.problems(of: call)
            }
        }
        for k in tokens.indices.dropLast() where tokens[k].isWord("regexp") && k > 0 {
            // `x regexp 'pattern'`; behind a bracket it is a function
            let next = tokens[(k + 1)...(k + 1)]
            guard !tokens[k + 1].isSign("("), let text = text(next) else { continue }
            problems += expression(text, at: tokens[k + 1].offset)
        }
        return problems.sorted { ($0.offset ?? 0) < ($1.offset ?? 0) }
    }

    private func value(_ tokens: ArraySlice<SQLTokens.Token>) -> OptionValue? {
        SQLConstant.value(of: tokens, parameters, open: open)
    }

    private func text(_ tokens: ArraySlice<SQLTokens.Token>) -> String? {
        if case .string(let text)? = value(tokens) { text } else { nil }
    }

    // MARK: Tables

    private func problems(of call: SQLCall, _ function: TableFunction, _ words: Set<String>) -> [QueryProblem] {
        var problems: [QueryProblem] = []
        // an argument may also stand in 'where', as a column
        for k in call.arguments.count..<max(call.arguments.count, function.required)
        where !words.contains(function.parameters[k].name) {
            problems.append(missing(k, of: function, at: call.offset))
        }
        let given = function.parameters.indices.map { k in
            k < call.arguments.count ? value(call.arguments[k]).flatMap(Self.result) : ResultsValue.null
        }
        let arguments = TableArguments(given.map { $0 ?? .null }, of: function, usesCostly: false)
        let letters = function.parameters.firstIndex { $0.kind == .letters }
        // letters that are wrong are told for themselves
        var folding: SearchFolding? = .folded
        if let letters { folding = given[letters] == nil ? nil : (try? arguments.folding(letters)) ?? .folded }
        for k in function.parameters.indices where k < call.arguments.count && given[k] != nil {
            let kind = function.parameters[k].kind
            let place = call.arguments[k].first?.offset
            if kind == .pattern, folding == nil { continue }
            if k < function.required, given[k] == .null {
                problems.append(missing(k, of: function, at: place))
                continue
            }
            do {
                try arguments.checkForm(k, folding: folding ?? .folded)
                // with another grouping the name is that of a part
                if kind == .document, isGrouped(call, function, words) { continue }
                let before = k > 0 ? given[k - 1] : nil
                if let problem = corpus?.problem(with: given[k]?.text, as: kind, in: before?.text) { throw problem }
            } catch let problem as QueryProblem {
                var problem = problem
                problem.offset = place
                problems.append(problem)
            } catch let problem as PatternProblem {
                problems.append(QueryProblem(problem.message, hint: problem.hint, offset: place, id: problem.id))
            } catch let problem as WordReadingError {
                problems.append(QueryProblem(problem.message, offset: place, id: "sql-argument"))
            } catch {
                problems.append(QueryProblem("\(error)", offset: place, id: "sql-argument"))
            }
        }
        return problems
    }

    /// That an argument has to be given.
    private func missing(_ k: Int, of function: TableFunction, at offset: Int?) -> QueryProblem {
        let parameter = function.parameters[k]
        return QueryProblem(
            "'\(function.name)' needs '\(parameter.name)', \(parameter.wording)", offset: offset, id: "sql-argument")
    }

    /// Whether a grouping is given.
    private func isGrouped(_ call: SQLCall, _ function: TableFunction, _ words: Set<String>) -> Bool {
        guard let k = function.parameters.firstIndex(where: { $0.kind == .grouping }) else { return false }
        return k < call.arguments.count || words.contains(function.parameters[k].name)
    }

    private static func result(_ value: OptionValue) -> ResultsValue? {
        switch value {
        case .null: .null
        case .integer(let number): .integer(Int64(number))
        case .real(let number): .real(number)
        case .string(let text): .text(text)
        case .bool, .list, .mapping, .file: nil
        }
    }

    // MARK: Functions

    private func problems(of call: SQLCall) -> [QueryProblem] {
        switch call.name {
        case "formatted":
            guard call.arguments.count == 2, let value = value(call.arguments[1]) else { return [] }
            if case .string(let pattern) = value, ValueFormat(pattern) != nil { return [] }
            let shown: String =
                if case .string(let pattern) = value { "there is no format '\(pattern)'" } else {
                    "a format is a text"
                }
            return [
                QueryProblem(
                    shown, hint: ValueFormat.hint(for: text(call.arguments[1]) ?? ""),
                    offset: call.arguments[1].first?.offset, id: "unknown-format")
            ]
        case "regexp":
            guard call.arguments.count == 2, let pattern = text(call.arguments[0]) else { return [] }
            return expression(pattern, at: call.arguments[0].first?.offset)
        case let name where SteadyDates.names.contains(name):
            for argument in call.arguments {
                guard let text = text(argument), SteadyDates.isUnsteady(text) else { continue }
                return [
                    QueryProblem(
                        SteadyDates.refusal(name), offset: argument.first?.offset, id: "sql-unsteady")
                ]
            }
            guard call.arguments.count < SteadyDates.least(name) else { return [] }
            return [QueryProblem(SteadyDates.refusal(name), offset: call.offset, id: "sql-unsteady")]
        default: return []
        }
    }

    private func expression(_ pattern: String, at offset: Int?) -> [QueryProblem] {
        do throws(PatternProblem) {
            _ = try RegularExpression(pattern, isFolded: false)
            return []
        } catch {
            return [QueryProblem(error.message, hint: error.hint, offset: offset, id: error.id)]
        }
    }
}
