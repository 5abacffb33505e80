//! All parameters of a request in one tree, and the brackets that forms nest them with.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;

use percent_encoding::percent_decode;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

use super::multipart::Part;
use super::upload::Upload;
use crate::{Error, Result};

/// How deep names may nest.
const MAX_DEPTH: usize = 32;
/// How many parameters a form or a query may have.
pub(super) const MAX_COUNT: usize = 4096;
/// How many values a JSON body may have, as its commas and opening brackets tell.
const MAX_VALUES: usize = 65_536;
/// How much of a name is shown to whoever sent it.
const SHOWN: usize = 100;

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Node {
    Null,
    Bool(bool),
    Integer(i64),
    Unsigned(u64),
    Float(f64),
    /// Text of a JSON body, which stays text.
    Text(String),
    /// Text of a path, a query or a form, which may stand for a number.
    Form(String),
    /// The values of a name that was given several times, each a [`Node::Form`] or a [`Node::File`].
    Repeated(Vec<Node>),
    List(Vec<Node>),
    /// A file of a multipart form.
    File(Upload),
    Map(BTreeMap<String, Node>),
}

impl Node {
    /// How many nodes there are, this one included.
    pub(super) fn size(&self) -> usize {
        1 + match self {
            Node::Repeated(list) | Node::List(list) => list.iter().map(Node::size).sum(),
            Node::Map(map) => map.values().map(Node::size).sum(),
            _ => 0,
        }
    }
}

/// Parameters by name.
#[derive(Debug, Default)]
pub(crate) struct Tree(BTreeMap<String, Node>);

impl From<Tree> for Node {
    fn from(tree: Tree) -> Node {
        Node::Map(tree.0)
    }
}

impl Tree {
    /// The parameters of a query.
    ///
    /// # Errors
    /// 400 for broken encoding, contradictions, and too many or too deep names.
    pub(crate) fn from_query(query: &str) -> Result<Tree> {
        Tree::from_pairs(query.as_bytes(), "query")
    }

    /// The parameters of an urlencoded body.
    ///
    /// # Errors
    /// As [`Tree::from_query`].
    pub(crate) fn from_form(body: &[u8]) -> Result<Tree> {
        Tree::from_pairs(body, "form")
    }

    /// The members of a JSON object.
    ///
    /// # Errors
    /// 400 for malformed JSON, 422 for JSON that is no object.
    pub(crate) fn from_json(body: &[u8]) -> Result<Tree> {
        match serde_json::from_slice(body) {
            Ok(Node::Map(map)) => Ok(Tree(map)),
            Ok(_) => Err(Error::http(422, "The JSON body has to be an object.")),
            Err(error) => Err(Error::http(
                400,
                format!("The body is malformed JSON: {error}."),
            )),
        }
    }

    fn from_pairs(text: &[u8], place: &'static str) -> Result<Tree> {
        let mut tree = Tree::default();
        let pairs = text
            .split(|byte| *byte == b'&')
            .filter(|pair| !pair.is_empty());
        for (count, pair) in pairs.enumerate() {
            if count == MAX_COUNT {
                return Err(bad(
                    place,
                    format_args!("has more than {MAX_COUNT} parameters"),
                ));
            }
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default(), place)?;
            let value = decode(halves.next().unwrap_or_default(), place)?;
            tree.insert(&name, Node::Form(value.into_owned()), place)?;
        }
        Ok(tree)
    }

    /// The parts of a multipart form.
    ///
    /// # Errors
    /// 400 for contradictions and too deep names.
    pub(crate) fn from_parts(parts: &[Part]) -> Result<Tree> {
        let mut tree = Tree::default();
        for part in parts {
            tree.insert(&part.name, part.node.clone(), "form")?;
        }
        Ok(tree)
    }

    /// Adds what a form or a query says under a name with brackets.
    fn insert(&mut self, name: &str, value: Node, place: &'static str) -> Result<()> {
        let name_segments = segments(name);
        if name_segments.len() > MAX_DEPTH {
            return Err(bad(
                place,
                format_args!("nests deeper than {MAX_DEPTH} levels"),
            ));
        }
        insert(&mut self.0, &name_segments, value).map_err(|Contradiction| {
            let name: String = name.chars().take(SHOWN).collect();
            bad(place, format_args!("gives `{name}` two shapes"))
        })
    }

    /// Sets a parameter, over one of the same name.
    pub(crate) fn put(&mut self, name: &str, value: Node) {
        self.0.insert(name.to_owned(), value);
    }

    /// Sets all parameters of `other`, over those of the same names.
    pub(crate) fn put_all(&mut self, other: Tree) {
        self.0.extend(other.0);
    }
}

/// Refuses JSON that would take much more room in memory than it has as text.
///
/// # Errors
/// 400.
pub(super) fn check_number_of_values(body: &[u8]) -> Result<()> {
    // Those in texts count, too: a text that has as many belongs into a form.
    let marks = || body.iter().filter(|byte| b",[{".contains(byte)).count();
    if body.len() > MAX_VALUES && marks() > MAX_VALUES {
        return Err(bad(
            "body",
            format_args!("has more than {MAX_VALUES} values"),
        ));
    }
    Ok(())
}

fn bad(place: &str, fault: fmt::Arguments<'_>) -> Error {
    Error::http(400, format!("The {place} {fault}."))
}

