//! Fakes, which keep to their descriptions: each is checked by the other side of the same contract.

use mynah::{
    check::{Checked, Credentials, Kind, Methods, Options},
    contract::Scheme,
    testing::Fake,
};

use super::{PETS, api, checked, problems};

/// Credentials of the right form for every scheme: a fake has no users.
fn credentials(api: &mynah::Api) -> Credentials {
    let needed = api.operations().iter().flat_map(|it| &it.security);
    let each = needed.flat_map(|it| &it.credentials);
    Credentials::of(each.map(|credential| {
        let secret = match (&credential.scheme, &credential.form) {
            (Scheme::Basic, _) => "user:password",
            (_, Some(_)) => "token key:secret",
            _ => "secret",
        };
        (Credentials::variable(&credential.name), secret.to_owned())
    }))
}

fn check_fake(api: &mynah::Api, fake: &Fake) -> Checked {
    let options = Options {
        methods: Methods::All,
        credentials: credentials(api),
        // A fake has no users, so that it takes anybody's.
        skip: vec![Kind::WrongCredentials],
        ..Options::default()
    };
    let addr = fake.url().trim_start_matches("http://").parse().unwrap();
    checked(api, addr, &options).unwrap()
}

#[test]
fn every_built_in_fake_keeps_to_its_description() {
    let mut table = String::from("API | operations | valid, served | invalid, refused\n");
    for name in [
        "echosistema",
        "libredesk",
        "qoolife",
        "respondent",
        "socialboards",
    ] {
        let fake = Fake::start(name);
        let api = fake.api();
        let checked = check_fake(&api, &fake);
        let tally = checked.tally;
        table.push_str(&format!(
            "{name} | {} | {}, {} | {}, {}\n",
            checked.served, tally.valid, tally.served, tally.invalid, tally.refused
        ));
        assert_eq!(problems(&checked), [], "{name}");
        assert_eq!(checked.served, api.operations().len(), "{name}");
        assert_eq!(
            (tally.valid, tally.invalid),
            (tally.served, tally.refused),
            "{name}"
        );
        assert!(tally.valid > 1 && tally.invalid > 10, "{name}: {tally:?}");
    }
    println!("{table}");
}

#[test]
fn a_fake_of_the_pets_keeps_to_their_description() {
    let fake = Fake::of(api(PETS));
    let checked = check_fake(&fake.api(), &fake);
    assert_eq!(problems(&checked), []);
    assert_eq!((checked.served, checked.run.passes()), (6, true));
}

#[test]
fn an_operation_that_documents_a_refusal_only_is_right_to_refuse() {
    let closed = "  /closed: {get: {security: [{token: []}], responses: {'401': {description: Nobody may}}}}\n";
    let text = PETS.replacen("paths:\n", &format!("paths:\n{closed}"), 1);
    let fake = Fake::of(api(&text));
    let checked = check_fake(&fake.api(), &fake);
    assert_eq!(problems(&checked), []);
    assert_eq!(checked.tally.served, checked.tally.valid);
}

#[test]
fn a_body_that_may_be_empty_is_no_hindrance() {
    let form = "{schema: {type: object, properties: {a: {type: integer}}}}";
    let empty = format!(
        "  /forms: {{post: {{requestBody: {{required: true, content: {{application/x-www-form-urlencoded: {form}}}}}, \
         responses: {{'204': {{description: Done}}}}}}}}\n"
    );
    let text = PETS.replacen("paths:\n", &format!("paths:\n{empty}"), 1);
    let fake = Fake::of(api(&text));
    let checked = check_fake(&fake.api(), &fake);
    assert_eq!(problems(&checked), []);
    assert_eq!(checked.tally.served, checked.tally.valid);
}
