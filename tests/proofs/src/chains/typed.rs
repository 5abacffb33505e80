//! From names to the typed handles that the derive has made: what an application writes by hand, chosen at run time.

use chrono::{DateTime, NaiveDate, Utc};
use velocious::model::{Model, Record};
use velocious::prelude::*;
use velocious::query::{Assignment, Column, Computed, Order, Stored, TextColumn};
use velocious::query::{Condition as Typed, RelationPath};
use velocious::value::ColumnType;

use super::cell::{Cell, Row};
use super::chain::{Aggregate, At, Condition, Match, Operator, Picked, Question, Step, Term};
use super::models::*;

/// A model whose columns and relationships can be asked for by name.
pub(crate) trait Named: Model + Record {
    fn handle<R: 'static>(handle: Self::Handle<R>) -> AnyHandle<R>;

    fn related(&self, name: &str) -> Result<Vec<&dyn NamedRecord>>;
}

/// A record, whatever its model.
pub(crate) trait NamedRecord {
    fn cells(&self) -> Row;

    fn related_by_name(&self, name: &str) -> Result<Vec<&dyn NamedRecord>>;
}

impl<M: Named> NamedRecord for M {
    fn cells(&self) -> Row {
        let columns = 0..M::definition().columns.len();
        columns.map(|column| self.value(column).into()).collect()
    }

    fn related_by_name(&self, name: &str) -> Result<Vec<&dyn NamedRecord>> {
        self.related(name)
    }
}

/// A record's related records as text; `Meaning::related` writes the same.
pub(crate) fn related(record: &dyn NamedRecord, path: &[Step]) -> Result<String> {
    let Some((first, rest)) = path.split_first() else {
        return Ok(String::new());
    };
    let mut list = Vec::new();
    for record in record.related_by_name(first.relation.name)? {
        let cells: Vec<_> = record.cells().iter().map(Cell::to_string).collect();
        list.push(format!("({}{})", cells.join(", "), related(record, rest)?));
    }
    Ok(format!("[{}]", list.join(", ")))
}

/// Defines [`AnyHandle`] and how names are looked up.
macro_rules! named {
    ($($model:ident $handle:ident {
        $($column:ident: $kind:ident),*; one: $($one:ident),*; has_one: $($has_one:ident),*; many: $($many:ident),*;
        $($relation:ident -> $target:ident),*
    })*) => {
        /// A handle of any model, as reached from `R`.
        pub(crate) enum AnyHandle<R> {
            $($model($handle<R>),)*
        }

        /// Does the same with a handle of any model.
        macro_rules! with_handle {
            ($any:expr, $name:ident => $body:expr) => {
                match $any { $(AnyHandle::$model($name) => $body,)* }
            };
        }
        pub(crate) use with_handle;

        impl<R: 'static> AnyHandle<R> {
            fn column(&self, name: &str) -> AnyColumn<R> {
                match self {
                    $(AnyHandle::$model(handle) => match name {
                        $(stringify!($column) => AnyColumn::$kind(handle.$column()),)*
                        _ => unreachable!("no column {name}"),
                    },)*
                }
            }

            fn relation(&self, name: &str) -> AnyHandle<R> {
                match self {
                    $(AnyHandle::$model(handle) => match name {
                        $(stringify!($relation) => AnyHandle::$target(handle.$relation()),)*
                        _ => unreachable!("no relationship {name}"),
                    },)*
                }
            }

            fn aliased(&self, alias: &'static str) -> AnyHandle<R> {
                match self {
                    $(AnyHandle::$model(handle) => AnyHandle::$model(handle.aliased(alias)),)*
                }
            }
        }

        $(impl Named for $model {
            fn handle<R: 'static>(handle: Self::Handle<R>) -> AnyHandle<R> {
                AnyHandle::$model(handle)
            }

            fn related(&self, name: &str) -> Result<Vec<&dyn NamedRecord>> {
                match name {
                    $(stringify!($one) => {
                        Ok(self.$one.optional()?.into_iter().map(|it| it as &dyn NamedRecord).collect())
                    })*
                    $(stringify!($has_one) => {
                        Ok(self.$has_one.get()?.into_iter().map(|it| it as &dyn NamedRecord).collect())
                    })*
                    $(stringify!($many) => {
                        Ok(self.$many.get()?.iter().map(|it| it as &dyn NamedRecord).collect())
                    })*
                    _ => unreachable!("no relationship {name}"),
                }
            }
        })*
    };
}

