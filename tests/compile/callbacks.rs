//! A callback or webhook that cannot be sent is found when a description is compiled, and nothing
//! else waits for it: the operation answers.

use super::compile;

/// A description whose operation has these callbacks, from line 6 on.
fn with_callbacks(callbacks: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /a:\n    post:\n      \
         callbacks: {callbacks}\n      responses: {{'204': {{description: Ok}}}}\n"
    )
}

/// The warnings, and how many callbacks are left to be sent.
fn warnings(text: &str) -> (Vec<String>, usize) {
    let api = compile(text).unwrap_or_else(|findings| panic!("{text}\n{findings:#?}"));
    let found = [api.warnings().to_vec(), api.review()].concat();
    let warnings = found.iter().map(ToString::to_string).collect();
    (warnings, api.operations()[0].callbacks.len())
}

#[test]
fn what_cannot_be_sent_is_a_warning_with_its_place() {
    let ok = "responses: {default: {description: Ok}}";
    let body = |media_type: &str, content: &str| {
        format!(
            "{{c: {{$url: {{put: {{{ok}, requestBody: {{content: {{{media_type}: {{{content}}}}}}}}}}}}}}}"
        )
    };
    for (callbacks, want) in [
        (
            format!("{{c: {{'{{$request.url}}': {{put: {{{ok}}}}}}}}}"),
            "warning[expression]: callback `c` is not sent: `$request.url` is no runtime expression: \
             `$request.` goes on with header.NAME, query.NAME, path.NAME, body or body#/POINTER",
        ),
        (
            format!("{{c: {{'http://h/{{id}}': {{put: {{{ok}}}}}}}}}"),
            "warning[expression]: callback `c` is not sent: `id` is no runtime expression: \
             there are $url, $method, $statusCode, $request.… and $response.…",
        ),
        (
            format!("{{c: {{'http://h/{{$request.path.id}}': {{put: {{{ok}}}}}}}}}"),
            "warning[expression]: callback `c` is not sent: `/a` has no parameter `id`",
        ),
        (
            "{c: {$ref: '#/components/callbacks/C'}}".to_owned(),
            "warning[reference-unresolved]: callback `c` is not sent: \
             `#/components/callbacks/C` leads nowhere",
        ),
        (
            "{c: {$url: {put: {responses: {'99': {description: Ok}}}}}}".to_owned(),
            "warning[shape]: callback `c` is not sent: `99` is no status: 200, 2XX and default are",
        ),
        (
            body("multipart/form-data", "example: [1]"),
            "warning[unsupported]: callback `c` is not sent: \
             this example cannot be written: a form of parts is an object",
        ),
    ] {
        let text = with_callbacks(&callbacks);
        let (warnings, sent) = warnings(&text);
        assert_eq!(warnings.len(), 1, "{text}{warnings:#?}");
        let (_, shown) = warnings[0].split_once("api.yaml:6:").unwrap();
        let (_, shown) = shown.split_once(": ").unwrap();
        assert_eq!(shown, want, "{text}");
        assert_eq!(sent, 0, "{text}");
    }
}

#[test]
fn the_others_are_sent_all_the_same() {
    let ok = "put: {responses: {default: {description: Ok}}}";
    let callbacks = format!(
        "{{a: {{'{{$nope}}': {{{ok}}}, $url: {{{ok}}}, x-a: 1}}, b: {{'http://h/': {{{ok}, post: {{}}}}}}}}"
    );
    let (warnings, sent) = warnings(&with_callbacks(&callbacks));
    assert_eq!((warnings.len(), sent), (1, 3), "{warnings:#?}");
}

#[test]
fn what_an_answer_is_not_held_against_is_a_warning() {
    let callbacks = "{c: {$url: {put: {responses: {'200': {description: Ok, headers: {X-A: {content: \
                     {multipart/mixed: {schema: {type: object}}}}}}}}}}}";
    let (warnings, sent) = warnings(&with_callbacks(callbacks));
    assert_eq!(sent, 1);
    assert!(
        warnings[0].ends_with(
            "warning[unsupported]: no answer is held against this: `multipart/mixed` has no place here: parts are \
             lines between boundaries, and this is one text; JSON, XML, forms and text are read"
        ),
        "{warnings:#?}"
    );
}

#[test]
fn an_example_that_breaks_its_schema_is_a_warning_and_sent() {
    let callbacks = "{c: {$url: {put: {requestBody: {content: {application/json: {schema: {type: string}, \
                     example: 1}}}}}}}";
    let (warnings, sent) = warnings(&with_callbacks(callbacks));
    assert_eq!((warnings.len(), sent), (1, 1), "{warnings:#?}");
    assert!(
        warnings[0].contains("warning[example-invalid]"),
        "{warnings:#?}"
    );
}

#[test]
fn a_webhook_is_as_a_callback_without_an_address() {
    let api = compile(
        "openapi: 3.1.0\ninfo: {title: T, version: '1'}\nwebhooks:\n  made: {post: {requestBody: {content: \
         {application/json: {schema: {type: object, properties: {id: {type: integer, readOnly: true}}}}}}}}\n  \
         broken: {post: {requestBody: {$ref: '#/nowhere'}}}\n",
    )
    .unwrap();
    let [made, broken] = api.webhooks() else {
        panic!("{:#?}", api.webhooks());
    };
    let request = made.requests[0].to("http://h/", api.description()).unwrap();
    assert_eq!(request.body, r#"{"id":1}"#);
    assert_eq!((&*broken.name, broken.requests.len()), ("broken", 0));
    assert_eq!(
        api.warnings()[0].to_string(),
        "api.yaml:5:39: warning[reference-unresolved]: webhook `broken` is not sent: `#/nowhere` leads nowhere"
    );
}

#[test]
fn a_schema_that_is_none_is_a_warning_where_only_a_callback_has_it() {
    let callbacks =
        "{c: {$url: {put: {requestBody: {content: {application/json: {schema: {type: obj}}}}}}}}";
    let (warnings, sent) = warnings(&with_callbacks(callbacks));
    assert_eq!((warnings.len(), sent), (1, 1), "{warnings:#?}");
    assert!(
        warnings[0].contains("warning[schema]: \"obj\" is none"),
        "{warnings:#?}"
    );
}
