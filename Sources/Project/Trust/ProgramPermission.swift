import Model
import StageKit

/// Whether a pipeline's programs may be started.
package enum ProgramPermission: Sendable {
    /// Those may that the user has consented to.
    case consented(Consents)
    /// None may: what they gave before is taken from the cache.
    case never
    /// All may: the run that a task works for has asked.
    case asked

    /// Throws a `ProjectProblem` unless every program of `analysis` may be started. Nothing starts a program without asking
    /// this first.
    func check(_ analysis: Analysis) throws {
        guard case .consented(let consents) = self else { return }
        let missing = consents.missing(try analysis.allConsentItems()).filter(\.isProgram)
        guard !missing.isEmpty else { return }
        throw ProjectProblem.usage(try missing.map { try .notTrusted($0, analysis, consents) })
    }

    /// Whether any program may be started.
    var isGiven: Bool { if case .never = self { false } else { true } }

    /// The code of a document's failure that it has for want of a program that may be started.
    package static let withheld = "no-programs"
}

extension Diagnostic {
    /// That a program did not run because the user has not consented to it.
    static func notTrusted(
        _ item: ConsentItem, _ analysis: Analysis, _ consents: Consents
    ) throws -> Diagnostic {
        let isChanged = consents.last(item) != nil
        let why = isChanged ? "which changed since you consented to it" : "to which you have not consented"
        let given =
            consents.given.isEmpty
            ? "" : " COLOPHON_TRUST has another digest than \(try analysis.allConsentItems().consentDigest)."
        return analysis.pipeline.diagnostic(
            "\(item.name) runs a program \(why): \(item.summary.printable())",
            hint:
                "'\(analysis.command("trust"))' shows \(isChanged ? "what changed" : "it with its files") and records your "
                + "consent; with '--no-programs' a run makes the report from cached results alone." + given,
            id: "not-trusted", at: item.position ?? SourcePosition(file: analysis.pipeline.path))
    }
}
