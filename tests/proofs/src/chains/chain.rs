//! A chain as data, and as the Rust that one would write.

use std::fmt::{self, Display};

use super::cell::{Cell, Row};
use super::schema::{Column, Relation, Table};

/// A query from its beginning to what is asked of it.
#[derive(Clone, Debug)]
pub(crate) struct Chain {
    pub(crate) root: Table,
    pub(crate) joins: Vec<(Path, Join)>,
    pub(crate) filters: Vec<Condition>,
    pub(crate) order: Vec<Term>,
    pub(crate) reversed: bool,
    pub(crate) distinct: bool,
    pub(crate) window: Window,
    pub(crate) ending: Ending,
}

/// Which partner a joined record needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Join {
    Inner,
    Left,
}

/// A way from the root along relationships.
pub(crate) type Path = Vec<Step>;

/// One relationship, maybe under another name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    pub(crate) relation: &'static Relation,
    pub(crate) alias: Option<&'static str>,
}

impl PartialEq for Step {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.relation, other.relation) && self.alias == other.alias
    }
}

/// A column at the end of a path.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct At {
    pub(crate) path: Path,
    pub(crate) table: Table,
    pub(crate) column: usize,
}

impl At {
    /// A column of the root.
    pub(crate) fn own(table: Table, name: &str) -> Self {
        At {
            path: Vec::new(),
            table,
            column: table.column(name),
        }
    }

    pub(crate) fn column(&self) -> &'static Column {
        &self.table.columns()[self.column]
    }
}

/// What a record has to meet.
#[derive(Clone, Debug)]
pub(crate) enum Condition {
    Compare(At, Operator, Cell),
    Columns(At, Operator, At),
    Between(At, Cell, Cell),
    In(At, Vec<Cell>, bool),
    Null(At, bool),
    Matches(At, Match, String),
    /// Written by hand, about a column of the root that is not NULL.
    Sql(At, Operator, Cell),
    All(Vec<Condition>),
    Any(Vec<Condition>),
    Not(Box<Condition>),
    Exists(Path, Question),
}

/// What is asked about the records at the end of a path.
#[derive(Clone, Debug)]
pub(crate) enum Question {
    Present,
    Absent,
    Any(Box<Condition>),
    None(Box<Condition>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Match {
    Like,
    Ilike,
    Contains,
    StartsWith,
    EndsWith,
}

/// One term of an order.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    pub(crate) of: Picked,
    pub(crate) descending: bool,
    /// Whether NULL comes first (`true`) or last.
    pub(crate) nulls_first: Option<bool>,
}

/// Which part of the rows is wanted.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Window {
    All,
    Limit(Option<u64>, Option<u64>),
    Page(u64, Option<u64>),
}

/// A column, or what many rows of it come to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Picked {
    Column(At),
    Aggregate(Aggregate, At),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Aggregate {
    Count,
    CountDistinct,
    Min,
    Max,
    Sum,
    Avg,
}

/// What is asked of a query in the end.
#[derive(Clone, Debug)]
pub(crate) enum Ending {
    Load(Vec<Path>),
    Stream,
    Each(u64),
    First,
    Last,
    Find(i64),
    Ids,
    Count,
    Exists,
    Paginate(u64),
    Pluck(At),
    PluckPair(At),
    PluckFirst(At),
    Fold(Aggregate, At),
    Group(Group),
    GroupCount(Group),
    UpdateAll(At, Cell),
    DeleteAll,
}

#[derive(Clone, Debug)]
pub(crate) struct Group {
    pub(crate) keys: Vec<At>,
    pub(crate) having: Option<(Picked, Operator, Cell)>,
    pub(crate) picked: Picked,
}

/// What came of a chain: rows, of which the order may not matter, with what belongs to each.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) rows: Vec<Row>,
    pub(crate) ordered: bool,
}

impl Answer {
    pub(crate) fn ordered(rows: Vec<Row>) -> Self {
        Answer {
            rows,
            ordered: true,
        }
    }

    pub(crate) fn one(cell: Cell) -> Self {
        Answer::ordered(vec![vec![cell]])
    }

