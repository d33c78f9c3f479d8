use actix_web::get;
use leadwright_app::access;
use leadwright_domain::ids::kind::User;

use super::{UserView, tagged};
use crate::http::{Answer, Can, PathId, Result, can::UsersRead};

/// Read a user
///
/// One person of the organization.
#[utoipa::path(
    tag = "Users", operation_id = "getUser", security(("bearer" = ["users:read"])),
    params(("user_id" = uuid::Uuid, Path, description = "The id of the user")),
    responses((status = 200, description = "The user", body = UserView))
)]
#[get("/users/{user_id}")]
pub async fn get_user(can: Can<UsersRead>, id: PathId<User>) -> Result {
    let user = access::user(&can.read(), id.0).await?;
    let version = user.version;
    Ok(tagged(Answer::ok(&UserView::from(user)), version))
}
