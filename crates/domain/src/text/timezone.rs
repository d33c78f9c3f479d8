//! Time zones, IANA.

use chrono_tz::{TZ_VARIANTS, Tz};

use crate::fault::nearest;

use super::Complaint;

/// Reads the name of a zone without regard to case, a space counting as `_`.
pub fn timezone(written: &str) -> Result<&'static str, Complaint> {
    let name = written.trim().replace(' ', "_");
    if let Ok(zone) = name.parse::<Tz>() {
        return Ok(zone.name());
    }
    TZ_VARIANTS.iter().map(|zone| zone.name()).find(|zone| zone.eq_ignore_ascii_case(&name)).ok_or_else(|| {
        Complaint::new("invalid_timezone", "Give an IANA time zone such as Europe/Berlin").suggesting(likely(&name))
    })
}

fn likely(name: &str) -> Option<&'static str> {
    if name.chars().count() > 40 {
        return None;
    }
    let lower = name.to_lowercase();
    TZ_VARIANTS
        .iter()
        .map(|zone| zone.name())
        .find(|zone| zone.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(&lower)))
        .or_else(|| nearest(name, TZ_VARIANTS.iter().map(|zone| zone.name())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_named_exactly_or_suggested() {
        assert_eq!(timezone("america/new york"), Ok("America/New_York"));
        assert_eq!(timezone("UTC"), Ok("UTC"));
        assert_eq!(timezone("berlin").map_err(|c| c.suggestion), Err(Some("Europe/Berlin".into())));
        assert_eq!(timezone("Nowhere/Qqqq").map_err(|c| c.code), Err("invalid_timezone"));
    }
}
