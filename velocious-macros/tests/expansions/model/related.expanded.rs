/// The columns and relationships of [`Membership`] in a query.
pub struct MembershipHandle<R>(
    ::velocious::__private::Path,
    ::core::marker::PhantomData<fn() -> R>,
);
/// New values for some fields of a [`Membership`].
#[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)]
pub struct MembershipChanges {
    /// The new value of `account_id`.
    pub account_id: ::core::option::Option<i64>,
    /// The new value of `project_id`.
    pub project_id: ::core::option::Option<i64>,
}
const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    #[allow(dead_code)]
    impl<R: 'static> MembershipHandle<R> {
        /// The column `id`.
        pub fn id(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "id")
        }
        /// The column `account_id`.
        pub fn account_id(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "account_id")
        }
        /// The column `project_id`.
        pub fn project_id(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "project_id")
        }
        /// The relationship `account`.
        pub fn account(&self) -> <Account as __private::Model>::Handle<R> {
            __private::related::<Membership, _>(&self.0, 0)
        }
        /// The relationship `project`.
        pub fn project(&self) -> <Project as __private::Model>::Handle<R> {
            __private::related::<Membership, _>(&self.0, 1)
        }
        /// The relationship `invitations`.
        pub fn invitations(&self) -> <Invitation as __private::Model>::Handle<R> {
            __private::related::<Membership, _>(&self.0, 2)
        }
        /// The relationship `permissions`.
        pub fn permissions(&self) -> <Permission as __private::Model>::Handle<R> {
            __private::related::<Membership, _>(&self.0, 3)
        }
        /// The relationship `setting`.
        pub fn setting(&self) -> <Setting as __private::Model>::Handle<R> {
            __private::related::<Membership, _>(&self.0, 4)
        }
    }
    #[automatically_derived]
    impl<R: 'static> __private::RelationPath for MembershipHandle<R> {
        type Root = R;
        type Target = Membership;
        fn path(&self) -> &__private::Path {
            &self.0
        }
        fn at(path: __private::Path) -> Self {
            Self(path, ::core::marker::PhantomData)
        }
    }
    #[automatically_derived]
    impl __private::Record for Membership {
        fn record(&self) -> &__private::RecordState {
            &self.record
        }
        fn record_mut(&mut self) -> &mut __private::RecordState {
            &mut self.record
        }
    }
    #[automatically_derived]
    #[allow(dead_code)]
    impl Membership {
        /// Loads the relationship `account` from the database.
        pub async fn load_account(
            &mut self,
            db: &__private::Db,
        ) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 0).await
        }
        /// Loads the relationship `project` from the database.
        pub async fn load_project(
            &mut self,
            db: &__private::Db,
        ) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 1).await
        }
        /// Loads the relationship `invitations` from the database.
        pub async fn load_invitations(
            &mut self,
            db: &__private::Db,
        ) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 2).await
        }
        /// Loads the relationship `permissions` from the database.
        pub async fn load_permissions(
            &mut self,
            db: &__private::Db,
        ) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 3).await
        }
        /// Loads the relationship `setting` from the database.
        pub async fn load_setting(
            &mut self,
            db: &__private::Db,
        ) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 4).await
        }
    }
    #[automatically_derived]
    impl __private::Model for Membership {
        type Handle<R: 'static> = MembershipHandle<R>;
        type Key = i64;
        type Changes = MembershipChanges;
        const COLUMNS: &'static [__private::ColumnDefinition] = &[
            __private::column::<i64>("id").kept(),
            __private::column::<i64>("account_id"),
            __private::column::<i64>("project_id"),
        ];
        fn definition() -> &'static __private::ModelDefinition {
            static DEFINITION: __private::ModelDefinition = __private::ModelDefinition {
                model: "Membership",
                table: "memberships",
                primary_key: 0,
                columns: <Membership as __private::Model>::COLUMNS,
                relations: &[
                    __private::belongs_to::<Membership, Account>("account", 0, 1),
                    __private::belongs_to::<Membership, Project>("project", 1, 2),
                    __private::has_many::<Membership, Invitation>("invitations", 2, 0)
                        .by(|| __private::their_key::<
                            i64,
                            Invitation,
                            _,
                        >(|target| target.membership_id())),
                    __private::has_many::<Membership, Permission>("permissions", 3, 0)
                        .by(|| __private::their_key::<
                            i64,
                            Permission,
                            _,
                        >(|target| target.granted_by())),
                    __private::has_one::<Membership, Setting>("setting", 4, 0)
                        .by(|| __private::their_key::<
                            i64,
                            Setting,
                            _,
                        >(|target| target.membership_id())),
                ],
                transients: &[],
                validations: &[],
                created_at: ::core::option::Option::None,
                updated_at: ::core::option::Option::None,
            };
            &DEFINITION
        }
        fn new() -> Self {
            let relations = <Membership as __private::Model>::definition().relations;
            Self {
                id: ::core::default::Default::default(),
                account_id: ::core::default::Default::default(),
                project_id: ::core::default::Default::default(),
                account: __private::BelongsTo::of_new(&relations[0]),
                project: __private::BelongsTo::of_new(&relations[1]),
                invitations: __private::HasMany::of_new(&relations[2]),
                permissions: __private::HasMany::of_new(&relations[3]),
                setting: __private::HasOne::of_new(&relations[4]),
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
            let relations = <Membership as __private::Model>::definition().relations;
            ::core::result::Result::Ok(
                __private::loaded(Self {
                    id: row.get(at + 0)?,
                    account_id: row.get(at + 1)?,
                    project_id: row.get(at + 2)?,
                    account: __private::BelongsTo::unloaded(&relations[0]),
                    project: __private::BelongsTo::unloaded(&relations[1]),
                    invitations: __private::HasMany::unloaded(&relations[2]),
                    permissions: __private::HasMany::unloaded(&relations[3]),
                    setting: __private::HasOne::unloaded(&relations[4]),
                    record: ::core::default::Default::default(),
                }),
            )
        }
        fn value(&self, column: usize) -> __private::Value {
            match column {
                0 => __private::ColumnType::to_value(&self.id),
                1 => __private::ColumnType::to_value(&self.account_id),
                2 => __private::ColumnType::to_value(&self.project_id),
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
                1 => self.account_id = __private::ColumnType::from_value(value)?,
                2 => self.project_id = __private::ColumnType::from_value(value)?,
                _ => {}
            }
            ::core::result::Result::Ok(())
        }
        fn apply(&mut self, changes: Self::Changes) {
            __private::assign(&mut self.account_id, changes.account_id);
            __private::assign(&mut self.project_id, changes.project_id);
        }
        fn changed_columns(changes: &Self::Changes) -> ::std::vec::Vec<usize> {
            __private::changed([
                (1, changes.account_id.is_some()),
                (2, changes.project_id.is_some()),
            ])
        }
        fn slot(&self, relation: usize) -> ::core::option::Option<&dyn __private::Slot> {
            match relation {
                0 => ::core::option::Option::Some(&self.account),
                1 => ::core::option::Option::Some(&self.project),
                2 => ::core::option::Option::Some(&self.invitations),
                3 => ::core::option::Option::Some(&self.permissions),
                4 => ::core::option::Option::Some(&self.setting),
                _ => ::core::option::Option::None,
            }
        }
        fn slot_mut(
            &mut self,
            relation: usize,
        ) -> ::core::option::Option<&mut dyn __private::Slot> {
            match relation {
                0 => ::core::option::Option::Some(&mut self.account),
                1 => ::core::option::Option::Some(&mut self.project),
                2 => ::core::option::Option::Some(&mut self.invitations),
                3 => ::core::option::Option::Some(&mut self.permissions),
                4 => ::core::option::Option::Some(&mut self.setting),
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
        __private::assert_own_key::<i64, Account>();
        __private::assert_own_key::<i64, Project>();
    };
};
