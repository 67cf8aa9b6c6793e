import Foundation

/// What the trainer is told on the command line, and what it has settled on.
struct Settings: Sendable {
    /// The development kit with the texts in which names are marked.
    var kit = "../shared/eval"
    /// The project's folder.
    var root = "."
    /// Where the model is written; by default where the tool is built from.
    var output: String?
    /// The word vectors that are put into clusters: those beside the kit.
    var vectors: String { kit + "/../semantic/words.vec" }
    /// A model to measure; nothing is trained then.
    var evaluate: String?
    /// Whether the texts that are measured on are left out of the training, so that the figures mean something.
    var holdsOut = false

    /// How much an error counts in a short message from the web; in an edited text it counts 1.
    let messages = 0.5
    /// How much an error counts in an article of Wikinews.
    let wikinews = 1.0
    /// How much an error counts in an invented report.
    let invented = 0.15
    /// How often each invented report is filled anew.
    let copies = 8
    /// How often a feature has to occur to be learnt.
    let minimum = 2
    let rounds = 25
    /// How many clusters of words there are.
    let clusters = 1024
    let penalty = 10.0
    let rate = 0.1
    /// The lines of the model, as a power of two.
    let lineBits = 15
    /// The weight that one unit of the model's whole numbers stands for, as its inverse.
    let unit = 16.0

    static let usage = """
        usage: train-names [--kit FOLDER] [--root FOLDER] [--output FILE] [--hold-out yes] [--evaluate MODEL]

        Makes the model for names from FOLDER/data/entities (by default ../shared/eval), the same bytes from the same data,
        and prints how well it does on the texts for measuring. With --hold-out, none of these is learnt from: only then do
        the figures tell what the model does with other texts. With --evaluate, nothing is trained.
        """

    /// Reads the arguments; nil when they can't be understood.
    init?(_ arguments: [String]) {
        var rest = arguments.dropFirst()
        while let option = rest.popFirst() {
            guard let value = rest.popFirst() else { return nil }
            switch option {
            case "--kit": kit = value
            case "--root": root = value
            case "--output": output = value
            case "--evaluate": evaluate = value
            case "--hold-out": holdsOut = value == "yes"
            default: return nil
            }
        }
    }
}
