//! Organizations: the tenants themselves.

use chrono_tz::Tz;
use leadwright_domain::{
    ids::{Id, OrganizationId},
    organization::Organization,
    quantity::Decimal,
    sources::{self, STARTING_SOURCES},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect, Statement, sea_query::Expr};
use serde_json::json;

use crate::{
    Db, DbError, Tx, bulk,
    conn::{repository, within::Sealed},
    entities::{lead_sources, organizations},
    scope::{find_global, insert_global, update_global},
};

repository!(
    /// The caller's organization.
    Organizations,
    organization
);

impl Organizations<'_> {
    /// The organization of the scope.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self) -> Result<Organization, DbError> {
        let row = find_global::<organizations::Entity>()
            .filter(organizations::Column::Id.eq(self.at.organization()))
            .one(&self.at.conn)
            .await?;
        to_organization(row.ok_or_else(|| DbError::corrupt("the scope names no organization"))?)
    }

    /// Writes name, places, currency and settings; [`Tx::bump_config`] tells the nodes.
    ///
    /// # Errors
    /// The database failed.
    pub async fn update(&self, organization: &Organization) -> Result<(), DbError> {
        use organizations::Column;
        let settings = serde_json::to_value(&organization.settings).map_err(DbError::corrupt)?;
        update_global::<organizations::Entity>()
            .filter(Column::Id.eq(self.at.organization()))
            .col_expr(Column::Name, Expr::value(organization.name.clone()))
            .col_expr(Column::Timezone, Expr::value(organization.timezone.name()))
            .col_expr(Column::DefaultRegion, Expr::value(organization.default_region.clone()))
            .col_expr(Column::BaseCurrency, Expr::value(organization.base_currency.clone()))
            .col_expr(Column::Locale, Expr::value(organization.locale.clone()))
            .col_expr(Column::Country, Expr::value(organization.country.clone()))
            .col_expr(Column::Latitude, Expr::value(organization.latitude.map(Decimal::micros)))
            .col_expr(Column::Longitude, Expr::value(organization.longitude.map(Decimal::micros)))
            .col_expr(Column::Settings, Expr::value(settings))
            .col_expr(Column::UpdatedAt, Expr::value(self.at.now))
            .exec(&self.at.conn)
            .await?;
        Ok(())
    }

    /// The revision of its configuration: what was cached under another is stale.
    ///
    /// # Errors
    /// The database failed.
    pub async fn config_rev(&self) -> Result<i64, DbError> {
        let sql = "SELECT config_rev FROM organizations WHERE id = $1";
        let statement = Statement::from_sql_and_values(self.at.backend(), sql, [self.at.organization().into()]);
        let row = self.at.conn.query_one_raw(statement).await?;
        Ok(row.ok_or_else(|| DbError::corrupt("the scope names no organization"))?.try_get("", "config_rev")?)
    }
}

impl Tx {
    /// Says that the organization's configuration changed, so that every node loads it anew.
    ///
    /// # Errors
    /// The database failed.
    pub async fn bump_config(&self) -> Result<(), DbError> {
        let at = self.scoped();
        let sql = "UPDATE organizations SET config_rev = config_rev + 1 WHERE id = $1";
        at.conn.execute_raw(Statement::from_sql_and_values(at.backend(), sql, [at.organization().into()])).await?;
        Ok(())
    }

    /// Creates the organization of this transaction's scope, with its event head and starting sources.
    ///
    /// # Errors
    /// The database failed.
    pub async fn create_organization(&self, organization: &Organization) -> Result<(), DbError> {
        let at = self.scoped();
        let settings = serde_json::to_value(&organization.settings).map_err(DbError::corrupt)?;
        let row = organizations::ActiveModel {
            id: Set(organization.id.uuid()),
            name: Set(organization.name.clone()),
            config_rev: Set(organization.config_rev),
            timezone: Set(organization.timezone.name().to_owned()),
            default_region: Set(organization.default_region.clone()),
            base_currency: Set(organization.base_currency.clone()),
            locale: Set(organization.locale.clone()),
            week_start: Set(1),
            holidays: Set(json!([])),
            address: Set(json!({})),
            country: Set(organization.country.clone()),
            latitude: Set(organization.latitude.map(Decimal::micros)),
            longitude: Set(organization.longitude.map(Decimal::micros)),
            sandbox: Set(false),
            clock_offset_seconds: Set(0),
            settings: Set(settings),
            created_at: Set(at.now),
            updated_at: Set(at.now),
        };
        insert_global(row).exec_without_returning(&at.conn).await?;
        let sql = "INSERT INTO event_heads (organization_id, last) VALUES ($1, 0)";
        at.conn.execute_raw(Statement::from_sql_and_values(at.backend(), sql, [at.organization().into()])).await?;
        let rows = STARTING_SOURCES.iter().map(|source| lead_sources::ActiveModel {
            organization_id: Set(at.organization()),
            id: Set(self.new_id::<leadwright_domain::ids::kind::LeadSource>().uuid()),
            version: Set(1),
            code: Set(source.code.to_owned()),
            name: Set(source.name.to_owned()),
            name_key: Set(sources::key(source.name)),
            description: Set(Some(source.description.to_owned())),
            direction: Set(source.direction.as_str().to_owned()),
            medium: Set(Some(source.medium.to_owned())),
            aliases: Set(json!(source.aliases)),
            active: Set(true),
            created_at: Set(at.now),
            updated_at: Set(at.now),
        });
        bulk::insert::<lead_sources::Entity>(at.conn, rows.collect()).await
    }
}

impl Db {
    /// The ids of all organizations, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn organizations(&self) -> Result<Vec<OrganizationId>, DbError> {
        let ids: Vec<uuid::Uuid> = find_global::<organizations::Entity>()
            .select_only()
            .column(organizations::Column::Id)
            .into_tuple()
            .all(self.reader_pool())
            .await?;
        let mut ids: Vec<OrganizationId> = ids.into_iter().map(Id::from_uuid).collect();
        ids.sort_unstable();
        Ok(ids)
    }
}

fn to_organization(row: organizations::Model) -> Result<Organization, DbError> {
    Ok(Organization {
        id: Id::from_uuid(row.id),
        name: row.name,
        config_rev: row.config_rev,
        timezone: row.timezone.parse::<Tz>().map_err(DbError::corrupt)?,
        default_region: row.default_region,
        base_currency: row.base_currency,
        locale: row.locale,
        country: row.country,
        latitude: row.latitude.map(Decimal::from_micros),
        longitude: row.longitude.map(Decimal::from_micros),
        settings: serde_json::from_value(row.settings).map_err(DbError::corrupt)?,
    })
}