named! {
    Account AccountHandle {
        id: BigInt, name: Text, plan: OptText, opened_on: Date;
        one: ; has_one: ; many: projects, tasks, details;
        projects -> Project, tasks -> Task, details -> Detail
    }
    Project ProjectHandle {
        id: BigInt, name: Text, account_id: OptBigInt, archived: Bool, budget: OptDouble, started_at: OptTime;
        one: account; has_one: detail; many: tasks, open_tasks, tags;
        account -> Account, detail -> Detail, tasks -> Task, open_tasks -> Task, tags -> Tag
    }
    Detail DetailHandle {
        id: BigInt, project_id: BigInt, note: OptText, active: Bool;
        one: project; has_one: account; many: ;
        project -> Project, account -> Account
    }
    Task TaskHandle {
        id: BigInt, name: Text, project_id: BigInt, parent_id: OptBigInt, done: Bool, flagged: OptBool,
        priority: Integer, level: OptInteger, serial: BigInt, due_on: OptDate, estimate: OptDouble, note: OptText,
        created_on: Time;
        one: project, parent; has_one: account; many: children, taggings, tags;
        project -> Project, parent -> Task, account -> Account, children -> Task, taggings -> Tagging, tags -> Tag
    }
    Tagging TaggingHandle {
        id: BigInt, task_id: BigInt, tag_id: BigInt, weight: Double;
        one: task, tag; has_one: ; many: ;
        task -> Task, tag -> Tag
    }
    Tag TagHandle {
        id: BigInt, label: Text, color: OptText;
        one: ; has_one: ; many: taggings, tasks;
        taggings -> Tagging, tasks -> Task
    }
}

/// A column of any type.
pub(crate) enum AnyColumn<R, K = Stored> {
    Bool(Column<R, bool, K>),
    OptBool(Column<R, Option<bool>, K>),
    Integer(Column<R, i32, K>),
    OptInteger(Column<R, Option<i32>, K>),
    BigInt(Column<R, i64, K>),
    OptBigInt(Column<R, Option<i64>, K>),
    Double(Column<R, f64, K>),
    OptDouble(Column<R, Option<f64>, K>),
    Text(Column<R, String, K>),
    OptText(Column<R, Option<String>, K>),
    Time(Column<R, DateTime<Utc>, K>),
    OptTime(Column<R, Option<DateTime<Utc>>, K>),
    Date(Column<R, NaiveDate, K>),
    OptDate(Column<R, Option<NaiveDate>, K>),
}

/// Does the same with a column of any type.
macro_rules! with_column {
    ($any:expr, $column:ident => $body:expr) => {
        match $any {
            AnyColumn::Bool($column) => $body,
            AnyColumn::OptBool($column) => $body,
            AnyColumn::Integer($column) => $body,
            AnyColumn::OptInteger($column) => $body,
            AnyColumn::BigInt($column) => $body,
            AnyColumn::OptBigInt($column) => $body,
            AnyColumn::Double($column) => $body,
            AnyColumn::OptDouble($column) => $body,
            AnyColumn::Text($column) => $body,
            AnyColumn::OptText($column) => $body,
            AnyColumn::Time($column) => $body,
            AnyColumn::OptTime($column) => $body,
            AnyColumn::Date($column) => $body,
            AnyColumn::OptDate($column) => $body,
        }
    };
}
pub(crate) use with_column;

/// A Rust type of a column, from and to a cell.
pub(crate) trait Plain: ColumnType {
    fn of(cell: &Cell) -> Self;
}

macro_rules! plain {
    ($($type:ty: $variant:ident($held:ident) => $value:expr),*) => {$(
        impl Plain for $type {
            fn of(cell: &Cell) -> Self {
                match cell {
                    Cell::$variant($held) => $value,
                    other => unreachable!("{other} is of another type"),
                }
            }
        }
    )*};
}

plain! {
    bool: Bool(truth) => *truth,
    i32: Int(number) => i32::try_from(*number).expect("32 bits"),
    i64: Int(number) => *number,
    f64: Double(number) => *number,
    String: Text(text) => text.clone(),
    DateTime<Utc>: Time(time) => *time,
    NaiveDate: Date(date) => *date
}

impl<T: Plain> Plain for Option<T> {
    fn of(cell: &Cell) -> Self {
        (!cell.is_null()).then(|| T::of(cell))
    }
}

/// The column that a chain names; along a relationship there may be no record to have it.
pub(crate) fn column<M: Named>(root: M::Handle<M>, at: &At) -> AnyColumn<M> {
    let column = walk(M::handle(root), &at.path).column(at.column().name);
    match at.path.is_empty() {
        true => column,
        false => optional(column),
    }
}

fn optional<R>(column: AnyColumn<R>) -> AnyColumn<R> {
    macro_rules! made {
        ($($kind:ident => $made:ident)*) => {
            match column {
                $(AnyColumn::$kind(it) => AnyColumn::$made(it.optional()),)*
            }
        };
    }
    made! {
        Bool => OptBool OptBool => OptBool Integer => OptInteger OptInteger => OptInteger BigInt => OptBigInt
        OptBigInt => OptBigInt Double => OptDouble OptDouble => OptDouble Text => OptText OptText => OptText
        Time => OptTime OptTime => OptTime Date => OptDate OptDate => OptDate
    }
}

