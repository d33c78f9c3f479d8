//! Rows, exactly as the tables have them. Private to this crate: the rest of the house knows domain types.

mod access;
mod capture;
mod configuration;
mod duplicates;
mod global;
mod lead;
mod log;
mod privacy;
mod work;

pub(crate) use access::{api_keys, idempotency_keys, refresh_tokens, sessions, team_members, teams, users};
pub(crate) use capture::{block_list, capture_forms, submissions};
pub(crate) use configuration::{custom_fields, lead_sources, routing_pools, routing_rules, tags, views};
pub(crate) use duplicates::{duplicate_pairs, lead_match_keys, merges};
pub(crate) use global::{login_identities, organizations, public_keys, signing_keys};
pub(crate) use lead::{interactions, lead_external_ids, leads, suggestions};
pub(crate) use log::events;
pub(crate) use privacy::{erasures, tombstone_keys, tombstones};
pub(crate) use work::{
    bulk_actions, bulk_parts, import_chunks, import_made, import_mappings, import_rejects, imports, jobs,
};

/// Declares the row of a tenant's table: its primary key is always `(organization_id, id)`.
macro_rules! tenant_table {
    ($module:ident = $table:literal { $($field:ident : $type:ty,)* }) => {
        pub(crate) mod $module {
            use sea_orm::entity::prelude::*;

            #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
            #[sea_orm(table_name = $table)]
            pub struct Model {
                #[sea_orm(primary_key, auto_increment = false)]
                pub organization_id: Uuid,
                #[sea_orm(primary_key, auto_increment = false)]
                pub id: Uuid,
                $(pub $field: $type,)*
            }

            #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
            pub enum Relation {}

            $crate::scope::tenant!();
        }
    };
}
pub(crate) use tenant_table;
