//! From the tree of parameters to a type.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::str::FromStr;

use serde::Deserializer;
use serde::de::value::BorrowedStrDeserializer;
use serde::de::{Expected, Visitor};

use super::access::{Elements, Members, Tagged};
use super::fault::{Fault, FaultKind, unfit, wording};
use super::place::Place;
use super::read::Lessons;
use super::tree::Node;
use super::upload::{self, Upload};

/// One parameter on its way to a type.
#[derive(Clone, Copy)]
pub(super) struct Fields<'de, 'p> {
    node: &'de Node,
    place: &'p Place<'p>,
    lessons: &'p Lessons,
    /// Whether an `Option` around this one has been entered.
    inside_option: bool,
}

impl<'de, 'p> Fields<'de, 'p> {
    pub(super) fn new(node: &'de Node, place: &'p Place<'p>, lessons: &'p Lessons) -> Self {
        Fields {
            node,
            place,
            lessons,
            inside_option: false,
        }
    }

    fn unfit(self, wanted: &str) -> Fault {
        unfit(wanted, self.node, &self.place.name).at(self.place)
    }

    /// The text of a path, a query or a form; the last one of several.
    fn form_text(self) -> Option<&'de str> {
        match self.node {
            Node::Form(text) => Some(text),
            Node::Repeated(texts) => match texts.last() {
                Some(Node::Form(text)) => Some(text),
                _ => None,
            },
            _ => None,
        }
    }

    /// The file of a multipart form; the last one of several.
    fn file(self) -> Option<&'de Upload> {
        match self.node {
            Node::File(file) => Some(file),
            Node::Repeated(values) => match values.last() {
                Some(Node::File(file)) => Some(file),
                _ => None,
            },
            _ => None,
        }
    }

    fn text(self) -> Result<&'de str, Fault> {
        match self.node {
            Node::Text(text) => Ok(text),
            _ => self.form_text().ok_or_else(|| self.unfit("text")),
        }
    }

    fn integer<T>(self, wanted: &str) -> Result<T, Fault>
    where
        T: FromStr + TryFrom<i64> + TryFrom<u64>,
    {
        let number = match self.node {
            Node::Integer(number) => T::try_from(*number).ok(),
            Node::Unsigned(number) => T::try_from(*number).ok(),
            _ => self.form_text().and_then(|text| text.trim().parse().ok()),
        };
        number.ok_or_else(|| self.unfit(wanted))
    }

    fn number(self) -> Result<f64, Fault> {
        let number = match self.node {
            Node::Integer(number) => Some(*number as f64),
            Node::Unsigned(number) => Some(*number as f64),
            Node::Float(number) => Some(*number),
            _ => self.form_text().and_then(|text| text.trim().parse().ok()),
        };
        number
            .filter(|number| number.is_finite())
            .ok_or_else(|| self.unfit("a number"))
    }

    fn boolean(self) -> Result<bool, Fault> {
        match (self.node, self.form_text()) {
            (Node::Bool(value), _) => Ok(*value),
            (_, Some("true" | "1" | "on" | "yes")) => Ok(true),
            (_, Some("false" | "0" | "off" | "no")) => Ok(false),
            _ => Err(self.unfit("true or false")),
        }
    }

    /// The elements of a list, with their names: those of a list, of a name given several times, of an object with
    /// nothing but numbers for names, or one text alone.
    fn elements(self) -> Result<Vec<(Cow<'de, str>, &'de Node)>, Fault> {
        let counted = |list: &'de [Node]| {
            let elements = list.iter().enumerate();
            elements
                .map(|(index, node)| (Cow::Owned(index.to_string()), node))
                .collect()
        };
        match self.node {
            Node::List(list) | Node::Repeated(list) => Ok(counted(list)),
            Node::Form(text) if text.is_empty() => Ok(Vec::new()),
            Node::Form(_) | Node::File(_) => Ok(vec![("0".into(), self.node)]),
            Node::Map(map) => {
                let numbered: Option<Vec<_>> = map
                    .iter()
                    .map(|(name, node)| Some((name.parse::<u32>().ok()?, name, node)))
                    .collect();
                let mut numbered = numbered.ok_or_else(|| self.unfit("a list"))?;
                numbered.sort_by_key(|(number, ..)| *number);
                let elements = numbered.into_iter();
                Ok(elements
                    .map(|(_, name, node)| (Cow::Borrowed(name.as_str()), node))
                    .collect())
            }
            _ => Err(self.unfit("a list")),
        }
    }

    pub(super) fn visit_elements<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let elements = Elements::new(self.elements()?, self.place, self.lessons);
        visitor
            .visit_seq(elements)
            .map_err(|fault| fault.at(self.place))
    }

    pub(super) fn visit_members<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let Node::Map(map) = self.node else {
            return Err(self.unfit("an object"));
        };
        let members = Members::new(map, fields, self.place, self.lessons);
        visitor
            .visit_map(members)
            .map_err(|fault| fault.at(self.place))
    }
}

