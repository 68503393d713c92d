//! Requests broken in every way that the descriptions can detect, over sockets: each is refused with
//! the right status, in the vendor's own shape, and with what is wrong by its name.
//!
//! The tables are data. None of their rows may pass by luck: the same rows fail against a server that
//! checks nothing, and no row is content with the answer to another.

mod echosistema;
mod encode;
mod libredesk;
mod protocol;
mod qoolife;
mod respondent;
mod row;
mod socialboards;
mod table;
mod unvalidated;

use crate::fixture::{Answer, base, send, serve};
use table::Table;

fn tables() -> Vec<Table> {
    let mut tables = vec![
        echosistema::table(),
        libredesk::table(),
        respondent::table(),
        socialboards::table(),
    ];
    tables.extend(qoolife::tables());
    tables
}

/// The answers to all rows of a table, in their order.
async fn answers(table: &Table, base: &str) -> Vec<Answer> {
    let client = reqwest::Client::new();
    let mut answers = Vec::new();
    for row in &table.rows {
        answers.push(send(&client, base, &table.call(row)).await);
    }
    answers
}

#[tokio::test]
async fn every_unbroken_request_is_accepted() {
    let server = serve();
    for table in tables() {
        let base = base(&server, table.api);
        let answer = send(&reqwest::Client::new(), &base, &table.valid()).await;
        assert_eq!(answer.status, table.success, "{table}: {}", answer.text);
    }
}

#[tokio::test]
async fn every_broken_request_is_refused_for_what_is_broken() {
    let server = serve();
    let mut wrong = Vec::new();
    let mut count = 0;
    for table in tables() {
        let answers = answers(&table, &base(&server, table.api)).await;
        count += answers.len();
        for (row, answer) in table.rows.iter().zip(answers) {
            if let Err(why) = table.check(row, &answer) {
                wrong.push(format!("{table}, {row:?}:\n  {why}\n  {}", answer.text));
            }
        }
    }
    println!("{count} rows");
    let all = wrong.join("\n");
    assert!(wrong.is_empty(), "{} of {count}:\n{all}", wrong.len());
}

#[tokio::test]
async fn no_row_passes_against_a_server_that_checks_nothing() {
    let server = unvalidated::start().await;
    for table in tables() {
        let base = format!("http://{server}/{}", table.api);
        for (row, answer) in table.rows.iter().zip(answers(&table, &base).await) {
            assert_eq!(answer.status, table.success, "{table}, {row:?}");
            assert!(table.check(row, &answer).is_err(), "{table}, {row:?}");
            // Neither the right status alone makes a row pass.
            let refused = Answer {
                status: row.status,
                ..answer
            };
            assert!(table.check(row, &refused).is_err(), "{table}, {row:?}");
        }
    }
}

#[tokio::test]
async fn no_row_passes_with_the_answer_to_a_row_that_wants_another() {
    let server = serve();
    for table in tables() {
        let answers = answers(&table, &base(&server, table.api)).await;
        for (other, answer) in table.rows.iter().zip(&answers) {
            if answer.header("mynah-violations").contains(", ") {
                // It reports several faults, and may do for each of them.
                continue;
            }
            for row in &table.rows {
                if table.check(row, answer).is_ok() {
                    // Two faults of one kind at one place are answered alike, and rightly so.
                    assert_eq!(row.wants(), other.wants(), "{table}: {row:?}, {other:?}");
                }
            }
        }
    }
}
