//! What whoever serves an API chose for it, beside its description and its manner.

/// What whoever serves an API chose for it. The default is what the description documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether a reply is made for each request that does not ask for another by `Prefer`, as if it
    /// had asked for `dynamic=true`.
    pub dynamic: bool,
    /// What made values depend on beside the description and the request: another seed, other values.
    pub seed: Option<u64>,
    /// Whether documented examples are left aside where a reply can be made from the schema.
    pub ignore_examples: bool,
    /// Whether a documented reply that breaks its own schema is answered with 500 instead.
    pub checks_replies: bool,
}