    /// Whether both say the same; sums of doubles may differ a little.
    pub(crate) fn says_the_same_as(&self, expected: &Answer) -> bool {
        let (mut found, mut wanted) = (self.rows.clone(), expected.rows.clone());
        if !expected.ordered {
            for rows in [&mut found, &mut wanted] {
                rows.sort_by(|a, b| {
                    let ranks = a.iter().zip(b).map(|(a, b)| a.rank(b));
                    ranks
                        .into_iter()
                        .find(|rank| rank.is_ne())
                        .unwrap_or(a.len().cmp(&b.len()))
                });
            }
        }
        found.len() == wanted.len()
            && found.iter().zip(&wanted).all(|(found, wanted)| {
                found.len() == wanted.len() && found.iter().zip(wanted).all(|(a, b)| is_same(a, b))
            })
    }
}

fn is_same(a: &Cell, b: &Cell) -> bool {
    match (a, b) {
        (Cell::Double(a), Cell::Double(b)) => (a - b).abs() <= 1e-9 * a.abs().max(1.0),
        _ => a == b,
    }
}

impl Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows", self.rows.len())?;
        for row in self.rows.iter().take(12) {
            let cells: Vec<_> = row.iter().map(Cell::to_string).collect();
            write!(f, "\n        ({})", cells.join(", "))?;
        }
        match self.rows.len() {
            0..=12 => Ok(()),
            _ => f.write_str("\n        …"),
        }
    }
}

impl Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}::all()", self.root)?;
        for (path, kind) in &self.joins {
            let kind = match kind {
                Join::Inner => "joins",
                Join::Left => "left_joins",
            };
            write!(f, ".{kind}(|t| t{})", along(path))?;
        }
        for filter in &self.filters {
            match filter {
                Condition::Sql(at, operator, value) => {
                    let (table, column) = (at.table.name(), at.column().name);
                    write!(
                        f,
                        ".filter_sql(\"{table}.{column} {} ?\", [{value}])",
                        operator.sql()
                    )?;
                }
                _ => write!(f, ".filter(|t| {filter})")?,
            }
        }
        if let Ending::Group(group) | Ending::GroupCount(group) = &self.ending {
            for key in &group.keys {
                write!(f, ".group(|t| {key})")?;
            }
            if let Some((picked, operator, value)) = &group.having {
                write!(f, ".having(|t| {picked}.{}({value}))", operator.method())?;
            }
        }
        for term in &self.order {
            write!(f, ".order(|t| {term})")?;
        }
        if self.reversed {
            f.write_str(".reverse_order()")?;
        }
        if self.distinct {
            f.write_str(".distinct()")?;
        }
        match self.window {
            Window::All => {}
            Window::Limit(limit, offset) => {
                limit.map_or(Ok(()), |limit| write!(f, ".limit({limit})"))?;
                offset.map_or(Ok(()), |offset| write!(f, ".offset({offset})"))?;
            }
            Window::Page(page, per_page) => {
                write!(f, ".page({page})")?;
                per_page.map_or(Ok(()), |records| write!(f, ".per_page({records})"))?;
            }
        }
        write!(f, "{}", self.ending)
    }
}

impl Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ending::Load(paths) => {
                for path in paths {
                    write!(f, ".preload(|t| t{})", along(path))?;
                }
                f.write_str(".load(&db)")
            }
            Ending::Stream => f.write_str(".stream(&db)"),
            Ending::Each(batch) => write!(f, ".find_each(&db, {batch}, …)"),
            Ending::First => f.write_str(".first(&db)"),
            Ending::Last => f.write_str(".last(&db)"),
            Ending::Find(key) => write!(f, ".find(&db, {key})"),
            Ending::Ids => f.write_str(".ids(&db)"),
            Ending::Count => f.write_str(".count(&db)"),
            Ending::Exists => f.write_str(".exists(&db)"),
            Ending::Paginate(number) => write!(f, ".paginate(&db, {number})"),
            Ending::Pluck(at) => write!(f, ".pluck(|t| {at}).load(&db)"),
            Ending::PluckPair(at) => write!(f, ".pluck(|t| ({at}, t.id())).load(&db)"),
            Ending::PluckFirst(at) => write!(f, ".pluck(|t| {at}).first(&db)"),
            Ending::Fold(aggregate, at) => {
                let method = match aggregate {
                    Aggregate::Min => "minimum",
                    Aggregate::Max => "maximum",
                    Aggregate::Sum => "sum",
                    _ => "average",
                };
                write!(f, ".{method}(&db, |t| {at})")
            }
            Ending::Group(group) => write!(f, ".pluck(|t| {}).load(&db)", group.picked),
            Ending::GroupCount(_) => f.write_str(".count(&db)"),
            Ending::UpdateAll(at, value) => {
                write!(f, ".update_all(&db, |t| [{at}.set({value})])")
            }
            Ending::DeleteAll => f.write_str(".delete_all(&db)"),
        }
    }
}

