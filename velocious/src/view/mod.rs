//! Views: functions that return markup, and the tags they are made of.
//!
//! * [`html!`], [`Markup`], [`PreEscaped`], [`Render`], [`DOCTYPE`]: maud's, which escapes every value by itself. The
//!   macro looks for a crate of the name `maud`, so a crate with views has `maud` among its own dependencies;
//! * [`form_for`], [`Form`], [`Field`]: forms bound to a record, with its values and its errors;
//! * [`link_to`], [`button_to`], [`form_to`], [`flash_messages`]: the usual tags;
//! * [`asset_path`], [`stylesheet_tag`], [`script_tag`], [`image_tag`]: files of `public/`;
//! * [`external`]: where a link leads that leads to no route;
//! * [`pagination`]: links to the other pages of a list;
//! * [`time`], [`time_ago_in_words`]: dates and times;
//! * [`number_with_delimiter`] and others, [`NumberFormat`]: numbers; [`truncate`], [`pluralize`], [`simple_format`]: texts.

mod asset;
mod field;
mod form;
mod number;
mod pagination;
mod tag;
mod text;
mod time;

pub use self::asset::{asset_path, image_tag, script_tag, stylesheet_tag};
pub use self::field::Field;
pub use self::form::{Form, form_for};
pub use self::number::{
    Number, NumberFormat, number_to_currency, number_to_human, number_to_human_size,
    number_to_percentage, number_with_delimiter, number_with_precision,
};
pub use self::pagination::pagination;
pub use self::tag::{button_to, flash_messages, form_to, link_to};
pub use self::text::{pluralize, simple_format, truncate};
pub use self::time::{Moment, distance_of_time_in_words, time, time_ago_in_words};
pub use crate::routing::external;
pub use maud::{DOCTYPE, Markup, PreEscaped, Render, html};
