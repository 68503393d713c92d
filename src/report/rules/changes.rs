//! The codes of changes between two descriptions.

use super::{About, Rule};
use crate::diff::ChangeRule;

/// The rows, and a function that does not compile when a code is missing in them.
macro_rules! rules {
    ($($rule:ident: $summary:literal, $explanation:literal;)*) => {
        pub(super) fn rules() -> Vec<Rule> {
            vec![$(Rule {
                code: ChangeRule::$rule.code().into(),
                about: About::Change,
                summary: $summary,
                explanation: $explanation,
            }),*]
        }

        const fn _has_every_code(rule: ChangeRule) {
            match rule {
                $(ChangeRule::$rule => {})*
            }
        }
    };
}

rules! {
    OperationRemoved: "An operation is there no more",
        "Clients that call it are refused. Deprecate it first, and remove it when nobody calls it any more.";
    OperationAdded: "An operation is new",
        "No client knows it. A provider of the old description does not have it.";
    PathParameterRenamed: "A path parameter has another name",
        "Requests stay the same, since the name is not sent. Code that is generated from the description changes.";
    OperationIdChanged: "An operation has another `operationId`",
        "It is not sent. Code that is generated from the description changes.";
    Deprecated: "Something is deprecated now",
        "It works as before. Clients should stop to use it before it is removed.";
    Undeprecated: "Something is deprecated no more",
        "It works as before.";
    DocumentationChanged: "A title, a description or an example changed",
        "Nothing that is sent changes. A fake gives the new examples.";
    ExtensionChanged: "A field that begins with `x-` changed",
        "It means nothing in OpenAPI. Tools that know it may do something else.";
    ServerRemoved: "A server is there no more, or has other variables",
        "Clients that send requests there do not reach the API. Keep the address, or redirect it.";
    ServerAdded: "A server is new, or has other variables",
        "A provider has to serve the API there too.";
    SecurityAdded: "Credentials are needed where none were",
        "Clients without credentials are refused.";
    SecurityRemoved: "No credentials are needed any more",
        "Clients with credentials are served as before. A provider of the old description refuses those without.";
    CredentialsRefused: "Credentials that were enough are not any more",
        "Clients that send them are refused: another scheme is asked for, or more scopes. Keep the old alternative until \
         nobody uses it.";
    CredentialsTaken: "Credentials that were not enough are",
        "A provider of the old description refuses them.";
    SecuritySchemeChanged: "A security scheme changed",
        "Where credentials come from or how they are sent is said otherwise: addresses, scopes, the form of a token. \
         Whether old credentials are still good, descriptions cannot tell.";
    CallbackRemoved: "A callback is there no more",
        "Clients that wait for it wait for ever.";
    CallbackAdded: "A callback is new",
        "Clients get requests that they do not know, and providers have to send them.";
    WebhookRemoved: "A webhook is there no more",
        "Clients that wait for it wait for ever.";
    WebhookAdded: "A webhook is new",
        "Clients may get requests that they do not know, and providers have to send them.";
    LinkRemoved: "A link is there no more",
        "Clients that follow it do not know where to go on.";
    LinkAdded: "A link is new",
        "It only says how existing operations belong together.";
    LinkChanged: "A link leads elsewhere, or with other values",
        "Clients that follow it send other requests than before.";
    Undecidable: "A part of a description that cannot be compared",
        "A schema is none at this place (`mynah lint` says what is wrong with it), or too large, so nobody can tell what \
         changed.";
    ParameterAdded: "An optional parameter is new",
        "Old requests are as good as before. A provider of the old description does not heed it.";
    RequiredParameterAdded: "A required parameter is new",
        "Old requests lack it and are refused. Make it optional, with a default.";
    ParameterRemoved: "An optional parameter is there no more",
        "Clients that send it are refused, or it has no effect any more without anybody being told.";
    RequiredParameterRemoved: "A required parameter is there no more",
        "It has no effect any more. A provider of the old description refuses requests without it.";
    ParameterRequired: "A parameter is required now",
        "Requests without it are refused. Leave it optional, with a default.";
    ParameterOptional: "A parameter is required no more",
        "A provider of the old description refuses requests without it.";
    ParameterMoved: "A parameter is sent in another place",
        "Where it was sent it has no effect any more. Take it in both places for a while.";
    ParameterStyleChanged: "A parameter or header field is written in another way",
        "`style`, `explode`, the media type of its content or what may stand in it differ, so that old values are read \
         as others, or not at all.";
    RequestBodyAdded: "A request may have a body now",
        "Old requests are as good as before. A provider of the old description does not heed it.";
    RequestBodyRemoved: "A request has no body any more",
        "What clients send has no effect any more, or is refused.";
    RequestBodyRequired: "A request needs a body now",
        "Requests without one are refused.";
    RequestBodyOptional: "A request does not need its body any more",
        "A provider of the old description refuses requests without one.";
    RequestMediaTypeRemoved: "A media type of requests is there no more",
        "Clients that send it are refused with 415.";
    RequestMediaTypeAdded: "A media type of requests is new",
        "A provider of the old description refuses it with 415.";
    ReplyMediaTypeRemoved: "A media type of replies is there no more",
        "Clients that ask for it get another one, or 406.";
    ReplyMediaTypeAdded: "A media type of replies is new",
        "Clients that take anything may get it. A provider of the old description cannot give it.";
    EncodingChanged: "The parts of a body are written in another way",
        "The `encoding` of a form or of a body of parts differs. Which values that touches, nobody can tell.";
    SuccessStatusRemoved: "A success is there no more",
        "Clients wait for a status that does not come any more, and get one that they may not know.";
    SuccessStatusAdded: "A success is new",
        "Clients get a status that they do not know, mostly with a body that they do not know either.";
    ErrorStatusRemoved: "An error is there no more",
        "Clients are prepared for what does not come. A provider of the old description gives it all the same.";
    ErrorStatusAdded: "An error is new",
        "Most clients treat errors that they do not know like others of their class; nobody can tell.";
    ReplyHeaderAdded: "An optional header field of replies is new",
        "Clients do not look at it.";
    RequiredReplyHeaderAdded: "A required header field of replies is new",
        "A provider of the old description does not send it.";
    ReplyHeaderRemoved: "An optional header field of replies is there no more",
        "Clients that use it, where it is there, have it no more.";
    RequiredReplyHeaderRemoved: "A required header field of replies is there no more",
        "Clients that rely on it fail.";
    ReplyHeaderRequired: "A header field of replies is always there now",
        "A provider of the old description may leave it out.";
    ReplyHeaderOptional: "A header field of replies is not always there any more",
        "Clients that rely on it fail.";
    TypeNarrowed: "Fewer types are allowed",
        "Whoever sends values of the other types is refused.";
    TypeWidened: "More types are allowed",
        "Whoever receives them does not know them.";
    TypeChanged: "Other types are allowed",
        "What was right is wrong now, and what comes now was wrong.";
    NullRemoved: "`null` is allowed no more",
        "Whoever sends it is refused. Leave the property out, or send a value.";
    NullAdded: "`null` is allowed",
        "Whoever receives it does not expect it.";
    EnumAdded: "Only some values are allowed now",
        "Whoever sends others is refused.";
    EnumRemoved: "Values are not listed any more",
        "Whoever receives others does not know them.";
    EnumValueRemoved: "Some values are allowed no more",
        "Whoever sends them is refused.";
    EnumValueAdded: "More values are allowed",
        "Whoever receives them does not know them, and mostly fails: generated code reads no value that it does not list.";
    ConstChanged: "Another value is the only one",
        "What was right is wrong now, and what comes now was wrong.";
    ValueForbidden: "Nothing may stand here any more",
        "The schema is `false` now. Whoever sends a value is refused.";
    ValueAllowed: "Something may stand where nothing might",
        "The schema was `false`. Whoever receives a value does not expect it.";
    MinimumRaised: "Numbers have to be larger",
        "Whoever sends smaller ones is refused.";
    MinimumLowered: "Numbers may be smaller",
        "Whoever receives smaller ones does not expect them.";
    MaximumLowered: "Numbers have to be smaller",
        "Whoever sends larger ones is refused.";
    MaximumRaised: "Numbers may be larger",
        "Whoever receives larger ones does not expect them.";
    MinLengthRaised: "Strings have to be longer",
        "Whoever sends shorter ones is refused.";
    MinLengthLowered: "Strings may be shorter",
        "Whoever receives shorter ones does not expect them.";
    MaxLengthLowered: "Strings have to be shorter",
        "Whoever sends longer ones is refused.";
    MaxLengthRaised: "Strings may be longer",
        "Whoever receives longer ones does not expect them: columns of databases are as long as was said.";
    MinItemsRaised: "Arrays need more items",
        "Whoever sends fewer is refused.";
    MinItemsLowered: "Arrays need fewer items",
        "Whoever receives fewer does not expect it: often the first item is used without a look.";
    MaxItemsLowered: "Arrays may have fewer items",
        "Whoever sends more is refused.";
    MaxItemsRaised: "Arrays may have more items",
        "Whoever receives more does not expect it.";
    MinPropertiesRaised: "Objects need more properties",
        "Whoever sends fewer is refused.";
    MinPropertiesLowered: "Objects need fewer properties",
        "Whoever receives fewer does not expect it.";
    MaxPropertiesLowered: "Objects may have fewer properties",
        "Whoever sends more is refused.";
    MaxPropertiesRaised: "Objects may have more properties",
        "Whoever receives more does not expect it.";
    MultipleOfNarrowed: "Numbers have to be multiples of more",
        "Whoever sends others is refused.";
    MultipleOfWidened: "Numbers have to be multiples of less",
        "Whoever receives others does not expect them, mostly more digits after the point.";
    MultipleOfChanged: "Numbers have to be multiples of something else",
        "What was right is wrong now, and what comes now was wrong.";
    PatternAdded: "Strings have to match a pattern",
        "Whoever sends others is refused.";
    PatternRemoved: "Strings do not have to match a pattern any more",
        "Whoever receives others does not expect them.";
    PatternChanged: "Strings have to match another pattern",
        "Whether one pattern takes all that the other does is not decided. Look at both.";
    FormatAdded: "A format is new",
        "Whoever sends strings without it is refused where it is checked, as Mynah does.";
    FormatRemoved: "A format is there no more",
        "Whoever reads the values by their format may fail.";
    FormatChanged: "Another format",
        "Whether one format has all values of the other is not known.";
    FormatNarrowed: "A format of fewer values, such as `int32` after `int64`",
        "Whoever sends the other values is refused.";
    FormatWidened: "A format of more values, such as `int64` after `int32`",
        "Whoever receives them has no room for them.";
    ContentEncodingChanged: "A string holds something else, or in another encoding",
        "What was right is read as something else now.";
    PropertyAdded: "An optional property is new",
        "Clients pass over what they do not know, as the old description lets them. A provider of the old description \
         does not heed it. Clients are taken not to send what is not described.";
    RequiredPropertyAdded: "A required property is new",
        "Whoever does not send it is refused. Make it optional.";
    PropertyRemoved: "An optional property is there no more",
        "In requests it has no effect any more, without anybody being told. In replies it never comes any more.";
    RequiredPropertyRemoved: "A required property is there no more",
        "Whoever relies on it fails.";
    PropertyAllowed: "An object without further properties gets one more",
        "The old description allows no property that it does not list, so whoever receives it fails where that is checked.";
    PropertyForbidden: "An object without further properties loses one",
        "Whoever sends it is refused, and it never comes any more.";
    PropertyRequired: "A property is required now",
        "Whoever does not send it is refused.";
    PropertyOptional: "A property is required no more",
        "Whoever relies on it fails.";
    AdditionalPropertiesClosed: "An object may have no further properties any more",
        "Whoever sends properties that are not described is refused.";
    AdditionalPropertiesOpened: "An object may have further properties",
        "The old description allows none, so whoever receives one fails where that is checked.";
    ReadOnlyAdded: "A property is the API's alone now",
        "It is `readOnly`: what clients send has no effect any more, or is refused.";
    ReadOnlyRemoved: "A property is the client's to send too",
        "It was `readOnly`. A provider of the old description does not heed it.";
    WriteOnlyAdded: "A property is not given back any more",
        "It is `writeOnly`: clients that read it have it no more.";
    WriteOnlyRemoved: "A property is given back now",
        "It was `writeOnly`: clients may not expect it in replies.";
    UniqueItemsAdded: "Items have to differ",
        "Whoever sends the same item twice is refused.";
    UniqueItemsRemoved: "Items may be equal",
        "Whoever receives the same item twice does not expect it.";
    BranchRemoved: "An alternative is there no more",
        "Whoever sends it is refused.";
    BranchAdded: "An alternative is new",
        "Whoever receives it does not know it. In `oneOf`, values of other alternatives that fit it too are refused now.";
    AlternativesAdded: "A value has to fit alternatives now",
        "Whoever sends what fits none is refused.";
    AlternativesRemoved: "A value does not have to fit alternatives any more",
        "Whoever receives what fits none does not expect it.";
    AlternativesTightened: "A value may fit no more than one alternative",
        "`anyOf` became `oneOf`: whoever sends what fits several is refused.";
    AlternativesLoosened: "A value may fit several alternatives",
        "`oneOf` became `anyOf`: whoever receives what fits several does not expect it.";
    DiscriminatorAdded: "A property tells alternatives apart",
        "Values are held against the alternative that the property names, and no other. Whether old values have it, \
         nobody can tell.";
    DiscriminatorRemoved: "No property tells alternatives apart any more",
        "Whoever reads values by it may fail.";
    DiscriminatorChanged: "Another property tells alternatives apart",
        "Old values do not have it, and new ones do not have the old one.";
    MappingAdded: "A value of a discriminator is new",
        "Whoever receives it does not know it.";
    MappingRemoved: "A value of a discriminator is there no more",
        "Whoever sends it is refused.";
    MappingChanged: "A value of a discriminator means another schema",
        "Values that say the same are read as something else.";
    AssertionAdded: "Another demand is made of a value",
        "Whoever sends what does not meet it is refused.";
    AssertionRemoved: "A demand is made no more",
        "Whoever receives what does not meet it does not expect it.";
    AssertionChanged: "A demand changed, which way nobody can tell",
        "Look at both: some keywords allow more by asking for less, and others the other way round.";
    UnknownKeywordChanged: "A keyword that is not known changed",
        "It means nothing to Mynah. To some tool it may.";
    DefaultChanged: "What stands for an absent value changed",
        "Requests without the value mean something else now.";
    XmlChanged: "Values are written as XML in another way",
        "Names, namespaces or places of elements differ. It touches nobody who reads and writes JSON.";
}
