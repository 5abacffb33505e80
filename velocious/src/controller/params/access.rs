//! What is inside of a parameter: the elements of a list, the members of an object, the variant of an enum.

use std::borrow::Cow;
use std::collections::{BTreeMap, btree_map};

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use super::deserialize::Fields;
use super::fault::Fault;
use super::place::Place;
use super::placeholder::Placeholder;
use super::read::{Lessons, Treatment};
use super::tree::Node;

/// Reads one value, or something that fits instead of it.
fn read_seed<'de, S: DeserializeSeed<'de>>(
    seed: S,
    node: &'de Node,
    place: &Place<'_>,
    lessons: &Lessons,
) -> Result<S::Value, Fault> {
    let read = match lessons.treatment(place) {
        Some(Treatment::Placeholder) => seed.deserialize(Placeholder),
        _ => seed.deserialize(Fields::new(node, place, lessons)),
    };
    read.map_err(|fault| fault.at(place))
}

/// The elements of a list.
pub(super) struct Elements<'de, 'p> {
    rest: std::vec::IntoIter<(Cow<'de, str>, &'de Node)>,
    place: &'p Place<'p>,
    lessons: &'p Lessons,
}

impl<'de, 'p> Elements<'de, 'p> {
    pub(super) fn new(
        elements: Vec<(Cow<'de, str>, &'de Node)>,
        place: &'p Place<'p>,
        lessons: &'p Lessons,
    ) -> Self {
        Elements {
            rest: elements.into_iter(),
            place,
            lessons,
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
            let place = self.place.element(name);
            if self.lessons.treatment(&place) != Some(Treatment::Absent) {
                return read_seed(seed, node, &place, self.lessons).map(Some);
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
    /// Whether the names are keys of a map, and not fields of a struct.
    is_map: bool,
    place: &'p Place<'p>,
    lessons: &'p Lessons,
}

impl<'de, 'p> Members<'de, 'p> {
    /// The members of `map`, for a struct with these `fields`, or for a map when there are none.
    pub(super) fn new(
        map: &'de BTreeMap<String, Node>,
        fields: &'static [&'static str],
        place: &'p Place<'p>,
        lessons: &'p Lessons,
    ) -> Self {
        Members {
            map,
            rest: map.iter(),
            fields: fields.iter(),
            next: None,
            is_map: fields.is_empty(),
            place,
            lessons,
        }
    }

    fn place_of(&self, name: &'de str) -> Place<'p>
    where
        'de: 'p,
    {
        match self.is_map {
            true => self.place.element(name),
            false => self.place.field(name),
        }
    }

    /// The next member that is not left out.
    fn advance(&mut self) -> Option<(&'de str, &'de Node)> {
        while let Some((name, node)) = self.rest.next() {
            let place = self.place_of(name);
            if self.lessons.treatment(&place) != Some(Treatment::Absent) {
                return Some((name, node));
            }
        }
        for field in self.fields.by_ref() {
            let place = self.place.field(*field);
            let filled = self.lessons.treatment(&place) == Some(Treatment::Placeholder);
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
            .map_err(|fault: Fault| fault.at(&self.place_of(name)))
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        let Some((name, node)) = self.next.take() else {
            return Err(Fault::wrong("was asked for out of order"));
        };
        read_seed(seed, node, &self.place_of(name), self.lessons)
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