/// The handle at the end of a path.
pub(crate) fn walk<R: 'static>(mut handle: AnyHandle<R>, path: &[Step]) -> AnyHandle<R> {
    for step in path {
        handle = handle.relation(step.relation.name);
        if let Some(alias) = step.alias {
            handle = handle.aliased(alias);
        }
    }
    handle
}

/// The typed condition that a chain describes.
pub(crate) fn condition<R: 'static>(
    root: &impl Fn() -> AnyHandle<R>,
    condition: &Condition,
) -> Typed<R> {
    let at = |at: &At| walk(root(), &at.path).column(at.column().name);
    match condition {
        Condition::Compare(of, operator, value) => {
            with_column!(at(of), column => compare(column, *operator, value))
        }
        Condition::Columns(of, operator, other) => compare_columns(at(of), *operator, at(other)),
        Condition::Between(of, low, high) => {
            with_column!(at(of), column => between(column, low, high))
        }
        Condition::In(of, values, negated) => {
            with_column!(at(of), column => list(column, values, *negated))
        }
        Condition::Null(of, false) => with_column!(at(of), column => column.is_null()),
        Condition::Null(of, true) => with_column!(at(of), column => column.is_not_null()),
        Condition::Matches(of, how, text) => match at(of) {
            AnyColumn::Text(column) => matches(column, *how, text),
            AnyColumn::OptText(column) => matches(column, *how, text),
            _ => unreachable!("only text has patterns"),
        },
        Condition::Sql(of, operator, value) => {
            let (table, column) = (of.table.name(), of.column());
            let sql = format!("{table}.{} {} ?", column.name, operator.sql());
            Typed::sql(sql, [value.value(column.kind)])
        }
        Condition::All(conditions) => {
            let typed = conditions.iter().map(|one| self::condition(root, one));
            match conditions.len() {
                // `a.and(b)` and `Condition::all([a, b])` are to be the same.
                2 => typed.reduce(Typed::and).expect("two of them"),
                _ => Typed::all(typed),
            }
        }
        Condition::Any(conditions) => {
            let typed = conditions.iter().map(|one| self::condition(root, one));
            match conditions.len() {
                2 => typed.reduce(Typed::or).expect("two of them"),
                _ => Typed::any(typed),
            }
        }
        Condition::Not(one) => self::condition(root, one).not(),
        Condition::Exists(path, question) => {
            with_handle!(walk(root(), path), handle => asked(&handle, question))
        }
    }
}

fn asked<P: RelationPath>(handle: &P, question: &Question) -> Typed<P::Root>
where
    P::Target: Named,
{
    match question {
        Question::Present => handle.is_present(),
        Question::Absent => handle.is_absent(),
        Question::Any(inner) => handle.any(|_| on_target::<P>(inner)),
        Question::None(inner) => handle.none(|_| on_target::<P>(inner)),
    }
}

fn on_target<P: RelationPath>(inner: &Condition) -> Typed<P::Target>
where
    P::Target: Named,
{
    let root = || {
        let root = <P::Target as Model>::Handle::<P::Target>::at(velocious::query::Path::root());
        <P::Target as Named>::handle(root)
    };
    condition::<P::Target>(&root, inner)
}

fn compare<R, T: Plain, K>(column: Column<R, T, K>, operator: Operator, value: &Cell) -> Typed<R> {
    let value = T::of(value);
    match operator {
        Operator::Eq => column.eq(value),
        Operator::Ne => column.ne(value),
        Operator::Lt => column.lt(value),
        Operator::Le => column.le(value),
        Operator::Gt => column.gt(value),
        Operator::Ge => column.ge(value),
    }
}

fn compare_columns<R>(one: AnyColumn<R>, operator: Operator, other: AnyColumn<R>) -> Typed<R> {
    macro_rules! same_type {
        ($($kind:ident)*) => {
            match (one, other) {
                $((AnyColumn::$kind(one), AnyColumn::$kind(other)) => match operator {
                    Operator::Eq => one.eq(other),
                    Operator::Ne => one.ne(other),
                    Operator::Lt => one.lt(other),
                    Operator::Le => one.le(other),
                    Operator::Gt => one.gt(other),
                    Operator::Ge => one.ge(other),
                },)*
                _ => unreachable!("columns of one type"),
            }
        };
    }
    same_type!(Bool OptBool Integer OptInteger BigInt OptBigInt Double OptDouble Text OptText Time OptTime Date OptDate)
}

fn between<R, T: Plain, K>(column: Column<R, T, K>, low: &Cell, high: &Cell) -> Typed<R> {
    column.between(T::of(low), T::of(high))
}

