//! What the models mean, said a second time and without the library: tables, columns, relationships.

use super::cell::{Cell, Kind, Row};

/// A model and its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    Account,
    Project,
    Detail,
    Task,
    Tagging,
    Tag,
}

/// A column.
#[derive(Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) nullable: bool,
}

/// A relationship.
#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) name: &'static str,
    pub(crate) target: Table,
    /// Whether it leads to several records.
    pub(crate) many: bool,
    pub(crate) way: Way,
}

/// How a record leads to others.
#[derive(Debug)]
pub(crate) enum Way {
    /// This column of its own has the value of that column of theirs, and they meet a condition.
    Key {
        own: &'static str,
        their: &'static str,
        scope: Option<fn(&Row) -> bool>,
    },
    /// Along the first relationship, and from there along the second.
    Through(&'static str, &'static str),
}

impl Table {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Table::Account => "accounts",
            Table::Project => "projects",
            Table::Detail => "details",
            Table::Task => "tasks",
            Table::Tagging => "taggings",
            Table::Tag => "tags",
        }
    }

    pub(crate) fn columns(self) -> &'static [Column] {
        match self {
            Table::Account => ACCOUNT.0,
            Table::Project => PROJECT.0,
            Table::Detail => DETAIL.0,
            Table::Task => TASK.0,
            Table::Tagging => TAGGING.0,
            Table::Tag => TAG.0,
        }
    }

    pub(crate) fn relations(self) -> &'static [Relation] {
        match self {
            Table::Account => ACCOUNT.1,
            Table::Project => PROJECT.1,
            Table::Detail => DETAIL.1,
            Table::Task => TASK.1,
            Table::Tagging => TAGGING.1,
            Table::Tag => TAG.1,
        }
    }

    pub(crate) fn column(self, name: &str) -> usize {
        let found = self.columns().iter().position(|column| column.name == name);
        found.unwrap_or_else(|| panic!("{self:?} has no column {name}"))
    }

    pub(crate) fn relation(self, name: &str) -> &'static Relation {
        let found = self
            .relations()
            .iter()
            .find(|relation| relation.name == name);
        found.unwrap_or_else(|| panic!("{self:?} has no relationship {name}"))
    }
}

type Described = (&'static [Column], &'static [Relation]);

const fn col(name: &'static str, kind: Kind) -> Column {
    Column {
        name,
        kind,
        nullable: false,
    }
}

const fn nullable(name: &'static str, kind: Kind) -> Column {
    Column {
        name,
        kind,
        nullable: true,
    }
}

const fn one(
    name: &'static str,
    target: Table,
    own: &'static str,
    their: &'static str,
) -> Relation {
    Relation {
        name,
        target,
        many: false,
        way: Way::Key {
            own,
            their,
            scope: None,
        },
    }
}

const fn many(name: &'static str, target: Table, their: &'static str) -> Relation {
    Relation {
        name,
        target,
        many: true,
        way: Way::Key {
            own: "id",
            their,
            scope: None,
        },
    }
}

const fn through(
    name: &'static str,
    target: Table,
    many: bool,
    first: &'static str,
    second: &'static str,
) -> Relation {
    Relation {
        name,
        target,
        many,
        way: Way::Through(first, second),
    }
}

fn is_open(task: &Row) -> bool {
    task[Table::Task.column("done")] == Cell::Bool(false)
}

const ACCOUNT: Described = (
    &[
        col("id", Kind::BigInt),
        col("name", Kind::Text),
        nullable("plan", Kind::Text),
        col("opened_on", Kind::Date),
    ],
    &[
        many("projects", Table::Project, "account_id"),
        through("tasks", Table::Task, true, "projects", "tasks"),
        through("details", Table::Detail, true, "projects", "detail"),
    ],
);

