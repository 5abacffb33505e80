//! Expansions in a crate that forbids what it can and calls its own things like everybody else's.

#![no_implicit_prelude]
#![deny(
    missing_docs,
    unsafe_code,
    unreachable_pub,
    unused,
    rust_2018_idioms,
    clippy::all,
    clippy::pedantic
)]

use ::std::{assert, assert_eq};

/// Names that a crate could have, each of which means something else to an expansion that is careless.
macro_rules! names_of_others {
    ($($name:ident)*) => {
        $(
            #[doc = "Not what you think."]
            #[derive(::std::clone::Clone, ::std::fmt::Debug)]
            pub struct $name;
        )*
    };
}

pub mod models {
    //! Models among strangers.

    names_of_others! {
        Box BoxFuture Clone Column Db Debug Default Err From Handle Model Ok Option Path Record Result Some String Value Vec
    }

    /// Not the crate.
    pub mod velocious {}
    /// Not the crate, either.
    pub mod core {}
    /// Nor this.
    pub mod std {}

    /// A folder of folders.
    #[derive(::std::clone::Clone, ::std::fmt::Debug, ::velocious::Model)]
    #[model(translates(label(length(max = 20)), r#match, locales(en, "pt-BR"), timestamps))]
    pub struct Folder {
        /// The primary key.
        #[model(primary_key, column = "number")]
        pub code: ::std::string::String,
        /// A keyword, and a text.
        #[validate(presence, length(min = 1, max = 20), uniqueness(scope(parent_code)))]
        pub r#type: ::std::string::String,
        /// The key of the folder around it.
        pub parent_code: ::std::option::Option<::std::string::String>,
        /// Kept by the framework.
        pub created_at: ::chrono::DateTime<::chrono::Utc>,
        /// What the variables of an expansion are called.
        pub value: i64,
        /// Another one.
        pub row: i64,

        /// The folder around it.
        #[belongs_to(key = parent_code)]
        pub parent: ::velocious::model::BelongsTo<Folder>,
        /// The folders in it.
        #[has_many(key = parent_code)]
        pub children: ::velocious::model::HasMany<Folder>,
        /// One of them.
        #[has_one(key = parent_code)]
        pub first: ::velocious::model::HasOne<Folder>,
        /// The folders in those, the odd ones.
        #[has_many(through = children, source = children, scope = |folder| folder.value().gt(0), distinct)]
        pub grandchildren: ::velocious::model::HasMany<Folder>,
        /// The folders beside it: the children of its parent.
        #[has_many(through = parent, source = children)]
        pub children_of_parent: ::velocious::model::HasMany<Folder>,
        /// The parents of its children.
        #[has_many(through = children)]
        pub parents: ::velocious::model::HasMany<Folder>,

        /// Whether it is stored.
        pub record: ::velocious::model::RecordState,
    }

    /// Nobody outside sees this one.
    #[derive(::velocious::Model)]
    #[model(table = "FOLDERS")]
    pub(super) struct Hidden {
        pub(super) id: i64,
        secret: ::std::option::Option<i32>,
    }

    /// A migration among strangers.
    pub struct CreateFolders;

    #[::velocious::migration(version = 20260101120000)]
    impl ::velocious::migration::Migration for CreateFolders {
        async fn up(&self, schema: &mut ::velocious::migration::Schema) -> ::velocious::Result<()> {
            schema.drop_table("folders").await
        }
    }
}

pub mod controllers {
    //! Controllers among strangers.

    names_of_others! {
        Action Box Controller Err Extend HasAction Ok Option Result Route RouteTable Some String Vec
    }

    /// Called like an action.
    pub mod folders {}
    /// Called like another one.
    pub mod index {}

    /// Folders, over HTTP.
    pub struct FoldersController;

    #[::velocious::controller(before(look, except(show)), before(self::elsewhere::look))]
    impl FoldersController {
        /// All of them.
        pub async fn index(_: ::velocious::Context) -> &'static str {
            ::std::future::ready("index").await
        }

        /// One of them.
        pub async fn show(
            ::velocious::Path(code): ::velocious::Path<::std::string::String>,
        ) -> ::std::string::String {
            ::std::future::ready(code).await
        }

