//! Random bytes that are the same in each run.

/// A generator (xorshift64).
pub struct Noise(u64);

impl Noise {
    /// The one seed.
    pub fn new() -> Self {
        Self(0x9e37_79b9_7f4a_7c15)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end.max(1) as u64) as usize
    }

    fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[0]
    }

    /// Some bytes, at least one.
    pub fn bytes(&mut self, most: usize) -> Vec<u8> {
        let length = 1 + self.below(most);
        (0..length).map(|_| self.byte()).collect()
    }

    /// The beginning of some bytes, at least one.
    pub fn truncated(&mut self, bytes: &[u8]) -> Vec<u8> {
        let length = 1 + self.below(bytes.len() - 1);
        bytes[..length].to_vec()
    }

    /// The bytes with some replaced, removed, repeated or moved.
    pub fn mutated(&mut self, bytes: &[u8], times: usize) -> Vec<u8> {
        /// What means something to one of the parsers.
        const MARKS: &[u8] = b"{}[]\":,;&=%+\\/-.eE0123456789ntf \r\n\0\x80\xff";
        let mut bytes = bytes.to_vec();
        for _ in 0..times {
            let at = self.below(bytes.len());
            match self.below(5) {
                0 => bytes[at] = self.byte(),
                1 => bytes[at] = MARKS[self.below(MARKS.len())],
                2 if bytes.len() > 1 => drop(bytes.remove(at)),
                3 => bytes.insert(at, MARKS[self.below(MARKS.len())]),
                _ => {
                    let piece = bytes[at..].to_vec();
                    let to = self.below(bytes.len());
                    let length = 1 + self.below(20);
                    let piece = piece.into_iter().take(length);
                    bytes.splice(to..to, piece);
                }
            }
        }
        bytes
    }
}
