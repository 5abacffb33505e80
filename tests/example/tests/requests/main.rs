//! Requests to the application, in process, each test with a database of its own.

mod users;

use example::application;
use example::models::{Account, Project, Task};
use velocious::prelude::*;
use velocious::testing::TestApp;

/// Signs up as somebody; what is sent from now on comes from them.
async fn sign_up(app: &TestApp) {
    let form = [
        ("user[name]", "Bo"),
        ("user[email]", "bo@example.com"),
        ("user[password]", "a long password"),
    ];
    app.post("/profile").form(&form).await.assert_redirect("/");
}

/// A project for tasks to belong to.
async fn project(db: &Db) -> Result<Project> {
    let mut account = Account {
        name: "Harbour Café".into(),
        ..Account::new()
    };
    account.save(db).await?;
    let mut project = Project {
        name: "Terrace".into(),
        account_id: account.id,
        ..Project::new()
    };
    project.save(db).await?;
    Ok(project)
}

#[velocious::test]
async fn the_first_page_counts_what_there_is(app: TestApp) -> Result<()> {
    app.get("/")
        .await
        .assert_status(200)
        .assert_text("Nothing is late");
    project(app.db()).await?;
    app.get("/")
        .await
        .assert_select("a.figure[href='/projects'] b")
        .assert_text("1");
    Ok(())
}

#[velocious::test]
async fn a_form_makes_a_task(app: TestApp) -> Result<()> {
    sign_up(&app).await;
    let key = project(app.db()).await?.id.to_string();
    let empty = app
        .post("/tasks")
        .form(&[("task[name]", ""), ("task[project_id]", &key)])
        .await;
    empty.assert_status(422);
    empty
        .assert_select("#task_name_error")
        .assert_text("can't be blank");
    empty
        .assert_select("#task_project_id option[selected]")
        .assert_attribute("value", &key);
    let made = app
        .post("/tasks")
        .form(&[("task[name]", "Sweep"), ("task[project_id]", &key)])
        .await;
    made.assert_redirect("/tasks");
    app.follow_redirect(&made)
        .await
        .assert_text("The task was added.")
        .assert_text("Sweep");
    assert_eq!(Task::all().count(app.db()).await?, 1);
    Ok(())
}

#[velocious::test]
async fn a_project_takes_its_tasks_with_it(app: TestApp) -> Result<()> {
    sign_up(&app).await;
    let project = project(app.db()).await?;
    let mut task = Task {
        name: "Sweep".into(),
        project_id: project.id,
        ..Task::new()
    };
    task.save(app.db()).await?;
    app.delete(format!("/projects/{}", project.id))
        .await
        .assert_redirect("/projects");
    assert!(!Task::all().exists(app.db()).await?);
    assert!(!Project::all().exists(app.db()).await?);
    Ok(())
}
