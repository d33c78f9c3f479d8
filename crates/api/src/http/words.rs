//! The closed enumerations of the domain, as schemas of the document.

/// Declares the schema of an enumeration that the domain made with `choices!`; it serializes as the domain's does.
macro_rules! word_schema {
    ($(#[doc = $doc:literal])+ $name:ident as $schema:literal = $domain:ty, $example:literal) => {
        $(#[doc = $doc])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $domain);

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
                utoipa::openapi::ObjectBuilder::new()
                    .schema_type(utoipa::openapi::schema::Type::String)
                    .description(Some([$($doc),+].concat().trim()))
                    .enum_values(Some(<$domain>::WORDS.iter().copied()))
                    .examples([$example])
                    .build()
                    .into()
            }
        }

        impl utoipa::ToSchema for $name {
            fn name() -> std::borrow::Cow<'static, str> {
                $schema.into()
            }
        }

        impl From<$name> for $domain {
            fn from(word: $name) -> Self {
                word.0
            }
        }

        impl From<$domain> for $name {
            fn from(word: $domain) -> Self {
                Self(word)
            }
        }
    };
}
pub(crate) use word_schema;
