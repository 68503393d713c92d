//! The kinds of changes: their codes, and what each does to whoever sends and whoever receives.

use super::{Verdict, Verdicts};
use crate::contract::Direction;
use Effect::{Between, Depends, Harmless, MayNarrow, MayWiden, Narrows, Replaces, Unsure, Widens};
use Verdict::{Breaking, Compatible, Risky};

/// What a change does to the messages that are allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Fewer are: it breaks whoever sends them.
    Narrows,
    /// More are: it breaks whoever receives them.
    Widens,
    /// Others are: it breaks both.
    Replaces,
    /// As [`Effect::Narrows`] where anybody looks at it.
    MayNarrow,
    /// As [`Effect::Widens`] where anybody looks at it.
    MayWiden,
    /// Nobody can tell from the descriptions.
    Unsure,
    /// The same are.
    Harmless,
    /// As it says for who sends and who receives.
    Between {
        /// Who sends.
        sender: Verdict,
        /// Who receives.
        receiver: Verdict,
    },
    /// As it says for what clients send, and for what they receive: it is not the same with the sides
    /// exchanged.
    Depends {
        /// Of what clients send, and of what goes no way.
        request: Verdicts,
        /// Of what clients receive.
        reply: Verdicts,
    },
}

impl Effect {
    /// What it means for both sides, by which way the messages go.
    pub fn verdicts(self, direction: Option<Direction>) -> Verdicts {
        let (sender, receiver) = match self {
            Narrows => (Breaking, Compatible),
            Widens => (Compatible, Breaking),
            Replaces => (Breaking, Breaking),
            MayNarrow => (Risky, Compatible),
            MayWiden => (Compatible, Risky),
            Unsure => (Risky, Risky),
            Harmless => (Compatible, Compatible),
            Between { sender, receiver } => (sender, receiver),
            Depends { request, reply } => {
                return match direction {
                    Some(Direction::Reply) => reply,
                    Some(Direction::Request) | None => request,
                };
            }
        };
        match direction {
            Some(Direction::Reply) => both(receiver, sender),
            Some(Direction::Request) | None => both(sender, receiver),
        }
    }
}

/// For clients, and for providers.
const fn both(client: Verdict, provider: Verdict) -> Verdicts {
    Verdicts { client, provider }
}

const fn always(client: Verdict, provider: Verdict) -> Effect {
    Depends {
        request: both(client, provider),
        reply: both(client, provider),
    }
}

const fn between(sender: Verdict, receiver: Verdict) -> Effect {
    Between { sender, receiver }
}

const fn depends(request: Verdicts, reply: Verdicts) -> Effect {
    Depends { request, reply }
}

/// The kinds of changes, their codes and their effects, in one table.
macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident, $code:literal, $effect:expr;)*) => {
        /// A kind of change, with a stable code.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ChangeRule {
            $($(#[$doc])* $rule,)*
        }

        impl ChangeRule {
            /// Every kind.
            pub const ALL: &'static [Self] = &[$(Self::$rule),*];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$rule => $code,)*
                }
            }

            /// What it does.
            pub fn effect(self) -> Effect {
                match self {
                    $(Self::$rule => $effect,)*
                }
            }
        }
    };
}

