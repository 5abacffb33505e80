/// The columns and relationships of [`Project`] in a query.
pub struct ProjectHandle<R>(
    ::velocious::__private::Path,
    ::core::marker::PhantomData<fn() -> R>,
);
/// New values for some fields of a [`Project`].
#[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)]
pub struct ProjectChanges {
    /// The new value of `name`.
    pub name: ::core::option::Option<String>,
}
const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    #[allow(dead_code)]
    impl<R: 'static> ProjectHandle<R> {
        /// The column `id`.
        pub fn id(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "id")
        }
        /// The column `name`.
        pub fn name(&self) -> __private::Column<R, String> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "name")
        }
        /// The relationship `tasks`.
        pub fn tasks(&self) -> <Task as __private::Model>::Handle<R> {
            __private::related::<Project, _>(&self.0, 0)
        }
    }
    #[automatically_derived]
    impl<R: 'static> __private::RelationPath for ProjectHandle<R> {
        type Root = R;
        type Target = Project;
        fn path(&self) -> &__private::Path {
            &self.0
        }
        fn at(path: __private::Path) -> Self {
            Self(path, ::core::marker::PhantomData)
        }
    }
    #[automatically_derived]
    impl __private::Record for Project {
        fn record(&self) -> &__private::RecordState {
            &self.record
        }
        fn record_mut(&mut self) -> &mut __private::RecordState {
            &mut self.record
        }
    }
    #[automatically_derived]
    #[allow(dead_code)]
    impl Project {
        /// Loads the relationship `tasks` from the database.
        pub async fn load_tasks(&mut self, db: &__private::Db) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 0).await
        }
    }
    #[automatically_derived]
    impl __private::Model for Project {
        type Handle<R: 'static> = ProjectHandle<R>;
        type Key = i64;
        type Changes = ProjectChanges;
        const COLUMNS: &'static [__private::ColumnDefinition] = &[
            __private::column::<i64>("id").kept(),
            __private::column::<String>("name"),
        ];
        fn definition() -> &'static __private::ModelDefinition {
            static DEFINITION: __private::ModelDefinition = __private::ModelDefinition {
                model: "Project",
                table: "projects",
                primary_key: 0,
                columns: <Project as __private::Model>::COLUMNS,
                relations: &[
                    __private::has_many::<Project, Task>("tasks", 0, 0)
                        .by(|| __private::their_key::<
                            i64,
                            Task,
                            _,
                        >(|target| target.project_id())),
                ],
                transients: &[],
                validations: &[
                    __private::rule::presence(1),
                    __private::rule::longest(1, 120),
                ],
                created_at: ::core::option::Option::None,
                updated_at: ::core::option::Option::None,
            };
            &DEFINITION
        }
        fn new() -> Self {
            let relations = <Project as __private::Model>::definition().relations;
            Self {
                id: ::core::default::Default::default(),
                name: ::core::default::Default::default(),
                tasks: __private::HasMany::of_new(&relations[0]),
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
            let relations = <Project as __private::Model>::definition().relations;
            ::core::result::Result::Ok(
                __private::loaded(Self {
                    id: row.get(at + 0)?,
                    name: row.get(at + 1)?,
                    tasks: __private::HasMany::unloaded(&relations[0]),
                    record: ::core::default::Default::default(),
                }),
            )
        }
        fn value(&self, column: usize) -> __private::Value {
            match column {
                0 => __private::ColumnType::to_value(&self.id),
                1 => __private::ColumnType::to_value(&self.name),
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
                _ => {}
            }
            ::core::result::Result::Ok(())
        }
        fn apply(&mut self, changes: Self::Changes) {
            __private::assign(&mut self.name, changes.name);
        }
        fn changed_columns(changes: &Self::Changes) -> ::std::vec::Vec<usize> {
            __private::changed([(1, changes.name.is_some())])
        }
        fn slot(&self, relation: usize) -> ::core::option::Option<&dyn __private::Slot> {
            match relation {
                0 => ::core::option::Option::Some(&self.tasks),
                _ => ::core::option::Option::None,
            }
        }
        fn slot_mut(
            &mut self,
            relation: usize,
        ) -> ::core::option::Option<&mut dyn __private::Slot> {
            match relation {
                0 => ::core::option::Option::Some(&mut self.tasks),
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
        __private::assert_length::<String>();
    };
};
