//! One workload's figures.

use std::fmt;

use crate::round::Round;

/// What is told of a round. Where it is a ratio, of Mynah's to the bare server's.
#[derive(Clone, Copy)]
pub struct Figures {
    pub rate: f64,
    pub cpu: f64,
    p50: f64,
    p99: f64,
    p999: f64,
    busy: f64,
}

/// One workload's figures: medians over the rounds.
pub struct Row {
    name: String,
    bytes: (usize, usize),
    bare: Figures,
    pub mynah: Figures,
    /// The medians of the rounds' own ratios.
    pub ratio: Figures,
}

impl Figures {
    fn of(round: &Round) -> Self {
        Self {
            rate: round.rate(),
            cpu: round.cpu_micros(),
            p50: round.latency(500),
            p99: round.latency(990),
            p999: round.latency(999),
            busy: round.busy(),
        }
    }

    fn each(one: &Self, other: &Self, combine: impl Fn(f64, f64) -> f64) -> Self {
        Self {
            rate: combine(one.rate, other.rate),
            cpu: combine(one.cpu, other.cpu),
            p50: combine(one.p50, other.p50),
            p99: combine(one.p99, other.p99),
            p999: combine(one.p999, other.p999),
            busy: combine(one.busy, other.busy),
        }
    }

    fn median(all: &[Self]) -> Self {
        let of = |figure: fn(&Self) -> f64| median(all.iter().map(figure).collect());
        Self {
            rate: of(|it| it.rate),
            cpu: of(|it| it.cpu),
            p50: of(|it| it.p50),
            p99: of(|it| it.p99),
            p999: of(|it| it.p999),
            busy: of(|it| it.busy),
        }
    }
}

impl Row {
    /// The row of a workload with so many bytes of a request and of its reply's body, from the rounds of the
    /// bare server and of Mynah.
    pub fn of(name: &str, bytes: (usize, usize), rounds: &[(Round, Round)]) -> Self {
        let bare: Vec<Figures> = rounds.iter().map(|round| Figures::of(&round.0)).collect();
        let mynah: Vec<Figures> = rounds.iter().map(|round| Figures::of(&round.1)).collect();
        let pairs = mynah.iter().zip(&bare);
        let ratios: Vec<Figures> = pairs
            .map(|(mynah, bare)| Figures::each(mynah, bare, |mynah, bare| mynah / bare))
            .collect();
        Self {
            name: name.to_owned(),
            bytes,
            bare: Figures::median(&bare),
            mynah: Figures::median(&mynah),
            ratio: Figures::median(&ratios),
        }
    }

    /// The line above all rows.
    pub fn head() -> String {
        format!(
            "{:20}{:>15} │{:>23}   │{:>18}   │{:>13} │{:>19}  │{:>13} │{:>10}",
            "", "bytes in, out", "requests/s", "CPU µs", "p50 µs", "p99 µs", "p99.9 µs", "busy %"
        )
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            bytes,
            bare,
            mynah,
            ratio,
        } = self;
        let bytes = format!("{}, {}", bytes.0, bytes.1);
        write!(f, "{name:20}{bytes:>15} │")?;
        write!(
            f,
            "{:>9.0}{:>9.0}{:>7.2} │",
            bare.rate, mynah.rate, ratio.rate
        )?;
        write!(f, "{:>7.2}{:>7.2}{:>6.2} │", bare.cpu, mynah.cpu, ratio.cpu)?;
        write!(f, "{:>6.0}{:>7.0} │", bare.p50, mynah.p50)?;
        write!(f, "{:>7.0}{:>7.0}{:>6.2} │", bare.p99, mynah.p99, ratio.p99)?;
        write!(f, "{:>6.0}{:>7.0} │", bare.p999, mynah.p999)?;
        write!(f, "{:>5.0}{:>5.0}", bare.busy, mynah.busy)
    }
}

/// The median of figures.
pub fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    let (below, above) = (figures.len().saturating_sub(1) / 2, figures.len() / 2);
    (figures[below] + figures[above]) / 2.0
}
