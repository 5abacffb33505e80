fn expanded() {
    ::velocious::__private::create(
        &app.db(),
        {
            const _: () = ::velocious::__private::assert_given::<
                crate::models::Task,
            >("Task", &["name", "type", "project_id"]);
            #[allow(clippy::needless_update)]
            let record = crate::models::Task {
                name,
                r#type: "x".into(),
                project_id: 1,
                ..<crate::models::Task as ::velocious::__private::Model>::new()
            };
            record
        },
        &["name", "type", "project_id"],
    )
}
