//! The domain's choices in JSON: a string of a closed list, the list taken from the domain so that it can't drift.

/// Declares a view of a [`leadwright_domain::choices`] type, with its name in the document and its description.
macro_rules! words {
    ($($view:ident($choice:ty) as $name:literal: $description:literal;)*) => { $(
        #[doc = $description]
        #[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $view(pub $choice);

        impl utoipa::PartialSchema for $view {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                let words = <$choice>::WORDS.iter().copied();
                utoipa::openapi::schema::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .enum_values(Some(words.clone()))
                    .description(Some($description))
                    .examples(words.take(1))
                    .into()
            }
        }

        impl utoipa::ToSchema for $view {
            fn name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }
        }
    )* };
}
pub(crate) use words;
