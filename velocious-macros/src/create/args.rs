//! `create!(&db, Task { name, project_id: 1 })` as written.

use syn::parse::{Parse, ParseStream};
use syn::{Error, Expr, ExprStruct, Result, Token};

/// The database, and the record as far as it is given.
pub(super) struct CreateArgs {
    pub(super) db: Expr,
    pub(super) record: ExprStruct,
}

const FORM: &str = "`create!(&db, Task { name, … })`";

impl Parse for CreateArgs {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        if input.is_empty() {
            return Err(input.error(format!("the database and the record are missing: {FORM}")));
        }
        let db: Expr = input.parse()?;
        if input.is_empty() {
            let fault = match db {
                Expr::Struct(_) => "the database is missing before the record",
                _ => "the record is missing behind the database",
            };
            return Err(Error::new_spanned(db, format!("{fault}: {FORM}")));
        }
        input.parse::<Token![,]>()?;
        let record: Expr = input.parse()?;
        input.parse::<Option<Token![,]>>()?;
        if !input.is_empty() {
            return Err(input.error(format!("one record is created at a time: {FORM}")));
        }
        let Expr::Struct(record) = record else {
            let cure = "write its fields here, as in";
            return Err(Error::new_spanned(
                record,
                format!(
                    "what a record needs is looked up in its fields; {cure} {FORM}, or `save` a record that is there already"
                ),
            ));
        };
        match &record.dot2_token {
            None => Ok(CreateArgs { db, record }),
            Some(dots) => Err(Error::new_spanned(
                dots,
                "the rest is filled in already; remove `..` and what follows, or `save` a record that you fill in yourself",
            )),
        }
    }
}