const PROJECT: Described = (
    &[
        col("id", Kind::BigInt),
        col("name", Kind::Text),
        nullable("account_id", Kind::BigInt),
        col("archived", Kind::Bool),
        nullable("budget", Kind::Double),
        nullable("started_at", Kind::Time),
    ],
    &[
        one("account", Table::Account, "account_id", "id"),
        many("tasks", Table::Task, "project_id"),
        Relation {
            name: "open_tasks",
            target: Table::Task,
            many: true,
            way: Way::Key {
                own: "id",
                their: "project_id",
                scope: Some(is_open),
            },
        },
        one("detail", Table::Detail, "id", "project_id"),
        through("tags", Table::Tag, true, "tasks", "tags"),
    ],
);

const DETAIL: Described = (
    &[
        col("id", Kind::BigInt),
        col("project_id", Kind::BigInt),
        nullable("note", Kind::Text),
        col("active", Kind::Bool),
    ],
    &[
        one("project", Table::Project, "project_id", "id"),
        through("account", Table::Account, false, "project", "account"),
    ],
);

const TASK: Described = (
    &[
        col("id", Kind::BigInt),
        col("name", Kind::Text),
        col("project_id", Kind::BigInt),
        nullable("parent_id", Kind::BigInt),
        col("done", Kind::Bool),
        nullable("flagged", Kind::Bool),
        col("priority", Kind::Integer),
        nullable("level", Kind::Integer),
        col("serial", Kind::BigInt),
        nullable("due_on", Kind::Date),
        nullable("estimate", Kind::Double),
        nullable("note", Kind::Text),
        col("created_on", Kind::Time),
    ],
    &[
        one("project", Table::Project, "project_id", "id"),
        one("parent", Table::Task, "parent_id", "id"),
        many("children", Table::Task, "parent_id"),
        through("account", Table::Account, false, "project", "account"),
        many("taggings", Table::Tagging, "task_id"),
        through("tags", Table::Tag, true, "taggings", "tag"),
    ],
);

const TAGGING: Described = (
    &[
        col("id", Kind::BigInt),
        col("task_id", Kind::BigInt),
        col("tag_id", Kind::BigInt),
        col("weight", Kind::Double),
    ],
    &[
        one("task", Table::Task, "task_id", "id"),
        one("tag", Table::Tag, "tag_id", "id"),
    ],
);

const TAG: Described = (
    &[
        col("id", Kind::BigInt),
        col("label", Kind::Text),
        nullable("color", Kind::Text),
    ],
    &[
        many("taggings", Table::Tagging, "tag_id"),
        through("tasks", Table::Task, true, "taggings", "task"),
    ],
);

/// The tables, with `{id}` and `{time}` for what each database calls by another name.
pub(crate) const TABLES: &str = "
    CREATE TABLE accounts ({id}, name VARCHAR(255) NOT NULL, plan VARCHAR(255), opened_on DATE NOT NULL);
    CREATE TABLE projects (
        {id}, name VARCHAR(255) NOT NULL, account_id BIGINT, archived BOOLEAN NOT NULL, budget DOUBLE PRECISION,
        started_at {time}, FOREIGN KEY (account_id) REFERENCES accounts (id)
    );
    CREATE TABLE details (
        {id}, project_id BIGINT NOT NULL, note TEXT, active BOOLEAN NOT NULL,
        FOREIGN KEY (project_id) REFERENCES projects (id)
    );
    CREATE TABLE tasks (
        {id}, name VARCHAR(255) NOT NULL, project_id BIGINT NOT NULL, parent_id BIGINT, done BOOLEAN NOT NULL,
        flagged BOOLEAN, priority INTEGER NOT NULL, level INTEGER, serial BIGINT NOT NULL, due_on DATE,
        estimate DOUBLE PRECISION, note TEXT, created_on {time} NOT NULL,
        FOREIGN KEY (project_id) REFERENCES projects (id)
    );
    CREATE TABLE tags ({id}, label VARCHAR(255) NOT NULL, color VARCHAR(255));
    CREATE TABLE taggings (
        {id}, task_id BIGINT NOT NULL, tag_id BIGINT NOT NULL, weight DOUBLE PRECISION NOT NULL,
        FOREIGN KEY (task_id) REFERENCES tasks (id), FOREIGN KEY (tag_id) REFERENCES tags (id)
    );
";
