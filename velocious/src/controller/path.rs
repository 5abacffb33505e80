//! The parameters in a request's path, by type.

use std::borrow::Cow;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use percent_encoding::percent_decode_str;
use serde::de::value::{Error as Fault, MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Error as _, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;

use crate::{Error, Result};

/// The parameters in the path of a request.
///
/// One value is the last parameter, a tuple of two the last two: an action that takes `Path(id): Path<i64>` answers
/// `/tasks/{id}` and `/projects/{project_id}/tasks/{id}` alike. A struct takes them by name. A path whose text does
/// not fit the type is answered with 404.
///
/// ```
/// use velocious::{Context, Path, Response, Result};
///
/// async fn show(_: Context, Path(id): Path<i64>) -> Result<Response> {
///     Ok(Response::Ok().body(format!("task {id}")))
/// }
/// # let _ = show;
/// ```
///
/// actix-web's own `web::Path` works as well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Path<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Path<T> {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request.match_info().iter()))
    }
}

fn read<'a, T: DeserializeOwned>(
    parameters: impl Iterator<Item = (&'a str, &'a str)>,
) -> Result<Path<T>> {
    let parameters: Vec<_> = parameters
        .map(|(name, text)| Parameter { name, text })
        .collect();
    T::deserialize(Parameters(&parameters))
        .map(Path)
        .map_err(|fault| Error::http(404, format!("There is no such page: {fault}.")))
}

/// One parameter: its name in the pattern and its text, still encoded.
#[derive(Clone, Copy)]
struct Parameter<'a> {
    name: &'a str,
    text: &'a str,
}

impl<'a> Parameter<'a> {
    fn decoded(self) -> Result<Cow<'a, str>, Fault> {
        percent_decode_str(self.text)
            .decode_utf8()
            .map_err(|_| Fault::custom(format_args!("`{}` is not UTF-8", self.name)))
    }

    fn parsed<T: std::str::FromStr>(self, wanted: &str) -> Result<T, Fault> {
        let text = self.decoded()?;
        text.parse()
            .map_err(|_| Fault::custom(format_args!("`{text}` as `{}` is not {wanted}", self.name)))
    }
}

/// All parameters of a path, in its order.
#[derive(Clone, Copy)]
struct Parameters<'a>(&'a [Parameter<'a>]);

impl<'a> Parameters<'a> {
    fn last(self) -> Result<Parameter<'a>, Fault> {
        self.0
            .last()
            .copied()
            .ok_or_else(|| Fault::custom("the path has no parameter"))
    }

    fn last_few(self, count: usize) -> Result<&'a [Parameter<'a>], Fault> {
        let too_many = || {
            Fault::custom(format_args!(
                "the path has {} parameters, not {count}",
                self.0.len()
            ))
        };
        let start = self.0.len().checked_sub(count).ok_or_else(too_many)?;
        Ok(&self.0[start..])
    }
}

/// Deserializes with the last parameter.
macro_rules! with_last {
    ($($method:ident)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
                self.last()?.$method(visitor)
            }
        )*
    };
}

impl<'de> serde::Deserializer<'de> for Parameters<'de> {
    type Error = Fault;

    with_last!(
        deserialize_any deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_i128 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64 deserialize_char deserialize_str deserialize_string
        deserialize_bytes deserialize_byte_buf deserialize_option deserialize_identifier
    );

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(SeqDeserializer::new(self.0.iter().copied()))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(SeqDeserializer::new(self.last_few(len)?.iter().copied()))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_tuple(len, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let entries = self.0.iter().map(|parameter| (parameter.name, *parameter));
        visitor.visit_map(MapDeserializer::new(entries))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.last()?.deserialize_enum(name, variants, visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }
}

impl<'de> IntoDeserializer<'de> for Parameter<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Deserializes what the text parses into.
macro_rules! parsed {
    ($($method:ident $visit:ident $wanted:literal,)*) => {
        $(
            fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
                visitor.$visit(self.parsed($wanted)?)
            }
        )*
    };
}

impl<'de> serde::Deserializer<'de> for Parameter<'de> {
    type Error = Fault;

    parsed!(
        deserialize_bool visit_bool "`true` or `false`",
        deserialize_i8 visit_i8 "a whole number from -128 to 127",
        deserialize_i16 visit_i16 "a whole number of 16 bits",
        deserialize_i32 visit_i32 "a whole number of 32 bits",
        deserialize_i64 visit_i64 "a whole number",
        deserialize_i128 visit_i128 "a whole number",
        deserialize_u8 visit_u8 "a whole number from 0 to 255",
        deserialize_u16 visit_u16 "a whole number from 0 to 65535",
        deserialize_u32 visit_u32 "a whole number from 0 on",
        deserialize_u64 visit_u64 "a whole number from 0 on",
        deserialize_u128 visit_u128 "a whole number from 0 on",
        deserialize_f32 visit_f32 "a number",
        deserialize_f64 visit_f64 "a number",
        deserialize_char visit_char "one letter",
    );

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.decoded()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_enum(self.decoded()?.into_deserializer())
    }

    forward_to_deserialize_any! {
        str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    fn of<T: DeserializeOwned>(parameters: &[(&str, &str)]) -> Result<T, String> {
        read(parameters.iter().copied())
            .map(|Path(value)| value)
            .map_err(|error| format!("{} {error}", error.status()))
    }

    const NESTED: &[(&str, &str)] = &[("project_id", "3"), ("id", "9")];

    #[test]
    fn one_value_is_the_innermost_parameter() {
        assert_eq!(of::<i64>(NESTED), Ok(9));
        assert_eq!(of::<(i64,)>(NESTED), Ok((9,)));
        assert_eq!(of::<(i64, String)>(NESTED), Ok((3, "9".into())));
        assert_eq!(of::<Vec<u8>>(NESTED), Ok(vec![3, 9]));
    }

    #[test]
    fn a_struct_takes_parameters_by_name() {
        #[derive(Debug, Deserialize, PartialEq)]
        struct Ids {
            id: i64,
            project_id: Key,
        }
        #[derive(Debug, Deserialize, PartialEq)]
        struct Key(i64);
        assert_eq!(
            of::<Ids>(NESTED),
            Ok(Ids {
                id: 9,
                project_id: Key(3)
            })
        );
        assert_eq!(of::<Key>(NESTED), Ok(Key(9)));
    }

    #[test]
    fn text_is_decoded() {
        assert_eq!(
            of::<String>(&[("tag", "a%2Fb+c%C3%BC")]),
            Ok("a/b+cü".into())
        );
        assert_eq!(
            of::<String>(&[("tag", "%FF")]),
            Err("404 There is no such page: `tag` is not UTF-8.".into())
        );
    }

    #[test]
    fn text_of_another_type_is_no_such_page() {
        assert_eq!(
            of::<i64>(&[("id", "new")]),
            Err("404 There is no such page: `new` as `id` is not a whole number.".into())
        );
        assert_eq!(
            of::<(i64, i64)>(&[("id", "1")]),
            Err("404 There is no such page: the path has 1 parameters, not 2.".into())
        );
    }
}