        /// Called like a module.
        pub async fn folders() -> &'static str {
            ::std::future::ready("folders").await
        }

        async fn look(_: &::velocious::Context) -> ::velocious::Result<()> {
            ::std::future::ready(::std::result::Result::Ok(())).await
        }
    }

    mod elsewhere {
        pub(super) async fn look(
            _: &::velocious::Context,
        ) -> ::velocious::Result<::velocious::Flow> {
            ::std::future::ready(::std::result::Result::Ok(::velocious::Flow::Continue)).await
        }
    }

    pub mod admin {
        //! A namespace.

        /// Another controller of the same name.
        pub struct FoldersController;

        #[::velocious::controller]
        impl FoldersController {
            /// None of them.
            pub async fn index() -> &'static str {
                ::std::future::ready("admin").await
            }
        }
    }
}

pub mod config {
    //! Routes among strangers.

    names_of_others! { Action Extend Option Route RouteTable String Vec }

    ::velocious::routes! {
        root folders::index;
        resources folders only(index, show) {
            get folders on member;
            resources files only(index) controller = folders;
        }
        get "/files/{path}/{type}" => folders::folders as file;
        namespace admin {
            resources folders only(index);
        }
    }
}

#[test]
fn a_model_is_what_its_struct_says() {
    use ::std::iter::Iterator;
    use ::velocious::__private::Model;
    use ::velocious::model::RelationKind;

    let definition = models::Folder::definition();
    let columns = definition.columns.iter().map(|column| column.name);
    assert!(columns.eq([
        "number",
        "type",
        "parent_code",
        "created_at",
        "value",
        "row"
    ]));
    assert_eq!(definition.table, "folders");
    assert_eq!(definition.key_name(), "number");
    assert_eq!(definition.created_at, ::std::option::Option::Some(3));
    assert_eq!(definition.validations.len(), 4);
    let kinds = definition.relations.iter().map(|relation| relation.kind);
    assert!(kinds.take(3).eq([
        RelationKind::BelongsTo,
        RelationKind::HasMany,
        RelationKind::HasOne
    ]));
    let keys = definition
        .relations
        .iter()
        .take(3)
        .map(|relation| (relation.own_key(), relation.their_key()));
    assert!(keys.eq([
        ("parent_code", "number"),
        ("number", "parent_code"),
        ("number", "parent_code"),
    ]));
    let mut folder = models::Folder::new();
    folder.apply(models::FolderChanges {
        value: ::std::option::Option::Some(7),
        ..::std::default::Default::default()
    });
    assert_eq!((folder.value, folder.row), (7, 0));
    assert!(folder.parent.is_unloaded());
    assert_eq!(models::Hidden::definition().table, "FOLDERS");
    assert_eq!(models::Hidden::new().id, 0);
}

#[test]
fn a_migration_is_what_its_attribute_says() {
    use ::velocious::migration::Migration;

    let migration = models::CreateFolders;
    assert_eq!(::std::format!("{}", migration.version()), "20260101120000");
    assert_eq!(migration.name(), "create_folders");
}

#[test]
fn routes_are_what_their_statements_say() {
    use ::std::iter::Iterator;
    use ::std::vec::Vec;

    let table = config::routes();
    let routes: Vec<_> = table
        .iter()
        .map(|route| ::std::format!("{route:?} {}", route.name))
        .collect();
    assert_eq!(
        routes,
        [
            "GET / => FoldersController#index root",
            "GET /folders => FoldersController#index folders",
            "GET /folders/{id} => FoldersController#show folder",
            "GET /folders/{folder_id}/folders => FoldersController#folders folders_folder",
            "GET /folders/{folder_id}/files => FoldersController#index folder_files",
            "GET /files/{path}/{type} => FoldersController#folders file",
            "GET /admin/folders => FoldersController#index admin_folders",
        ]
    );
    assert_eq!(config::paths::root_path(), "/");
    assert_eq!(config::paths::folder_path("a/b"), "/folders/a%2Fb");
    assert_eq!(config::paths::file_path(1, "x"), "/files/1/x");
    assert_eq!(config::paths::admin_folders_path(), "/admin/folders");
}
