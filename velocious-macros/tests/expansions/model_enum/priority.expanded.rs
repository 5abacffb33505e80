const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    impl __private::ModelEnum for Priority {
        const ENUM: &'static str = "Priority";
        const ALL: &'static [Self] = &[Self::Low, Self::Normal, Self::High];
        const NAMES: &'static [&'static str] = &["low", "normal", "high"];
        const NUMBERS: &'static [i32] = &[-1, 0, 10];
        fn position(&self) -> usize {
            match self {
                Self::Low { .. } => 0,
                Self::Normal { .. } => 1,
                Self::High { .. } => 2,
            }
        }
    }
    #[automatically_derived]
    impl __private::ColumnType for Priority {
        type Base = Priority;
        type Nullable = ::core::option::Option<Priority>;
        const KIND: __private::ValueKind = __private::enum_kind::<Priority>();
        fn to_value(&self) -> __private::Value {
            __private::enum_value(self)
        }
        fn from_value(
            value: __private::Value,
        ) -> ::core::result::Result<Self, __private::BoxError> {
            __private::enum_from_value(&value)
        }
        fn from_cell(
            cell: ::core::option::Option<__private::Cell<'_>>,
        ) -> ::core::result::Result<Self, __private::BoxError> {
            __private::enum_from_cell(cell)
        }
    }
};