rules! {
    /// An operation is there no more.
    OperationRemoved, "operation-removed", always(Breaking, Compatible);
    /// An operation is new.
    OperationAdded, "operation-added", always(Compatible, Breaking);
    /// A path parameter has another name.
    PathParameterRenamed, "path-parameter-renamed", Harmless;
    /// An operation has another `operationId`.
    OperationIdChanged, "operation-id-changed", Harmless;
    /// Something is deprecated now.
    Deprecated, "deprecated", Harmless;
    /// Something is deprecated no more.
    Undeprecated, "undeprecated", Harmless;
    /// A description, a title or an example changed.
    DocumentationChanged, "documentation-changed", Harmless;
    /// A field that begins with `x-` changed.
    ExtensionChanged, "extension-changed", Harmless;
    /// A server is there no more.
    ServerRemoved, "server-removed", always(Breaking, Compatible);
    /// A server is new.
    ServerAdded, "server-added", always(Compatible, Breaking);
    /// Credentials are needed where none were.
    SecurityAdded, "security-added", always(Breaking, Compatible);
    /// No credentials are needed any more.
    SecurityRemoved, "security-removed", always(Compatible, Breaking);
    /// Credentials that were enough are not any more.
    CredentialsRefused, "credentials-no-longer-enough", always(Breaking, Compatible);
    /// Credentials that were not enough are.
    CredentialsTaken, "credentials-newly-enough", always(Compatible, Breaking);
    /// A security scheme changed in what is not sent.
    SecuritySchemeChanged, "security-scheme-changed", Unsure;
    /// A callback is there no more.
    CallbackRemoved, "callback-removed", always(Breaking, Compatible);
    /// A callback is new.
    CallbackAdded, "callback-added", always(Risky, Breaking);
    /// A webhook is there no more.
    WebhookRemoved, "webhook-removed", always(Breaking, Compatible);
    /// A webhook is new.
    WebhookAdded, "webhook-added", always(Risky, Breaking);
    /// A link is there no more.
    LinkRemoved, "link-removed", always(Risky, Compatible);
    /// A link is new.
    LinkAdded, "link-added", Harmless;
    /// A link leads elsewhere.
    LinkChanged, "link-changed", Unsure;
    /// A part of a description that cannot be compared.
    Undecidable, "undecidable-change", Unsure;

    /// An optional parameter is new.
    ParameterAdded, "parameter-added", between(Compatible, Risky);
    /// A required parameter is new.
    RequiredParameterAdded, "required-parameter-added", between(Breaking, Risky);
    /// An optional parameter is there no more.
    ParameterRemoved, "parameter-removed", between(Risky, Compatible);
    /// A required parameter is there no more.
    RequiredParameterRemoved, "required-parameter-removed", between(Risky, Breaking);
    /// A parameter is required now.
    ParameterRequired, "parameter-required", Narrows;
    /// A parameter is required no more.
    ParameterOptional, "parameter-optional", Widens;
    /// A parameter is sent in another place.
    ParameterMoved, "parameter-moved", Replaces;
    /// A parameter is written in another way.
    ParameterStyleChanged, "parameter-style-changed", Replaces;

    /// A request may have a body now.
    RequestBodyAdded, "request-body-added", between(Compatible, Risky);
    /// A request has no body any more.
    RequestBodyRemoved, "request-body-removed", between(Risky, Breaking);
    /// A request needs its body now.
    RequestBodyRequired, "request-body-required", Narrows;
    /// A request does not need its body any more.
    RequestBodyOptional, "request-body-optional", Widens;
    /// A media type of requests is there no more.
    RequestMediaTypeRemoved, "request-media-type-removed", Narrows;
    /// A media type of requests is new.
    RequestMediaTypeAdded, "request-media-type-added", Widens;
    /// A media type of replies is there no more: it is the receiver who asks for one.
    ReplyMediaTypeRemoved, "reply-media-type-removed", between(Compatible, Breaking);
    /// A media type of replies is new.
    ReplyMediaTypeAdded, "reply-media-type-added", between(Breaking, Risky);
    /// Parts of a body are written in another way.
    EncodingChanged, "encoding-changed", Unsure;

    /// A success is there no more.
    SuccessStatusRemoved, "success-status-removed", Replaces;
    /// A success is new.
    SuccessStatusAdded, "success-status-added", Widens;
    /// An error is there no more.
    ErrorStatusRemoved, "error-status-removed", Narrows;
    /// An error is new.
    ErrorStatusAdded, "error-status-added", MayWiden;
    /// An optional header field of replies is new.
    ReplyHeaderAdded, "reply-header-added", Harmless;
    /// A required header field of replies is new.
    RequiredReplyHeaderAdded, "required-reply-header-added", Narrows;
    /// An optional header field of replies is there no more.
    ReplyHeaderRemoved, "reply-header-removed", MayWiden;
    /// A required header field of replies is there no more.
    RequiredReplyHeaderRemoved, "required-reply-header-removed", Widens;
    /// A header field of replies is always there now.
    ReplyHeaderRequired, "reply-header-required", Narrows;
    /// A header field of replies is not always there any more.
    ReplyHeaderOptional, "reply-header-optional", Widens;

    /// Fewer types are allowed.
    TypeNarrowed, "type-narrowed", Narrows;
    /// More types are allowed.
    TypeWidened, "type-widened", Widens;
    /// Other types are allowed.
    TypeChanged, "type-changed", Replaces;
    /// `null` is allowed no more.
    NullRemoved, "null-removed", Narrows;
    /// `null` is allowed.
    NullAdded, "null-added", Widens;
    /// Only some values are allowed now.
    EnumAdded, "enum-added", Narrows;
    /// Any value is allowed now.
    EnumRemoved, "enum-removed", Widens;
    /// Some values are allowed no more.
    EnumValueRemoved, "enum-value-removed", Narrows;
    /// More values are allowed.
    EnumValueAdded, "enum-value-added", Widens;
    /// Another value is the only one.
    ConstChanged, "const-changed", Replaces;
    /// Nothing may stand here any more.
    ValueForbidden, "value-forbidden", Narrows;
    /// Something may stand where nothing might.
    ValueAllowed, "value-allowed", Widens;
    /// Numbers have to be larger.
    MinimumRaised, "minimum-raised", Narrows;
    /// Numbers may be smaller.
    MinimumLowered, "minimum-lowered", Widens;
    /// Numbers have to be smaller.
    MaximumLowered, "maximum-lowered", Narrows;
    /// Numbers may be larger.
    MaximumRaised, "maximum-raised", Widens;
    /// Strings have to be longer.
    MinLengthRaised, "min-length-raised", Narrows;
    /// Strings may be shorter.
    MinLengthLowered, "min-length-lowered", Widens;
    /// Strings have to be shorter.
    MaxLengthLowered, "max-length-lowered", Narrows;
    /// Strings may be longer.
    MaxLengthRaised, "max-length-raised", Widens;
    /// Arrays need more items.
    MinItemsRaised, "min-items-raised", Narrows;
    /// Arrays need fewer items.
    MinItemsLowered, "min-items-lowered", Widens;
    /// Arrays may have fewer items.
    MaxItemsLowered, "max-items-lowered", Narrows;
    /// Arrays may have more items.
    MaxItemsRaised, "max-items-raised", Widens;
    /// Objects need more properties.
    MinPropertiesRaised, "min-properties-raised", Narrows;
    /// Objects need fewer properties.
    MinPropertiesLowered, "min-properties-lowered", Widens;
    /// Objects may have fewer properties.
    MaxPropertiesLowered, "max-properties-lowered", Narrows;
    /// Objects may have more properties.
    MaxPropertiesRaised, "max-properties-raised", Widens;
    /// Numbers have to be multiples of more.
    MultipleOfNarrowed, "multiple-of-narrowed", Narrows;
    /// Numbers have to be multiples of less.
    MultipleOfWidened, "multiple-of-widened", Widens;
    /// Numbers have to be multiples of something else.
    MultipleOfChanged, "multiple-of-changed", Replaces;
    /// Strings have to match a pattern.
    PatternAdded, "pattern-added", Narrows;
    /// Strings do not have to match a pattern any more.
    PatternRemoved, "pattern-removed", Widens;
    /// Strings have to match another pattern.
    PatternChanged, "pattern-changed", Unsure;
    /// A format is new.
    FormatAdded, "format-added", MayNarrow;
    /// A format is there no more.
    FormatRemoved, "format-removed", MayWiden;
    /// Another format.
    FormatChanged, "format-changed", Unsure;
    /// A format of fewer values.
    FormatNarrowed, "format-narrowed", Narrows;
    /// A format of more values.
    FormatWidened, "format-widened", Widens;
    /// A string holds something else, or in another encoding.
    ContentEncodingChanged, "content-encoding-changed", Replaces;

    /// An optional property is new.
    PropertyAdded, "property-added",
        depends(both(Compatible, Risky), both(Compatible, Compatible));
    /// A required property is new.
    RequiredPropertyAdded, "required-property-added",
        depends(both(Breaking, Risky), both(Compatible, Breaking));
    /// An optional property is there no more.
    PropertyRemoved, "property-removed",
        depends(both(Risky, Compatible), both(Risky, Compatible));
    /// A required property is there no more.
    RequiredPropertyRemoved, "required-property-removed",
        depends(both(Risky, Breaking), both(Breaking, Compatible));
    /// An object without further properties gets one more.
    PropertyAllowed, "property-allowed", Widens;
    /// An object without further properties loses one.
    PropertyForbidden, "property-forbidden", between(Breaking, Risky);
    /// A property is required now.
    PropertyRequired, "property-required", Narrows;
    /// A property is required no more.
    PropertyOptional, "property-optional", Widens;
    /// An object may have no further properties any more.
    AdditionalPropertiesClosed, "additional-properties-closed", Narrows;
    /// An object may have further properties.
    AdditionalPropertiesOpened, "additional-properties-opened", Widens;
    /// A property is the API's alone now.
    ReadOnlyAdded, "read-only-added", Unsure;
    /// A property is the client's to send too.
    ReadOnlyRemoved, "read-only-removed", between(Compatible, Risky);
    /// A property is not given back any more.
    WriteOnlyAdded, "write-only-added", Unsure;
    /// A property is given back now.
    WriteOnlyRemoved, "write-only-removed", MayWiden;
    /// Items have to differ.
    UniqueItemsAdded, "unique-items-added", Narrows;
    /// Items may be equal.
    UniqueItemsRemoved, "unique-items-removed", Widens;
    /// An alternative is there no more.
    BranchRemoved, "branch-removed", Narrows;
    /// An alternative is new.
    BranchAdded, "branch-added", Widens;
    /// A value has to fit one of some alternatives.
    AlternativesAdded, "alternatives-added", Narrows;
    /// A value does not have to fit one of some alternatives any more.
    AlternativesRemoved, "alternatives-removed", Widens;
    /// A value may fit no more than one alternative.
    AlternativesTightened, "any-of-to-one-of", Narrows;
    /// A value may fit several alternatives.
    AlternativesLoosened, "one-of-to-any-of", Widens;
    /// A property tells alternatives apart.
    DiscriminatorAdded, "discriminator-added", Unsure;
    /// No property tells alternatives apart any more.
    DiscriminatorRemoved, "discriminator-removed", Unsure;
    /// Another property tells alternatives apart.
    DiscriminatorChanged, "discriminator-changed", Replaces;
    /// A value of a discriminator is new.
    MappingAdded, "discriminator-value-added", Widens;
    /// A value of a discriminator is there no more.
    MappingRemoved, "discriminator-value-removed", Narrows;
    /// A value of a discriminator means another schema.
    MappingChanged, "discriminator-value-changed", Unsure;
    /// Another demand is made of a value.
    AssertionAdded, "assertion-added", Narrows;
    /// A demand is made no more.
    AssertionRemoved, "assertion-removed", Widens;
    /// A demand changed, which way nobody can tell.
    AssertionChanged, "assertion-changed", Unsure;
    /// A keyword that is not known changed.
    UnknownKeywordChanged, "unknown-keyword-changed", Unsure;
    /// What stands for an absent value changed.
    DefaultChanged, "default-changed",
        depends(both(Risky, Risky), both(Compatible, Compatible));
    /// Values are written as XML in another way.
    XmlChanged, "xml-changed", Unsure;
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What narrows a request breaks clients as what narrows a reply breaks providers.
    #[test]
    fn requests_and_replies_are_mirrored() {
        for rule in ChangeRule::ALL {
            let effect = rule.effect();
            let request = effect.verdicts(Some(Direction::Request));
            let reply = effect.verdicts(Some(Direction::Reply));
            if matches!(effect, Depends { .. }) {
                continue;
            }
            assert_eq!(request, both(reply.provider, reply.client), "{rule:?}");
        }
    }

    /// What is no mirror is listed, each with the reason.
    #[test]
    fn few_rules_about_values_are_no_mirrors() {
        let about_values = |rule: &&ChangeRule| **rule > ChangeRule::Undecidable;
        let rules = ChangeRule::ALL.iter().filter(about_values);
        let depends = rules.filter(|rule| matches!(rule.effect(), Depends { .. }));
        let depends: Vec<_> = depends.map(|rule| rule.code()).collect();
        // A provider has to heed what it is sent, and a client may pass over it; a provider may pass over
        // what a client sends in vain, which the client cannot; and no default stands for a reply.
        let want = [
            "property-added",
            "required-property-added",
            "property-removed",
            "required-property-removed",
            "default-changed",
        ];
        assert_eq!(depends, want);
    }

    #[test]
    fn codes_are_unique() {
        let mut codes: Vec<_> = ChangeRule::ALL.iter().map(|rule| rule.code()).collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }
}
