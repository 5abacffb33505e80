/// The columns and relationships of [`Book`] in a query.
pub struct BookHandle<R>(
    ::velocious::__private::Path,
    ::core::marker::PhantomData<fn() -> R>,
);
/// New values for some fields of a [`Book`].
#[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)]
pub struct BookChanges {
    /// The new value of `shelf_id`.
    pub shelf_id: ::core::option::Option<Option<i64>>,
}
const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    #[allow(dead_code)]
    impl<R: 'static> BookHandle<R> {
        /// The column `id`.
        pub fn id(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "id")
        }
        /// The column `shelf_id`.
        pub fn shelf_id(&self) -> __private::Column<R, Option<i64>> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "shelf_id")
        }
        /// The relationship `shelf`.
        pub fn shelf(&self) -> <Shelf as __private::Model>::Handle<R> {
            __private::related::<Book, _>(&self.0, 0)
        }
        /// The relationship `pages`.
        pub fn pages(&self) -> <Page as __private::Model>::Handle<R> {
            __private::related::<Book, _>(&self.0, 1)
        }
        /// The relationship `cover`.
        pub fn cover(&self) -> <Cover as __private::Model>::Handle<R> {
            __private::related::<Book, _>(&self.0, 2)
        }
    }
    #[automatically_derived]
    impl<R: 'static> __private::RelationPath for BookHandle<R> {
        type Root = R;
        type Target = Book;
        fn path(&self) -> &__private::Path {
            &self.0
        }
        fn at(path: __private::Path) -> Self {
            Self(path, ::core::marker::PhantomData)
        }
    }
    #[automatically_derived]
    impl __private::Record for Book {
        fn record(&self) -> &__private::RecordState {
            &self.record
        }
        fn record_mut(&mut self) -> &mut __private::RecordState {
            &mut self.record
        }
    }
    #[automatically_derived]
    #[allow(dead_code)]
    impl Book {
        /// Loads the relationship `shelf` from the database.
        pub async fn load_shelf(&mut self, db: &__private::Db) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 0).await
        }
        /// Loads the relationship `pages` from the database.
        pub async fn load_pages(&mut self, db: &__private::Db) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 1).await
        }
        /// Loads the relationship `cover` from the database.
        pub async fn load_cover(&mut self, db: &__private::Db) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 2).await
        }
    }
    #[automatically_derived]
    impl __private::Model for Book {
        type Handle<R: 'static> = BookHandle<R>;
        type Key = i64;
        type Changes = BookChanges;
        const COLUMNS: &'static [__private::ColumnDefinition] = &[
            __private::column::<i64>("id").kept(),
            __private::column::<Option<i64>>("shelf_id"),
        ];
        fn definition() -> &'static __private::ModelDefinition {
            static DEFINITION: __private::ModelDefinition = __private::ModelDefinition {
                model: "Book",
                table: "books",
                primary_key: 0,
                columns: <Book as __private::Model>::COLUMNS,
                relations: &[
                    __private::belongs_to::<Book, Shelf>("shelf", 0, 1)
                        .counted(|| __private::counter::<
                            Shelf,
                            _,
                        >(|target| target.books_count()))
                        .touching_column(|| __private::touched::<
                            Shelf,
                            _,
                        >(|target| target.filled_at())),
                    __private::has_many::<Book, Page>("pages", 1, 0)
                        .by(|| __private::their_key::<
                            i64,
                            Page,
                            _,
                        >(|target| target.book_id()))
                        .dependent(__private::Dependent::Destroy)
                        .inverse(|| __private::inverse::<
                            Book,
                            Page,
                            _,
                        >(|target| target.book())),
                    __private::has_one::<Book, Cover>("cover", 2, 0)
                        .by(|| __private::their_key::<
                            i64,
                            Cover,
                            _,
                        >(|target| target.book_id()))
                        .dependent(__private::Dependent::Nullify),
                ],
                transients: &[],
                validations: &[],
                created_at: ::core::option::Option::None,
                updated_at: ::core::option::Option::None,
            };
            &DEFINITION
        }
        fn new() -> Self {
            let relations = <Book as __private::Model>::definition().relations;
            Self {
                id: ::core::default::Default::default(),
                shelf_id: ::core::default::Default::default(),
                shelf: __private::BelongsTo::of_new(&relations[0]),
                pages: __private::HasMany::of_new(&relations[1]),
                cover: __private::HasOne::of_new(&relations[2]),
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
            let relations = <Book as __private::Model>::definition().relations;
            ::core::result::Result::Ok(
                __private::loaded(Self {
                    id: row.get(at + 0)?,
                    shelf_id: row.get(at + 1)?,
                    shelf: __private::BelongsTo::unloaded(&relations[0]),
                    pages: __private::HasMany::unloaded(&relations[1]),
                    cover: __private::HasOne::unloaded(&relations[2]),
                    record: ::core::default::Default::default(),
                }),
            )
        }
        fn value(&self, column: usize) -> __private::Value {
            match column {
                0 => __private::ColumnType::to_value(&self.id),
                1 => __private::ColumnType::to_value(&self.shelf_id),
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
                1 => self.shelf_id = __private::ColumnType::from_value(value)?,
                _ => {}
            }
            ::core::result::Result::Ok(())
        }
        fn apply(&mut self, changes: Self::Changes) {
            __private::assign(&mut self.shelf_id, changes.shelf_id);
        }
        fn changed_columns(changes: &Self::Changes) -> ::std::vec::Vec<usize> {
            __private::changed([(1, changes.shelf_id.is_some())])
        }
        fn slot(&self, relation: usize) -> ::core::option::Option<&dyn __private::Slot> {
            match relation {
                0 => ::core::option::Option::Some(&self.shelf),
                1 => ::core::option::Option::Some(&self.pages),
                2 => ::core::option::Option::Some(&self.cover),
                _ => ::core::option::Option::None,
            }
        }
        fn slot_mut(
            &mut self,
            relation: usize,
        ) -> ::core::option::Option<&mut dyn __private::Slot> {
            match relation {
                0 => ::core::option::Option::Some(&mut self.shelf),
                1 => ::core::option::Option::Some(&mut self.pages),
                2 => ::core::option::Option::Some(&mut self.cover),
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
        __private::assert_own_key::<Option<i64>, Shelf>();
        __private::assert_destroyed::<Page>();
        __private::assert_nullified::<Cover, _>(|target| target.book_id());
    };
};