/// Deserializes whole numbers.
macro_rules! integers {
    ($($method:ident $visit:ident $wanted:literal,)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
                visitor.$visit(self.integer($wanted)?)
            }
        )*
    };
}

impl<'de> Deserializer<'de> for Fields<'de, '_> {
    type Error = Fault;

    integers!(
        deserialize_i8 visit_i8 "a whole number from -128 to 127",
        deserialize_i16 visit_i16 "a whole number from -32768 to 32767",
        deserialize_i32 visit_i32 "a whole number from -2147483648 to 2147483647",
        deserialize_i64 visit_i64 "a whole number",
        deserialize_i128 visit_i128 "a whole number",
        deserialize_u8 visit_u8 "a whole number from 0 to 255",
        deserialize_u16 visit_u16 "a whole number from 0 to 65535",
        deserialize_u32 visit_u32 "a whole number from 0 to 4294967295",
        deserialize_u64 visit_u64 "a whole number from 0 on",
        deserialize_u128 visit_u128 "a whole number from 0 on",
    );

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node {
            // To an `Option` of anything, `null` is nothing.
            Node::Null if self.inside_option => Err(self.unfit("something")),
            Node::Null => visitor.visit_unit(),
            Node::Bool(value) => visitor.visit_bool(*value),
            Node::Integer(number) => visitor.visit_i64(*number),
            Node::Unsigned(number) => visitor.visit_u64(*number),
            Node::Float(number) => visitor.visit_f64(*number),
            Node::Text(text) | Node::Form(text) => visitor.visit_borrowed_str(text),
            Node::Repeated(_) | Node::List(_) => self.visit_elements(visitor),
            Node::File(_) => Err(self.unfit("something else")),
            Node::Map(_) => self.visit_members(&[], visitor),
        }
        .map_err(|fault: Fault| fault.at(self.place))
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_bool(self.boolean()?)
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_f64(self.number()?)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_f64(self.number()?)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let mut letters = self.text()?.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => visitor.visit_char(letter),
            _ => Err(self.unfit("one letter")),
        }
    }

    /// What has a form of its own in text, such as a date, asks for it here; `String` does not.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let expected = (&visitor as &dyn Expected).to_string();
        let text = completed_time(self.text()?, &expected);
        let read = match text {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        };
        read.map_err(|_: Fault| self.unfit(wording(&expected)))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_borrowed_str(self.text()?)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_borrowed_bytes(self.text()?.as_bytes())
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.deserialize_bytes(visitor)
    }

    /// The type inside is asked first, which alone knows whether an empty text, or `null`, is a value to it.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let empty = self.form_text().is_some_and(str::is_empty);
        let knows =
            |kinds: &BTreeSet<String>| !kinds.is_empty() && kinds.contains(&self.place.kind());
        let null = matches!(self.node, Node::Null) || (empty && knows(&self.lessons.empty_is_null));
        if null && (self.inside_option || knows(&self.lessons.null_is_none)) {
            return visitor.visit_none();
        }
        let inside = Fields {
            node: if null { &Node::Null } else { self.node },
            inside_option: true,
            ..self
        };
        visitor.visit_some(inside).map_err(|mut fault| {
            if null {
                fault.kind = FaultKind::NullOption(self.place.kind());
            } else if empty {
                fault.kind = FaultKind::EmptyOption(self.place.kind());
            }
            fault.at(self.place)
        })
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.node {
            Node::Null if self.inside_option => Err(self.unfit("something")),
            _ => visitor.visit_unit(),
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name == upload::NAME {
            return match self.file() {
                Some(file) => upload::hand_over(file, visitor),
                None => Err(self.unfit("a file")),
            };
        }
        let inside = Fields {
            inside_option: false,
            ..self
        };
        visitor
            .visit_newtype_struct(inside)
            .map_err(|fault| fault.at(self.place))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_elements(visitor)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.visit_elements(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.visit_elements(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.visit_members(&[], visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.visit_members(fields, visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let tagged = match self.node {
            Node::Map(map) if map.len() == 1 => map.first_key_value(),
            _ => None,
        };
        let read = match tagged {
            Some((variant, node)) => {
                let content = Fields {
                    node,
                    inside_option: false,
                    ..self
                };
                visitor.visit_enum(Tagged(variant, content))
            }
            None => visitor.visit_enum(BorrowedStrDeserializer::new(self.text()?)),
        };
        read.map_err(|fault: Fault| fault.at(self.place))
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_borrowed_str(self.text()?)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }
}

/// `<input type="datetime-local">` sends minutes without a zone: seconds are added, and the zone is UTC.
fn completed_time<'a>(text: &'a str, expected: &str) -> Cow<'a, str> {
    let bytes = text.as_bytes();
    let local = matches!(bytes.len(), 16 | 19) && bytes[10] == b'T' && bytes[13] == b':';
    if !local {
        return text.into();
    }
    let seconds = if bytes.len() == 16 { ":00" } else { "" };
    match expected {
        "an RFC 3339 formatted date and time string" => format!("{text}{seconds}Z").into(),
        "a formatted date and time string" => format!("{text}{seconds}").into(),
        _ => text.into(),
    }
}
