//! Relationships that go through others: the way, and which of two names its second half has.
//!
//! `#[has_many(through = tasks)] pub comments: HasMany<Comment>` goes on along `comments` or `comment` of `Task`. The
//! derive calls both on the handle; a trait of its own answers `()` for what the handle does not have.

use std::marker::PhantomData;

use super::Model;
use crate::query::{Column, Path, RelationPath};

/// A way along other relationships that ends at the handle `P`.
pub struct Way<P>(Path, PhantomData<fn() -> P>);

/// The way to a handle.
pub fn way<P: RelationPath>(end: P) -> Way<P> {
    Way(end.path().clone(), PhantomData)
}

/// The way to the one of two handles that is there; `V` is the model that would have them.
pub fn either<V: Model, S: Source<V>>(ends: S) -> Way<S::End> {
    Way(ends.path(), PhantomData)
}

impl<P> Way<P> {
    /// Checks that the way starts at `O` and ends at `T`.
    pub fn leads_to<O, T: Model>(self) -> Path
    where
        P: RelationPath<Root = O, Target = T>,
    {
        self.0
    }
}

/// What a handle answers to both names: one of them is a relationship.
#[diagnostic::on_unimplemented(
    message = "`{V}` has no relationship of this name to go on along",
    label = "no relationship of this name in `{V}`, in the singular or in the plural",
    note = "say which relationship of `{V}` leads to the records, with `source = …`"
)]
pub trait Source<V> {
    /// The handle that is there.
    type End: RelationPath;

    /// The way to it.
    fn path(self) -> Path;
}

macro_rules! source {
    ($field:tt of $first:ty, $second:ty; $($generic:ident $(: $bound:ident)?),*) => {
        impl<V, P: RelationPath, $($generic $(: $bound)?),*> Source<V> for ($first, $second) {
            type End = P;

            fn path(self) -> Path {
                self.$field.path().clone()
            }
        }
    };
}

source!(0 of P, (););
source!(1 of (), P;);
// A column of that name leads nowhere.
source!(0 of P, Column<R, C>; R, C);
source!(1 of Column<R, C>, P; R, C);
// Of two relationships, the one that is called like the field.
source!(0 of P, Q; Q: RelationPath);
