//! Enumerations of the domain as the document shows them.

/// Declares the API's form of an enumeration of the domain: the same words, with their meaning in the document.
macro_rules! words {
    ($(#[$meta:meta])* $view:ident as $schema:ident = $domain:ty { $($(#[$doc:meta])* $variant:ident,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
        #[schema(as = $schema)]
        #[serde(rename_all = "snake_case")]
        pub enum $view { $($(#[$doc])* $variant,)+ }

        impl From<$domain> for $view {
            fn from(value: $domain) -> Self {
                match value { $(<$domain>::$variant => Self::$variant,)+ }
            }
        }

        impl From<$view> for $domain {
            fn from(value: $view) -> Self {
                match value { $($view::$variant => Self::$variant,)+ }
            }
        }
    };
}
pub(crate) use words;
