//! Queries: typed closures build a tree of values, a renderer writes it down for the database at hand.
//!
//! * [`Query`]: the chain an application writes, from `Task::filter(…)` to `.load(&db)`; [`RecordStream`]: its records
//!   as they come.
//! * [`Condition`], [`Column`], [`Order`], [`Selection`]: what its closures are made of.
//! * [`RelationPath`]: the typed handles the closures are given; the derive makes one for each model.
//! * [`JsonPath`]: ways into columns of JSON.
//! * [`Projection`]: structs of some columns.
//! * `expression`, `select`, `render`, `joins`, `insert`: the same without types, and its SQL; `link`: what ties tables
//!   together; `lock`: rows kept from others; `explain`: how the database would run it.

mod aggregate;
mod builder;
mod column;
mod condition;
mod explain;
mod expression;
pub(crate) mod insert;
mod joins;
mod json;
mod link;
mod lock;
mod order;
mod page;
mod path;
pub(crate) mod pattern;
mod pluck;
mod projection;
pub(crate) mod render;
pub(crate) mod select;
mod selection;
mod stream;
mod translated;

pub use aggregate::Number;
pub use builder::Query;
pub use column::{Assignment, Column, Computed, Operand, Stored, TextColumn};
pub use condition::Condition;
pub use json::{JsonColumn, JsonPath, JsonStep};
pub use order::{Direction, IntoOrder, Order};
pub use page::Page;
pub(crate) use path::{Facet, Step};
pub use path::{Path, PreloadPath, RelationPath};
pub use pluck::Pluck;
pub use projection::{Projected, Projection};
pub use select::DEFAULT_PER_PAGE;
pub use selection::Selection;
pub use stream::RecordStream;

pub(crate) use expression::Expression;
pub(crate) use link::{Link, links, way};
pub(crate) use order::OrderTerm;
#[doc(hidden)]
pub use path::{AnyHandle, related, related_any, root, variant};
#[doc(hidden)]
pub use projection::{SelectItem, projected};
#[doc(hidden)]
pub use translated::{translated, translated_in};
