//! JSON text (RFC 8259) to cells, in one pass over its bytes.
//!
//! Strings without escapes and long numbers stay where they stand: their cells are slices of the text, which the
//! tape has whole. What is wrong with a text is not told here but by `fault`, which nobody waits for.

use serde_json::Number;

use super::{Cell, Tape, build::narrow, exact, repeated::Marks};

/// Arrays and objects nest less deep than this, as in serde_json.
const MAX_DEPTH: usize = 128;

/// Every text of no more digits is an integer of 64 bits.
const SURE_DIGITS: usize = 18;

/// Text that is not JSON.
pub(super) struct NotJson;

type Scanned<T> = Result<T, NotJson>;

/// Reads one JSON text, whole, and adds its cells to a tape.
pub(super) fn scan(tape: &mut Tape, json: &[u8]) -> Scanned<()> {
    let text = std::str::from_utf8(json).map_err(|_| NotJson)?;
    let base = tape.text.len();
    tape.text.push_str(text);
    let mut scanner = Scanner {
        tape,
        text,
        base,
        at: 0,
        depth: 0,
        marks: Marks::new(),
    };
    scanner.value()?;
    if scanner.next_byte().is_some() {
        return Err(NotJson);
    }
    scanner.tape.may_repeat |= scanner.marks.may_repeat;
    Ok(())
}

struct Scanner<'t, 'j> {
    tape: &'t mut Tape,
    text: &'j str,
    /// Where the text begins in that of the tape.
    base: usize,
    at: usize,
    depth: usize,
    marks: Marks,
}

