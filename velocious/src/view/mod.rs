//! Views: functions that return markup, and the tags they are made of.
//!
//! * [`html!`], [`Markup`], [`PreEscaped`], [`Render`], [`DOCTYPE`]: maud's, which escapes every value by itself. The
//!   macro looks for a crate of the name `maud`, so a crate with views has `maud` among its own dependencies;
//! * [`form_for`], [`Form`], [`Field`]: forms bound to a record, with its values and its errors;
//! * [`link_to`], [`button_to`], [`flash_messages`]: the usual tags;
//! * [`asset_path`], [`stylesheet_tag`], [`script_tag`], [`image_tag`]: files of `public/`;
//! * [`pagination`]: links to the other pages of a list;
//! * [`time`]: dates and times.

mod asset;
mod field;
mod form;
mod pagination;
mod tag;
mod time;

pub use self::asset::{asset_path, image_tag, script_tag, stylesheet_tag};
pub use self::field::Field;
pub use self::form::{Form, form_for};
pub use self::pagination::pagination;
pub use self::tag::{button_to, flash_messages, link_to};
pub use self::time::{Moment, time};
pub use maud::{DOCTYPE, Markup, PreEscaped, Render, html};