/// Decodes `+` and `%XX`.
fn decode<'a>(text: &'a [u8], place: &'static str) -> Result<Cow<'a, str>> {
    if !is_well_formed(text) {
        return Err(bad(
            place,
            format_args!("has a `%` without two hexadecimal digits"),
        ));
    }
    let spaced: Cow<'a, [u8]> = match text.contains(&b'+') {
        true => text
            .iter()
            .map(|byte| if *byte == b'+' { b' ' } else { *byte })
            .collect::<Vec<_>>()
            .into(),
        false => text.into(),
    };
    let decoded = match spaced {
        Cow::Borrowed(bytes) => percent_decode(bytes).decode_utf8(),
        Cow::Owned(bytes) => percent_decode(&bytes)
            .decode_utf8()
            .map(|text| Cow::Owned(text.into_owned())),
    };
    decoded.map_err(|_| bad(place, format_args!("is not UTF-8")))
}

/// Whether each `%` is followed by two hexadecimal digits.
pub(crate) fn is_well_formed(text: &[u8]) -> bool {
    !text.contains(&b'%')
        || text.iter().enumerate().all(|(at, byte)| {
            let digit = |offset| text.get(at + offset).is_some_and(u8::is_ascii_hexdigit);
            *byte != b'%' || (digit(1) && digit(2))
        })
}

/// `["post", "tags", ""]` of `post[tags][]`; a name whose brackets do not match is one segment. Of a name that is too deep
/// there are only as many as show that it is.
fn segments(name: &str) -> Vec<&str> {
    let Some((first, mut rest)) = name.split_once('[') else {
        return vec![name];
    };
    let mut segments = vec![first];
    loop {
        let Some((segment, after)) = rest.split_once(']') else {
            return vec![name];
        };
        segments.push(segment);
        if segments.len() > MAX_DEPTH {
            return segments;
        }
        match after.strip_prefix('[') {
            Some(next) => rest = next,
            None if after.is_empty() && !first.is_empty() => return segments,
            None => return vec![name],
        }
    }
}

/// A name that is a text here and an object there.
struct Contradiction;

fn insert(
    map: &mut BTreeMap<String, Node>,
    name: &[&str],
    value: Node,
) -> Result<(), Contradiction> {
    let [first, rest @ ..] = name else {
        return Ok(());
    };
    match (map.entry((*first).to_owned()), rest) {
        (Entry::Vacant(entry), []) => {
            entry.insert(value);
            Ok(())
        }
        (Entry::Occupied(entry), []) => repeat(entry.into_mut(), value),
        (Entry::Vacant(entry), ["", rest @ ..]) => {
            push(entry.insert(Node::List(Vec::new())), rest, value)
        }
        (Entry::Occupied(entry), ["", rest @ ..]) => push(entry.into_mut(), rest, value),
        (entry, rest) => match entry.or_insert_with(|| Node::Map(BTreeMap::new())) {
            Node::Map(inner) => insert(inner, rest, value),
            _ => Err(Contradiction),
        },
    }
}

fn repeat(node: &mut Node, value: Node) -> Result<(), Contradiction> {
    match node {
        Node::Form(_) | Node::File(_) => {
            let first = std::mem::replace(node, Node::Null);
            *node = Node::Repeated(vec![first, value]);
        }
        Node::Repeated(values) => values.push(value),
        _ => return Err(Contradiction),
    }
    Ok(())
}

/// Adds to a list: a text, or a field of an object. A field that the last object already has starts the next one.
fn push(node: &mut Node, rest: &[&str], value: Node) -> Result<(), Contradiction> {
    let Node::List(list) = node else {
        return Err(Contradiction);
    };
    match rest {
        [] => list.push(value),
        [first, ..] => {
            let fits = |map: &BTreeMap<String, Node>| rest.len() > 1 || !map.contains_key(*first);
            if !matches!(list.last(), Some(Node::Map(map)) if fits(map)) {
                list.push(Node::Map(BTreeMap::new()));
            }
            if let Some(Node::Map(map)) = list.last_mut() {
                return insert(map, rest, value);
            }
        }
    }
    Ok(())
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NodeVisitor)
    }
}

/// Builds a [`Node`] of JSON.
struct NodeVisitor;

impl<'de> Visitor<'de> for NodeVisitor {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(Node::Integer(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(i64::try_from(value).map_or(Node::Unsigned(value), Node::Integer))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(Node::Float(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node, E> {
        Ok(Node::Text(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Node, E> {
        Ok(Node::Text(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut list = Vec::new();
        while let Some(node) = seq.next_element()? {
            list.push(node);
        }
        Ok(Node::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Node, A::Error> {
        let mut map = BTreeMap::new();
        while let Some((key, node)) = access.next_entry()? {
            map.insert(key, node);
        }
        Ok(Node::Map(map))
    }
}

/// As JSON, for the log.
impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Node::Null => serializer.serialize_unit(),
            Node::Bool(value) => serializer.serialize_bool(*value),
            Node::Integer(number) => serializer.serialize_i64(*number),
            Node::Unsigned(number) => serializer.serialize_u64(*number),
            Node::Float(number) => serializer.serialize_f64(*number),
            Node::Text(text) | Node::Form(text) => serializer.serialize_str(text),
            Node::Repeated(list) | Node::List(list) => serializer.collect_seq(list),
            Node::File(file) => file.serialize(serializer),
            Node::Map(map) => serializer.collect_map(map),
        }
    }
}
