//! What the database holds at first: three accounts with work in all states, and in development somebody who can sign in.

use chrono::Days;
use velocious::prelude::*;

use crate::models::{Account, Project, Task, User};

/// Who can sign in to try the application. A password that everybody can read is for development only.
pub const DEMO_EMAIL: &str = "ann@example.com";
pub const DEMO_PASSWORD: &str = "correct horse battery";

/// An account, its projects, and of each the name, a description and the tasks.
type Plan = [(
    &'static str,
    &'static [(&'static str, &'static str, &'static [&'static str])],
)];

const PLAN: &Plan = &[
    (
        "Harbour Café",
        &[
            (
                "Summer menu",
                "Twelve dishes, printed and on the website before the season starts.",
                &[
                    "Taste the first drafts",
                    "Agree on prices with the supplier",
                    "Photograph the dishes",
                    "Send the menu to the printer",
                    "Brief the waiters",
                    "Put the allergens on the website",
                    "Order more sun shades",
                    "Choose the wine for the opening",
                    "Translate the menu into Danish",
                ],
            ),
            (
                "Terrace",
                "Room for forty guests, safe in the wind.",
                &[
                    "Measure the terrace",
                    "Ask the city for a permit",
                    "Compare three offers for the floor",
                    "Order tables and chairs",
                    "Test the heaters",
                    "Plant the boxes",
                ],
            ),
        ],
    ),
    (
        "City Library",
        &[
            (
                "Reading room",
                "Quiet, light, and open until ten in the evening.",
                &[
                    "Replace the broken lamps",
                    "Paint the ceiling",
                    "Move the atlases to the ground floor",
                    "Label the new shelves",
                    "Hang up the opening hours",
                    "Repair the door of the lift",
                ],
            ),
            (
                "Children's festival",
                "A weekend in September with readings, a puppet theatre and a second-hand market.",
                &[
                    "Book the puppet theatre",
                    "Invite four authors",
                    "Find twenty volunteers",
                    "Print the programme",
                    "Borrow a second sound system",
                    "Plan where the prams go",
                    "Write to the neighbours",
                ],
            ),
        ],
    ),
    (
        "Bicycle Workshop",
        &[(
            "Winter service",
            "Every customer's bicycle checked once between November and March.",
            &[
                "Write to all customers",
                "Stock up on brake pads",
                "Calibrate the torque wrench",
                "Clear the cellar for storage",
                "Train the new apprentice",
                "Renew the insurance",
            ],
        )],
    ),
];

/// Writes the plan, in one transaction, if there is nothing yet.
pub async fn sow(app: App) -> Result<()> {
    if app.environment().is_development() {
        sow_user(&app.db()).await?;
    }
    app.db()
        .transaction(async |db| {
            if Account::all().exists(&db).await? {
                return Ok(());
            }
            let today = Utc::now().date_naive();
            for (account, projects) in PLAN {
                let mut account = Account {
                    name: (*account).into(),
                    ..Account::new()
                };
                account.save(&db).await?;
                for (name, description, tasks) in *projects {
                    let mut project = Project {
                        account_id: account.id,
                        name: (*name).into(),
                        description: (*description).into(),
                        ..Project::new()
                    };
                    project.save(&db).await?;
                    sow_tasks(&db, &project, tasks, today).await?;
                }
            }
            Ok(())
        })
        .await
}

async fn sow_user(db: &Db) -> Result<()> {
    if User::all().exists(db).await? {
        return Ok(());
    }
    let mut user = User {
        name: "Ann".into(),
        email: DEMO_EMAIL.into(),
        ..User::new()
    };
    user.set_password(DEMO_PASSWORD);
    user.save(db).await?;
    println!("{DEMO_EMAIL} signs in with the password \"{DEMO_PASSWORD}\".");
    Ok(())
}

async fn sow_tasks(db: &Db, project: &Project, names: &[&str], today: NaiveDate) -> Result<()> {
    for (place, name) in (0..).zip(names) {
        // The first third is done, one task is late, the rest is due one after the other.
        let is_done = place < names.len() as u64 / 3;
        let start = today - Days::new(9);
        let mut task = Task {
            project_id: project.id,
            name: (*name).into(),
            is_done,
            due_on: (place % 5 != 4).then(|| start + Days::new(place * 4)),
            ..Task::new()
        };
        task.save(db).await?;
    }
    Ok(())
}
