/// The columns and relationships of [`Booking`] in a query.
pub struct BookingHandle<R>(
    ::velocious::__private::Path,
    ::core::marker::PhantomData<fn() -> R>,
);
/// New values for some fields of a [`Booking`].
#[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)]
pub struct BookingChanges {
    /// The new value of `code`.
    pub code: ::core::option::Option<String>,
    /// The new value of `kind`.
    pub kind: ::core::option::Option<String>,
    /// The new value of `price`.
    pub price: ::core::option::Option<f64>,
    /// The new value of `ends_on`.
    pub ends_on: ::core::option::Option<NaiveDate>,
    /// The new value of `starts_on`.
    pub starts_on: ::core::option::Option<NaiveDate>,
    /// The new value of `email`.
    pub email: ::core::option::Option<String>,
    /// The new value of `email_confirmation`.
    pub email_confirmation: ::core::option::Option<Option<String>>,
    /// The new value of `note`.
    pub note: ::core::option::Option<Note>,
}
const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    #[allow(dead_code)]
    impl<R: 'static> BookingHandle<R> {
        /// The column `id`.
        pub fn id(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "id")
        }
        /// The column `code`.
        pub fn code(&self) -> __private::Column<R, String> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "code")
        }
        /// The column `kind`.
        pub fn kind(&self) -> __private::Column<R, String> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "kind")
        }
        /// The column `price`.
        pub fn price(&self) -> __private::Column<R, f64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "price")
        }
        /// The column `ends_on`.
        pub fn ends_on(&self) -> __private::Column<R, NaiveDate> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "ends_on")
        }
        /// The column `starts_on`.
        pub fn starts_on(&self) -> __private::Column<R, NaiveDate> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "starts_on")
        }
        /// The column `email`.
        pub fn email(&self) -> __private::Column<R, String> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "email")
        }
        /// The relationship `guests`.
        pub fn guests(&self) -> <Guest as __private::Model>::Handle<R> {
            __private::related::<Booking, _>(&self.0, 0)
        }
    }
    #[automatically_derived]
    impl<R: 'static> __private::RelationPath for BookingHandle<R> {
        type Root = R;
        type Target = Booking;
        fn path(&self) -> &__private::Path {
            &self.0
        }
        fn at(path: __private::Path) -> Self {
            Self(path, ::core::marker::PhantomData)
        }
    }
    #[automatically_derived]
    impl __private::Record for Booking {
        fn record(&self) -> &__private::RecordState {
            &self.record
        }
        fn record_mut(&mut self) -> &mut __private::RecordState {
            &mut self.record
        }
        fn is_guarded(&self, guard: usize) -> bool {
            match guard {
                0 => {
                    __private::holds(Self::is_public(self))
                        && !__private::holds(Self::is_old(self))
                        && !__private::holds(Self::is_test(self))
                }
                _ => true,
            }
        }
        #[allow(unused_variables)]
        fn check_custom<'a>(
            &'a self,
            function: usize,
            db: &'a __private::Db,
            errors: &'a mut __private::Errors,
        ) -> __private::BoxFuture<'a, __private::Result<()>> {
            match function {
                0 => __private::checked(Self::check_dates(self, errors)),
                1 => ::std::boxed::Box::pin(Self::check_quota(self, db, errors)),
                _ => __private::checked(()),
            }
        }
    }
    #[automatically_derived]
    #[allow(dead_code)]
    impl Booking {
        /// Loads the relationship `guests` from the database.
        pub async fn load_guests(
            &mut self,
            db: &__private::Db,
        ) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 0).await
        }
    }
    #[automatically_derived]
    impl __private::Model for Booking {
        type Handle<R: 'static> = BookingHandle<R>;
        type Key = i64;
        type Changes = BookingChanges;
        const COLUMNS: &'static [__private::ColumnDefinition] = &[
            __private::column::<i64>("id").kept(),
            __private::column::<String>("code"),
            __private::column::<String>("kind"),
            __private::column::<f64>("price"),
            __private::column::<NaiveDate>("ends_on"),
            __private::column::<NaiveDate>("starts_on"),
            __private::column::<String>("email"),
        ];
        fn definition() -> &'static __private::ModelDefinition {
            static DEFINITION: __private::ModelDefinition = __private::ModelDefinition {
                model: "Booking",
                table: "bookings",
                primary_key: 0,
                columns: <Booking as __private::Model>::COLUMNS,
                relations: &[
                    __private::has_many::<Booking, Guest>("guests", 0, 0)
                        .by(|| __private::their_key::<
                            i64,
                            Guest,
                            _,
                        >(|target| target.booking_id())),
                ],
                transients: &["email_confirmation", "note"],
                validations: &[
                    __private::rule::custom(0).on(__private::Occasion::Create),
                    __private::rule::presence(1),
                    __private::rule::unique_in_any_case(1, &[2]),
                    __private::rule::format(
                            1,
                            || {
                                static PATTERN: __private::Pattern = __private::Pattern::new(
                                    r"^[A-Z]+$",
                                );
                                &PATTERN
                            },
                        )
                        .guarded(0)
                        .saying("must be in capitals"),
                    __private::rule::inclusion(
                            2,
                            || {
                                static ALLOWED: __private::Allowed = __private::Allowed::each(||
                                __private::allowed::<String, _, _>(["day", "night"]));
                                &ALLOWED
                            },
                        )
                        .unless_blank(),
                    __private::rule::integer(3, __private::Operator::Greater, 0),
                    __private::rule::double(3, __private::Operator::LessOrEqual, 2.5),
                    __private::rule::comparison(
                        4,
                        __private::Operator::GreaterOrEqual,
                        5,
                    ),
                    __private::rule::confirmation(6, 7),
                    __private::rule::custom(1),
                    __private::rule::associated(0),
                ],
                created_at: ::core::option::Option::None,
                updated_at: ::core::option::Option::None,
            };
            &DEFINITION
        }
        fn new() -> Self {
            let relations = <Booking as __private::Model>::definition().relations;
            Self {
                id: ::core::default::Default::default(),
                code: ::core::default::Default::default(),
                kind: ::core::default::Default::default(),
                price: ::core::default::Default::default(),
                ends_on: ::core::default::Default::default(),
                starts_on: ::core::default::Default::default(),
                email: ::core::default::Default::default(),
                guests: __private::HasMany::of_new(&relations[0]),
                email_confirmation: ::core::default::Default::default(),
                note: ::core::default::Default::default(),
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
            let relations = <Booking as __private::Model>::definition().relations;
            ::core::result::Result::Ok(
                __private::loaded(Self {
                    id: row.get(at + 0)?,
                    code: row.get(at + 1)?,
                    kind: row.get(at + 2)?,
                    price: row.get(at + 3)?,
                    ends_on: row.get(at + 4)?,
                    starts_on: row.get(at + 5)?,
                    email: row.get(at + 6)?,
                    guests: __private::HasMany::unloaded(&relations[0]),
                    email_confirmation: ::core::default::Default::default(),
                    note: ::core::default::Default::default(),
                    record: ::core::default::Default::default(),
                }),
            )
        }
        fn value(&self, column: usize) -> __private::Value {
            match column {
                0 => __private::ColumnType::to_value(&self.id),
                1 => __private::ColumnType::to_value(&self.code),
                2 => __private::ColumnType::to_value(&self.kind),
                3 => __private::ColumnType::to_value(&self.price),
                4 => __private::ColumnType::to_value(&self.ends_on),
                5 => __private::ColumnType::to_value(&self.starts_on),
                6 => __private::ColumnType::to_value(&self.email),
                7 => __private::ColumnType::to_value(&self.email_confirmation),
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
                2 => self.kind = __private::ColumnType::from_value(value)?,
                3 => self.price = __private::ColumnType::from_value(value)?,
                4 => self.ends_on = __private::ColumnType::from_value(value)?,
                5 => self.starts_on = __private::ColumnType::from_value(value)?,
                6 => self.email = __private::ColumnType::from_value(value)?,
                _ => {}
            }
            ::core::result::Result::Ok(())
        }
        fn apply(&mut self, changes: Self::Changes) {
            __private::assign(&mut self.code, changes.code);
            __private::assign(&mut self.kind, changes.kind);
            __private::assign(&mut self.price, changes.price);
            __private::assign(&mut self.ends_on, changes.ends_on);
            __private::assign(&mut self.starts_on, changes.starts_on);
            __private::assign(&mut self.email, changes.email);
            __private::assign(&mut self.email_confirmation, changes.email_confirmation);
            __private::assign(&mut self.note, changes.note);
        }
        fn changed_columns(changes: &Self::Changes) -> ::std::vec::Vec<usize> {
            __private::changed([
                (1, changes.code.is_some()),
                (2, changes.kind.is_some()),
                (3, changes.price.is_some()),
                (4, changes.ends_on.is_some()),
                (5, changes.starts_on.is_some()),
                (6, changes.email.is_some()),
            ])
        }
        fn slot(&self, relation: usize) -> ::core::option::Option<&dyn __private::Slot> {
            match relation {
                0 => ::core::option::Option::Some(&self.guests),
                _ => ::core::option::Option::None,
            }
        }
        fn slot_mut(
            &mut self,
            relation: usize,
        ) -> ::core::option::Option<&mut dyn __private::Slot> {
            match relation {
                0 => ::core::option::Option::Some(&mut self.guests),
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
        __private::assert_text::<String>();
        __private::assert_text::<String>();
        __private::assert_number::<f64>();
        __private::assert_number::<f64>();
        __private::assert_comparable::<NaiveDate, NaiveDate>();
        __private::assert_comparable::<String, Option<String>>();
    };
};
