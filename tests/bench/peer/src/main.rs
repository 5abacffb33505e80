//! The data benchmark's work in SeaORM: `bench-peer side sea-orm URL` reads `scenario from count` from its input, and
//! writes nanoseconds to its output.

use std::time::{Duration, Instant};

use sea_orm::entity::prelude::*;
use sea_orm::{ConnectOptions, Database, LoaderTrait, QueryOrder, QuerySelect, Set, TransactionTrait};

mod account {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "accounts")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub name: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

mod project {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "projects")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub account_id: i64,
        pub name: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "super::account::Entity",
            from = "Column::AccountId",
            to = "super::account::Column::Id"
        )]
        Account,
    }

    impl Related<super::account::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Account.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

mod task {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "tasks")]
    pub struct Model {
        #[sea_orm(primary_key)]
        pub id: i64,
        pub project_id: i64,
        pub name: String,
        pub done: bool,
        pub priority: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {
        #[sea_orm(
            belongs_to = "super::project::Entity",
            from = "Column::ProjectId",
            to = "super::project::Column::Id"
        )]
        Project,
    }

    impl Related<super::project::Entity> for Entity {
        fn to() -> RelationDef {
            Relation::Project.def()
        }
    }

    impl ActiveModelBehavior for ActiveModel {}
}

const BULK: usize = 10_000;
const TASKS: i64 = 10_000;

fn key(step: usize) -> i64 {
    step as i64 * 7_919 % TASKS + 1
}

fn new_task(name: String, priority: i32) -> task::ActiveModel {
    task::ActiveModel {
        project_id: Set(1),
        name: Set(name),
        done: Set(false),
        priority: Set(priority),
        ..Default::default()
    }
}

async fn run(db: &DatabaseConnection, scenario: &str, from: usize, count: usize) -> Result<Duration, DbErr> {
    let rows: Vec<_> = (0..BULK)
        .map(|row| new_task(format!("Bulk {row}"), 1))
        .collect();
    let mut one = task::Entity::find_by_id(1_i64).one(db).await?.expect("there is a task");
    let start = Instant::now();
    if scenario == "bulk" {
        let work = db.begin().await?;
        // SQLite takes no more than 32,766 values in one statement.
        for rows in rows.chunks(5_000) {
            task::Entity::insert_many(rows.to_vec()).exec(&work).await?;
        }
        work.commit().await?;
        let time = start.elapsed();
        let made = task::Entity::delete_many().filter(task::Column::Name.starts_with("Bulk "));
        made.exec(db).await?;
        return Ok(time);
    }
    for step in from..from + count {
        match scenario {
            "find" => {
                task::Entity::find_by_id(key(step)).one(db).await?;
            }
            "list" => {
                let offset = u64::try_from(key(step) % (TASKS - 20)).unwrap_or(0);
                let list = task::Entity::find().order_by_asc(task::Column::Id).limit(20).offset(offset);
                let tasks = list.all(db).await?;
                let projects = tasks.load_one(project::Entity, db).await?;
                let projects: Vec<_> = projects.into_iter().flatten().collect();
                projects.load_one(account::Entity, db).await?;
            }
            "create" => {
                let name = format!("New task {step}");
                let taken = task::Entity::find().filter(task::Column::Name.eq(&name)).count(db).await?;
                assert_eq!(taken, 0, "the name is new");
                new_task(name, 0).insert(db).await?;
            }
            "update" => {
                let mut changed: task::ActiveModel = one.into();
                changed.priority = Set((step % 1_000) as i32 + 10);
                one = changed.update(db).await?;
            }
            _ => {
                let list = task::Entity::find().order_by_asc(task::Column::Id).limit(1_000);
                list.all(db).await?;
            }
        }
    }
    Ok(start.elapsed())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let url = std::env::args().nth(3).ok_or("usage: bench-peer side sea-orm URL")?;
    let url = match url.strip_prefix("sqlite:") {
        Some(path) => format!("sqlite://{path}?mode=rwc"),
        None => url,
    };
    let mut options = ConnectOptions::new(url);
    options.max_connections(4).sqlx_logging(false);
    let db = Database::connect(options).await?;
    for line in std::io::stdin().lines() {
        let line = line?;
        let words: Vec<&str> = line.split(' ').collect();
        let [scenario, from, count] = words[..] else {
            return Err(format!("`{line}` is no work").into());
        };
        let time = run(&db, scenario, from.parse()?, count.parse()?).await?;
        println!("{}", time.as_nanos());
    }
    Ok(())
}
