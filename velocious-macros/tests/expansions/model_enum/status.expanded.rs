const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    impl __private::ModelEnum for Status {
        const ENUM: &'static str = "Status";
        const ALL: &'static [Self] = &[Self::Open, Self::InProgress, Self::Done];
        const NAMES: &'static [&'static str] = &["open", "in_progress", "finished"];
        fn position(&self) -> usize {
            match self {
                Self::Open { .. } => 0,
                Self::InProgress { .. } => 1,
                Self::Done { .. } => 2,
            }
        }
    }
    #[automatically_derived]
    impl __private::ColumnType for Status {
        type Base = Status;
        type Nullable = ::core::option::Option<Status>;
        const KIND: __private::ValueKind = __private::enum_kind::<Status>();
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
    #[automatically_derived]
    impl __private::serde::Serialize for Status {
        fn serialize<S: __private::serde::Serializer>(
            &self,
            serializer: S,
        ) -> ::core::result::Result<
            <S as __private::serde::Serializer>::Ok,
            <S as __private::serde::Serializer>::Error,
        > {
            __private::serialize_enum(self, serializer)
        }
    }
    #[automatically_derived]
    impl<'de> __private::serde::Deserialize<'de> for Status {
        fn deserialize<D: __private::serde::Deserializer<'de>>(
            deserializer: D,
        ) -> ::core::result::Result<
            Self,
            <D as __private::serde::Deserializer<'de>>::Error,
        > {
            __private::deserialize_enum(deserializer)
        }
    }
};
