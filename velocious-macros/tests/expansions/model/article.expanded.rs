/// The columns and relationships of [`Article`] in a query.
pub struct ArticleHandle<R>(
    ::velocious::__private::Path,
    ::core::marker::PhantomData<fn() -> R>,
);
/// New values for some fields of a [`Article`].
#[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)]
pub struct ArticleChanges {
    /// The new value of `draft`.
    pub draft: ::core::option::Option<bool>,
    /// The new text of `title` in the current language.
    pub title: ::core::option::Option<::std::string::String>,
    /// The new text of `title_en`.
    pub title_en: ::core::option::Option<::std::string::String>,
    /// The new text of `title_pt_br`.
    pub title_pt_br: ::core::option::Option<::std::string::String>,
    /// The new text of `type` in the current language.
    pub r#type: ::core::option::Option<::std::string::String>,
    /// The new text of `type_en`.
    pub type_en: ::core::option::Option<::std::string::String>,
    /// The new text of `type_pt_br`.
    pub type_pt_br: ::core::option::Option<::std::string::String>,
}
/// The texts of one [`Article`] in one language.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
pub struct ArticleTranslation {
    /// The row's own key.
    pub id: i64,
    /// The key of the record.
    pub article_id: i64,
    /// The language.
    pub locale: ::std::string::String,
    /// The text of `title`.
    pub title: ::core::option::Option<::std::string::String>,
    /// The text of `type`.
    pub r#type: ::core::option::Option<::std::string::String>,
    /// `created_at` of the row.
    pub created_at: ::velocious::__private::Time,
    /// `updated_at` of the row.
    pub updated_at: ::velocious::__private::Time,
    /// Whether the row is new or stored, and what changed.
    pub record: ::velocious::__private::RecordState,
}
/// The columns and relationships of [`ArticleTranslation`] in a query.
pub struct ArticleTranslationHandle<R>(
    ::velocious::__private::Path,
    ::core::marker::PhantomData<fn() -> R>,
);
/// New values for some fields of a [`ArticleTranslation`].
#[derive(::core::clone::Clone, ::core::fmt::Debug, ::core::default::Default)]
pub struct ArticleTranslationChanges {
    /// The new value of `article_id`.
    pub article_id: ::core::option::Option<i64>,
    /// The new value of `locale`.
    pub locale: ::core::option::Option<::std::string::String>,
    /// The new value of `title`.
    pub title: ::core::option::Option<::core::option::Option<::std::string::String>>,
    /// The new value of `type`.
    pub r#type: ::core::option::Option<::core::option::Option<::std::string::String>>,
    /// The new value of `created_at`.
    pub created_at: ::core::option::Option<::velocious::__private::Time>,
    /// The new value of `updated_at`.
    pub updated_at: ::core::option::Option<::velocious::__private::Time>,
}
const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    #[allow(dead_code)]
    impl<R: 'static> ArticleTranslationHandle<R> {
        /// The column `id`.
        pub fn id(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "id")
        }
        /// The column `article_id`.
        pub fn article_id(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "article_id")
        }
        /// The column `locale`.
        pub fn locale(&self) -> __private::Column<R, ::std::string::String> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "locale")
        }
        /// The column `title`.
        pub fn title(
            &self,
        ) -> __private::Column<R, ::core::option::Option<::std::string::String>> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "title")
        }
        /// The column `type`.
        pub fn r#type(
            &self,
        ) -> __private::Column<R, ::core::option::Option<::std::string::String>> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "type")
        }
        /// The column `created_at`.
        pub fn created_at(&self) -> __private::Column<R, ::velocious::__private::Time> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "created_at")
        }
        /// The column `updated_at`.
        pub fn updated_at(&self) -> __private::Column<R, ::velocious::__private::Time> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "updated_at")
        }
    }
    #[automatically_derived]
    impl<R: 'static> __private::RelationPath for ArticleTranslationHandle<R> {
        type Root = R;
        type Target = ArticleTranslation;
        fn path(&self) -> &__private::Path {
            &self.0
        }
        fn at(path: __private::Path) -> Self {
            Self(path, ::core::marker::PhantomData)
        }
    }
    #[automatically_derived]
    impl __private::Record for ArticleTranslation {
        fn record(&self) -> &__private::RecordState {
            &self.record
        }
        fn record_mut(&mut self) -> &mut __private::RecordState {
            &mut self.record
        }
    }
    #[automatically_derived]
    impl __private::Timestamped for ArticleTranslation {}
    #[automatically_derived]
    impl __private::Model for ArticleTranslation {
        type Handle<R: 'static> = ArticleTranslationHandle<R>;
        type Key = i64;
        type Changes = ArticleTranslationChanges;
        const COLUMNS: &'static [__private::ColumnDefinition] = &[
            __private::column::<i64>("id").kept(),
            __private::column::<i64>("article_id"),
            __private::column::<::std::string::String>("locale"),
            __private::column::<::core::option::Option<::std::string::String>>("title"),
            __private::column::<::core::option::Option<::std::string::String>>("type"),
            __private::column::<::velocious::__private::Time>("created_at").kept(),
            __private::column::<::velocious::__private::Time>("updated_at").kept(),
        ];
        fn definition() -> &'static __private::ModelDefinition {
            static DEFINITION: __private::ModelDefinition = __private::ModelDefinition {
                model: "ArticleTranslation",
                table: "article_translations",
                primary_key: 0,
                columns: <ArticleTranslation as __private::Model>::COLUMNS,
                relations: &[],
                transients: &[],
                validations: &[],
                created_at: ::core::option::Option::Some(5),
                updated_at: ::core::option::Option::Some(6),
            };
            &DEFINITION
        }
        fn new() -> Self {
            Self {
                id: ::core::default::Default::default(),
                article_id: ::core::default::Default::default(),
                locale: ::core::default::Default::default(),
                title: ::core::default::Default::default(),
                r#type: ::core::default::Default::default(),
                created_at: ::core::default::Default::default(),
                updated_at: ::core::default::Default::default(),
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
                    article_id: row.get(at + 1)?,
                    locale: row.get(at + 2)?,
                    title: row.get(at + 3)?,
                    r#type: row.get(at + 4)?,
                    created_at: row.get(at + 5)?,
                    updated_at: row.get(at + 6)?,
                    record: ::core::default::Default::default(),
                }),
            )
        }
        fn value(&self, column: usize) -> __private::Value {
            match column {
                0 => __private::ColumnType::to_value(&self.id),
                1 => __private::ColumnType::to_value(&self.article_id),
                2 => __private::ColumnType::to_value(&self.locale),
                3 => __private::ColumnType::to_value(&self.title),
                4 => __private::ColumnType::to_value(&self.r#type),
                5 => __private::ColumnType::to_value(&self.created_at),
                6 => __private::ColumnType::to_value(&self.updated_at),
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
                1 => self.article_id = __private::ColumnType::from_value(value)?,
                2 => self.locale = __private::ColumnType::from_value(value)?,
                3 => self.title = __private::ColumnType::from_value(value)?,
                4 => self.r#type = __private::ColumnType::from_value(value)?,
                5 => self.created_at = __private::ColumnType::from_value(value)?,
                6 => self.updated_at = __private::ColumnType::from_value(value)?,
                _ => {}
            }
            ::core::result::Result::Ok(())
        }
        fn apply(&mut self, changes: Self::Changes) {
            __private::assign(&mut self.article_id, changes.article_id);
            __private::assign(&mut self.locale, changes.locale);
            __private::assign(&mut self.title, changes.title);
            __private::assign(&mut self.r#type, changes.r#type);
            __private::assign(&mut self.created_at, changes.created_at);
            __private::assign(&mut self.updated_at, changes.updated_at);
        }
        fn changed_columns(changes: &Self::Changes) -> ::std::vec::Vec<usize> {
            __private::changed([
                (1, changes.article_id.is_some()),
                (2, changes.locale.is_some()),
                (3, changes.title.is_some()),
                (4, changes.r#type.is_some()),
                (5, changes.created_at.is_some()),
                (6, changes.updated_at.is_some()),
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
};
#[automatically_derived]
impl ::velocious::__private::Translation for ArticleTranslation {
    fn locale(&self) -> &str {
        &self.locale
    }
    fn text(&self, attribute: usize) -> ::core::option::Option<&str> {
        match attribute {
            0 => ::core::option::Option::as_deref(&self.title),
            1 => ::core::option::Option::as_deref(&self.r#type),
            _ => ::core::option::Option::None,
        }
    }
}
const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    #[allow(dead_code)]
    impl<R: 'static> ArticleHandle<R> {
        /// The column `id`.
        pub fn id(&self) -> __private::Column<R, i64> {
            __private::Column::new(::core::clone::Clone::clone(&self.0), "id")
        }
        /// The relationship `translations`.
        pub fn translations(
            &self,
        ) -> <ArticleTranslation as __private::Model>::Handle<R> {
            __private::related::<Article, _>(&self.0, 0)
        }
        /// `title` in the current language, or the first of its fallbacks that has a text.
        pub fn title(&self) -> __private::Translated<R> {
            __private::translated::<Article, R>(&self.0, 0, "title")
        }
        /// `title` in one language.
        pub fn title_in(
            &self,
            locale: impl ::core::convert::Into<__private::Locale>,
        ) -> __private::Translated<R> {
            __private::translated_in::<Article, R>(&self.0, 0, "title", locale)
        }
        /// `title` in `en`, without fallbacks.
        pub fn title_en(&self) -> __private::Translated<R> {
            __private::translated_in::<Article, R>(&self.0, 0, "title", "en")
        }
        /// `title` in `pt-BR`, without fallbacks.
        pub fn title_pt_br(&self) -> __private::Translated<R> {
            __private::translated_in::<Article, R>(&self.0, 0, "title", "pt-BR")
        }
        /// `type` in the current language, or the first of its fallbacks that has a text.
        pub fn r#type(&self) -> __private::Translated<R> {
            __private::translated::<Article, R>(&self.0, 0, "type")
        }
        /// `type` in one language.
        pub fn type_in(
            &self,
            locale: impl ::core::convert::Into<__private::Locale>,
        ) -> __private::Translated<R> {
            __private::translated_in::<Article, R>(&self.0, 0, "type", locale)
        }
        /// `type` in `en`, without fallbacks.
        pub fn type_en(&self) -> __private::Translated<R> {
            __private::translated_in::<Article, R>(&self.0, 0, "type", "en")
        }
        /// `type` in `pt-BR`, without fallbacks.
        pub fn type_pt_br(&self) -> __private::Translated<R> {
            __private::translated_in::<Article, R>(&self.0, 0, "type", "pt-BR")
        }
    }
    #[automatically_derived]
    impl<R: 'static> __private::RelationPath for ArticleHandle<R> {
        type Root = R;
        type Target = Article;
        fn path(&self) -> &__private::Path {
            &self.0
        }
        fn at(path: __private::Path) -> Self {
            Self(path, ::core::marker::PhantomData)
        }
    }
    #[automatically_derived]
    impl __private::Record for Article {
        fn record(&self) -> &__private::RecordState {
            &self.record
        }
        fn record_mut(&mut self) -> &mut __private::RecordState {
            &mut self.record
        }
    }
    #[automatically_derived]
    #[allow(dead_code)]
    impl Article {
        /// Loads the relationship `translations` from the database.
        pub async fn load_translations(
            &mut self,
            db: &__private::Db,
        ) -> __private::Result<()> {
            <Self as __private::Model>::load_relation(self, db, 0).await
        }
    }
    #[automatically_derived]
    #[allow(dead_code)]
    impl Article {
        /// The texts in every language.
        pub fn translations(&self) -> __private::Result<&[ArticleTranslation]> {
            __private::translations(self)
        }
        /// `title` in the current language, or the first of its fallbacks that has a text.
        pub fn title(&self) -> __private::Result<::core::option::Option<&str>> {
            __private::text(self, 0)
        }
        /// `title` in one language.
        pub fn title_in(
            &self,
            locale: impl ::core::convert::AsRef<str>,
        ) -> __private::Result<::core::option::Option<&str>> {
            __private::text_in(self, 0, locale)
        }
        /// Sets `title` in the current language; a blank text is none.
        pub fn set_title(&mut self, text: impl __private::IntoColumn<__private::Text>) {
            __private::set_text(self, 0, text);
        }
        /// Sets `title` in one language; a blank text is none.
        pub fn set_title_in(
            &mut self,
            locale: impl ::core::convert::Into<__private::Locale>,
            text: impl __private::IntoColumn<__private::Text>,
        ) {
            __private::set_text_in(self, 0, locale, text);
        }
        /// `title` in `en`, without fallbacks.
        pub fn title_en(&self) -> __private::Result<::core::option::Option<&str>> {
            __private::text_in(self, 0, "en")
        }
        /// Sets `title` in `en`; a blank text is none.
        pub fn set_title_en(
            &mut self,
            text: impl __private::IntoColumn<__private::Text>,
        ) {
            __private::set_text_in(self, 0, "en", text);
        }
        /// `title` in `pt-BR`, without fallbacks.
        pub fn title_pt_br(&self) -> __private::Result<::core::option::Option<&str>> {
            __private::text_in(self, 0, "pt-BR")
        }
        /// Sets `title` in `pt-BR`; a blank text is none.
        pub fn set_title_pt_br(
            &mut self,
            text: impl __private::IntoColumn<__private::Text>,
        ) {
            __private::set_text_in(self, 0, "pt-BR", text);
        }
        /// `type` in the current language, or the first of its fallbacks that has a text.
        pub fn r#type(&self) -> __private::Result<::core::option::Option<&str>> {
            __private::text(self, 1)
        }
        /// `type` in one language.
        pub fn type_in(
            &self,
            locale: impl ::core::convert::AsRef<str>,
        ) -> __private::Result<::core::option::Option<&str>> {
            __private::text_in(self, 1, locale)
        }
        /// Sets `type` in the current language; a blank text is none.
        pub fn set_type(&mut self, text: impl __private::IntoColumn<__private::Text>) {
            __private::set_text(self, 1, text);
        }
        /// Sets `type` in one language; a blank text is none.
        pub fn set_type_in(
            &mut self,
            locale: impl ::core::convert::Into<__private::Locale>,
            text: impl __private::IntoColumn<__private::Text>,
        ) {
            __private::set_text_in(self, 1, locale, text);
        }
        /// `type` in `en`, without fallbacks.
        pub fn type_en(&self) -> __private::Result<::core::option::Option<&str>> {
            __private::text_in(self, 1, "en")
        }
        /// Sets `type` in `en`; a blank text is none.
        pub fn set_type_en(
            &mut self,
            text: impl __private::IntoColumn<__private::Text>,
        ) {
            __private::set_text_in(self, 1, "en", text);
        }
        /// `type` in `pt-BR`, without fallbacks.
        pub fn type_pt_br(&self) -> __private::Result<::core::option::Option<&str>> {
            __private::text_in(self, 1, "pt-BR")
        }
        /// Sets `type` in `pt-BR`; a blank text is none.
        pub fn set_type_pt_br(
            &mut self,
            text: impl __private::IntoColumn<__private::Text>,
        ) {
            __private::set_text_in(self, 1, "pt-BR", text);
        }
    }
    #[automatically_derived]
    impl __private::Model for Article {
        type Handle<R: 'static> = ArticleHandle<R>;
        type Key = i64;
        type Changes = ArticleChanges;
        const COLUMNS: &'static [__private::ColumnDefinition] = &[
            __private::column::<i64>("id").kept(),
        ];
        fn definition() -> &'static __private::ModelDefinition {
            static TRANSLATIONS: __private::TranslationDefinition = __private::TranslationDefinition::of::<
                ArticleTranslation,
            >(
                &["title", "type"],
                &["en", "pt-BR"],
                &["title_en", "title_pt_br", "type_en", "type_pt_br"],
            );
            static DEFINITION: __private::ModelDefinition = __private::ModelDefinition {
                model: "Article",
                table: "articles",
                primary_key: 0,
                columns: <Article as __private::Model>::COLUMNS,
                relations: &[
                    __private::has_many::<
                        Article,
                        ArticleTranslation,
                    >("translations", 0, 0)
                        .by(|| __private::their_key::<
                            i64,
                            ArticleTranslation,
                            _,
                        >(|target| target.article_id()))
                        .dependent(__private::Dependent::Delete)
                        .translated(&TRANSLATIONS),
                ],
                transients: &["draft", "title", "type"],
                validations: &[__private::rule::presence(2)],
                created_at: ::core::option::Option::None,
                updated_at: ::core::option::Option::None,
            };
            &DEFINITION
        }
        fn new() -> Self {
            Self {
                id: ::core::default::Default::default(),
                draft: ::core::default::Default::default(),
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
                    draft: ::core::default::Default::default(),
                    record: ::core::default::Default::default(),
                }),
            )
        }
        fn value(&self, column: usize) -> __private::Value {
            match column {
                0 => __private::ColumnType::to_value(&self.id),
                2 => __private::text_value(self, 0),
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
                _ => {}
            }
            ::core::result::Result::Ok(())
        }
        fn apply(&mut self, changes: Self::Changes) {
            __private::assign(&mut self.draft, changes.draft);
            __private::assign_text(self, 0, changes.title);
            __private::assign_text_in(self, 0, "en", changes.title_en);
            __private::assign_text_in(self, 0, "pt-BR", changes.title_pt_br);
            __private::assign_text(self, 1, changes.r#type);
            __private::assign_text_in(self, 1, "en", changes.type_en);
            __private::assign_text_in(self, 1, "pt-BR", changes.type_pt_br);
        }
        fn changed_columns(changes: &Self::Changes) -> ::std::vec::Vec<usize> {
            __private::changed([])
        }
        fn slot(&self, relation: usize) -> ::core::option::Option<&dyn __private::Slot> {
            match relation {
                0 => __private::translation_slot(self),
                _ => ::core::option::Option::None,
            }
        }
        fn slot_mut(
            &mut self,
            relation: usize,
        ) -> ::core::option::Option<&mut dyn __private::Slot> {
            match relation {
                0 => __private::translation_slot_mut(self),
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
