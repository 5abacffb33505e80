//! Every command, in the order and the groups in which help shows them.

use crate::generate::Generator;

/// A command.
#[derive(Debug)]
pub(crate) struct Entry {
    /// The name that all spellings lead to.
    pub(crate) name: &'static str,
    /// The name that people type.
    pub(crate) short: &'static str,
    /// Other names, not shown.
    pub(crate) aliases: &'static [&'static str],
    /// What follows the name, for help.
    pub(crate) arguments: &'static str,
    /// What it does, in a line.
    pub(crate) about: &'static str,
    /// Its group in help.
    pub(crate) group: &'static str,
    /// What runs it.
    pub(crate) action: Action,
}

/// What runs a command.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Action {
    /// `init`.
    Init,
    /// A generator.
    Generate(Generator),
    /// A generator, backwards.
    Destroy(Generator),
    /// `secret`.
    Secret,
    /// `test`.
    Test,
    /// The application's own binary.
    Application,
}

const START: &str = "Start";
const GENERATE: &str = "Generate (inside an application)";
const DESTROY: &str = "Take back what was generated";
const RUN: &str = "Run the application";
const DATABASE: &str = "Look after its database";

/// All commands.
pub(crate) const COMMANDS: &[Entry] = &[
    Entry {
        name: "init",
        short: "init",
        aliases: &["new"],
        arguments: "[NAME] [--path CHECKOUT]",
        about: "Make a new application in the folder NAME, or in this one",
        group: START,
        action: Action::Init,
    },
    Entry {
        name: "generate:scaffold",
        short: "g:scaffold",
        aliases: &[],
        arguments: "NAME [FIELD:TYPE]…",
        about: "A model with its migration, controller, pages, routes and request test",
        group: GENERATE,
        action: Action::Generate(Generator::Scaffold),
    },
    Entry {
        name: "generate:model",
        short: "g:model",
        aliases: &[],
        arguments: "NAME [FIELD:TYPE]…",
        about: "A model and the migration that creates its table",
        group: GENERATE,
        action: Action::Generate(Generator::Model),
    },
    Entry {
        name: "generate:migration",
        short: "g:migration",
        aliases: &[],
        arguments: "NAME [FIELD:TYPE]…",
        about: "A migration; its name can say what it does (add_due_on_to_posts)",
        group: GENERATE,
        action: Action::Generate(Generator::Migration),
    },
    Entry {
        name: "generate:controller",
        short: "g:controller",
        aliases: &[],
        arguments: "NAME [ACTION]…",
        about: "A controller with a page, a route and a request test for each action",
        group: GENERATE,
        action: Action::Generate(Generator::Controller),
    },
    Entry {
        name: "destroy:scaffold",
        short: "d:scaffold",
        aliases: &[],
        arguments: "NAME",
        about: "Undo g:scaffold",
        group: DESTROY,
        action: Action::Destroy(Generator::Scaffold),
    },
    Entry {
        name: "destroy:model",
        short: "d:model",
        aliases: &[],
        arguments: "NAME",
        about: "Undo g:model",
        group: DESTROY,
        action: Action::Destroy(Generator::Model),
    },
    Entry {
        name: "destroy:migration",
        short: "d:migration",
        aliases: &[],
        arguments: "NAME",
        about: "Undo g:migration",
        group: DESTROY,
        action: Action::Destroy(Generator::Migration),
    },
    Entry {
        name: "destroy:controller",
        short: "d:controller",
        aliases: &[],
        arguments: "NAME",
        about: "Undo g:controller",
        group: DESTROY,
        action: Action::Destroy(Generator::Controller),
    },
    Entry {
        name: "server",
        short: "server",
        aliases: &[],
        arguments: "[--host HOST] [--port PORT]",
        about: "Serve it (short: s)",
        group: RUN,
        action: Action::Application,
    },
    Entry {
        name: "routes",
        short: "routes",
        aliases: &[],
        arguments: "",
        about: "List its routes",
        group: RUN,
        action: Action::Application,
    },
    Entry {
        name: "test",
        short: "test",
        aliases: &[],
        arguments: "[PATH[:LINE]]… [--tag TAG]…",
        about: "Run its tests, or those that are meant",
        group: RUN,
        action: Action::Test,
    },
    Entry {
        name: "secret",
        short: "secret",
        aliases: &[],
        arguments: "",
        about: "Print a random secret for VELOCIOUS_COOKIE_SECRET (anywhere)",
        group: RUN,
        action: Action::Secret,
    },
    Entry {
        name: "security:check",
        short: "security:check",
        aliases: &[],
        arguments: "[--json]",
        about: "Look for what lets strangers in",
        group: RUN,
        action: Action::Application,
    },
    Entry {
        name: "db:create",
        short: "db:create",
        aliases: &[],
        arguments: "",
        about: "Create the database",
        group: DATABASE,
        action: Action::Application,
    },
    Entry {
        name: "db:drop",
        short: "db:drop",
        aliases: &[],
        arguments: "",
        about: "Drop the database",
        group: DATABASE,
        action: Action::Application,
    },
    Entry {
        name: "db:migrate",
        short: "db:migrate",
        aliases: &[],
        arguments: "[--to VERSION]",
        about: "Run the migrations that have not run yet, or those up to VERSION",
        group: DATABASE,
        action: Action::Application,
    },
    Entry {
        name: "db:reset",
        short: "db:reset",
        aliases: &[],
        arguments: "",
        about: "Drop it, make it anew, migrate and seed it",
        group: DATABASE,
        action: Action::Application,
    },
    Entry {
        name: "db:rollback",
        short: "db:rollback",
        aliases: &[],
        arguments: "[--steps N]",
        about: "Undo the last migration, or the last N",
        group: DATABASE,
        action: Action::Application,
    },
    Entry {
        name: "db:schema:load",
        short: "db:schema:load",
        aliases: &[],
        arguments: "",
        about: "Make the tables of an empty one as they were written down",
        group: DATABASE,
        action: Action::Application,
    },
    Entry {
        name: "db:seed",
        short: "db:seed",
        aliases: &[],
        arguments: "",
        about: "Fill it with the application's first records",
        group: DATABASE,
        action: Action::Application,
    },
    Entry {
        name: "db:status",
        short: "db:status",
        aliases: &[],
        arguments: "",
        about: "List the migrations and which have run",
        group: DATABASE,
        action: Action::Application,
    },
];
