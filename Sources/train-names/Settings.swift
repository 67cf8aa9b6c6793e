import Foundation

/// What the trainer is told on the command line.
struct Settings: Sendable {
    static let shared = Settings(CommandLine.arguments)
    var kit = "../shared/eval"
    var output = "Sources/CNameModel/names.model"
    var tweets = 0.5
    var gum = 1.0
    var rounds = 25
    var penalty = 10.0
    var rate = 0.1
    var dropout = 0.0
    var lineBits = 16
    var minimum = 2
    var fold = 0
    var copies = 8
    var invented = 0.3
    var root = "."
    var bias = 0.0
    var evaluate = ""
    var mask: Set<Int> = []

    init(_ arguments: [String]) {
        var k = 1
        while k + 1 < arguments.count {
            let value = arguments[k + 1]
            switch arguments[k] {
            case "--kit": kit = value
            case "--output": output = value
            case "--tweets": tweets = Double(value)!
            case "--gum": gum = Double(value)!
            case "--rounds": rounds = Int(value)!
            case "--penalty": penalty = Double(value)!
            case "--rate": rate = Double(value)!
            case "--dropout": dropout = Double(value)!
            case "--lines": lineBits = Int(value)!
            case "--minimum": minimum = Int(value)!
            case "--copies": copies = Int(value)!
            case "--invented": invented = Double(value)!
            case "--bias": bias = Double(value)!
            case "--evaluate": evaluate = value
            case "--root": root = value
            default: break
            }
            k += 2
        }
    }
}
