//! What a chain means, worked out in memory row by row: joins as nested loops, conditions in three-valued logic.

use std::cmp::Ordering;

use super::cell::{Cell, Kind, Row};
use super::chain::{
    Aggregate, Answer, At, Chain, Condition, Ending, Group, Join, Match, Operator, Path, Picked,
    Question, Step, Term, Window,
};
use super::pattern;
use super::schema::{Relation, Table, Way};
use super::world::World;

/// More combinations of rows than this are nobody's query.
const MOST: usize = 3_000;

/// What must come of a chain; `None` when it would be too much work.
pub(crate) fn answer(world: &World, chain: &Chain) -> Option<Answer> {
    Meaning { world, chain }.answer()
}

struct Meaning<'a> {
    world: &'a World,
    chain: &'a Chain,
}

/// The paths that are joined to a root, each behind the one it continues.
struct Scope {
    root: Table,
    joins: Vec<(Path, Join)>,
}

/// A row of the root with one partner at the end of each path of a scope.
#[derive(Clone)]
struct Combination<'a> {
    root: &'a Row,
    partners: Vec<Option<&'a Row>>,
}

impl Scope {
    fn of(root: Table) -> Self {
        Scope {
            root,
            joins: Vec::new(),
        }
    }

    fn add(&mut self, path: &[Step], kind: Join) {
        if path.is_empty() {
            return;
        }
        self.add(&path[..path.len() - 1], kind);
        match self.joins.iter_mut().find(|(known, _)| known == path) {
            Some((_, known)) if kind == Join::Inner => *known = kind,
            Some(_) => {}
            None => self.joins.push((path.to_vec(), kind)),
        }
    }

    fn position(&self, path: &[Step]) -> usize {
        let found = self.joins.iter().position(|(known, _)| known == path);
        found.expect("every path was added")
    }

    fn add_condition(&mut self, condition: &Condition) {
        match condition {
            Condition::Compare(at, ..)
            | Condition::Between(at, ..)
            | Condition::In(at, ..)
            | Condition::Null(at, _)
            | Condition::Matches(at, ..)
            | Condition::Sql(at, ..) => self.add(&at.path, Join::Left),
            Condition::Columns(one, _, other) => {
                self.add(&one.path, Join::Left);
                self.add(&other.path, Join::Left);
            }
            Condition::All(list) | Condition::Any(list) => {
                list.iter().for_each(|one| self.add_condition(one));
            }
            Condition::Not(one) => self.add_condition(one),
            Condition::Exists(path, _) => self.add(&path[..path.len() - 1], Join::Left),
        }
    }

    fn add_picked(&mut self, picked: &Picked) {
        let (Picked::Column(at) | Picked::Aggregate(_, at)) = picked;
        self.add(&at.path, Join::Left);
    }
}

impl<'a> Meaning<'a> {
    fn answer(&self) -> Option<Answer> {
        let chain = self.chain;
        let scope = self.scope();
        let mut kept = self.combinations(&scope, self.world.rows(chain.root))?;
        kept.retain(|combination| {
            let mut conditions = chain.filters.iter();
            conditions.all(|condition| self.holds(condition, &scope, combination) == Some(true))
        });
        if let Ending::Group(group) | Ending::GroupCount(group) = &chain.ending {
            return Some(self.grouped(group, &scope, kept));
        }
        Some(self.finished(&scope, kept))
    }

    fn scope(&self) -> Scope {
        let chain = self.chain;
        let mut scope = Scope::of(chain.root);
        for (path, kind) in &chain.joins {
            scope.add(path, *kind);
        }
        chain
            .filters
            .iter()
            .for_each(|condition| scope.add_condition(condition));
        if let Ending::Pluck(at)
        | Ending::PluckPair(at)
        | Ending::PluckFirst(at)
        | Ending::Fold(_, at) = &chain.ending
        {
            scope.add(&at.path, Join::Left);
        }
        if let Ending::Group(group) | Ending::GroupCount(group) = &chain.ending {
            for key in &group.keys {
                scope.add(&key.path, Join::Left);
            }
            if let Some((picked, ..)) = &group.having {
                scope.add_picked(picked);
            }
            if matches!(chain.ending, Ending::Group(_)) {
                scope.add_picked(&group.picked);
            }
        }
        if self.uses_order() {
            for term in &chain.order {
                scope.add_picked(&term.of);
            }
        }
        scope
    }

