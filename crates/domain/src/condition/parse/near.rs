//! Reading a place and a distance.

use serde_json::Value as Json;

use super::{Wrong, values::decimal};
use crate::{
    condition::{Centre, Near},
    quantity::Decimal,
};

/// Half the girth of the earth, so everything.
const MAX_KM: i64 = 20_100;

/// Reads `{"of": "organization" | {"latitude", "longitude"}, "km"}`; faults come with the pointer below the value.
pub(super) fn near(json: &Json) -> Result<Near, Vec<(String, Wrong)>> {
    let Some(members) = json.as_object() else {
        let detail =
            r#"Give {"of": "organization", "km": 100} or {"of": {"latitude": 40.7, "longitude": -74}, "km": 100}"#;
        return Err(vec![(String::new(), Wrong::new("invalid_value", detail))]);
    };
    let mut wrongs: Vec<_> = unknown(json, "", &["of", "km"]).collect();
    let of = centre(members.get("of")).map_err(|wrong| wrongs.extend(wrong));
    let km = number(members.get("km"), 0, MAX_KM).filter(|km| km.micros() > 0);
    if km.is_none() {
        let detail = format!("Give kilometres, more than 0 and at most {MAX_KM}");
        wrongs.push(("/km".into(), Wrong::new("invalid_value", detail)));
    }
    match (of, km) {
        (Ok(of), Some(km)) if wrongs.is_empty() => Ok(Near { of, km }),
        _ => Err(wrongs),
    }
}

fn centre(json: Option<&Json>) -> Result<Centre, Vec<(String, Wrong)>> {
    let point = match json {
        Some(Json::String(word)) if word == "organization" => return Ok(Centre::Organization),
        Some(point @ Json::Object(_)) => point,
        _ => {
            let detail = r#"Give "organization" or a point: {"latitude": 40.7, "longitude": -74}"#;
            return Err(vec![("/of".into(), Wrong::new("invalid_value", detail))]);
        }
    };
    let mut wrongs: Vec<_> = unknown(point, "/of", &["latitude", "longitude"]).collect();
    let mut degrees = |member: &str, most: i64| {
        let read = number(point.get(member), -most, most);
        if read.is_none() {
            let detail = format!("Give degrees from -{most} to {most}");
            wrongs.push((format!("/of/{member}"), Wrong::new("invalid_value", detail)));
        }
        read
    };
    let (latitude, longitude) = (degrees("latitude", 90), degrees("longitude", 180));
    match latitude.zip(longitude) {
        Some((latitude, longitude)) if wrongs.is_empty() => Ok(Centre::Point { latitude, longitude }),
        _ => Err(wrongs),
    }
}

fn number(json: Option<&Json>, least: i64, most: i64) -> Option<Decimal> {
    let number = json.and_then(|json| decimal(json).ok())?;
    (least * Decimal::SCALE..=most * Decimal::SCALE).contains(&number.micros()).then_some(number)
}

fn unknown<'a>(json: &'a Json, at: &'a str, known: &'a [&'a str]) -> impl Iterator<Item = (String, Wrong)> + 'a {
    let members = json.as_object().into_iter().flat_map(serde_json::Map::keys);
    members.filter(|member| !known.contains(&member.as_str())).map(move |member| {
        let detail = format!("There is no member of this name here; known are {}", known.join(", "));
        (format!("{at}/{}", crate::fault::escape_pointer(member)), Wrong::new("unknown_member", detail))
    })
}
