//! The ways in which Prism takes a flag that this parser does not.

use std::ffi::OsString;

/// The flags that are on or off, by their long and short names.
const SWITCHES: [&str; 8] = [
    "--cors",
    "--dynamic",
    "-d",
    "--errors",
    "--ignoreExamples",
    "--multiprocess",
    "-m",
    "--json-schema-faker-fillProperties",
];

/// A command line of `mynah mock` in the form that is parsed: `-d true` becomes `-d=true`, and
/// `--no-cors` becomes `--cors=false`. Every other command line stays as it is.
pub(in crate::cli) fn rewritten(args: impl IntoIterator<Item = OsString>) -> Vec<OsString> {
    let args: Vec<OsString> = args.into_iter().collect();
    if args.get(1).is_none_or(|command| command != "mock") {
        return args;
    }
    let mut rewritten: Vec<OsString> = Vec::new();
    let mut after_switch = false;
    for arg in args {
        let text = arg.to_str().unwrap_or_default();
        if let (true, "true" | "false", Some(switch)) = (after_switch, text, rewritten.last_mut()) {
            switch.push("=");
            switch.push(text);
            after_switch = false;
        } else if let Some(switch) = negated(text) {
            rewritten.push(format!("{switch}=false").into());
            after_switch = false;
        } else {
            after_switch = SWITCHES.contains(&text);
            rewritten.push(arg);
        }
    }
    rewritten
}

/// The switch that `--no-…` turns off.
fn negated(text: &str) -> Option<&'static str> {
    let name = text.strip_prefix("--no-")?;
    SWITCHES
        .into_iter()
        .find(|switch| switch.strip_prefix("--") == Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_and_negations_are_joined_to_their_flags() {
        for (typed, want) in [
            ("mynah mock -d true x.yaml", "mynah mock -d=true x.yaml"),
            (
                "mynah mock --cors false x.yaml",
                "mynah mock --cors=false x.yaml",
            ),
            (
                "mynah mock --no-cors --errors",
                "mynah mock --cors=false --errors",
            ),
            ("mynah mock -d x.yaml", "mynah mock -d x.yaml"),
            ("mynah mock true", "mynah mock true"),
            ("mynah mock --seed true", "mynah mock --seed true"),
            ("mynah mock --no-watch", "mynah mock --no-watch"),
            ("mynah serve -d true", "mynah serve -d true"),
            ("mynah", "mynah"),
        ] {
            let read = rewritten(typed.split(' ').map(OsString::from));
            assert_eq!(read.join(" ".as_ref()), want, "{typed}");
        }
    }
}
