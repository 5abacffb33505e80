//! Runs a chain on a database, through the typed builder.

use velocious::database::{Db, Dialect};
use velocious::prelude::*;
use velocious::query::Query;
use velocious::value::ColumnType;

use super::cell::{Cell, Row};
use super::chain::{Aggregate, Answer, Chain, Condition, Ending, Group, Join, Picked, Window};
use super::models::*;
use super::schema::Table;
use super::typed::{self, AnyColumn, AnyHandle, Named, NamedRecord, with_column, with_handle};

/// What comes of a chain.
pub(crate) async fn answer(db: &Db, chain: &Chain) -> Result<Answer> {
    match chain.root {
        Table::Account => answer_of::<Account>(db, chain).await,
        Table::Project => answer_of::<Project>(db, chain).await,
        Table::Detail => answer_of::<Detail>(db, chain).await,
        Table::Task => answer_of::<Task>(db, chain).await,
        Table::Tagging => answer_of::<Tagging>(db, chain).await,
        Table::Tag => answer_of::<Tag>(db, chain).await,
    }
}

/// The SQL of a chain's query, without what is asked in the end.
pub(crate) fn sql(chain: &Chain, dialect: Dialect) -> String {
    match chain.root {
        Table::Account => sql_of::<Account>(chain, dialect),
        Table::Project => sql_of::<Project>(chain, dialect),
        Table::Detail => sql_of::<Detail>(chain, dialect),
        Table::Task => sql_of::<Task>(chain, dialect),
        Table::Tagging => sql_of::<Tagging>(chain, dialect),
        Table::Tag => sql_of::<Tag>(chain, dialect),
    }
}

fn sql_of<M: Named>(chain: &Chain, dialect: Dialect) -> String {
    let query = query::<M>(chain);
    match &chain.ending {
        Ending::Pluck(at) | Ending::PluckPair(at) | Ending::PluckFirst(at) => {
            let column = |root| typed::column::<M>(root, at);
            pluck_sql(query, column, dialect)
        }
        Ending::Group(group) => match &group.picked {
            Picked::Column(at) => pluck_sql(query, |root| typed::column::<M>(root, at), dialect),
            Picked::Aggregate(of, at) => pluck_sql(
                query,
                |root| typed::aggregate(typed::column::<M>(root, at), *of),
                dialect,
            ),
        },
        _ => query.to_sql(dialect),
    }
}

fn pluck_sql<M: Named, K>(
    query: Query<M>,
    column: impl FnOnce(M::Handle<M>) -> AnyColumn<M, K>,
    dialect: Dialect,
) -> String {
    let root = velocious::query::RelationPath::at(velocious::query::Path::root());
    with_column!(column(root), it => query.pluck(|_| it).to_sql(dialect))
}

fn query<M: Named>(chain: &Chain) -> Query<M> {
    let mut query = M::all();
    for (path, kind) in &chain.joins {
        let handle = typed::walk(M::handle(root::<M>()), path);
        query = match kind {
            Join::Inner => with_handle!(handle, it => query.joins(|_| it)),
            Join::Left => with_handle!(handle, it => query.left_joins(|_| it)),
        };
    }
    for filter in &chain.filters {
        query = match filter {
            Condition::Sql(at, operator, value) => {
                let (table, column) = (at.table.name(), at.column());
                let sql = format!("{table}.{} {} ?", column.name, operator.sql());
                query.filter_sql(sql, [value.value(column.kind)])
            }
            _ => query.filter(|_| typed::condition(&|| M::handle(root::<M>()), filter)),
        };
    }
    if let Ending::Group(group) | Ending::GroupCount(group) = &chain.ending {
        query = grouped(query, group);
    }
    for term in &chain.order {
        query = query.order(|root| typed::term::<M>(root, term));
    }
    if chain.reversed {
        query = query.reverse_order();
    }
    if chain.distinct {
        query = query.distinct();
    }
    match chain.window {
        Window::All => query,
        Window::Limit(limit, offset) => {
            if let Some(limit) = limit {
                query = query.limit(limit);
            }
            match offset {
                Some(offset) => query.offset(offset),
                None => query,
            }
        }
        Window::Page(page, None) => query.page(page),
        // In either order.
        Window::Page(page, Some(records)) if page % 2 == 0 => query.per_page(records).page(page),
        Window::Page(page, Some(records)) => query.page(page).per_page(records),
    }
}

