create!(&app.db(), crate::models::Task { name, r#type: "x".into(), project_id: 1 })
