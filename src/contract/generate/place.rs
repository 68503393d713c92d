//! Where in a value something is made.

use serde_json::Value;

/// The way from the root value to the one being made.
pub(super) struct Place<'p> {
    /// What it is made in; `None` of the root.
    pub around: Option<Around<'p>>,
    /// The property's name, or the array's for its items.
    pub name: &'p str,
    /// Which item of an array it is.
    pub index: usize,
    /// The same as a JSON pointer.
    pub pointer: String,
    /// How many values may be made here beside those that are needed.
    pub room: usize,
    /// Whether what is around it is invalid without it.
    pub needed: bool,
    /// What to try first.
    pub hints: Vec<Value>,
}

/// What a value is made in.
#[derive(Clone, Copy)]
pub(super) struct Around<'p> {
    pub place: &'p Place<'p>,
    /// The schemas it is made from, by their addresses.
    pub schemas: &'p [usize],
}

/// How many values a made one has at most, beside what it needs.
const ROOM: usize = 2000;

impl Place<'_> {
    /// The value itself; the first of several such, or a later one.
    pub(super) fn root(name: &str, index: usize) -> Place<'_> {
        Place {
            around: None,
            name,
            index,
            pointer: String::new(),
            room: ROOM,
            needed: true,
            hints: Vec::new(),
        }
    }

    fn ancestors(&self) -> impl Iterator<Item = &Place<'_>> {
        std::iter::successors(Some(self), |place| Some(place.around?.place))
    }

    /// How deep in the root it is.
    pub(super) fn depth(&self) -> usize {
        self.ancestors().count() - 1
    }

    /// How often a schema is around it.
    pub(super) fn repeats(&self, schema: usize) -> usize {
        let around = std::iter::successors(self.around, |around| around.place.around);
        around
            .filter(|around| around.schemas.contains(&schema))
            .count()
    }

    /// Which one it is of those that differ by their index only.
    pub(super) fn ordinal(&self) -> usize {
        self.ancestors().map(|place| place.index).sum()
    }

    /// A number that differs from place to place and is the same on every machine (FNV-1a).
    pub(super) fn fingerprint(&self, spin: u64) -> u64 {
        let mut hash = 0xcbf2_9ce4_8422_2325_u64 ^ spin;
        for place in self.ancestors() {
            for byte in place.name.bytes().chain(place.index.to_le_bytes()) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        hash
    }
}
