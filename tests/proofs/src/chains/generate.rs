//! Random chains about a world.

use super::cell::{Cell, Kind};
use super::chain::{
    Aggregate, At, Chain, Condition, Ending, Group, Join, Match, Operator, Path, Picked, Question,
    Step, Term, Window,
};
use super::schema::Table;
use super::world::{World, text};
use crate::random::Random;

/// The names that a path may be given to be joined once more.
const ALIASES: &[&str] = &["other", "again"];

/// How deep conditions nest.
const DEPTH: usize = 3;

/// A chain about the rows of a world.
pub(crate) fn chain(random: &mut Random, world: &World) -> Chain {
    Generator { random, world }.chain()
}

struct Generator<'a> {
    random: &'a mut Random,
    world: &'a World,
}

impl Generator<'_> {
    fn chain(&mut self) -> Chain {
        let root = *self.random.pick(&[
            Table::Task,
            Table::Task,
            Table::Task,
            Table::Project,
            Table::Project,
            Table::Account,
            Table::Detail,
            Table::Tag,
            Table::Tagging,
        ]);
        let mut joins = Vec::new();
        for _ in 0..*self.random.pick(&[0, 0, 0, 1, 1, 2]) {
            let path = self.path(root, 25, 3);
            if !path.is_empty() {
                let kind = *self.random.pick(&[Join::Inner, Join::Left]);
                joins.push((path, kind));
            }
        }
        let mut filters = Vec::new();
        for _ in 0..*self.random.pick(&[0, 1, 1, 1, 2, 3]) {
            filters.push(match self.random.chance(6) {
                true => self.raw(root),
                false => self.condition(root, DEPTH),
            });
        }
        let mut chain = Chain {
            root,
            joins,
            filters,
            order: Vec::new(),
            reversed: false,
            distinct: self.random.chance(15),
            window: Window::All,
            ending: Ending::Count,
        };
        chain.ending = self.ending(&mut chain);
        chain
    }

    /// What is asked in the end, with the order and the window that make the answer certain.
    fn ending(&mut self, chain: &mut Chain) -> Ending {
        let root = chain.root;
        match self.random.below(24) {
            0..=5 => {
                self.arrange(chain, None);
                let preloads = *self.random.pick(&[0, 0, 1, 1, 2]);
                let paths = (0..preloads).map(|_| self.preload(root));
                Ending::Load(paths.filter(|path| !path.is_empty()).collect())
            }
            6 => {
                self.arrange(chain, None);
                Ending::Stream
            }
            7 => {
                // Repeated records have no place between two batches.
                chain.joins.clear();
                chain.filters.retain(|filter| !leads_to_many(filter));
                chain.distinct = false;
                Ending::Each(*self.random.pick(&[1, 2, 3, 100]))
            }
            8 => {
                self.arrange(chain, None);
                Ending::First
            }
            9 => {
                self.arrange(chain, None);
                Ending::Last
            }
            10 => {
                self.arrange(chain, None);
                chain.window = Window::All;
                Ending::Find(i64::try_from(self.random.below(20)).unwrap_or(1))
            }
            11 => {
                self.arrange(chain, None);
                Ending::Ids
            }
            12 | 13 => {
                self.arrange(chain, None);
                Ending::Count
            }
            14 => {
                self.arrange(chain, None);
                Ending::Exists
            }
            15 => {
                self.arrange(chain, None);
                if chain.order.is_empty() {
                    self.tie(chain, None);
                }
                chain.window = Window::Page(1, Some(1 + self.below(9)));
                Ending::Paginate(1 + self.below(3))
            }
            16 => {
                let at = self.at(root, 15, false);
                self.arrange(chain, Some(&at));
                Ending::Pluck(at)
            }
            17 => {
                let at = self.at(root, 10, false);
                self.arrange(chain, Some(&at));
                match chain.distinct {
                    true => Ending::Pluck(at),
                    false => Ending::PluckPair(at),
                }
            }
            18 => {
                let at = self.at(root, 10, false);
                self.arrange(chain, Some(&at));
                if chain.order.is_empty() {
                    self.tie(chain, Some(&at));
                }
                Ending::PluckFirst(at)
            }
            19 => {
                let aggregates = [
                    Aggregate::Sum,
                    Aggregate::Avg,
                    Aggregate::Min,
                    Aggregate::Max,
                ];
                let aggregate = *self.random.pick(&aggregates);
                let numbers = matches!(aggregate, Aggregate::Sum | Aggregate::Avg);
                let at = self.at(root, 15, numbers);
                self.arrange(chain, Some(&at));
                Ending::Fold(aggregate, at)
            }
            20 | 21 => {
                let group = self.group(chain);
                Ending::Group(group)
            }
            22 => {
                let group = self.group(chain);
                Ending::GroupCount(group)
            }
            _ => {
                self.arrange(chain, None);
                if chain.window == Window::All {
                    chain.order.clear();
                    chain.reversed = false;
                }
                self.write(root)
            }
        }
    }

    fn write(&mut self, root: Table) -> Ending {
        // Rows that others refer to can neither be deleted nor be given another key.
        if matches!(root, Table::Tagging | Table::Detail) && self.random.chance(50) {
            return Ending::DeleteAll;
        }
        let free: Vec<usize> = (0..root.columns().len())
            .filter(|at| {
                let name = root.columns()[*at].name;
                name != "id" && !name.ends_with("_id")
            })
            .collect();
        let column = *self.random.pick(&free);
        let at = At {
            path: Vec::new(),
            table: root,
            column,
        };
        let value = match self.world.value(self.random, root, column) {
            Cell::Text(_) => Cell::Text(text(self.random)),
            value => value,
        };
        Ending::UpdateAll(at, value)
    }

    /// An order and a window; what is windowed is ordered to the last row.
    fn arrange(&mut self, chain: &mut Chain, picked: Option<&At>) {
        let root = chain.root;
        if self.random.chance(55) {
            for _ in 0..1 + self.random.below(2) {
                let at = match (chain.distinct, picked) {
                    // PostgreSQL orders distinct rows only by what is selected.
                    (true, Some(at)) => at.clone(),
                    (true, None) => self.own(root, false),
                    (false, _) => self.at(root, 5, false),
                };
                let term = self.term(Picked::Column(at));
                chain.order.push(term);
            }
        }
        chain.window = match self.random.below(10) {
            0 | 1 => Window::Limit(Some(self.below(8)), None),
            2 => Window::Limit(Some(1 + self.below(8)), Some(self.below(5))),
            3 => Window::Limit(None, Some(self.below(5))),
            4 => Window::Page(self.below(4), Some(1 + self.below(6))),
            5 => Window::Page(1 + self.below(2), None),
            _ => Window::All,
        };
        if !chain.order.is_empty() || chain.window != Window::All {
            self.tie(chain, picked);
        }
        chain.reversed = self.random.chance(15) && (picked.is_none() || !chain.order.is_empty());
    }

    /// Makes the order decide between any two rows that differ.
    fn tie(&mut self, chain: &mut Chain, picked: Option<&At>) {
        if let Some(at) = picked {
            let term = self.term(Picked::Column(at.clone()));
            chain.order.push(term);
        }
        if picked.is_none() || !chain.distinct {
            let term = self.term(Picked::Column(At::own(chain.root, "id")));
            chain.order.push(term);
        }
    }

    fn term(&mut self, of: Picked) -> Term {
        Term {
            of,
            descending: self.random.chance(40),
            nulls_first: match self.random.below(4) {
                0 => Some(true),
                1 => Some(false),
                _ => None,
            },
        }
    }

    fn group(&mut self, chain: &mut Chain) -> Group {
        chain.distinct = false;
        let root = chain.root;
        let mut keys = vec![self.at(root, 10, false)];
        if self.random.chance(30) {
            keys.push(self.at(root, 5, false));
        }
        let picked = match self.random.chance(25) {
            true => Picked::Column(keys[0].clone()),
            false => self.aggregate(root),
        };
        let having = self.random.chance(40).then(|| {
            let picked = self.aggregate(root);
            let value = match &picked {
                Picked::Aggregate(Aggregate::Min | Aggregate::Max, at) => {
                    self.world.value(self.random, at.table, at.column)
                }
                Picked::Aggregate(Aggregate::Avg, _) => Cell::Double(1.125),
                Picked::Aggregate(Aggregate::Sum, at) if at.column().kind == Kind::Double => {
                    Cell::Double(1.125)
                }
                _ => Cell::Int(i64::try_from(self.random.below(5)).unwrap_or(0)),
            };
            let operator = self.operator();
            match (operator, value) {
                // `eq(None)` asks for NULL.
                (_, Cell::Null) => (picked, Operator::Lt, Cell::Null),
                (operator, value) => (picked, operator, value),
            }
        });
        if self.random.chance(30) {
            let picked = self.aggregate(root);
            let term = self.term(picked);
            chain.order.push(term);
        }
        for key in &keys {
            let term = self.term(Picked::Column(key.clone()));
            chain.order.push(term);
        }
        if self.random.chance(20) {
            chain.window = Window::Limit(Some(self.below(4)), Some(self.below(3)));
        }
        chain.reversed = self.random.chance(15);
        Group {
            keys,
            having,
            picked,
        }
    }

    fn aggregate(&mut self, root: Table) -> Picked {
        let aggregate = *self.random.pick(&[
            Aggregate::Count,
            Aggregate::CountDistinct,
            Aggregate::Min,
            Aggregate::Max,
            Aggregate::Sum,
            Aggregate::Avg,
        ]);
        let numbers = matches!(aggregate, Aggregate::Sum | Aggregate::Avg);
        let at = self.at(root, 10, numbers);
        Picked::Aggregate(aggregate, at)
    }

    /// A way along relationships, of which `many` in a hundred lead to several records.
    fn path(&mut self, from: Table, many: usize, most: usize) -> Path {
        let mut path = Vec::new();
        let mut table = from;
        for _ in 0..1 + self.random.below(most) {
            let wants_many = self.random.chance(many);
            let fitting: Vec<_> = table
                .relations()
                .iter()
                .filter(|relation| relation.many == wants_many)
                .collect();
            if fitting.is_empty() {
                break;
            }
            let relation = *self.random.pick(&fitting);
            let alias = self.random.chance(4).then(|| *self.random.pick(ALIASES));
            path.push(Step { relation, alias });
            table = relation.target;
        }
        path
    }

    fn preload(&mut self, from: Table) -> Path {
        let mut path = self.path(from, 50, 3);
        path.iter_mut().for_each(|step| step.alias = None);
        path
    }

    fn own(&mut self, table: Table, numbers: bool) -> At {
        self.at_end(Vec::new(), table, numbers)
    }

    /// A column, of the root or along a path.
    fn at(&mut self, root: Table, many: usize, numbers: bool) -> At {
        let path = match self.random.chance(45) {
            true => self.path(root, many, 3),
            false => Vec::new(),
        };
        let table = path.last().map_or(root, |step| step.relation.target);
        self.at_end(path, table, numbers)
    }

    fn at_end(&mut self, path: Path, table: Table, numbers: bool) -> At {
        let fitting: Vec<usize> = (0..table.columns().len())
            .filter(|at| !numbers || table.columns()[*at].kind.is_number())
            .collect();
        At {
            path,
            table,
            column: *self.random.pick(&fitting),
        }
    }

    fn operator(&mut self) -> Operator {
        *self.random.pick(&[
            Operator::Eq,
            Operator::Ne,
            Operator::Lt,
            Operator::Le,
            Operator::Gt,
            Operator::Ge,
        ])
    }

    /// A condition written by hand, on a column of the root's own table.
    fn raw(&mut self, root: Table) -> Condition {
        let at = self.own(root, false);
        let operator = self.operator();
        let value = self.world.value(self.random, root, at.column);
        Condition::Sql(at, operator, value)
    }

    fn condition(&mut self, root: Table, depth: usize) -> Condition {
        let kinds = if depth == 0 { 14 } else { 21 };
        match self.random.below(kinds) {
            0..=4 => {
                let at = self.at(root, 10, false);
                let value = self.value(&at);
                Condition::Compare(at, self.operator(), value)
            }
            5 | 6 => {
                let at = self.at(root, 10, false);
                let other = self.at(root, 10, false);
                let (one, two) = (at.column(), other.column());
                if (one.kind, one.nullable) == (two.kind, two.nullable) {
                    return Condition::Columns(at, self.operator(), other);
                }
                Condition::Null(at, self.random.chance(50))
            }
            7 => {
                let at = self.at(root, 10, false);
                let (low, high) = (self.value(&at), self.value(&at));
                match low.rank(&high).is_gt() {
                    true => Condition::Between(at, high, low),
                    false => Condition::Between(at, low, high),
                }
            }
            8 | 9 => {
                let at = self.at(root, 10, false);
                let count = *self.random.pick(&[0, 1, 2, 3, 4, 5, 9, 300]);
                let values = (0..count).map(|_| self.value(&at)).collect();
                Condition::In(at, values, self.random.chance(40))
            }
            10 => {
                let at = self.at(root, 10, false);
                Condition::Null(at, self.random.chance(50))
            }
            11..=13 => self.pattern(root),
            14 | 15 => Condition::All(self.conditions(root, depth)),
            16 | 17 => Condition::Any(self.conditions(root, depth)),
            18 => Condition::Not(Box::new(self.condition(root, depth - 1))),
            _ => {
                let mut path = self.path(root, 10, 2);
                // The last relationship mostly leads to many.
                let table = path.last().map_or(root, |step| step.relation.target);
                path.extend(self.path(table, 80, 1));
                if path.is_empty() {
                    return Condition::All(Vec::new());
                }
                let table = path.last().map_or(root, |step| step.relation.target);
                let question = match self.random.below(6) {
                    0 => Question::Present,
                    1 => Question::Absent,
                    2 => Question::None(Box::new(self.condition(table, depth - 1))),
                    _ => Question::Any(Box::new(self.condition(table, depth - 1))),
                };
                Condition::Exists(path, question)
            }
        }
    }

    fn conditions(&mut self, root: Table, depth: usize) -> Vec<Condition> {
        let count = *self.random.pick(&[0, 1, 2, 2, 2, 3]);
        (0..count)
            .map(|_| self.condition(root, depth - 1))
            .collect()
    }

    /// A value to compare a column with; NULL where the column may be.
    fn value(&mut self, at: &At) -> Cell {
        let column = at.column();
        if column.nullable && self.random.chance(12) {
            return Cell::Null;
        }
        loop {
            let value = self.world.value(self.random, at.table, at.column);
            if column.nullable || !value.is_null() {
                return value;
            }
        }
    }

    fn pattern(&mut self, root: Table) -> Condition {
        loop {
            let at = self.at(root, 10, false);
            if at.column().kind != Kind::Text {
                continue;
            }
            let mut text = match self.world.value(self.random, at.table, at.column) {
                Cell::Text(text) => text,
                _ => text(self.random),
            };
            let how = *self.random.pick(&[
                Match::Like,
                Match::Like,
                Match::Ilike,
                Match::Contains,
                Match::StartsWith,
                Match::EndsWith,
            ]);
            if matches!(how, Match::Like | Match::Ilike) {
                text = self.with_wildcards(&text);
            } else if self.random.chance(60) {
                text = self.piece(&text);
            }
            return Condition::Matches(at, how, text);
        }
    }

    /// A piece of a text.
    fn piece(&mut self, text: &str) -> String {
        let letters: Vec<char> = text.chars().collect();
        let start = self.random.below(letters.len() + 1);
        let length = self.random.below(letters.len() - start + 1);
        letters[start..start + length].iter().collect()
    }

    fn with_wildcards(&mut self, text: &str) -> String {
        let mut pattern = String::new();
        for letter in text.chars() {
            match self.random.below(12) {
                0 => pattern.push('%'),
                1 => pattern.push('_'),
                2 => pattern.extend(['\\', letter]),
                3 => {}
                _ => pattern.push(letter),
            }
        }
        let ends = ["", "%", "_", "\\%", "\\_", "\\\\", "\\"];
        format!(
            "{}{pattern}{}",
            self.random.pick(&ends[..2]),
            self.random.pick(&ends)
        )
    }

    fn below(&mut self, end: usize) -> u64 {
        u64::try_from(self.random.below(end)).unwrap_or(0)
    }
}

/// Whether a condition goes along a relationship to many, and so repeats records.
fn leads_to_many(condition: &Condition) -> bool {
    let is_many = |path: &[Step]| path.iter().any(|step| step.relation.many);
    match condition {
        Condition::Compare(at, ..)
        | Condition::Between(at, ..)
        | Condition::In(at, ..)
        | Condition::Null(at, _)
        | Condition::Matches(at, ..)
        | Condition::Sql(at, ..) => is_many(&at.path),
        Condition::Columns(one, _, other) => is_many(&one.path) || is_many(&other.path),
        Condition::All(list) | Condition::Any(list) => list.iter().any(leads_to_many),
        Condition::Not(one) => leads_to_many(one),
        Condition::Exists(path, _) => is_many(&path[..path.len() - 1]),
    }
}
