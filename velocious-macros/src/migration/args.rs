//! A migration as written: the attribute's options and the block below it.

use darling::FromMeta;
use syn::punctuated::Punctuated;
use syn::{LitInt, LitStr, Meta, Token};

use crate::block::ImplBlock;
use crate::option::{Options, literal, misfit};

/// `#[migration(…)]` on an `impl` block.
pub(super) struct MigrationArgs {
    pub(super) options: MigrationOptions,
    pub(super) block: ImplBlock,
}

/// `#[migration(…)]`.
#[derive(Debug, Default, FromMeta)]
pub(super) struct MigrationOptions {
    /// `version = 20260101120000`: the date and time at which it was written, which orders the migrations.
    pub(super) version: Option<Version>,
    /// `databases("default", "reporting")`: the databases it is for, by their names in the configuration.
    pub(super) databases: Option<Databases>,
}

impl Options for MigrationOptions {
    const KNOWN: &'static [&'static str] = &["version", "databases"];
}

/// Names of databases.
#[derive(Debug)]
pub(super) struct Databases(pub(super) Vec<LitStr>);

impl FromMeta for Databases {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        let names = match meta {
            Meta::List(list) => {
                list.parse_args_with(Punctuated::<LitStr, Token![,]>::parse_terminated)
            }
            _ => {
                return Err(misfit(
                    meta,
                    "takes names: {}",
                    "(\"default\", \"reporting\")",
                ));
            }
        };
        match names {
            Ok(names) if !names.is_empty() => Ok(Databases(names.into_iter().collect())),
            _ => Err(misfit(
                meta,
                "takes names: {}",
                "(\"default\", \"reporting\")",
            )),
        }
    }
}

/// The digits of a version.
#[derive(Debug)]
pub(super) struct Version(pub(super) LitInt);

impl FromMeta for Version {
    fn from_meta(meta: &Meta) -> darling::Result<Self> {
        match literal(meta) {
            Some(syn::Lit::Int(digits)) if digits.suffix().is_empty() => {
                Ok(Version(digits.clone()))
            }
            _ => Err(misfit(meta, "takes a number: {}", " = 20260101120000")),
        }
    }
}