    /// Whether the order counts: also where it only repeats records, by going along a relationship to many.
    fn uses_order(&self) -> bool {
        !matches!(self.chain.ending, Ending::Each(_))
    }

    /// What a chain without groups comes to.
    fn finished(&self, scope: &Scope, mut kept: Vec<Combination<'a>>) -> Answer {
        let chain = self.chain;
        let picked: Option<&At> = match &chain.ending {
            Ending::Pluck(at)
            | Ending::PluckPair(at)
            | Ending::PluckFirst(at)
            | Ending::Fold(_, at) => Some(at),
            _ => None,
        };
        let row = |combination: &Combination<'a>| match (&chain.ending, picked) {
            (Ending::PluckPair(_), Some(at)) => vec![
                self.cell(at, scope, combination),
                combination.root[0].clone(),
            ],
            (Ending::Fold(..), Some(at)) if chain.distinct => vec![
                self.cell(at, scope, combination),
                combination.root[0].clone(),
            ],
            (_, Some(at)) => vec![self.cell(at, scope, combination)],
            (_, None) => combination.root.clone(),
        };
        if self.uses_order() {
            self.sort(&mut kept, scope);
        }
        let mut rows: Vec<(Row, Combination<'a>)> = kept
            .into_iter()
            .map(|combination| (row(&combination), combination))
            .collect();
        if chain.distinct {
            let mut seen: Vec<Row> = Vec::new();
            rows.retain(|(row, _)| {
                let is_new = !seen.contains(row);
                if is_new {
                    seen.push(row.clone());
                }
                is_new
            });
        }
        let all = rows.len();
        let mut rows: Vec<Row> = self
            .windowed(rows)
            .into_iter()
            .map(|(row, _)| row)
            .collect();
        let is_ordered = !chain.order.is_empty() || chain.reversed;
        let count = |rows: usize| Cell::Int(i64::try_from(rows).unwrap_or(i64::MAX));
        match &chain.ending {
            Ending::Load(paths) => {
                for row in &mut rows {
                    let related: Vec<_> = paths
                        .iter()
                        .map(|path| Cell::Text(self.related(chain.root, row, path)))
                        .collect();
                    row.extend(related);
                }
                Answer {
                    rows,
                    ordered: is_ordered,
                }
            }
            Ending::Stream | Ending::Pluck(_) | Ending::PluckPair(_) => Answer {
                rows,
                ordered: is_ordered,
            },
            Ending::Each(_) => {
                rows.sort_by(|a, b| a[0].rank(&b[0]));
                Answer::ordered(rows)
            }
            Ending::First | Ending::PluckFirst(_) => {
                Answer::ordered(rows.into_iter().take(1).collect())
            }
            Ending::Last => Answer::ordered(rows.pop().into_iter().collect()),
            Ending::Find(key) => {
                rows.retain(|row| row[0] == Cell::Int(*key));
                rows.truncate(1);
                Answer::ordered(rows)
            }
            Ending::Ids => Answer {
                rows: rows.into_iter().map(|row| vec![row[0].clone()]).collect(),
                ordered: is_ordered,
            },
            Ending::Count => Answer::one(count(rows.len())),
            Ending::Exists => Answer::one(Cell::Bool(!rows.is_empty())),
            Ending::Paginate(number) => {
                let per_page = match chain.window {
                    Window::Page(_, Some(per_page)) => per_page,
                    _ => 30,
                };
                let per_page = usize::try_from(per_page).unwrap_or(usize::MAX);
                let before = usize::try_from(number.saturating_sub(1)).unwrap_or(0) * per_page;
                let mut rows: Vec<_> = rows.into_iter().skip(before).take(per_page).collect();
                rows.push(vec![count(all)]);
                Answer::ordered(rows)
            }
            Ending::Fold(aggregate, at) => {
                let cells: Vec<_> = rows.into_iter().map(|row| row[0].clone()).collect();
                Answer::one(fold(*aggregate, at, &cells))
            }
            Ending::UpdateAll(at, value) => {
                let mut keys: Vec<Cell> = rows.into_iter().map(|row| row[0].clone()).collect();
                keys.sort_by(Cell::rank);
                keys.dedup();
                let mut rows: Vec<Row> = self.world.rows(chain.root).to_vec();
                for row in &mut rows {
                    if keys.contains(&row[0]) {
                        row[at.column] = value.clone();
                    }
                }
                rows.push(vec![count(keys.len())]);
                Answer::ordered(rows)
            }
            Ending::DeleteAll => {
                let mut keys: Vec<Cell> = rows.into_iter().map(|row| row[0].clone()).collect();
                keys.sort_by(Cell::rank);
                keys.dedup();
                let mut rows: Vec<Row> = self.world.rows(chain.root).to_vec();
                rows.retain(|row| !keys.contains(&row[0]));
                rows.push(vec![count(keys.len())]);
                Answer::ordered(rows)
            }
            Ending::Group(_) | Ending::GroupCount(_) => Answer::ordered(Vec::new()),
        }
    }

