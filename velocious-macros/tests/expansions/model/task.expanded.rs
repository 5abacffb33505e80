/// The columns and relationships of [`Task`] in a query.
pub struct TaskHandle<R>(
    ::velocious::__private::Path,
    ::core::marker::PhantomData<fn() -> R>,
);
/// New values for some fields of a [`Task`].
#[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)]
pub struct TaskChanges {
    /// The new value of `name`.
    pub name: ::core::option::Option<String>,
    /// The new value of `completed_at`.
    pub completed_at: ::core::option::Option<Option<DateTime<Utc>>>,
    /// The new value of `project_id`.
    pub project_id: ::core::option::Option<i64>,
    /// The new value of `owner_id`.
    pub owner_id: ::core::option::Option<Option<i64>>,
    /// The new value of `created_at`.
    pub created_at: ::core::option::Option<DateTime<Utc>>,
    /// The new value of `updated_at`.
    pub updated_at: ::core::option::Option<DateTime<Utc>>,
}
const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    #[allow(dead_code)]
    impl<R: 'static> TaskHandle<R> {
        /// The column `id`.
        pub fn id(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "id")
        }
        /// The column `name`.
        pub fn name(&self) -> __private::Column<R, String> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "name")
        }
        /// The column `completed_at`.
        pub fn completed_at(&self) -> __private::Column<R, Option<DateTime<Utc>>> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "completed_at")
        }
        /// The column `project_id`.
        pub fn project_id(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "project_id")
        }
        /// The column `owner_id`.
        pub fn owner_id(&self) -> __private::Column<R, Option<i64>> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "owner_id")
        }
        /// The column `created_at`.
        pub fn created_at(&self) -> __private::Column<R, DateTime<Utc>> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "created_at")
        }
        /// The column `updated_at`.
        pub fn updated_at(&self) -> __private::Column<R, DateTime<Utc>> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "updated_at")
        }
        /// The relationship `project`.
        pub fn project(&self) -> <Project as __private::Model>::Handle<R> {
            __private::related::<Task, _>(&self.0, 0)
        }
        /// The relationship `assignee`.
        pub fn assignee(&self) -> <crate::models::User as __private::Model>::Handle<R> {
            __private::related::<Task, _>(&self.0, 1)
        }
        /// The relationship `comments`.
        pub fn comments(&self) -> <Comment as __private::Model>::Handle<R> {
            __private::related::<Task, _>(&self.0, 2)
        }
        /// The relationship `detail`.
        pub fn detail(&self) -> <Detail as __private::Model>::Handle<R> {
            __private::related::<Task, _>(&self.0, 3)
        }
    }
    #[automatically_derived]
    impl<R: 'static> __private::RelationPath for TaskHandle<R> {
        type Root = R;
        type Target = Task;
        fn path(&self) -> &__private::Path {
            &self.0
        }
        fn at(path: __private::Path) -> Self {
            Self(path, ::core::marker::PhantomData)
        }
    }
    #[automatically_derived]
    impl __private::Record for Task {
        fn record(&self) -> &__private::RecordState {
            &self.record
        }
        fn record_mut(&mut self) -> &mut __private::RecordState {
            &mut self.record
        }
    }
    #[automatically_derived]
    impl __private::Timestamped for Task {}
    #[automatically_derived]
    #[allow(dead_code)]
    impl Task {
        /// Loads the relationship `project` from the database.
        pub async fn load_project(
            &mut self,
            db: &__private::Db,
        ) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 0).await
        }
        /// Loads the relationship `assignee` from the database.
        pub async fn load_assignee(
            &mut self,
            db: &__private::Db,
        ) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 1).await
        }
        /// Loads the relationship `comments` from the database.
        pub async fn load_comments(
            &mut self,
            db: &__private::Db,
        ) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 2).await
        }
        /// Loads the relationship `detail` from the database.
        pub async fn load_detail(
            &mut self,
            db: &__private::Db,
        ) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 3).await
        }
    }
    #[automatically_derived]
    impl __private::Model for Task {
        type Handle<R: 'static> = TaskHandle<R>;
        type Key = i64;
        type Changes = TaskChanges;
        const COLUMNS: &'static [__private::ColumnDefinition] = &[
            __private::column::<i64>("id").kept(),
            __private::column::<String>("name"),
            __private::column::<Option<DateTime<Utc>>>("completed_at"),
            __private::column::<i64>("project_id"),
            __private::column::<Option<i64>>("owner_id"),
            __private::column::<DateTime<Utc>>("created_at").kept(),
            __private::column::<DateTime<Utc>>("updated_at").kept(),
        ];
        fn definition() -> &'static __private::ModelDefinition {
            static DEFINITION: __private::ModelDefinition = __private::ModelDefinition {
                model: "Task",
                table: "tasks",
                primary_key: 0,
                columns: <Task as __private::Model>::COLUMNS,
                relations: &[
                    __private::belongs_to::<Task, Project>("project", 0, 3),
                    __private::belongs_to::<Task, crate::models::User>("assignee", 1, 4),
                    __private::has_many::<Task, Comment>("comments", 2, 0)
                        .by(|| __private::their_key::<
                            i64,
                            Comment,
                            _,
                        >(|target| target.task_id())),
                    __private::has_one::<Task, Detail>("detail", 3, 0)
                        .by(|| __private::their_key::<
                            i64,
                            Detail,
                            _,
                        >(|target| target.subject_id())),
                ],
                transients: &[],
                validations: &[
                    __private::rule::presence(1),
                    __private::rule::length(1, 1, 200),
                    __private::rule::unique(1, &[3]),
                ],
                created_at: ::core::option::Option::Some(5),
                updated_at: ::core::option::Option::Some(6),
            };
            &DEFINITION
        }
        fn new() -> Self {
            let relations = <Task as __private::Model>::definition().relations;
            Self {
                id: ::core::default::Default::default(),
                name: ::core::default::Default::default(),
                completed_at: ::core::default::Default::default(),
                project_id: ::core::default::Default::default(),
                owner_id: ::core::default::Default::default(),
                created_at: ::core::default::Default::default(),
                updated_at: ::core::default::Default::default(),
                project: __private::BelongsTo::of_new(&relations[0]),
                assignee: __private::BelongsTo::of_new(&relations[1]),
                comments: __private::HasMany::of_new(&relations[2]),
                detail: __private::HasOne::of_new(&relations[3]),
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
            let relations = <Task as __private::Model>::definition().relations;
            ::core::result::Result::Ok(
                __private::loaded(Self {
                    id: row.get(at + 0)?,
                    name: row.get(at + 1)?,
                    completed_at: row.get(at + 2)?,
                    project_id: row.get(at + 3)?,
                    owner_id: row.get(at + 4)?,
                    created_at: row.get(at + 5)?,
                    updated_at: row.get(at + 6)?,
                    project: __private::BelongsTo::unloaded(&relations[0]),
                    assignee: __private::BelongsTo::unloaded(&relations[1]),
                    comments: __private::HasMany::unloaded(&relations[2]),
                    detail: __private::HasOne::unloaded(&relations[3]),
                    record: ::core::default::Default::default(),
                }),
            )
        }
        fn value(&self, column: usize) -> __private::Value {
            match column {
                0 => __private::ColumnType::to_value(&self.id),
                1 => __private::ColumnType::to_value(&self.name),
                2 => __private::ColumnType::to_value(&self.completed_at),
                3 => __private::ColumnType::to_value(&self.project_id),
                4 => __private::ColumnType::to_value(&self.owner_id),
                5 => __private::ColumnType::to_value(&self.created_at),
                6 => __private::ColumnType::to_value(&self.updated_at),
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
                1 => self.name = __private::ColumnType::from_value(value)?,
                2 => self.completed_at = __private::ColumnType::from_value(value)?,
                3 => self.project_id = __private::ColumnType::from_value(value)?,
                4 => self.owner_id = __private::ColumnType::from_value(value)?,
                5 => self.created_at = __private::ColumnType::from_value(value)?,
                6 => self.updated_at = __private::ColumnType::from_value(value)?,
                _ => {}
            }
            ::core::result::Result::Ok(())
        }
        fn apply(&mut self, changes: Self::Changes) {
            __private::assign(&mut self.name, changes.name);
            __private::assign(&mut self.completed_at, changes.completed_at);
            __private::assign(&mut self.project_id, changes.project_id);
            __private::assign(&mut self.owner_id, changes.owner_id);
            __private::assign(&mut self.created_at, changes.created_at);
            __private::assign(&mut self.updated_at, changes.updated_at);
        }
        fn changed_columns(changes: &Self::Changes) -> ::std::vec::Vec<usize> {
            __private::changed([
                (1, changes.name.is_some()),
                (2, changes.completed_at.is_some()),
                (3, changes.project_id.is_some()),
                (4, changes.owner_id.is_some()),
                (5, changes.created_at.is_some()),
                (6, changes.updated_at.is_some()),
            ])
        }
        fn slot(&self, relation: usize) -> ::core::option::Option<&dyn __private::Slot> {
            match relation {
                0 => ::core::option::Option::Some(&self.project),
                1 => ::core::option::Option::Some(&self.assignee),
                2 => ::core::option::Option::Some(&self.comments),
                3 => ::core::option::Option::Some(&self.detail),
                _ => ::core::option::Option::None,
            }
        }
        fn slot_mut(
            &mut self,
            relation: usize,
        ) -> ::core::option::Option<&mut dyn __private::Slot> {
            match relation {
                0 => ::core::option::Option::Some(&mut self.project),
                1 => ::core::option::Option::Some(&mut self.assignee),
                2 => ::core::option::Option::Some(&mut self.comments),
                3 => ::core::option::Option::Some(&mut self.detail),
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
        __private::assert_own_key::<i64, Project>();
        __private::assert_own_key::<Option<i64>, crate::models::User>();
        __private::assert_length::<String>();
    };
};
