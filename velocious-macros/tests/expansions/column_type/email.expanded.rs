const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    impl __private::ColumnType for Email {
        type Base = <String as __private::ColumnType>::Base;
        type Nullable = ::core::option::Option<Email>;
        const KIND: __private::ValueKind = <String as __private::ColumnType>::KIND;
        fn to_value(&self) -> __private::Value {
            <String as __private::ColumnType>::to_value(&self.0)
        }
        fn from_value(
            value: __private::Value,
        ) -> ::core::result::Result<Self, __private::BoxError> {
            ::core::result::Result::Ok(
                Self(<String as __private::ColumnType>::from_value(value)?),
            )
        }
        fn from_cell(
            cell: ::core::option::Option<__private::Cell<'_>>,
        ) -> ::core::result::Result<Self, __private::BoxError> {
            ::core::result::Result::Ok(
                Self(<String as __private::ColumnType>::from_cell(cell)?),
            )
        }
    }
};
