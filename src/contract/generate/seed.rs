//! What made values vary with.

use serde_json::Value;

use super::plausible::words;

/// What a made value varies with: the operation, the path parameters, and a number. The same seed and
/// schema give the same value on every machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct Seed<'s> {
    operation: &'s str,
    parameters: &'s [(&'s str, &'s str)],
    number: u64,
}

impl<'s> Seed<'s> {
    /// The seed of an operation, best named by its path template so that all methods on it tell of the
    /// same thing; its path parameters' names and decoded values; and a number that the user gives.
    pub fn of(operation: &'s str, parameters: &'s [(&'s str, &'s str)], number: u64) -> Self {
        Self {
            operation,
            parameters,
            number,
        }
    }

    /// Whether it is the same for all requests to an operation.
    pub fn is_plain(&self) -> bool {
        self.parameters.is_empty() && self.number == 0
    }

    pub(in crate::contract) fn parameters(&self) -> &'s [(&'s str, &'s str)] {
        self.parameters
    }

    pub(in crate::contract) fn number(&self) -> u64 {
        self.number
    }

    /// A number for all of it: 0 when it is plain (FNV-1a).
    pub(super) fn spin(&self) -> u64 {
        if self.is_plain() {
            return 0;
        }
        let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ self.number;
        let parameters = self
            .parameters
            .iter()
            .flat_map(|(name, value)| [*name, *value]);
        for text in std::iter::once(self.operation).chain(parameters) {
            for byte in text.bytes().chain([0xff]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        hash.max(1)
    }

    /// What a property of a name holds when it repeats a path parameter, as a number and as a text:
    /// the parameter of the same name, and of `id` the last one.
    pub(in crate::contract) fn repeated(&self, property: &str) -> Vec<Value> {
        let plain = words(property).concat();
        let of_name = |(name, _): &&(&str, &str)| words(name).concat() == plain;
        let last = || {
            self.parameters
                .last()
                .filter(|_| plain == "id" && self.operation.ends_with('}'))
        };
        let Some((_, text)) = self.parameters.iter().rev().find(of_name).or_else(last) else {
            return Vec::new();
        };
        let number = serde_json::from_str(text).ok().filter(Value::is_number);
        number.into_iter().chain([Value::from(*text)]).collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn properties_repeat_the_path_parameters_of_their_name() {
        let parameters = [("org", "acme"), ("userId", "42")];
        let seed = Seed::of("/orgs/{org}/users/{userId}", &parameters, 0);
        for (property, want) in [
            ("user_id", vec![json!(42), json!("42")]),
            ("id", vec![json!(42), json!("42")]),
            ("org", vec![json!("acme")]),
            ("name", vec![]),
        ] {
            assert_eq!(seed.repeated(property), want, "{property}");
        }
        let below = Seed::of("/users/{userId}/posts", &parameters, 0);
        assert_eq!(below.repeated("id"), Vec::<Value>::new());
    }

    #[test]
    fn every_part_of_a_seed_counts() {
        let (one, other) = ([("id", "1")], [("id", "2")]);
        let spins = [
            Seed::of("/a", &[], 0),
            Seed::of("/a", &[], 1),
            Seed::of("/a", &one, 0),
            Seed::of("/a", &other, 0),
            Seed::of("/b", &one, 0),
        ]
        .map(|seed| seed.spin());
        assert_eq!(spins[0], 0);
        let distinct: std::collections::HashSet<u64> = spins.into_iter().collect();
        assert_eq!(distinct.len(), 5);
    }
}
