/// The columns and relationships of [`User`] in a query.
pub struct UserHandle<R>(
    ::velocious::__private::Path,
    ::core::marker::PhantomData<fn() -> R>,
);
/// New values for some fields of a [`User`].
#[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)]
pub struct UserChanges {
    /// The new value of `encrypted_password`.
    pub encrypted_password: ::core::option::Option<PasswordDigest>,
    /// The new password.
    pub password: ::core::option::Option<::velocious::__private::Password>,
    /// The new password, typed in once more.
    pub password_confirmation: ::core::option::Option<::velocious::__private::Password>,
}
const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    #[allow(dead_code)]
    impl<R: 'static> UserHandle<R> {
        /// The column `id`.
        pub fn id(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "id")
        }
        /// The column `encrypted_password`.
        pub fn encrypted_password(&self) -> __private::Column<R, PasswordDigest> {
            __private::Column::new(
                ::core::clone::Clone::clone(&self.0),
                "encrypted_password",
            )
        }
    }
    #[automatically_derived]
    impl<R: 'static> __private::RelationPath for UserHandle<R> {
        type Root = R;
        type Target = User;
        fn path(&self) -> &__private::Path {
            &self.0
        }
        fn at(path: __private::Path) -> Self {
            Self(path, ::core::marker::PhantomData)
        }
    }
    #[automatically_derived]
    impl __private::Record for User {
        fn record(&self) -> &__private::RecordState {
            &self.record
        }
        fn record_mut(&mut self) -> &mut __private::RecordState {
            &mut self.record
        }
        fn password_field(&self) -> ::core::option::Option<__private::PasswordField> {
            ::core::option::Option::Some(
                __private::PasswordField::of::<PasswordDigest>(1, 12),
            )
        }
        fn known_password(&self) -> ::core::option::Option<&__private::PasswordDigest> {
            __private::PasswordColumn::digest(&self.encrypted_password)
        }
        fn known_password_mut(
            &mut self,
        ) -> ::core::option::Option<&mut __private::PasswordDigest> {
            ::core::option::Option::Some(
                __private::PasswordColumn::digest_mut(&mut self.encrypted_password),
            )
        }
    }
    #[automatically_derived]
    impl __private::PasswordRecord for User {}
    #[automatically_derived]
    impl __private::Model for User {
        type Handle<R: 'static> = UserHandle<R>;
        type Key = i64;
        type Changes = UserChanges;
        const COLUMNS: &'static [__private::ColumnDefinition] = &[
            __private::column::<i64>("id").kept(),
            __private::column::<PasswordDigest>("encrypted_password"),
        ];
        fn definition() -> &'static __private::ModelDefinition {
            static DEFINITION: __private::ModelDefinition = __private::ModelDefinition {
                model: "User",
                table: "users",
                primary_key: 0,
                columns: <User as __private::Model>::COLUMNS,
                relations: &[],
                transients: &[],
                validations: &[],
                created_at: ::core::option::Option::None,
                updated_at: ::core::option::Option::None,
            };
            &DEFINITION
        }
        fn new() -> Self {
            Self {
                id: ::core::default::Default::default(),
                encrypted_password: ::core::default::Default::default(),
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
            ::core::result::Result::Ok(
                __private::loaded(Self {
                    id: row.get(at + 0)?,
                    encrypted_password: row.get(at + 1)?,
                    record: ::core::default::Default::default(),
                }),
            )
        }
        fn value(&self, column: usize) -> __private::Value {
            match column {
                0 => __private::ColumnType::to_value(&self.id),
                1 => __private::ColumnType::to_value(&self.encrypted_password),
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
                1 => self.encrypted_password = __private::ColumnType::from_value(value)?,
                _ => {}
            }
            ::core::result::Result::Ok(())
        }
        fn apply(&mut self, changes: Self::Changes) {
            __private::assign(&mut self.encrypted_password, changes.encrypted_password);
            __private::assign_password(
                self,
                changes.password,
                changes.password_confirmation,
            );
        }
        fn changed_columns(changes: &Self::Changes) -> ::std::vec::Vec<usize> {
            __private::changed([(1, changes.encrypted_password.is_some())])
        }
        fn slot(&self, relation: usize) -> ::core::option::Option<&dyn __private::Slot> {
            match relation {
                _ => ::core::option::Option::None,
            }
        }
        fn slot_mut(
            &mut self,
            relation: usize,
        ) -> ::core::option::Option<&mut dyn __private::Slot> {
            match relation {
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
