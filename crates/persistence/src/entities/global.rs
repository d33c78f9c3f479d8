//! The closed list of tables that are not a tenant's: what has to be found before the organization is known.

macro_rules! global_table {
    ($module:ident = $table:literal { $key:ident : $key_type:ty, $($field:ident : $type:ty,)* }) => {
        pub(crate) mod $module {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub $key: $key_type,
                $(pub $field: $type,)*
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            impl ActiveModelBehavior for ActiveModel {}
            impl $crate::scope::Global for Entity {}
        }
    };
}

global_table!(organizations = "organizations" {
    id: Uuid,
    name: String,
    config_rev: i64,
    timezone: String,
    default_region: String,
    base_currency: String,
    locale: String,
    week_start: i64,
    holidays: Json,
    address: Json,
    country: Option<String>,
    latitude: Option<i64>,
    longitude: Option<i64>,
    sandbox: bool,
    clock_offset_seconds: i64,
    settings: Json,
    created_at: DateTimeUtc,
    updated_at: DateTimeUtc,
});

global_table!(login_identities = "login_identities" {
    email_key: String,
    organization_id: Uuid,
    user_id: Uuid,
});

global_table!(public_keys = "public_keys" {
    hash: Vec<u8>,
    organization_id: Uuid,
    kind: String,
    target_id: Uuid,
});

global_table!(signing_keys = "signing_keys" {
    kid: String,
    algorithm: String,
    public_key: Vec<u8>,
    sealed_private_key: Vec<u8>,
    created_at: DateTimeUtc,
    retires_at: Option<DateTimeUtc>,
});
