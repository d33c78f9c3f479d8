//! The one place that begins a statement on a tenant's table: always within the caller's organization.

use leadwright_domain::access::Scope;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, DeleteMany, EntityTrait, Insert, IntoActiveModel, QueryFilter, Select, UpdateMany,
};

/// A table whose rows belong to organizations.
pub(crate) trait Tenant: EntityTrait {
    /// Its `organization_id`.
    fn organization() -> Self::Column;
    /// Its `id`.
    fn id() -> Self::Column;
}

/// Implements [`Tenant`] for an entity module's `Entity`.
macro_rules! tenant {
    () => {
        impl $crate::scope::Tenant for Entity {
            fn organization() -> Column {
                Column::OrganizationId
            }
            fn id() -> Column {
                Column::Id
            }
        }
        impl sea_orm::ActiveModelBehavior for ActiveModel {}
    };
}
pub(crate) use tenant;

/// Begins statements within an organization.
pub(crate) trait Begin {
    fn find<E: Tenant>(&self) -> Select<E>;
    fn find_by_id<E: Tenant>(&self, id: uuid::Uuid) -> Select<E> {
        self.find::<E>().filter(E::id().eq(id))
    }
    fn update<E: Tenant>(&self) -> UpdateMany<E>;
    fn delete<E: Tenant>(&self) -> DeleteMany<E>;
    fn insert<E, A>(&self, row: A) -> Insert<A>
    where
        E: Tenant,
        A: ActiveModelTrait<Entity = E>;
}

impl Begin for Scope {
    fn find<E: Tenant>(&self) -> Select<E> {
        E::find().filter(E::organization().eq(self.organization.uuid()))
    }

    fn update<E: Tenant>(&self) -> UpdateMany<E> {
        E::update_many().filter(E::organization().eq(self.organization.uuid()))
    }

    fn delete<E: Tenant>(&self) -> DeleteMany<E> {
        E::delete_many().filter(E::organization().eq(self.organization.uuid()))
    }

    fn insert<E, A>(&self, row: A) -> Insert<A>
    where
        E: Tenant,
        A: ActiveModelTrait<Entity = E>,
    {
        let mut row = row.into_active_model();
        row.set(E::organization(), self.organization.uuid().into());
        Insert::one(row)
    }
}

/// A table that is no tenant's: one of the closed list in `entities/global.rs`.
pub(crate) trait Global: EntityTrait {}

/// Begins a query on a global table.
pub(crate) fn find_global<E: Global>() -> Select<E> {
    E::find()
}

/// Begins an insert into a global table.
pub(crate) fn insert_global<E: Global, A: ActiveModelTrait<Entity = E>>(row: A) -> Insert<A> {
    Insert::one(row)
}

/// Begins an update of a global table.
pub(crate) fn update_global<E: Global>() -> UpdateMany<E> {
    E::update_many()
}

/// Begins a deletion from a global table.
pub(crate) fn delete_global<E: Global>() -> DeleteMany<E> {
    E::delete_many()
}
