const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    #[allow(unused_variables)]
    impl __private::Projection for Line {
        type Model = crate::models::Task;
        fn columns(
            model: <crate::models::Task as __private::Model>::Handle<crate::models::Task>,
        ) -> ::std::vec::Vec<__private::SelectItem> {
            let columns = [
                __private::projected::<i64, _>(model.id()),
                __private::projected::<String, _>(model.name()),
                __private::projected::<
                    Option<String>,
                    _,
                >(model.project().account().name()),
                __private::projected::<i64, _>(model.comments().id().count()),
            ];
            ::std::vec::Vec::from(columns)
        }
        fn read(
            row: &dyn __private::RowRead,
            at: &mut usize,
        ) -> ::core::result::Result<Self, __private::BoxError> {
            let first = *at;
            *at += 4;
            ::core::result::Result::Ok(Self {
                id: row.get(first + 0)?,
                name: row.get(first + 1)?,
                account_name: row.get(first + 2)?,
                comments: row.get(first + 3)?,
            })
        }
    }
};