impl<'j> Scanner<'_, 'j> {
    fn json(&self) -> &'j [u8] {
        self.text.as_bytes()
    }

    /// Passes over white space, to the byte that is next.
    fn next_byte(&mut self) -> Option<u8> {
        loop {
            match self.json().get(self.at).copied() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                other => return other,
            }
        }
    }

    fn value(&mut self) -> Scanned<()> {
        match self.next_byte().ok_or(NotJson)? {
            b'"' => self.string().map(drop),
            b'-' | b'0'..=b'9' => self.number(),
            b'{' => self.object(),
            b'[' => self.array(),
            b't' => self.word(b"true", Cell::Bool(true)),
            b'f' => self.word(b"false", Cell::Bool(false)),
            b'n' => self.word(b"null", Cell::Null),
            _ => Err(NotJson),
        }
    }

    fn word(&mut self, word: &[u8], cell: Cell) -> Scanned<()> {
        if !self.json()[self.at..].starts_with(word) {
            return Err(NotJson);
        }
        self.at += word.len();
        self.tape.cells.push(cell);
        Ok(())
    }

    /// Goes into an array or object, whose cell is written when its end is known.
    fn open(&mut self) -> Scanned<u32> {
        self.depth += 1;
        if self.depth == MAX_DEPTH {
            return Err(NotJson);
        }
        self.at += 1;
        let start = self.tape.next_cell();
        self.tape.cells.push(Cell::Null);
        Ok(start)
    }

    /// Whether another item or member follows, after the comma where there is one.
    fn goes_on(&mut self, is_first: bool, end: u8) -> Scanned<bool> {
        match self.next_byte() {
            Some(byte) if byte == end => {
                self.at += 1;
                self.depth -= 1;
                Ok(false)
            }
            Some(b',') if !is_first => {
                self.at += 1;
                Ok(true)
            }
            Some(_) if is_first => Ok(true),
            _ => Err(NotJson),
        }
    }

    fn array(&mut self) -> Scanned<()> {
        let start = self.open()?;
        let mut count = 0;
        while self.goes_on(count == 0, b']')? {
            self.value()?;
            count += 1;
        }
        self.tape.close(start, |end| Cell::Array { count, end });
        Ok(())
    }

    fn object(&mut self) -> Scanned<()> {
        let start = self.open()?;
        let names = self.marks.begin();
        let mut count = 0;
        while self.goes_on(count == 0, b'}')? {
            if self.next_byte() != Some(b'"') {
                return Err(NotJson);
            }
            let (start, length) = self.string()?;
            let name = &self.tape.text.as_bytes()[start..start + length];
            self.marks.add(names, name);
            if self.next_byte() != Some(b':') {
                return Err(NotJson);
            }
            self.at += 1;
            self.value()?;
            count += 1;
        }
        self.marks.end(names);
        self.tape.close(start, |end| Cell::Object { count, end });
        Ok(())
    }

    /// A string: where it begins in the text of the tape, and how long it is.
    fn string(&mut self) -> Scanned<(usize, usize)> {
        let start = self.at + 1;
        self.at = plain_end(self.json(), start);
        let (start, length) = match self.json().get(self.at) {
            Some(b'"') => (self.base + start, self.at - start),
            Some(b'\\') => self.escaped(start)?,
            // A control character, or the end of the text.
            _ => return Err(NotJson),
        };
        self.at += 1;
        self.tape.cells.push(Cell::String {
            start: narrow(start),
            length: narrow(length),
        });
        Ok((start, length))
    }

    /// A string with escapes, written out behind the text; up to its closing quote.
    fn escaped(&mut self, mut plain: usize) -> Scanned<(usize, usize)> {
        let start = self.tape.text.len();
        loop {
            self.tape.text.push_str(&self.text[plain..self.at]);
            match self.json().get(self.at) {
                Some(b'"') => return Ok((start, self.tape.text.len() - start)),
                Some(b'\\') => {
                    self.at += 1;
                    let character = self.escape()?;
                    self.tape.text.push(character);
                }
                _ => return Err(NotJson),
            }
            plain = self.at;
            self.at = plain_end(self.json(), plain);
        }
    }

    /// What follows a backslash (RFC 8259 section 7).
    fn escape(&mut self) -> Scanned<char> {
        let letter = self.json().get(self.at).ok_or(NotJson)?;
        self.at += 1;
        Ok(match letter {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.code_point(),
            _ => return Err(NotJson),
        })
    }

    /// The character of one `\u`, or of a pair of surrogates.
    fn code_point(&mut self) -> Scanned<char> {
        let first = self.code_unit()?;
        if !(0xD800..0xDC00).contains(&first) {
            return char::from_u32(first).ok_or(NotJson);
        }
        if !self.json()[self.at..].starts_with(b"\\u") {
            return Err(NotJson);
        }
        self.at += 2;
        let second = self.code_unit()?;
        let pair = char::decode_utf16([first, second].map(|unit| unit as u16)).next();
        pair.and_then(Result::ok).ok_or(NotJson)
    }

    fn code_unit(&mut self) -> Scanned<u32> {
        let digits = self.json().get(self.at..self.at + 4).ok_or(NotJson)?;
        self.at += 4;
        digits.iter().try_fold(0, |unit, digit| {
            let digit = char::from(*digit).to_digit(16).ok_or(NotJson)?;
            Ok(unit << 4 | digit)
        })
    }

    fn number(&mut self) -> Scanned<()> {
        let start = self.at;
        let is_negative = self.json()[start] == b'-';
        self.at += usize::from(is_negative);
        let (integer, digits) = self.digits()?;
        if digits > 1 && self.json()[self.at - digits] == b'0' {
            return Err(NotJson);
        }
        let has_more = matches!(self.json().get(self.at), Some(b'.' | b'e' | b'E'));
        let cell = match has_more || digits > SURE_DIGITS || (is_negative && integer == 0) {
            true => {
                self.fraction()?;
                self.exponent()?;
                self.long_number(start)?
            }
            false if is_negative => Cell::Signed(-integer.cast_signed()),
            false => Cell::Unsigned(integer),
        };
        self.tape.cells.push(cell);
        Ok(())
    }

    /// One or more digits: what they are together, where that is no more than [`SURE_DIGITS`] say, and how many.
    fn digits(&mut self) -> Scanned<(u64, usize)> {
        let start = self.at;
        let mut integer: u64 = 0;
        while let Some(digit @ b'0'..=b'9') = self.json().get(self.at) {
            integer = integer
                .wrapping_mul(10)
                .wrapping_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        match self.at - start {
            0 => Err(NotJson),
            digits => Ok((integer, digits)),
        }
    }

    fn fraction(&mut self) -> Scanned<()> {
        if self.json().get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        Ok(())
    }

    fn exponent(&mut self) -> Scanned<()> {
        if let Some(b'e' | b'E') = self.json().get(self.at) {
            self.at += 1;
            self.at += usize::from(matches!(self.json().get(self.at), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(())
    }

    /// The number from `start` on, which is no short integer: as a double where that is the same.
    fn long_number(&self, start: usize) -> Scanned<Cell> {
        let text = &self.text[start..self.at];
        if let Ok(number) = text.parse() {
            return Ok(Cell::Unsigned(number));
        }
        if let Ok(number) = text.parse()
            && number != 0
        {
            return Ok(Cell::Signed(number));
        }
        let double: f64 = text.parse().map_err(|_| NotJson)?;
        let number = Number::from_f64(double).ok_or(NotJson)?;
        let is_held = exact::is_held(text, &number) && double != Cell::LEAST;
        Ok(match is_held {
            true => Cell::Float(double),
            false => Cell::Decimal {
                start: narrow(self.base + start),
                length: narrow(text.len()),
            },
        })
    }
}

/// Where from `at` on the first byte is that does not stand for itself in a string: a quote, a backslash, or a
/// control character; the end of the text when there is none.
fn plain_end(json: &[u8], mut at: usize) -> usize {
    while let Some(eight) = json.get(at..).and_then(|rest| rest.first_chunk()) {
        let found = special(u64::from_le_bytes(*eight));
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    let rest = json.get(at..).unwrap_or_default();
    let is_special = |byte: &u8| matches!(byte, b'"' | b'\\' | ..b' ');
    at + rest.iter().position(is_special).unwrap_or(rest.len())
}

/// The high bits of the bytes that are no plain ones. Above the first of them others may be set as well.
fn special(eight: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let quote = eight ^ (ONES * b'"' as u64);
    let backslash = eight ^ (ONES * b'\\' as u64);
    let is_zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let is_control = eight.wrapping_sub(ONES * b' ' as u64) & !eight;
    (is_zero(quote) | is_zero(backslash) | is_control) & HIGH
}

#[cfg(test)]
mod tests;
