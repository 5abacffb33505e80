/// The columns and relationships of [`Group`] in a query.
pub struct GroupHandle<R>(
    ::velocious::__private::Path,
    ::core::marker::PhantomData<fn() -> R>,
);
/// New values for some fields of a [`Group`].
#[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)]
pub struct GroupChanges {
    /// The new value of `code`.
    pub code: ::core::option::Option<String>,
}
const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    #[allow(dead_code)]
    impl<R: 'static> GroupHandle<R> {
        /// The column `id`.
        pub fn id(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "id")
        }
        /// The column `code`.
        pub fn code(&self) -> __private::Column<R, String> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "code")
        }
        /// The relationship `memberships`.
        pub fn memberships(&self) -> <Membership as __private::Model>::Handle<R> {
            __private::related::<Group, _>(&self.0, 0)
        }
        /// The relationship `users`.
        pub fn users(&self) -> <User as __private::Model>::Handle<R> {
            __private::related::<Group, _>(&self.0, 1)
        }
        /// The relationship `first_user`.
        pub fn first_user(&self) -> <User as __private::Model>::Handle<R> {
            __private::related::<Group, _>(&self.0, 2)
        }
    }
    #[automatically_derived]
    impl<R: 'static> __private::RelationPath for GroupHandle<R> {
        type Root = R;
        type Target = Group;
        fn path(&self) -> &__private::Path {
            &self.0
        }
        fn at(path: __private::Path) -> Self {
            Self(path, ::core::marker::PhantomData)
        }
    }
    #[automatically_derived]
    impl __private::Record for Group {
        fn record(&self) -> &__private::RecordState {
            &self.record
        }
        fn record_mut(&mut self) -> &mut __private::RecordState {
            &mut self.record
        }
    }
    #[automatically_derived]
    #[allow(dead_code)]
    impl Group {
        /// Loads the relationship `memberships` from the database.
        pub async fn load_memberships(
            &mut self,
            db: &__private::Db,
        ) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 0).await
        }
        /// Loads the relationship `users` from the database.
        pub async fn load_users(&mut self, db: &__private::Db) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 1).await
        }
        /// Loads the relationship `first_user` from the database.
        pub async fn load_first_user(
            &mut self,
            db: &__private::Db,
        ) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 2).await
        }
    }
    #[automatically_derived]
    impl __private::Model for Group {
        type Handle<R: 'static> = GroupHandle<R>;
        type Key = i64;
        type Changes = GroupChanges;
        const COLUMNS: &'static [__private::ColumnDefinition] = &[
            __private::column::<i64>("id").kept(),
            __private::column::<String>("code"),
        ];
        fn definition() -> &'static __private::ModelDefinition {
            static DEFINITION: __private::ModelDefinition = __private::ModelDefinition {
                model: "Group",
                table: "groups",
                primary_key: 0,
                columns: <Group as __private::Model>::COLUMNS,
                relations: &[
                    __private::has_many::<Group, Membership>("memberships", 0, 1)
                        .by(|| __private::their_key::<
                            String,
                            Membership,
                            _,
                        >(|target| target.group_code()))
                        .scoped(|| __private::scope::<
                            Membership,
                        >(|membership| membership.active().eq(true))),
                    __private::has_many::<Group, User>("users", 1, 1)
                        .through(|| {
                            trait __Sources {
                                fn users(&self) {}
                                fn user(&self) {}
                            }
                            impl<T> __Sources for T {}
                            let through = __private::root::<Group>().memberships();
                            __private::either::<
                                Membership,
                                _,
                            >((through.users(), through.user()))
                                .leads_to::<Group, User>()
                        })
                        .scoped(|| __private::scope::<User>(User::awake))
                        .distinct(),
                    __private::has_one::<Group, User>("first_user", 2, 1)
                        .through(|| {
                            __private::way(
                                    __private::root::<Group>().memberships().user(),
                                )
                                .leads_to::<Group, User>()
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
            let relations = <Group as __private::Model>::definition().relations;
            Self {
                id: ::core::default::Default::default(),
                code: ::core::default::Default::default(),
                memberships: __private::HasMany::of_new(&relations[0]),
                users: __private::HasMany::of_new(&relations[1]),
                first_user: __private::HasOne::of_new(&relations[2]),
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
            let relations = <Group as __private::Model>::definition().relations;
            ::core::result::Result::Ok(
                __private::loaded(Self {
                    id: row.get(at + 0)?,
                    code: row.get(at + 1)?,
                    memberships: __private::HasMany::unloaded(&relations[0]),
                    users: __private::HasMany::unloaded(&relations[1]),
                    first_user: __private::HasOne::unloaded(&relations[2]),
                    record: ::core::default::Default::default(),
                }),
            )
        }
        fn value(&self, column: usize) -> __private::Value {
            match column {
                0 => __private::ColumnType::to_value(&self.id),
                1 => __private::ColumnType::to_value(&self.code),
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
                1 => self.code = __private::ColumnType::from_value(value)?,
                _ => {}
            }
            ::core::result::Result::Ok(())
        }
        fn apply(&mut self, changes: Self::Changes) {
            __private::assign(&mut self.code, changes.code);
        }
        fn changed_columns(changes: &Self::Changes) -> ::std::vec::Vec<usize> {
            __private::changed([(1, changes.code.is_some())])
        }
        fn slot(&self, relation: usize) -> ::core::option::Option<&dyn __private::Slot> {
            match relation {
                0 => ::core::option::Option::Some(&self.memberships),
                1 => ::core::option::Option::Some(&self.users),
                2 => ::core::option::Option::Some(&self.first_user),
                _ => ::core::option::Option::None,
            }
        }
        fn slot_mut(
            &mut self,
            relation: usize,
        ) -> ::core::option::Option<&mut dyn __private::Slot> {
            match relation {
                0 => ::core::option::Option::Some(&mut self.memberships),
                1 => ::core::option::Option::Some(&mut self.users),
                2 => ::core::option::Option::Some(&mut self.first_user),
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
};
