//! What a provider gets wrong that no reply shows by itself.

/// What a provider gets wrong that shows only in what its replies are to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lapse {
    /// A request that leaves the contract is not refused.
    InvalidAccepted,
    /// A request that keeps to the contract is refused.
    ValidRefused,
    /// It failed.
    ServerError,
    /// It asks for no credentials, or takes any.
    CredentialsIgnored,
    /// It does not take the credentials that were given.
    CredentialsRefused,
    /// It says wrongly which methods there are.
    Allow,
    /// A method that is not documented is not refused as one.
    MethodAnswered,
    /// `HEAD` is not as `GET`.
    Head,
    /// What a link of a reply leads to is not there.
    Link,
    /// There is no whole reply.
    Unanswered,
    /// Nothing that an operation does was seen.
    NothingServed,
}

impl Lapse {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::InvalidAccepted => "invalid-accepted",
            Self::ValidRefused => "valid-refused",
            Self::ServerError => "server-error",
            Self::CredentialsIgnored => "credentials-ignored",
            Self::CredentialsRefused => "credentials-refused",
            Self::Allow => "allow",
            Self::MethodAnswered => "method-answered",
            Self::Head => "head",
            Self::Link => "link",
            Self::Unanswered => "unanswered",
            Self::NothingServed => "nothing-served",
        }
    }
}
