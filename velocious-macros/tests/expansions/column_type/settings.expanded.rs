const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    impl __private::ColumnType for Settings {
        type Base = Settings;
        type Nullable = ::core::option::Option<Settings>;
        const KIND: __private::ValueKind = __private::ValueKind::Json;
        fn to_value(&self) -> __private::Value {
            __private::json_value::<Settings>(self)
        }
        fn from_value(
            value: __private::Value,
        ) -> ::core::result::Result<Self, __private::BoxError> {
            __private::json_from_value::<Settings>(value)
        }
        fn from_cell(
            cell: ::core::option::Option<__private::Cell<'_>>,
        ) -> ::core::result::Result<Self, __private::BoxError> {
            __private::json_from_cell::<Settings>(cell)
        }
    }
    #[automatically_derived]
    impl __private::JsonColumn for Settings {}
};