    /// What a chain with groups comes to.
    fn grouped(&self, group: &Group, scope: &Scope, kept: Vec<Combination<'a>>) -> Answer {
        let mut groups: Vec<(Row, Vec<Combination<'a>>)> = Vec::new();
        for combination in kept {
            let keys = group.keys.iter();
            let keys: Row = keys.map(|at| self.cell(at, scope, &combination)).collect();
            match groups.iter_mut().find(|(known, _)| *known == keys) {
                Some((_, members)) => members.push(combination),
                None => groups.push((keys, vec![combination])),
            }
        }
        if let Some((picked, operator, value)) = &group.having {
            groups.retain(|(_, members)| {
                let found = self.of_group(picked, scope, members);
                compare(&found, *operator, value) == Some(true)
            });
        }
        let order = match self.uses_order() {
            true => &self.chain.order[..],
            false => &[],
        };
        let mut terms = Vec::new();
        for (at, term) in order.iter().enumerate() {
            for (_, members) in &groups {
                let cell = self.of_group(&term.of, scope, members);
                terms.push((at, cell));
            }
        }
        let count = groups.len();
        let mut places: Vec<usize> = (0..count).collect();
        places.sort_by(|a, b| {
            let terms = order.iter().enumerate().map(|(at, term)| {
                let cell = |group: usize| &terms[at * count + group].1;
                self.in_order(term, cell(*a), cell(*b))
            });
            terms
                .into_iter()
                .find(|it| it.is_ne())
                .unwrap_or(Ordering::Equal)
        });
        let picked = match self.chain.ending {
            Ending::GroupCount(_) => None,
            _ => Some(&group.picked),
        };
        let rows: Vec<Row> = places
            .into_iter()
            .map(|at| match picked {
                Some(picked) => vec![self.of_group(picked, scope, &groups[at].1)],
                None => Vec::new(),
            })
            .collect();
        let rows = self.windowed(rows);
        match picked {
            Some(_) => Answer::ordered(rows),
            None => Answer::one(Cell::Int(i64::try_from(rows.len()).unwrap_or(0))),
        }
    }

    fn of_group(&self, picked: &Picked, scope: &Scope, members: &[Combination<'a>]) -> Cell {
        match picked {
            // The same for all of them.
            Picked::Column(at) => self.cell(at, scope, &members[0]),
            Picked::Aggregate(aggregate, at) => {
                let cells = members.iter().map(|member| self.cell(at, scope, member));
                fold(*aggregate, at, &cells.collect::<Vec<_>>())
            }
        }
    }

    fn sort(&self, kept: &mut [Combination<'a>], scope: &Scope) {
        let by_key = [Term {
            of: Picked::Column(At::own(self.chain.root, "id")),
            descending: false,
            nulls_first: None,
        }];
        let terms = match self.chain.order.is_empty() {
            true => &by_key[..],
            false => &self.chain.order,
        };
        kept.sort_by(|a, b| {
            let mut terms = terms.iter().map(|term| {
                let Picked::Column(at) = &term.of else {
                    return Ordering::Equal;
                };
                self.in_order(term, &self.cell(at, scope, a), &self.cell(at, scope, b))
            });
            terms.find(|it| it.is_ne()).unwrap_or(Ordering::Equal)
        });
    }

    /// How two values follow each other, the whole order turned around if the chain says so.
    fn in_order(&self, term: &Term, a: &Cell, b: &Cell) -> Ordering {
        let rank = match (term.nulls_first, a.is_null(), b.is_null()) {
            (Some(true), true, false) | (Some(false), false, true) => Ordering::Less,
            (Some(true), false, true) | (Some(false), true, false) => Ordering::Greater,
            _ if term.descending => b.rank(a),
            _ => a.rank(b),
        };
        match self.chain.reversed {
            true => rank.reverse(),
            false => rank,
        }
    }

    fn windowed<T>(&self, rows: Vec<T>) -> Vec<T> {
        let number = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        match self.chain.window {
            // The page is one of all records.
            _ if matches!(self.chain.ending, Ending::Paginate(_)) => rows,
            Window::All => rows,
            Window::Limit(limit, offset) => rows
                .into_iter()
                .skip(offset.map_or(0, number))
                .take(limit.map_or(usize::MAX, number))
                .collect(),
            Window::Page(page, per_page) => {
                let per_page = number(per_page.unwrap_or(30).max(1));
                let before = number(page.max(1)) - 1;
                rows.into_iter()
                    .skip(before.saturating_mul(per_page))
                    .take(per_page)
                    .collect()
            }
        }
    }

    fn combinations(
        &self,
        scope: &Scope,
        roots: impl IntoIterator<Item = &'a Row>,
    ) -> Option<Vec<Combination<'a>>> {
        let mut found: Vec<Combination<'a>> = roots
            .into_iter()
            .map(|root| Combination {
                root,
                partners: Vec::new(),
            })
            .collect();
        for (path, kind) in &scope.joins {
            let (last, before) = path.split_last().expect("no path of a scope is empty");
            let owner = before
                .last()
                .map_or(scope.root, |step| step.relation.target);
            let mut next = Vec::new();
            for combination in found {
                let from = match before {
                    [] => Some(combination.root),
                    before => combination.partners[scope.position(before)],
                };
                let partners = match from {
                    Some(row) => self.ways(owner, last.relation, row),
                    None => vec![None],
                };
                for partner in partners {
                    if *kind == Join::Left || partner.is_some() {
                        let mut combination = combination.clone();
                        combination.partners.push(partner);
                        next.push(combination);
                    }
                }
                if next.len() > MOST {
                    return None;
                }
            }
            found = next;
        }
        Some(found)
    }

    /// Where a record leads along a relationship; a way that leads nowhere is `None`, and there is at least one.
    fn ways(
        &self,
        owner: Table,
        relation: &'static Relation,
        row: &'a Row,
    ) -> Vec<Option<&'a Row>> {
        match &relation.way {
            Way::Key { own, their, scope } => {
                let key = &row[owner.column(own)];
                let their = relation.target.column(their);
                let mut found: Vec<_> = self
                    .world
                    .rows(relation.target)
                    .iter()
                    .filter(|row| !key.is_null() && row[their] == *key)
                    .filter(|row| scope.is_none_or(|scope| scope(row)))
                    .map(Some)
                    .collect();
                if found.is_empty() {
                    found.push(None);
                }
                found
            }
            Way::Through(first, second) => {
                let first = owner.relation(first);
                let second = first.target.relation(second);
                let between = self.ways(owner, first, row);
                between
                    .into_iter()
                    .flat_map(|row| match row {
                        Some(row) => self.ways(first.target, second, row),
                        None => vec![None],
                    })
                    .collect()
            }
        }
    }

    /// The related records as text, and those of them in turn, as `related` of a loaded record writes them.
    fn related(&self, owner: Table, row: &Row, path: &[Step]) -> String {
        let Some((first, rest)) = path.split_first() else {
            return String::new();
        };
        // A loaded row is one of the world's.
        let row = self.world.rows(owner).iter().find(|it| it[0] == row[0]);
        let ways = row.map(|row| self.ways(owner, first.relation, row));
        let mut found: Vec<&Row> = ways.into_iter().flatten().flatten().collect();
        found.sort_by(|a, b| a[0].rank(&b[0]));
        if !first.relation.many {
            found.truncate(1);
        }
        let target = first.relation.target;
        let list = found.into_iter().map(|row| {
            let cells: Vec<_> = row.iter().map(Cell::to_string).collect();
            format!("({}{})", cells.join(", "), self.related(target, row, rest))
        });
        format!("[{}]", list.collect::<Vec<_>>().join(", "))
    }

    fn cell(&self, at: &At, scope: &Scope, combination: &Combination<'a>) -> Cell {
        let row = match at.path.is_empty() {
            true => Some(combination.root),
            false => combination.partners[scope.position(&at.path)],
        };
        row.map_or(Cell::Null, |row| row[at.column].clone())
    }

    /// Whether a condition holds; `None` when that is unknown.
    fn holds(
        &self,
        condition: &Condition,
        scope: &Scope,
        combination: &Combination<'a>,
    ) -> Option<bool> {
        let cell = |at: &At| self.cell(at, scope, combination);
        match condition {
            Condition::Compare(at, operator, value) => match (operator, value) {
                (Operator::Eq, Cell::Null) => Some(cell(at).is_null()),
                (Operator::Ne, Cell::Null) => Some(!cell(at).is_null()),
                _ => compare(&cell(at), *operator, value),
            },
            Condition::Sql(at, operator, value) => compare(&cell(at), *operator, value),
            Condition::Columns(at, operator, other) => compare(&cell(at), *operator, &cell(other)),
            Condition::Between(at, low, high) => {
                let cell = cell(at);
                let (low, high) = (
                    compare(&cell, Operator::Ge, low),
                    compare(&cell, Operator::Le, high),
                );
                all([low, high])
            }
            Condition::In(at, values, negated) => {
                let cell = cell(at);
                let nulls = values.iter().any(Cell::is_null);
                let mut plain = values.iter().filter(|value| !value.is_null()).peekable();
                let is_in = match plain.peek() {
                    None => Some(false),
                    Some(_) if cell.is_null() => None,
                    Some(_) => Some(plain.any(|value| cell == *value)),
                };
                match (negated, nulls) {
                    (false, false) => is_in,
                    (false, true) => any([is_in, Some(cell.is_null())]),
                    (true, false) => is_in.map(|is_in| !is_in),
                    (true, true) => all([is_in.map(|is_in| !is_in), Some(!cell.is_null())]),
                }
            }
            Condition::Null(at, negated) => Some(cell(at).is_null() != *negated),
            Condition::Matches(at, how, text) => match cell(at) {
                Cell::Text(found) => Some(matches(&found, *how, text)),
                _ => None,
            },
            Condition::All(list) => all(list.iter().map(|it| self.holds(it, scope, combination))),
            Condition::Any(list) => any(list.iter().map(|it| self.holds(it, scope, combination))),
            Condition::Not(one) => self.holds(one, scope, combination).map(|it| !it),
            Condition::Exists(path, question) => {
                Some(self.exists(path, question, scope, combination))
            }
        }
    }

    fn exists(
        &self,
        path: &[Step],
        question: &Question,
        scope: &Scope,
        combination: &Combination<'a>,
    ) -> bool {
        let (last, before) = path.split_last().expect("a path to somewhere");
        let owner = before
            .last()
            .map_or(scope.root, |step| step.relation.target);
        let from = match before {
            [] => Some(combination.root),
            before => combination.partners[scope.position(before)],
        };
        let ways = from.map(|row| self.ways(owner, last.relation, row));
        let found: Vec<&Row> = ways.into_iter().flatten().flatten().collect();
        let meets = |condition: &Condition| {
            let mut scope = Scope::of(last.relation.target);
            scope.add_condition(condition);
            let combinations = self.combinations(&scope, found.iter().copied());
            combinations.is_some_and(|list| {
                list.iter()
                    .any(|it| self.holds(condition, &scope, it) == Some(true))
            })
        };
        match question {
            Question::Present => !found.is_empty(),
            Question::Absent => found.is_empty(),
            Question::Any(condition) => meets(condition),
            Question::None(condition) => !meets(condition),
        }
    }
}

/// How two values compare; `None` when that is unknown.
fn compare(a: &Cell, operator: Operator, b: &Cell) -> Option<bool> {
    let order = a.compare(b)?;
    Some(match operator {
        Operator::Eq => order.is_eq(),
        Operator::Ne => order.is_ne(),
        Operator::Lt => order.is_lt(),
        Operator::Le => order.is_le(),
        Operator::Gt => order.is_gt(),
        Operator::Ge => order.is_ge(),
    })
}

fn all(list: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    let mut is_known = true;
    for one in list {
        match one {
            Some(false) => return Some(false),
            Some(true) => {}
            None => is_known = false,
        }
    }
    is_known.then_some(true)
}

fn any(list: impl IntoIterator<Item = Option<bool>>) -> Option<bool> {
    all(list.into_iter().map(|one| one.map(|it| !it))).map(|none| !none)
}

fn matches(found: &str, how: Match, text: &str) -> bool {
    match how {
        Match::Like => pattern::matches(found, text),
        Match::Ilike => pattern::matches(&found.to_lowercase(), &text.to_lowercase()),
        Match::Contains => found.contains(text),
        Match::StartsWith => found.starts_with(text),
        Match::EndsWith => found.ends_with(text),
    }
}

/// What many values come to; NULL does not count.
fn fold(aggregate: Aggregate, of: &At, cells: &[Cell]) -> Cell {
    let mut cells: Vec<&Cell> = cells.iter().filter(|cell| !cell.is_null()).collect();
    let number = |cell: &Cell| match cell {
        #[expect(clippy::cast_precision_loss, reason = "so does the database")]
        Cell::Int(number) => *number as f64,
        Cell::Double(number) => *number,
        _ => 0.0,
    };
    let count = |count: usize| Cell::Int(i64::try_from(count).unwrap_or(i64::MAX));
    match aggregate {
        Aggregate::Count => count(cells.len()),
        Aggregate::CountDistinct => {
            cells.sort_by(|a, b| a.rank(b));
            cells.dedup();
            count(cells.len())
        }
        Aggregate::Min | Aggregate::Max => {
            cells.sort_by(|a, b| a.rank(b));
            let found = match aggregate {
                Aggregate::Min => cells.first(),
                _ => cells.last(),
            };
            found.map_or(Cell::Null, |cell| (*cell).clone())
        }
        Aggregate::Sum => match of.column().kind {
            Kind::Double => Cell::Double(cells.iter().map(|cell| number(cell)).sum()),
            _ => Cell::Int(
                cells
                    .iter()
                    .map(|cell| match cell {
                        Cell::Int(number) => *number,
                        _ => 0,
                    })
                    .sum(),
            ),
        },
        Aggregate::Avg => match cells.len() {
            0 => Cell::Null,
            #[expect(clippy::cast_precision_loss, reason = "so does the database")]
            count => {
                Cell::Double(cells.iter().map(|cell| number(cell)).sum::<f64>() / count as f64)
            }
        },
    }
}
