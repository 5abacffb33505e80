//! What is inside of a parameter: the elements of a list, the members of an object, the variant of an enum.

use std::borrow::Cow;
use std::collections::{BTreeMap, btree_map};

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::deserialize::Fields;
use super::fault::Fault;
use super::place::Place;
use super::placeholder::Placeholder;
use super::read::{Treatment, Treatments};
use super::tree::Node;

/// Reads one value as it is treated: as it is, as `null`, or as something that fits.
fn read_seed<'de, S: DeserializeSeed<'de>>(
    seed: S,
    node: &'de Node,
    place: &Place<'_>,
    treatments: &Treatments,
) -> Result<S::Value, Fault> {
    let read = match treatment(place, treatments) {
        Some(Treatment::Placeholder) => seed.deserialize(Placeholder),
        Some(Treatment::Null) => seed.deserialize(Fields::new(&Node::Null, place, treatments)),
        _ => seed.deserialize(Fields::new(node, place, treatments)),
    };
    read.map_err(|fault| fault.at(place))
}

fn treatment(place: &Place<'_>, treatments: &Treatments) -> Option<Treatment> {
    match treatments.is_empty() {
        true => None,
        false => treatments.get(&place.to_string()).copied(),
    }
}

/// The elements of a list.
pub(super) struct Elements<'de, 'p> {
    rest: std::vec::IntoIter<(Cow<'de, str>, &'de Node)>,
    place: &'p Place<'p>,
    treatments: &'p Treatments,
}

impl<'de, 'p> Elements<'de, 'p> {
    pub(super) fn new(
        elements: Vec<(Cow<'de, str>, &'de Node)>,
        place: &'p Place<'p>,
        treatments: &'p Treatments,
    ) -> Self {
        Elements {
            rest: elements.into_iter(),
            place,
            treatments,
        }
    }
}

impl<'de> SeqAccess<'de> for Elements<'de, '_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        for (name, node) in self.rest.by_ref() {
            let place = self.place.child(name);
            if treatment(&place, self.treatments) != Some(Treatment::Absent) {
                return read_seed(seed, node, &place, self.treatments).map(Some);
            }
        }
        Ok(None)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

/// The members of an object, and after them the placeholders of those that are missing.
pub(super) struct Members<'de, 'p> {
    map: &'de BTreeMap<String, Node>,
    rest: btree_map::Iter<'de, String, Node>,
    fields: std::slice::Iter<'static, &'static str>,
    next: Option<(&'de str, &'de Node)>,
    place: &'p Place<'p>,
    treatments: &'p Treatments,
}

impl<'de, 'p> Members<'de, 'p> {
    /// The members of `map`, for a struct with these `fields`.
    pub(super) fn new(
        map: &'de BTreeMap<String, Node>,
        fields: &'static [&'static str],
        place: &'p Place<'p>,
        treatments: &'p Treatments,
    ) -> Self {
        Members {
            map,
            rest: map.iter(),
            fields: fields.iter(),
            next: None,
            place,
            treatments,
        }
    }

    /// The next member that is not left out.
    fn advance(&mut self) -> Option<(&'de str, &'de Node)> {
        for (name, node) in self.rest.by_ref() {
            let place = self.place.child(name.as_str());
            if treatment(&place, self.treatments) != Some(Treatment::Absent) {
                return Some((name, node));
            }
        }
        for field in self.fields.by_ref() {
            let place = self.place.child(*field);
            let filled = treatment(&place, self.treatments) == Some(Treatment::Placeholder);
            if filled && !self.map.contains_key(*field) {
                return Some((field, &Node::Null));
            }
        }
        None
    }
}

impl<'de> MapAccess<'de> for Members<'de, '_> {
    type Error = Fault;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        self.next = self.advance();
        let Some((name, _)) = self.next else {
            return Ok(None);
        };
        let key = BorrowedStrDeserializer::new(name);
        seed.deserialize(key)
            .map(Some)
            .map_err(|fault: Fault| fault.at(&self.place.child(name)))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let Some((name, node)) = self.next.take() else {
            return Err(Fault::wrong("was asked for out of order"));
        };
        read_seed(seed, node, &self.place.child(name), self.treatments)
    }
}

/// An enum as an object with one member: the variant's name and what it holds.
pub(super) struct Tagged<'de, 'p>(pub(super) &'de str, pub(super) Fields<'de, 'p>);

impl<'de, 'p> EnumAccess<'de> for Tagged<'de, 'p> {
    type Error = Fault;
    type Variant = Fields<'de, 'p>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        seed: S,
    ) -> Result<(S::Value, Self::Variant), Fault> {
        let variant = seed.deserialize(BorrowedStrDeserializer::new(self.0))?;
        Ok((variant, self.1))
    }
}

impl<'de> VariantAccess<'de> for Fields<'de, '_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, Fault> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.visit_elements(visitor)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.visit_members(fields, visitor)
    }
}
