//! Makes a chain that fails smaller, as long as it still fails.

use super::chain::{Chain, Condition, Ending, Question, Window};

/// Chains that are a little smaller than this one.
pub(crate) fn smaller(chain: &Chain) -> Vec<Chain> {
    let mut found = Vec::new();
    let mut with = |change: &dyn Fn(&mut Chain)| {
        let mut smaller = chain.clone();
        change(&mut smaller);
        found.push(smaller);
    };
    if chain.distinct {
        with(&|chain| chain.distinct = false);
    }
    if chain.reversed {
        with(&|chain| chain.reversed = false);
    }
    if chain.window != Window::All && !matches!(chain.ending, Ending::Paginate(_)) {
        with(&|chain| chain.window = Window::All);
    }
    for at in 0..chain.joins.len() {
        with(&|chain| drop(chain.joins.remove(at)));
    }
    for at in 0..chain.filters.len() {
        with(&|chain| drop(chain.filters.remove(at)));
        for part in parts(&chain.filters[at]) {
            with(&|chain| chain.filters[at] = part.clone());
        }
    }
    // The last terms decide between rows that are equal otherwise.
    for at in 0..chain.order.len().saturating_sub(1) {
        with(&|chain| drop(chain.order.remove(at)));
    }
    for at in 0..chain.order.len() {
        if chain.order[at].descending || chain.order[at].nulls_first.is_some() {
            with(&|chain| {
                chain.order[at].descending = false;
                chain.order[at].nulls_first = None;
            });
        }
    }
    match &chain.ending {
        Ending::Load(paths) if !paths.is_empty() => {
            with(&|chain| chain.ending = Ending::Load(Vec::new()));
            for at in 0..paths.len() {
                with(&|chain| {
                    if let Ending::Load(paths) = &mut chain.ending {
                        paths.remove(at);
                    }
                });
            }
        }
        Ending::Group(group) if group.having.is_some() => with(&|chain| {
            if let Ending::Group(group) = &mut chain.ending {
                group.having = None;
            }
        }),
        _ => {}
    }
    found
}

/// Conditions that are a part of this one.
fn parts(condition: &Condition) -> Vec<Condition> {
    let inside = |list: &[Condition], make: fn(Vec<Condition>) -> Condition| {
        let mut found = list.to_vec();
        for at in 0..list.len() {
            let mut shorter = list.to_vec();
            shorter.remove(at);
            found.push(make(shorter));
            for part in parts(&list[at]) {
                let mut changed = list.to_vec();
                changed[at] = part;
                found.push(make(changed));
            }
        }
        found
    };
    match condition {
        Condition::All(list) => inside(list, Condition::All),
        Condition::Any(list) => inside(list, Condition::Any),
        Condition::Not(one) => {
            let nested = parts(one)
                .into_iter()
                .map(|part| Condition::Not(Box::new(part)));
            std::iter::once((**one).clone()).chain(nested).collect()
        }
        Condition::In(at, values, negated) if values.len() > 1 => {
            let half = values.len() / 2;
            vec![
                Condition::In(at.clone(), values[..half].to_vec(), *negated),
                Condition::In(at.clone(), values[half..].to_vec(), *negated),
            ]
        }
        Condition::Exists(path, Question::Any(one)) => parts(one)
            .into_iter()
            .map(|part| Condition::Exists(path.clone(), Question::Any(Box::new(part))))
            .chain([Condition::Exists(path.clone(), Question::Present)])
            .collect(),
        Condition::Exists(path, Question::None(one)) => parts(one)
            .into_iter()
            .map(|part| Condition::Exists(path.clone(), Question::None(Box::new(part))))
            .chain([Condition::Exists(path.clone(), Question::Absent)])
            .collect(),
        _ => Vec::new(),
    }
}