fn root<M: Named>() -> M::Handle<M> {
    velocious::query::RelationPath::at(velocious::query::Path::root())
}

fn grouped<M: Named>(mut query: Query<M>, group: &Group) -> Query<M> {
    for key in &group.keys {
        let column = typed::column::<M>(root::<M>(), key);
        query = with_column!(column, it => query.group(|_| it));
    }
    match &group.having {
        Some((picked, operator, value)) => {
            query.having(|root| typed::having::<M>(root, picked, *operator, value))
        }
        None => query,
    }
}

async fn answer_of<M: Named>(db: &Db, chain: &Chain) -> Result<Answer> {
    let query = query::<M>(chain);
    Ok(match &chain.ending {
        Ending::Load(paths) => {
            let mut query = query;
            for path in paths {
                let handle = typed::walk(M::handle(root::<M>()), path);
                query = with_handle!(handle, it => query.preload(|_| it));
            }
            let mut rows = Vec::new();
            for record in query.load(db).await? {
                let mut row = record.cells();
                for path in paths {
                    row.push(Cell::Text(typed::related(&record, path)?));
                }
                rows.push(row);
            }
            Answer::ordered(rows)
        }
        Ending::Stream => {
            let mut rows = Vec::new();
            let mut stream = query.stream(db);
            while let Some(record) = stream.next().await {
                rows.push(record?.cells());
            }
            Answer::ordered(rows)
        }
        Ending::Each(batch) => {
            let mut rows = Vec::new();
            query
                .find_each(db, *batch, async |record| {
                    rows.push(record.cells());
                    Ok(())
                })
                .await?;
            Answer::ordered(rows)
        }
        Ending::First => records(query.first(db).await?),
        Ending::Last => records(query.last(db).await?),
        Ending::Find(key) => {
            let key = M::Key::from_value(key.to_value()).expect("every key is an i64");
            match query.find(db, key).await {
                Err(error) if error.is_not_found() => Answer::ordered(Vec::new()),
                found => records([found?]),
            }
        }
        Ending::Ids => {
            let keys = query.ids(db).await?;
            let keys = keys.into_iter().map(|key| vec![key.to_value().into()]);
            Answer::ordered(keys.collect())
        }
        Ending::Count | Ending::GroupCount(_) => Answer::one(count(query.count(db).await?)),
        Ending::Exists => Answer::one(Cell::Bool(query.exists(db).await?)),
        Ending::Paginate(number) => {
            let page = query.paginate(db, *number).await?;
            let mut answer = records(page.records);
            answer.rows.push(vec![count(page.total)]);
            answer
        }
        Ending::Pluck(at) => {
            let column = typed::column::<M>(root::<M>(), at);
            with_column!(column, it => plucked(query.pluck(|_| it).load(db).await?))
        }
        Ending::PluckPair(at) => {
            let column = typed::column::<M>(root::<M>(), at);
            let key = typed::column::<M>(root::<M>(), &super::chain::At::own(chain.root, "id"));
            let AnyColumn::BigInt(key) = key else {
                unreachable!("every key is an i64")
            };
            with_column!(column, it => {
                let pairs = query.pluck(|_| (it, key)).load(db).await?;
                let rows = pairs.into_iter();
                Answer::ordered(rows.map(|(one, key)| vec![one.to_value().into(), Cell::Int(key)]).collect())
            })
        }
        Ending::PluckFirst(at) => {
            let column = typed::column::<M>(root::<M>(), at);
            with_column!(column, it => plucked(query.pluck(|_| it).first(db).await?))
        }
        Ending::Fold(aggregate, at) => {
            folded(db, query, *aggregate, typed::column::<M>(root::<M>(), at)).await?
        }
        Ending::Group(group) => match &group.picked {
            Picked::Column(at) => {
                let column = typed::column::<M>(root::<M>(), at);
                with_column!(column, it => plucked(query.pluck(|_| it).load(db).await?))
            }
            Picked::Aggregate(of, at) => {
                let column = typed::aggregate(typed::column::<M>(root::<M>(), at), *of);
                with_column!(column, it => plucked(query.pluck(|_| it).load(db).await?))
            }
        },
        Ending::UpdateAll(at, value) => {
            written(db, async |tx| {
                let assignment = |root| [typed::assignment::<M>(root, at, value)];
                let rows = query.update_all(tx, assignment).await?;
                Ok((M::order(id::<M>).load(tx).await?, rows))
            })
            .await?
        }
        Ending::DeleteAll => {
            written(db, async |tx| {
                let rows = query.delete_all(tx).await?;
                Ok((M::order(id::<M>).load(tx).await?, rows))
            })
            .await?
        }
    })
}

