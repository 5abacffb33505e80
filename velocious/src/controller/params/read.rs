//! Reading a type from a tree, again and again until every wrong field is known.
//!
//! serde stops at the first mistake. So a field that does not fit is left out the next time, and a field that is
//! missing is filled with something of its type, until nothing new comes up. Only what was right at the first go is
//! ever returned.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use super::deserialize::Fields;
use super::fault::{Fault, FaultKind};
use super::place::Place;
use super::tree::Node;

/// How often a type is read at most.
const MAX_ROUNDS: usize = 256;

/// What a parameter is taken for instead of what it is, by its path.
pub(super) type Treatments = BTreeMap<String, Treatment>;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Treatment {
    /// Not there.
    Absent,
    /// An empty text that stands for `None`.
    Null,
    /// Whatever fits the type.
    Placeholder,
}

/// Reads a `T`.
///
/// # Errors
/// With every field that is missing or does not fit.
pub(super) fn read<T: DeserializeOwned>(root: &Node) -> Result<T, Vec<Fault>> {
    let mut treatments = Treatments::new();
    let mut faults = Vec::new();
    for _ in 0..MAX_ROUNDS {
        let place = Place::root();
        match T::deserialize(Fields::new(root, &place, &treatments)) {
            Ok(value) if faults.is_empty() => return Ok(value),
            Ok(_) => return Err(faults),
            Err(fault) => {
                if !treat(fault.at(&place), &mut treatments, &mut faults) {
                    return Err(faults);
                }
            }
        }
    }
    faults.push(Fault::wrong("The parameters have too many mistakes"));
    Err(faults)
}

/// Decides how to go on after a mistake; `false` when there is no way.
fn treat(fault: Fault, treatments: &mut Treatments, faults: &mut Vec<Fault>) -> bool {
    let path = fault.path.clone().unwrap_or_default();
    match (&fault.kind, treatments.get(&path)) {
        (FaultKind::EmptyOption, None) => {
            treatments.insert(path, Treatment::Null);
        }
        (FaultKind::Missing(_), known) => {
            if known.is_none() {
                faults.push(fault);
            }
            treatments.insert(path, Treatment::Placeholder);
        }
        (_, None) => {
            faults.push(fault);
            if path.is_empty() {
                return false;
            }
            treatments.insert(path, Treatment::Absent);
        }
        // Nothing fits here, so the object around it is left out.
        (_, Some(_)) => return leave_out_parent(&path, treatments),
    }
    true
}

fn leave_out_parent(path: &str, treatments: &mut Treatments) -> bool {
    let Some((parent, _)) = path.rsplit_once('.') else {
        return false;
    };
    match treatments.insert(parent.to_owned(), Treatment::Absent) {
        None => true,
        Some(_) => leave_out_parent(parent, treatments),
    }
}
