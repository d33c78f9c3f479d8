use actix_web::get;
use leadwright_domain::{access::Role, ids::Id};
use leadwright_persistence::access::UserFilter;
use utoipa::ToSchema;

use super::{RoleView, UserView};
use crate::http::{Can, Page, Params, Result, can::UsersRead, cursor, page::PageInfo};

/// A page of users.
#[derive(ToSchema)]
#[schema(as = UserList)]
#[expect(dead_code, reason = "the shape of Page<UserView> for the document")]
pub struct UserListShape {
    data: Vec<UserView>,
    page: PageInfo,
}

/// List the users
///
/// In the order in which they were added, inactive ones included.
#[utoipa::path(
    tag = "Users", operation_id = "listUsers", security(("bearer" = ["users:read"])),
    params(
        ("role" = Option<RoleView>, Query, description = "Only those of this role"),
        ("active" = Option<bool>, Query, description = "Only those who may sign in, or may not"),
        ("limit" = Option<i64>, Query, description = "How many at most", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before")
    ),
    responses((status = 200, description = "A page of users", body = UserListShape))
)]
#[get("/users")]
pub async fn list_users(can: Can<UsersRead>, mut params: Params) -> Result {
    let role = params.choice("role", Role::WORDS, Role::ALL);
    let active = params.flag("active");
    let limit = params.number("limit", 1, 200).unwrap_or(50);
    let from = params.text("cursor");
    params.finish()?;
    let (secrets, now) = (&can.ask.app.secrets, can.ask.app.access.clock.now());
    let list = format!("users {} {role:?} {active:?}", can.name());
    let after = from.map(|cursor| cursor::open(secrets, &list, &cursor, now)).transpose()?.map(Id::from_uuid);

    let wanted = usize::try_from(limit).unwrap_or(50);
    let mut found = can.read().users().page(&UserFilter { role, active, after }, limit.unsigned_abs() + 1).await?;
    let has_more = found.len() > wanted;
    found.truncate(wanted);
    let last = found.last().filter(|_| has_more).map(|user| user.id.uuid());
    let next_cursor = last.map(|last| cursor::seal(secrets, &list, &last, now)).transpose()?;
    let data = found.into_iter().map(UserView::from).collect();
    let next = next_address(limit, role, active);
    Ok(Page { data, page: PageInfo { next_cursor, has_more }, total: None }.answer(Some(&next)))
}

fn next_address(limit: i64, role: Option<Role>, active: Option<bool>) -> String {
    let role = role.map(|role| format!("&role={role}")).unwrap_or_default();
    let active = active.map(|active| format!("&active={active}")).unwrap_or_default();
    format!("/api/v1/users?limit={limit}{role}{active}")
}
