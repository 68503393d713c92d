//! The request that is shown for an operation keeps to the contract, in whatever style its parameters
//! are written and wherever its servers are.

use mynah::{answer, exchange::Request};

use super::compile;

const STYLES: &str = include_str!("styles.yaml");

#[test]
fn each_sample_is_answered_without_a_violation() {
    let api = compile(STYLES).unwrap_or_else(|findings| panic!("{findings:#?}"));
    let mut targets = Vec::new();
    for operation in api.operations() {
        let sample = operation.sample();
        let mut request = http::Request::builder()
            .method(&*sample.method)
            .uri(&sample.target);
        for (name, value) in &sample.headers {
            request = request.header(name, value);
        }
        let request = request
            .body("".into())
            .unwrap_or_else(|error| panic!("{sample:?}: {error}"));
        let exchange = answer(&api, Request::from(request));
        assert_eq!(exchange.violations, [], "{sample:?}");
        assert_eq!(exchange.operation.as_deref(), Some(&**operation.label()));
        targets.push(sample.target.as_str());
    }
    assert_eq!(
        targets,
        [
            "/v1/path/1,2/.1.2/;matrix=1;matrix=2/R=1,G=a%2Cb%3Dc/example",
            "/v1/query?form=1&form=2&csv=1,2&spaces=1%202&pipes=1%7C2&tabs=1%092\
             &deep%5BR%5D=1&deep%5BG%5D=a%2Cb%3Dc&R=1&G=a%2Cb%3Dc&turn=R,1,G,a%2Cb%3Dc\
             &json=%7B%22R%22%3A1%2C%22G%22%3A%22a%2Cb%3Dc%22%7D&text=a%20b%26c",
            "/v1/bare",
            "/v1/whole?R=1&G=a%2Cb%3Dc",
            "/v2/fields?beta=true&key=key",
        ]
    );
}
