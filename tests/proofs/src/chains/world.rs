//! The rows that chains are asked about: made from a seed, kept in memory, and written to a database.

use chrono::{DateTime, NaiveDate, TimeDelta};
use velocious::Result;
use velocious::database::Db;

use super::cell::{Cell, Kind, Row};
use super::schema::Table;
use crate::random::Random;

/// Every row of every table.
#[derive(Debug)]
pub(crate) struct World {
    rows: [Vec<Row>; 6],
}

/// Words that names are made of: other alphabets, letters that SQL or a pattern gives a meaning, spaces at the end.
const WORDS: &[&str] = &[
    "alpha",
    "Alpha",
    "ALPHA",
    "beta",
    "Größe",
    "größe",
    "ÉTÉ",
    "été",
    "Жук",
    "жук",
    "日本",
    "語",
    "🦀",
    "50%",
    "a_b",
    "axb",
    "back\\slash",
    "it's",
    "\"quoted\"",
    "semi;colon",
    "-- dash",
    "[a]",
    "*",
    "?",
    "a*",
    "x ",
    " x",
    "",
    "O",
    "0",
    "null",
    "Zoë",
    "tab\there",
    "line\nbreak",
    "`tick`",
    "$1",
    ":name",
    "{}",
];

impl World {
    /// A world from a seed.
    pub(crate) fn new(random: &mut Random) -> Self {
        let mut world = World {
            rows: Default::default(),
        };
        let sizes = [
            (Table::Account, 4),
            (Table::Project, 7),
            (Table::Detail, 5),
            (Table::Task, 18),
            (Table::Tag, 5),
            (Table::Tagging, 16),
        ];
        for (table, most) in sizes {
            // Now and then there is nothing, or one.
            let count = match random.below(12) {
                0 => 0,
                1 => 1,
                _ => 2 + random.below(most - 1),
            };
            for at in 0..count {
                if let Some(row) = world.row(random, table, at) {
                    world.rows[table as usize].push(row);
                }
            }
        }
        world
    }

    /// The rows of a table.
    pub(crate) fn rows(&self, table: Table) -> &[Row] {
        &self.rows[table as usize]
    }

    /// A value for a column: one that is there, or another one of that kind.
    pub(crate) fn value(&self, random: &mut Random, table: Table, column: usize) -> Cell {
        let rows = self.rows(table);
        if !rows.is_empty() && random.chance(70) {
            return random.pick(rows)[column].clone();
        }
        any(random, table.columns()[column].kind)
    }

    /// Writes every row.
    pub(crate) async fn write(&self, db: &Db) -> Result<()> {
        let order = [
            Table::Account,
            Table::Project,
            Table::Detail,
            Table::Task,
            Table::Tag,
            Table::Tagging,
        ];
        db.transaction(async |tx| {
            for table in order.iter().rev() {
                tx.execute_sql(&format!("DELETE FROM {}", table.name()), [])
                    .await?;
            }
            for table in order {
                let names: Vec<_> = table.columns().iter().map(|column| column.name).collect();
                let marks = vec!["?"; names.len()].join(", ");
                let sql = format!(
                    "INSERT INTO {} ({}) VALUES ({marks})",
                    table.name(),
                    names.join(", ")
                );
                for row in self.rows(table) {
                    let values = row.iter().zip(table.columns());
                    let values: Vec<_> = values
                        .map(|(cell, column)| cell.value(column.kind))
                        .collect();
                    tx.execute_sql(&sql, values).await?;
                }
            }
            Ok(())
        })
        .await
    }

    /// A row, or none when there is nothing that it could belong to.
    fn row(&self, random: &mut Random, table: Table, at: usize) -> Option<Row> {
        let id = i64::try_from(at).unwrap_or(0) + 1;
        let mut row = Vec::new();
        for column in table.columns() {
            let owner = match column.name {
                "account_id" => Some(Table::Account),
                "project_id" => Some(Table::Project),
                "parent_id" | "task_id" => Some(Table::Task),
                "tag_id" => Some(Table::Tag),
                _ => None,
            };
            row.push(match (column.name, owner) {
                ("id", _) => Cell::Int(id),
                // A project has one detail.
                ("project_id", _) if table == Table::Detail => {
                    self.rows(Table::Project).get(at)?[0].clone()
                }
                (_, Some(_)) if column.nullable && random.chance(35) => Cell::Null,
                (_, Some(owner)) => match self.rows(owner) {
                    [] if column.nullable => Cell::Null,
                    [] => return None,
                    owners => random.pick(owners)[0].clone(),
                },
                (_, None) if column.nullable && random.chance(30) => Cell::Null,
                (_, None) => any(random, column.kind),
            });
        }
        Some(row)
    }
}

/// Any value of a kind; few enough that two are often equal.
fn any(random: &mut Random, kind: Kind) -> Cell {
    match kind {
        Kind::Bool => Cell::Bool(random.chance(50)),
        Kind::Integer => Cell::Int(*random.pick(&[-7, -1, 0, 1, 2, 3, 100, i64::from(i32::MAX)])),
        Kind::BigInt => Cell::Int(*random.pick(&[
            -(1_i64 << 53) - 1,
            -1,
            0,
            1,
            2,
            3,
            7,
            1 << 40,
            (1 << 53) + 1,
        ])),
        Kind::Double => Cell::Double(*random.pick(&[-1.5, -0.25, 0.0, 0.5, 0.75, 2.0, 1e6, 8.25])),
        Kind::Text => Cell::Text(text(random)),
        Kind::Time => {
            let start = DateTime::from_timestamp(1_770_000_000, 0).unwrap_or_default();
            let steps = [
                0,
                1,
                500_000,
                999_999,
                1_000_000,
                86_400_000_000,
                -3_600_000_000,
            ];
            let step = TimeDelta::microseconds(*random.pick(&steps));
            Cell::Time(start + step * i32::try_from(random.below(4)).unwrap_or(0))
        }
        Kind::Date => {
            let start = NaiveDate::from_ymd_opt(2024, 2, 27).unwrap_or_default();
            Cell::Date(start + TimeDelta::days(*random.pick(&[0, 1, 2, 3, 366, -800, 9000])))
        }
    }
}

/// One or two words.
pub(crate) fn text(random: &mut Random) -> String {
    let first = *random.pick(WORDS);
    match random.chance(30) {
        true => format!("{first} {}", random.pick(WORDS)),
        false => first.to_owned(),
    }
}
