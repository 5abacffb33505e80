/// The columns and relationships of [`Comment`] in a query.
pub struct CommentHandle<R>(
    ::velocious::__private::Path,
    ::core::marker::PhantomData<fn() -> R>,
);
/// New values for some fields of a [`Comment`].
#[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)]
pub struct CommentChanges {
    /// The new value of `subject_id`.
    pub subject_id: ::core::option::Option<Option<i64>>,
    /// The new value of `subject_type`.
    pub subject_type: ::core::option::Option<Option<String>>,
}
const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    #[allow(dead_code)]
    impl<R: 'static> CommentHandle<R> {
        /// The column `id`.
        pub fn id(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "id")
        }
        /// The column `subject_id`.
        pub fn subject_id(&self) -> __private::Column<R, Option<i64>> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "subject_id")
        }
        /// The column `subject_type`.
        pub fn subject_type(&self) -> __private::Column<R, Option<String>> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "subject_type")
        }
        /// The relationship `subject`.
        pub fn subject(&self) -> <Subject as __private::Polymorphic>::Handle<R> {
            __private::related_any::<Comment, _>(&self.0, 0)
        }
        /// The relationship `comments`.
        pub fn comments(&self) -> <Comment as __private::Model>::Handle<R> {
            __private::related::<Comment, _>(&self.0, 1)
        }
        /// The relationship `tasks`.
        pub fn tasks(&self) -> <crate::Task as __private::Model>::Handle<R> {
            __private::related::<Comment, _>(&self.0, 2)
        }
    }
    #[automatically_derived]
    impl<R: 'static> __private::RelationPath for CommentHandle<R> {
        type Root = R;
        type Target = Comment;
        fn path(&self) -> &__private::Path {
            &self.0
        }
        fn at(path: __private::Path) -> Self {
            Self(path, ::core::marker::PhantomData)
        }
    }
    #[automatically_derived]
    impl __private::Record for Comment {
        fn record(&self) -> &__private::RecordState {
            &self.record
        }
        fn record_mut(&mut self) -> &mut __private::RecordState {
            &mut self.record
        }
    }
    #[automatically_derived]
    #[allow(dead_code)]
    impl Comment {
        /// Loads the relationship `subject` from the database.
        pub async fn load_subject(
            &mut self,
            db: &__private::Db,
        ) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 0).await
        }
        /// Loads the relationship `comments` from the database.
        pub async fn load_comments(
            &mut self,
            db: &__private::Db,
        ) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 1).await
        }
        /// Loads the relationship `tasks` from the database.
        pub async fn load_tasks(&mut self, db: &__private::Db) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 2).await
        }
    }
    #[automatically_derived]
    impl __private::Model for Comment {
        type Handle<R: 'static> = CommentHandle<R>;
        type Key = i64;
        type Changes = CommentChanges;
        const COLUMNS: &'static [__private::ColumnDefinition] = &[
            __private::column::<i64>("id").kept(),
            __private::column::<Option<i64>>("subject_id"),
            __private::column::<Option<String>>("subject_type"),
        ];
        fn definition() -> &'static __private::ModelDefinition {
            static DEFINITION: __private::ModelDefinition = __private::ModelDefinition {
                model: "Comment",
                table: "comments",
                primary_key: 0,
                columns: <Comment as __private::Model>::COLUMNS,
                relations: &[
                    __private::belongs_to_any::<Comment, Subject>("subject", 0, 1, 2),
                    __private::has_many::<Comment, Comment>("comments", 1, 0)
                        .by(|| __private::their_key::<
                            i64,
                            Comment,
                            _,
                        >(|target| target.subject_id()))
                        .typed(|| __private::their_type::<
                            Comment,
                            Comment,
                            _,
                            _,
                        >(|target| target.subject(), |target| target.subject_type())),
                    __private::has_many::<Comment, crate::Task>("tasks", 2, 0)
                        .through(|| {
                            __private::way(
                                    __private::root::<Comment>().comments().subject().task(),
                                )
                                .leads_to::<Comment, crate::Task>()
                        }),
                ],
                transients: &[],
                validations: &[],
                created_at: ::core::option::Option::None,
                updated_at: ::core::option::Option::None,
            };
            &DEFINITION
        }
        fn new() -> Self {
            let relations = <Comment as __private::Model>::definition().relations;
            Self {
                id: ::core::default::Default::default(),
                subject_id: ::core::default::Default::default(),
                subject_type: ::core::default::Default::default(),
                subject: __private::BelongsToAny::of_new(&relations[0]),
                comments: __private::HasMany::of_new(&relations[1]),
                tasks: __private::HasMany::of_new(&relations[2]),
                record: ::core::default::Default::default(),
            }
        }
        fn key(&self) -> Self::Key {
            ::core::clone::Clone::clone(&self.id)
        }
        fn from_row(
            row: &dyn __private::RowRead,
            at: usize,
        ) -> ::core::result::Result<Self, __private::BoxError> {
            let relations = <Comment as __private::Model>::definition().relations;
            ::core::result::Result::Ok(
                __private::loaded(Self {
                    id: row.get(at + 0)?,
                    subject_id: row.get(at + 1)?,
                    subject_type: row.get(at + 2)?,
                    subject: __private::BelongsToAny::unloaded(&relations[0]),
                    comments: __private::HasMany::unloaded(&relations[1]),
                    tasks: __private::HasMany::unloaded(&relations[2]),
                    record: ::core::default::Default::default(),
                }),
            )
        }
        fn value(&self, column: usize) -> __private::Value {
            match column {
                0 => __private::ColumnType::to_value(&self.id),
                1 => __private::ColumnType::to_value(&self.subject_id),
                2 => __private::ColumnType::to_value(&self.subject_type),
                _ => __private::Value::Null(__private::ValueKind::Bool),
            }
        }
        fn set_value(
            &mut self,
            column: usize,
            value: __private::Value,
        ) -> ::core::result::Result<(), __private::BoxError> {
            match column {
                0 => self.id = __private::ColumnType::from_value(value)?,
                1 => self.subject_id = __private::ColumnType::from_value(value)?,
                2 => self.subject_type = __private::ColumnType::from_value(value)?,
                _ => {}
            }
            ::core::result::Result::Ok(())
        }
        fn apply(&mut self, changes: Self::Changes) {
            __private::assign(&mut self.subject_id, changes.subject_id);
            __private::assign(&mut self.subject_type, changes.subject_type);
        }
        fn changed_columns(changes: &Self::Changes) -> ::std::vec::Vec<usize> {
            __private::changed([
                (1, changes.subject_id.is_some()),
                (2, changes.subject_type.is_some()),
            ])
        }
        fn slot(&self, relation: usize) -> ::core::option::Option<&dyn __private::Slot> {
            match relation {
                0 => ::core::option::Option::Some(&self.subject),
                1 => ::core::option::Option::Some(&self.comments),
                2 => ::core::option::Option::Some(&self.tasks),
                _ => ::core::option::Option::None,
            }
        }
        fn slot_mut(
            &mut self,
            relation: usize,
        ) -> ::core::option::Option<&mut dyn __private::Slot> {
            match relation {
                0 => ::core::option::Option::Some(&mut self.subject),
                1 => ::core::option::Option::Some(&mut self.comments),
                2 => ::core::option::Option::Some(&mut self.tasks),
                _ => ::core::option::Option::None,
            }
        }
        fn as_record(&self) -> ::core::option::Option<&dyn __private::AnyRecord> {
            ::core::option::Option::Some(self)
        }
        fn as_record_mut(
            &mut self,
        ) -> ::core::option::Option<&mut dyn __private::AnyRecord> {
            ::core::option::Option::Some(self)
        }
    }
    const _: fn() = || {
        __private::assert_any_key::<Subject, Option<i64>>();
        __private::assert_model_name::<Option<String>>();
    };
};
