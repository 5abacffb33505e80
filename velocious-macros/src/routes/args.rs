//! Routes as written: one statement for each line or block.

use proc_macro2::Span;
use syn::{Ident, LitInt, LitStr, Path, Type};

/// `root home::index;` and its like.
pub(super) enum Statement {
    Root(RootArgs),
    Verb(VerbArgs),
    Resources(Box<ResourcesArgs>),
    Namespace(NamespaceArgs),
    Concern(ConcernArgs),
    /// `concerns commentable, taggable;`
    Concerns(Vec<Ident>),
    Redirect(RedirectArgs),
    Mount(MountArgs),
}

/// Every word a statement can begin with.
pub(super) const WORDS: [&str; 14] = [
    "root",
    "get",
    "post",
    "put",
    "patch",
    "delete",
    "match",
    "resources",
    "resource",
    "namespace",
    "concern",
    "concerns",
    "redirect",
    "mount",
];

/// `root home::index;`: the path of the application, or of its namespace.
pub(super) struct RootArgs {
    pub(super) word: Ident,
    pub(super) target: TargetArgs,
}

/// `get overdue => tasks::overdue on collection as late;`: one route, or with `match [get, post]` one for each verb. All
/// but the first two words may be absent.
pub(super) struct VerbArgs {
    /// At least one.
    pub(super) verbs: Vec<Verb>,
    pub(super) place: Place,
    /// `=> tasks::overdue`: the action, where it is not the one called like the place.
    pub(super) target: Option<TargetArgs>,
    /// `on member` or `on collection`: to which paths of the resources around it the place belongs.
    pub(super) on: Option<OnArgs>,
    /// `as late`: the name of the path function, `late_path`, where it is not made of the path.
    pub(super) name: Option<Ident>,
}

/// A method of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Verb {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Verb {
    pub(super) const ALL: [Verb; 5] = [Verb::Get, Verb::Post, Verb::Put, Verb::Patch, Verb::Delete];

    /// As a statement begins with it.
    pub(super) fn word(self) -> &'static str {
        match self {
            Verb::Get => "get",
            Verb::Post => "post",
            Verb::Put => "put",
            Verb::Patch => "patch",
            Verb::Delete => "delete",
        }
    }

    /// As HTTP writes it.
    pub(super) fn method(self) -> &'static str {
        match self {
            Verb::Get => "GET",
            Verb::Post => "POST",
            Verb::Put => "PUT",
            Verb::Patch => "PATCH",
            Verb::Delete => "DELETE",
        }
    }
}

/// Where a route is: `overdue`, or a path as a text, like `"/reports/{year}"`.
pub(super) enum Place {
    Word(Ident),
    Path(LitStr),
}

impl Place {
    pub(super) fn span(&self) -> Span {
        match self {
            Place::Word(word) => word.span(),
            Place::Path(path) => path.span(),
        }
    }
}

/// `tasks::overdue`: a controller by its resource's name, and an action.
pub(super) struct TargetArgs {
    pub(super) controller: Ident,
    pub(super) action: Ident,
}

/// `on member`, `on collection`.
pub(super) struct OnArgs {
    pub(super) on: Span,
    pub(super) scope: OnScope,
}

/// Which paths of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnScope {
    /// Below one record: `/tasks/{task_id}/…`.
    Member,
    /// Below all of them: `/tasks/…`.
    Collection,
}

/// How many records a resource has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Number {
    /// `resource profile`: one, which needs no key.
    One,
    /// `resources tasks`.
    Many,
}

impl Number {
    /// The word of the statement.
    pub(super) fn word(self) -> &'static str {
        match self {
            Number::One => "resource",
            Number::Many => "resources",
        }
    }
}

/// `(slug: String)` behind the name of resources: how a record's key is called in paths, and its type.
pub(super) struct KeyArgs {
    pub(super) name: Ident,
    pub(super) of_type: Option<Box<Type>>,
}

/// `resources tasks only(index, show) { … }`: the routes of a resource, and what is below it.
pub(super) struct ResourcesArgs {
    pub(super) number: Number,
    pub(super) name: Ident,
    pub(super) key: Option<KeyArgs>,
    /// `only(index, show)`: these of the routes.
    pub(super) only: Option<Vec<Ident>>,
    /// `except(destroy)`: all of the routes but these.
    pub(super) except: Option<Vec<Ident>>,
    /// `controller = jobs`: the controller, where it is not called like the resource.
    pub(super) controller: Option<Ident>,
    pub(super) body: Vec<Statement>,
}

/// `namespace admin { … }`: routes below `/admin`, to the controllers of `crate::controllers::admin`.
pub(super) struct NamespaceArgs {
    pub(super) name: Ident,
    pub(super) body: Vec<Statement>,
}

/// `concern commentable { resources comments; }`: statements that several blocks have in common.
pub(super) struct ConcernArgs {
    pub(super) name: Ident,
    pub(super) body: Vec<Statement>,
}

/// `redirect "/old" => "/new" status = 302;`.
pub(super) struct RedirectArgs {
    pub(super) from: Place,
    /// `public` before the target: it is a file of `public/`, and no route.
    pub(super) is_file: bool,
    pub(super) to: LitStr,
    pub(super) status: Option<LitInt>,
}

/// `mount "/api" => crate::api::services;`: services of actix below a path.
pub(super) struct MountArgs {
    pub(super) place: Place,
    /// `fn(&mut ServiceConfig)`.
    pub(super) services: Path,
}
