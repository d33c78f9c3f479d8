//! Distance, in whole numbers.

use leadwright_domain::condition::Around;

use super::atom::Place;
use crate::leads::Sql;

/// Whether a place is near: the square of the straight line between two points, in square metres.
pub(super) fn is_near(place: &Place<'_>, around: &Around, sql: &mut Sql) -> String {
    let squares: Vec<String> = ["x", "y", "z"]
        .into_iter()
        .zip(around.centre)
        .map(|(axis, centre)| {
            let (at, centre) = (place.number(sql.backend, &format!(".{axis}")), sql.bind(centre));
            format!("({at} - {centre}) * ({at} - {centre})")
        })
        .collect();
    let most = sql.bind(around.chord_squared);
    format!("coalesce({} <= {most}, FALSE)", squares.join(" + "))
}
