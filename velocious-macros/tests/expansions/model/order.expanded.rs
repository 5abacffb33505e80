/// The columns and relationships of [`Order`] in a query.
pub struct OrderHandle<R>(
    ::velocious::__private::Path,
    ::core::marker::PhantomData<fn() -> R>,
);
/// New values for some fields of a [`Order`].
#[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)]
pub struct OrderChanges {
    /// The new value of `updated_at`.
    pub updated_at: ::core::option::Option<DateTime<Utc>>,
    /// The new value of `lock_version`.
    pub lock_version: ::core::option::Option<i32>,
}
const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    #[allow(dead_code)]
    impl<R: 'static> OrderHandle<R> {
        /// The column `id`.
        pub fn id(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "id")
        }
        /// The column `updated_at`.
        pub fn updated_at(&self) -> __private::Column<R, DateTime<Utc>> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "updated_at")
        }
        /// The column `lock_version`.
        pub fn lock_version(&self) -> __private::Column<R, i32> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "lock_version")
        }
    }
    #[automatically_derived]
    impl<R: 'static> __private::RelationPath for OrderHandle<R> {
        type Root = R;
        type Target = Order;
        fn path(&self) -> &__private::Path {
            &self.0
        }
        fn at(path: __private::Path) -> Self {
            Self(path, ::core::marker::PhantomData)
        }
    }
    #[automatically_derived]
    impl __private::Record for Order {
        fn record(&self) -> &__private::RecordState {
            &self.record
        }
        fn record_mut(&mut self) -> &mut __private::RecordState {
            &mut self.record
        }
        const LIFECYCLE: ::core::option::Option<__private::Lifecycle<Self>> = ::core::option::Option::Some(
            __private::Lifecycle::of(),
        );
    }
    #[automatically_derived]
    impl __private::RunsCallbacks for Order {}
    #[automatically_derived]
    impl __private::Timestamped for Order {}
    #[automatically_derived]
    impl __private::Model for Order {
        type Handle<R: 'static> = OrderHandle<R>;
        type Key = i64;
        type Changes = OrderChanges;
        const COLUMNS: &'static [__private::ColumnDefinition] = &[
            __private::column::<i64>("id").kept(),
            __private::column::<DateTime<Utc>>("updated_at").kept(),
            __private::column::<i32>("lock_version").kept(),
        ];
        fn definition() -> &'static __private::ModelDefinition {
            static DEFINITION: __private::ModelDefinition = __private::ModelDefinition {
                model: "Order",
                table: "orders",
                primary_key: 0,
                columns: <Order as __private::Model>::COLUMNS,
                relations: &[],
                transients: &[],
                validations: &[],
                created_at: ::core::option::Option::None,
                updated_at: ::core::option::Option::Some(1),
            };
            &DEFINITION
        }
        fn new() -> Self {
            Self {
                id: ::core::default::Default::default(),
                updated_at: ::core::default::Default::default(),
                lock_version: ::core::default::Default::default(),
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
                    updated_at: row.get(at + 1)?,
                    lock_version: row.get(at + 2)?,
                    record: ::core::default::Default::default(),
                }),
            )
        }
        fn value(&self, column: usize) -> __private::Value {
            match column {
                0 => __private::ColumnType::to_value(&self.id),
                1 => __private::ColumnType::to_value(&self.updated_at),
                2 => __private::ColumnType::to_value(&self.lock_version),
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
                1 => self.updated_at = __private::ColumnType::from_value(value)?,
                2 => self.lock_version = __private::ColumnType::from_value(value)?,
                _ => {}
            }
            ::core::result::Result::Ok(())
        }
        fn apply(&mut self, changes: Self::Changes) {
            __private::assign(&mut self.updated_at, changes.updated_at);
            __private::assign(&mut self.lock_version, changes.lock_version);
        }
        fn changed_columns(changes: &Self::Changes) -> ::std::vec::Vec<usize> {
            __private::changed([
                (1, changes.updated_at.is_some()),
                (2, changes.lock_version.is_some()),
            ])
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
    const _: fn() = || {
        __private::assert_lock_version::<i32>();
    };
};
