//! Changes of seeds, the same in each run.

/// Pieces that mean something to somebody.
const PIECES: [&[u8]; 40] = [
    b"{",
    b"}",
    b"[",
    b"]",
    b"\"",
    b"\\",
    b"\\u",
    b":",
    b",",
    b"-",
    b"0",
    b"1e9",
    b"\n",
    b"\r\n",
    b" ",
    b"\t",
    b"\0",
    b"\xff",
    b"\xc3\xa9",
    b"%",
    b"%2F",
    b"%00",
    b"&",
    b"=",
    b";",
    b"+",
    b"<",
    b">",
    b"</",
    b"<!--",
    b"]]>",
    b"&#x0;",
    b"$ref: '#/'",
    b"&a",
    b"*a",
    b"? ",
    b"--x\r\n",
    b"..",
    b"null",
    b"18446744073709551616",
];

/// The longest input.
const LONGEST: usize = 1 << 14;

/// An endless row of inputs.
pub struct Changes<'s> {
    seeds: &'s [Vec<u8>],
    state: u64,
}

impl<'s> Changes<'s> {
    pub fn of(seeds: &'s [Vec<u8>]) -> Self {
        Self {
            seeds,
            state: 0x9E37_79B9_7F4A_7C15,
        }
    }

    /// A seed with one to eight changes.
    pub fn next(&mut self) -> Vec<u8> {
        let mut input = self.seed().to_vec();
        for _ in 0..=self.below(8) {
            self.change(&mut input);
            input.truncate(LONGEST);
        }
        input
    }

    fn change(&mut self, input: &mut Vec<u8>) {
        let at = self.below(input.len() + 1);
        let end = (at + self.below(16)).min(input.len());
        match self.below(6) {
            0 => {
                if let Some(byte) = input.get_mut(at) {
                    *byte ^= 1 << self.below(8);
                }
            }
            1 => drop(input.drain(at..end)),
            2 => {
                let piece = PIECES[self.below(PIECES.len())];
                drop(input.splice(at..at, piece.iter().copied()));
            }
            3 => {
                let piece = PIECES[self.below(PIECES.len())];
                drop(input.splice(at..end, piece.iter().copied()));
            }
            4 => {
                let twice = input[at..end].to_vec();
                drop(input.splice(at..at, twice));
            }
            _ => {
                // What follows is that of another seed.
                let other = self.seed();
                let from = self.below(other.len() + 1);
                input.truncate(at);
                input.extend_from_slice(&other[from..]);
            }
        }
    }

    fn seed(&mut self) -> &'s [u8] {
        let seeds = self.seeds;
        &seeds[self.below(seeds.len())]
    }

    /// A number below another (xorshift64*, Marsaglia 2003 and Vigna 2016).
    fn below(&mut self, limit: usize) -> usize {
        self.state ^= self.state >> 12;
        self.state ^= self.state << 25;
        self.state ^= self.state >> 27;
        let random = self.state.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        random as usize % limit.max(1)
    }
}
