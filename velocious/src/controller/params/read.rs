//! Reading a type from a tree, again and again until every wrong field is known.
//!
//! serde stops at the first mistake. So a field that does not fit is left out the next time, and a field that is
//! missing is filled with something of its type, until nothing new comes up. Only what was right at the first go is
//! ever returned.
//!
//! It does not say either what an `Option` is of. So one is first read as if there were a value, and what turns out
//! is learned for all fields of that kind: whether an empty text is a value to them, and whether `null` is one, as it
//! is for an `Option` of an `Option`.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;

use super::deserialize::Fields;
use super::fault::{Fault, FaultKind};
use super::place::Place;
use super::tree::Node;

/// How many mistakes are looked for at most, in parameters of the usual size.
const MAX_FAULTS: usize = 256;
/// How many nodes are looked at for mistakes at most: very long parameters are read a few times only.
const MAX_NODES: usize = 500_000;

/// What was learned in earlier rounds.
#[derive(Debug, Default)]
pub(super) struct Lessons {
    /// What a parameter is taken for instead of what it is, by its path.
    pub(super) treatments: BTreeMap<String, Treatment>,
    /// The options, by their kind, to which an empty text is `null`.
    pub(super) empty_is_null: BTreeSet<String>,
    /// The options, by their kind, to which `null` is `None`, and not a value.
    pub(super) null_is_none: BTreeSet<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Treatment {
    /// Not there.
    Absent,
    /// Whatever fits the type.
    Placeholder,
}

/// What could not be read as it was meant.
pub(super) struct Misfit<T> {
    /// Every field that is missing or does not fit.
    pub(super) faults: Vec<Fault>,
    /// The rest of it, with something in the places of those fields.
    pub(super) rest: Option<T>,
}

/// Reads a `T`.
///
/// # Errors
/// With every field that is missing or does not fit.
pub(super) fn read<T: DeserializeOwned>(root: &Node) -> Result<T, Misfit<T>> {
    let mut lessons = Lessons::default();
    let mut faults = Vec::new();
    let mut rest = None;
    loop {
        let place = Place::root();
        let fault = match T::deserialize(Fields::new(root, &place, &lessons)) {
            Ok(value) if faults.is_empty() => return Ok(value),
            Ok(value) => {
                return Err(Misfit {
                    faults,
                    rest: Some(value),
                });
            }
            Err(fault) => fault.at(&place),
        };
        if lessons.learn_option(&fault) {
            continue;
        }
        let rest = rest.get_or_insert_with(|| (MAX_NODES / root.size()).clamp(4, MAX_FAULTS));
        *rest -= 1;
        if !lessons.learn(fault, &mut faults) || *rest == 0 {
            return Err(Misfit { faults, rest: None });
        }
    }
}

impl Lessons {
    /// Learns what an option is of; `false` when the fault is about something else.
    fn learn_option(&mut self, fault: &Fault) -> bool {
        match &fault.kind {
            FaultKind::EmptyOption(kind) => self.empty_is_null.insert(kind.clone()),
            FaultKind::NullOption(kind) => self.null_is_none.insert(kind.clone()),
            FaultKind::Missing(_) | FaultKind::Wrong => false,
        }
    }

    /// Decides how to go on after a mistake; `false` when there is no way.
    fn learn(&mut self, fault: Fault, faults: &mut Vec<Fault>) -> bool {
        let path = fault.path.clone().unwrap_or_default();
        match (&fault.kind, self.treatments.get(&path)) {
            (FaultKind::Missing(_), known) => {
                if known.is_none() {
                    faults.push(fault);
                }
                self.treatments.insert(path, Treatment::Placeholder);
                true
            }
            (_, None) => {
                faults.push(fault);
                let is_root = path.is_empty();
                self.treatments.insert(path, Treatment::Absent);
                !is_root
            }
            // Nothing fits here, so the object around it is left out.
            (_, Some(_)) => self.leave_out_parent(&path),
        }
    }

    fn leave_out_parent(&mut self, path: &str) -> bool {
        let Some((parent, _)) = path.rsplit_once('.') else {
            return false;
        };
        match self.treatments.insert(parent.to_owned(), Treatment::Absent) {
            None => true,
            Some(_) => self.leave_out_parent(parent),
        }
    }

    /// How the parameter at `place` is treated.
    pub(super) fn treatment(&self, place: &Place<'_>) -> Option<Treatment> {
        match self.treatments.is_empty() {
            true => None,
            false => self.treatments.get(&place.to_string()).copied(),
        }
    }
}