impl Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "t{}.{}()", along(&self.path), self.column().name)
    }
}

impl Display for Picked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Picked::Column(at) => write!(f, "{at}"),
            Picked::Aggregate(aggregate, at) => {
                let method = match aggregate {
                    Aggregate::Count => "count",
                    Aggregate::CountDistinct => "count_distinct",
                    Aggregate::Min => "min",
                    Aggregate::Max => "max",
                    Aggregate::Sum => "sum",
                    Aggregate::Avg => "avg",
                };
                write!(f, "{at}.{method}()")
            }
        }
    }
}

impl Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let direction = if self.descending { "desc" } else { "asc" };
        let nulls = match self.nulls_first {
            None => "",
            Some(true) => ".nulls_first()",
            Some(false) => ".nulls_last()",
        };
        write!(f, "{}.{direction}(){nulls}", self.of)
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let listed = |list: &[Condition]| {
            let list: Vec<_> = list.iter().map(Condition::to_string).collect();
            list.join(", ")
        };
        match self {
            Condition::Compare(at, operator, value) => {
                write!(f, "{at}.{}({value})", operator.method())
            }
            Condition::Columns(at, operator, other) => {
                write!(f, "{at}.{}({other})", operator.method())
            }
            Condition::Between(at, low, high) => write!(f, "{at}.between({low}, {high})"),
            Condition::In(at, values, negated) => {
                let method = if *negated { "not_in" } else { "is_in" };
                let shown: Vec<_> = values.iter().take(9).map(Cell::to_string).collect();
                let rest = if values.len() > 9 { ", …" } else { "" };
                write!(f, "{at}.{method}([{}{rest}])", shown.join(", "))
            }
            Condition::Null(at, false) => write!(f, "{at}.is_null()"),
            Condition::Null(at, true) => write!(f, "{at}.is_not_null()"),
            Condition::Matches(at, how, text) => {
                let method = match how {
                    Match::Like => "like",
                    Match::Ilike => "ilike",
                    Match::Contains => "contains",
                    Match::StartsWith => "starts_with",
                    Match::EndsWith => "ends_with",
                };
                write!(f, "{at}.{method}({text:?})")
            }
            Condition::Sql(at, operator, value) => {
                write!(
                    f,
                    "Condition::sql(\"{at} {} ?\", [{value}])",
                    operator.sql()
                )
            }
            Condition::All(list) => write!(f, "Condition::all([{}])", listed(list)),
            Condition::Any(list) => write!(f, "Condition::any([{}])", listed(list)),
            Condition::Not(one) => write!(f, "{one}.not()"),
            Condition::Exists(path, question) => {
                write!(f, "t{}", along(path))?;
                match question {
                    Question::Present => f.write_str(".is_present()"),
                    Question::Absent => f.write_str(".is_absent()"),
                    Question::Any(condition) => write!(f, ".any(|t| {condition})"),
                    Question::None(condition) => write!(f, ".none(|t| {condition})"),
                }
            }
        }
    }
}

impl Operator {
    pub(crate) fn method(self) -> &'static str {
        match self {
            Operator::Eq => "eq",
            Operator::Ne => "ne",
            Operator::Lt => "lt",
            Operator::Le => "le",
            Operator::Gt => "gt",
            Operator::Ge => "ge",
        }
    }

    pub(crate) fn sql(self) -> &'static str {
        match self {
            Operator::Eq => "=",
            Operator::Ne => "<>",
            Operator::Lt => "<",
            Operator::Le => "<=",
            Operator::Gt => ">",
            Operator::Ge => ">=",
        }
    }
}

fn along(path: &[Step]) -> String {
    path.iter().map(Step::to_string).collect()
}

impl Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, ".{}()", self.relation.name)?;
        match self.alias {
            Some(alias) => write!(f, ".aliased({alias:?})"),
            None => Ok(()),
        }
    }
}
