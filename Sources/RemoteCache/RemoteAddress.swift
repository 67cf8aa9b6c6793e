/// Where a shared cache is, and how it is asked.
package struct RemoteAddress: Hashable, Sendable {
    /// `https://cache.example.org/texts`, without a slash at the end.
    package let url: String
    /// `NAME:PASSWORD` or a token; never shown.
    package let login: Login?
    /// A file with the certificates that are trusted, instead of the system's.
    package let authorities: String?
    /// How long a request may take, to the last byte of its answer.
    package let patience: Duration

    /// Who asks.
    package enum Login: Hashable, Sendable, CustomStringConvertible {
        case password(String)
        case token(String)

        /// What is printed of it: nothing.
        package var description: String { "…" }
    }

    package init(url: String, login: Login? = nil, authorities: String? = nil, patience: Duration = .seconds(10)) {
        var url = url
        while url.hasSuffix("/") { url.removeLast() }
        self.url = url
        self.login = login
        self.authorities = authorities
        self.patience = patience
    }
}