fn list<R, T: Plain, K>(column: Column<R, T, K>, values: &[Cell], negated: bool) -> Typed<R> {
    let values = values.iter().map(T::of);
    match negated {
        false => column.is_in(values),
        true => column.not_in(values),
    }
}

fn matches<R, T: ColumnType, K>(column: Column<R, T, K>, how: Match, text: &str) -> Typed<R>
where
    T::Base: TextColumn,
{
    match how {
        Match::Like => column.like(text),
        Match::Ilike => column.ilike(text),
        Match::Contains => column.contains(text),
        Match::StartsWith => column.starts_with(text),
        Match::EndsWith => column.ends_with(text),
    }
}

/// What many rows of a column come to.
pub(crate) fn aggregate<R>(column: AnyColumn<R>, aggregate: Aggregate) -> AnyColumn<R, Computed> {
    match aggregate {
        Aggregate::Count => AnyColumn::BigInt(with_column!(column, it => it.count())),
        Aggregate::CountDistinct => {
            AnyColumn::BigInt(with_column!(column, it => it.count_distinct()))
        }
        Aggregate::Min => bounds(column, true),
        Aggregate::Max => bounds(column, false),
        Aggregate::Sum => match column {
            AnyColumn::Integer(it) => AnyColumn::BigInt(it.sum()),
            AnyColumn::OptInteger(it) => AnyColumn::BigInt(it.sum()),
            AnyColumn::BigInt(it) => AnyColumn::BigInt(it.sum()),
            AnyColumn::OptBigInt(it) => AnyColumn::BigInt(it.sum()),
            AnyColumn::Double(it) => AnyColumn::Double(it.sum()),
            AnyColumn::OptDouble(it) => AnyColumn::Double(it.sum()),
            _ => unreachable!("only numbers add up"),
        },
        Aggregate::Avg => match column {
            AnyColumn::Integer(it) => AnyColumn::OptDouble(it.avg()),
            AnyColumn::OptInteger(it) => AnyColumn::OptDouble(it.avg()),
            AnyColumn::BigInt(it) => AnyColumn::OptDouble(it.avg()),
            AnyColumn::OptBigInt(it) => AnyColumn::OptDouble(it.avg()),
            AnyColumn::Double(it) => AnyColumn::OptDouble(it.avg()),
            AnyColumn::OptDouble(it) => AnyColumn::OptDouble(it.avg()),
            _ => unreachable!("only numbers have a mean"),
        },
    }
}

fn bounds<R>(column: AnyColumn<R>, least: bool) -> AnyColumn<R, Computed> {
    macro_rules! bound {
        ($($kind:ident => $made:ident)*) => {
            match column {
                $(AnyColumn::$kind(it) => AnyColumn::$made(if least { it.min() } else { it.max() }),)*
            }
        };
    }
    bound! {
        Bool => OptBool OptBool => OptBool Integer => OptInteger OptInteger => OptInteger BigInt => OptBigInt
        OptBigInt => OptBigInt Double => OptDouble OptDouble => OptDouble Text => OptText OptText => OptText
        Time => OptTime OptTime => OptTime Date => OptDate OptDate => OptDate
    }
}

/// The typed term of an order.
pub(crate) fn term<M: Named>(root: M::Handle<M>, term: &Term) -> Order<M> {
    let order = |order: (Order<M>, Order<M>)| if term.descending { order.1 } else { order.0 };
    let typed = match &term.of {
        Picked::Column(at) => {
            with_column!(column::<M>(root, at), it => order((it.clone().asc(), it.desc())))
        }
        Picked::Aggregate(of, at) => {
            with_column!(aggregate(column::<M>(root, at), *of), it => order((it.clone().asc(), it.desc())))
        }
    };
    match term.nulls_first {
        None => typed,
        Some(true) => typed.nulls_first(),
        Some(false) => typed.nulls_last(),
    }
}

/// The typed condition on a group.
pub(crate) fn having<M: Named>(
    root: M::Handle<M>,
    picked: &Picked,
    operator: Operator,
    value: &Cell,
) -> Typed<M> {
    match picked {
        Picked::Column(at) => {
            with_column!(column::<M>(root, at), it => compare(it, operator, value))
        }
        Picked::Aggregate(of, at) => {
            with_column!(aggregate(column::<M>(root, at), *of), it => compare(it, operator, value))
        }
    }
}

/// The assignment of a value to a column of the root.
pub(crate) fn assignment<M: Named>(root: M::Handle<M>, at: &At, value: &Cell) -> Assignment<M> {
    fn set<R, T: Plain>(column: Column<R, T>, value: &Cell) -> Assignment<R> {
        column.set(T::of(value))
    }
    with_column!(column::<M>(root, at), it => set(it, value))
}
