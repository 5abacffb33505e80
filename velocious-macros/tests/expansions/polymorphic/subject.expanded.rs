/// What a [`Subject`] can be, in a query.
pub struct SubjectHandle<R>(
    ::velocious::__private::Path,
    ::core::marker::PhantomData<fn() -> R>,
);
const _: () = {
    use ::velocious::__private;
    #[automatically_derived]
    #[allow(dead_code)]
    impl<R: 'static> SubjectHandle<R> {
        /// The record, if it is a [`Task`].
        pub fn task(&self) -> <Task as __private::Model>::Handle<R> {
            __private::variant(&self.0, 0)
        }
        /// The record, if it is a [`crate::blog::Post`].
        pub fn blog_post(&self) -> <crate::blog::Post as __private::Model>::Handle<R> {
            __private::variant(&self.0, 1)
        }
    }
    #[automatically_derived]
    impl<R: 'static> __private::PreloadPath for SubjectHandle<R> {
        type Root = R;
        fn preload_path(&self) -> &__private::Path {
            &self.0
        }
    }
    #[automatically_derived]
    impl<R: 'static> __private::AnyHandle for SubjectHandle<R> {
        type Any = Subject;
        fn at(path: __private::Path) -> Self {
            Self(path, ::core::marker::PhantomData)
        }
    }
    #[automatically_derived]
    impl __private::Polymorphic for Subject {
        type Handle<R: 'static> = SubjectHandle<R>;
        fn variants() -> &'static [__private::Loader] {
            static VARIANTS: &[__private::Loader] = &[
                __private::Loader::of_variant::<Subject, Task>(),
                __private::Loader::of_variant::<Subject, crate::blog::Post>(),
            ];
            VARIANTS
        }
        fn model(&self) -> &dyn __private::AnyModel {
            match self {
                Self::Task(record) => record,
                Self::BlogPost(record) => record,
            }
        }
        fn model_mut(&mut self) -> &mut dyn __private::AnyModel {
            match self {
                Self::Task(record) => record,
                Self::BlogPost(record) => record,
            }
        }
        fn copied(&self) -> Self {
            match self {
                Self::Task(record) => Self::Task(__private::copied(record)),
                Self::BlogPost(record) => Self::BlogPost(__private::copied(record)),
            }
        }
    }
    #[automatically_derived]
    impl __private::Includes<Task> for Subject {
        fn get(&self) -> ::core::option::Option<&Task> {
            #[allow(unreachable_patterns)]
            match self {
                Self::Task(record) => ::core::option::Option::Some(record),
                _ => ::core::option::Option::None,
            }
        }
    }
    #[automatically_derived]
    impl ::core::convert::From<Task> for Subject {
        fn from(record: Task) -> Self {
            Self::Task(record)
        }
    }
    #[automatically_derived]
    impl __private::Includes<crate::blog::Post> for Subject {
        fn get(&self) -> ::core::option::Option<&crate::blog::Post> {
            #[allow(unreachable_patterns)]
            match self {
                Self::BlogPost(record) => ::core::option::Option::Some(record),
                _ => ::core::option::Option::None,
            }
        }
    }
    #[automatically_derived]
    impl ::core::convert::From<crate::blog::Post> for Subject {
        fn from(record: crate::blog::Post) -> Self {
            Self::BlogPost(record)
        }
    }
    #[automatically_derived]
    impl<K> __private::AnyKey<K> for Subject
    where
        K: __private::ForeignKey<<Task as __private::Model>::Key>
            + __private::ForeignKey<<crate::blog::Post as __private::Model>::Key>,
    {}
};
