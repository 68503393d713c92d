//! What a provider does wrong beyond a reply that leaves its description.

/// What a provider does wrong when it is tested, or what keeps it from being tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Conduct {
    /// It fails: a 5xx.
    ServerError,
    /// It refuses a request that keeps to the contract.
    ValidRefused,
    /// It serves a request that leaves the contract.
    InvalidAccepted,
    /// It serves a request without the credentials that are needed.
    CredentialsIgnored,
    /// It refuses the credentials that it was given.
    CredentialsRefused,
    /// It answers a method that is not documented as if it were.
    MethodAnswered,
    /// `HEAD` is not answered as `GET` is.
    Head,
    /// `Allow` does not list the methods that there are.
    Allow,
    /// A link of a reply does not lead where it is said to.
    Link,
    /// No valid request to an operation was served.
    NothingServed,
}

impl Conduct {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::ServerError => "server-error",
            Self::ValidRefused => "valid-refused",
            Self::InvalidAccepted => "invalid-accepted",
            Self::CredentialsIgnored => "credentials-ignored",
            Self::CredentialsRefused => "credentials-refused",
            Self::MethodAnswered => "method-answered",
            Self::Head => "head",
            Self::Allow => "allow",
            Self::Link => "link",
            Self::NothingServed => "nothing-served",
        }
    }
}
