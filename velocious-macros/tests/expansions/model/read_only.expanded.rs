/// The columns and relationships of [`Statistic`] in a query.
pub(crate) struct StatisticHandle<R>(
    ::velocious::__private::Path,
    ::core::marker::PhantomData<fn() -> R>,
);
/// New values for some fields of a [`Statistic`].
#[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)]
pub(crate) struct StatisticChanges {
    /// The new value of `type`.
    pub(crate) r#type: ::core::option::Option<i64>,
    /// The new value of `count`.
    count: ::core::option::Option<i64>,
}
const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    #[allow(dead_code)]
    impl<R: 'static> StatisticHandle<R> {
        /// The column `KEY`.
        fn code(&self) -> __private::Column<R, String> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "KEY")
        }
        /// The column `type`.
        pub(crate) fn r#type(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "type")
        }
        /// The column `count`.
        fn count(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "count")
        }
    }
    #[automatically_derived]
    impl<R: 'static> __private::RelationPath for StatisticHandle<R> {
        type Root = R;
        type Target = Statistic;
        fn path(&self) -> &__private::Path {
            &self.0
        }
        fn at(path: __private::Path) -> Self {
            Self(path, ::core::marker::PhantomData)
        }
    }
    #[automatically_derived]
    impl __private::Model for Statistic {
        type Handle<R: 'static> = StatisticHandle<R>;
        type Key = String;
        type Changes = StatisticChanges;
        const COLUMNS: &'static [__private::ColumnDefinition] = &[
            __private::column::<String>("KEY").called("code").kept(),
            __private::column::<i64>("type"),
            __private::column::<i64>("count"),
        ];
        fn definition() -> &'static __private::ModelDefinition {
            static DEFINITION: __private::ModelDefinition = __private::ModelDefinition {
                model: "Statistic",
                table: "statistics",
                primary_key: 0,
                columns: <Statistic as __private::Model>::COLUMNS,
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
                code: ::core::default::Default::default(),
                r#type: ::core::default::Default::default(),
                count: ::core::default::Default::default(),
            }
        }
        fn key(&self) -> Self::Key {
            ::core::clone::Clone::clone(&self.code)
        }
        fn from_row(
            row: &dyn __private::RowRead,
            at: usize,
        ) -> ::core::result::Result<Self, __private::BoxError> {
            ::core::result::Result::Ok(Self {
                code: row.get(at + 0)?,
                r#type: row.get(at + 1)?,
                count: row.get(at + 2)?,
            })
        }
        fn value(&self, column: usize) -> __private::Value {
            match column {
                0 => __private::ColumnType::to_value(&self.code),
                1 => __private::ColumnType::to_value(&self.r#type),
                2 => __private::ColumnType::to_value(&self.count),
                _ => __private::Value::Null(__private::ValueKind::Bool),
            }
        }
        fn set_value(
            &mut self,
            column: usize,
            value: __private::Value,
        ) -> ::core::result::Result<(), __private::BoxError> {
            match column {
                0 => self.code = __private::ColumnType::from_value(value)?,
                1 => self.r#type = __private::ColumnType::from_value(value)?,
                2 => self.count = __private::ColumnType::from_value(value)?,
                _ => {}
            }
            ::core::result::Result::Ok(())
        }
        fn apply(&mut self, changes: Self::Changes) {
            __private::assign(&mut self.r#type, changes.r#type);
            __private::assign(&mut self.count, changes.count);
        }
        fn changed_columns(changes: &Self::Changes) -> ::std::vec::Vec<usize> {
            __private::changed([
                (1, changes.r#type.is_some()),
                (2, changes.count.is_some()),
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
    }
};