fn id<M: Named>(root: M::Handle<M>) -> velocious::query::Order<M> {
    let at = super::chain::At {
        path: Vec::new(),
        table: Table::Tag,
        column: 0,
    };
    with_column!(typed::column::<M>(root, &at), it => it.asc())
}

/// Writes, looks at what is there then, and undoes it.
async fn written<M: Named>(
    db: &Db,
    work: impl AsyncFnOnce(&Db) -> Result<(Vec<M>, usize)>,
) -> Result<Answer> {
    let mut seen = None;
    let undone = db
        .transaction(async |tx| {
            seen = Some(work(&tx).await?);
            Err::<(), _>(Error::message("on purpose"))
        })
        .await;
    let Some((found, rows)) = seen else {
        return Err(undone.expect_err("nothing was seen"));
    };
    let mut answer = records(found);
    answer.rows.push(vec![count(u64::try_from(rows)?)]);
    Ok(answer)
}

async fn folded<M: Named>(
    db: &Db,
    query: Query<M>,
    aggregate: Aggregate,
    column: AnyColumn<M>,
) -> Result<Answer> {
    macro_rules! number {
        ($method:ident) => {
            match column {
                AnyColumn::Integer(it) => query.$method(db, |_| it).await?.to_value(),
                AnyColumn::OptInteger(it) => query.$method(db, |_| it).await?.to_value(),
                AnyColumn::BigInt(it) => query.$method(db, |_| it).await?.to_value(),
                AnyColumn::OptBigInt(it) => query.$method(db, |_| it).await?.to_value(),
                AnyColumn::Double(it) => query.$method(db, |_| it).await?.to_value(),
                AnyColumn::OptDouble(it) => query.$method(db, |_| it).await?.to_value(),
                _ => unreachable!("only numbers"),
            }
        };
    }
    let value = match aggregate {
        Aggregate::Sum => number!(sum),
        Aggregate::Avg => number!(average),
        Aggregate::Min => {
            with_column!(column, it => query.minimum(db, |_| it).await?.to_value())
        }
        _ => with_column!(column, it => query.maximum(db, |_| it).await?.to_value()),
    };
    Ok(Answer::one(value.into()))
}

fn records<M: Named>(records: impl IntoIterator<Item = M>) -> Answer {
    let rows = records.into_iter().map(|record| record.cells());
    Answer::ordered(rows.collect::<Vec<Row>>())
}

fn plucked<T: ColumnType>(values: impl IntoIterator<Item = T>) -> Answer {
    let rows = values
        .into_iter()
        .map(|value| vec![value.to_value().into()]);
    Answer::ordered(rows.collect())
}

fn count(count: u64) -> Cell {
    Cell::Int(i64::try_from(count).unwrap_or(i64::MAX))
}
