//! Whom a member belongs to by what it stands in: a host, a store, the account that sends.

use super::around::{parts, word};
use crate::leads::{Target, is_of_a_person, is_somebody_else};

/// What has a name, an address and a number of its own.
const PARTIES: &[&str] =
    &["dealer", "dealership", "listing", "merchant", "provider", "shop", "store", "supplier", "vendor", "venue"];
/// Of these those who fill forms themselves, to become a partner.
const APPLICANTS: &[&str] = &["dealer", "dealership", "merchant", "provider", "supplier", "vendor"];
/// What stands somewhere, and is nobody who could be reached.
const PLACES: &[&str] = &["property", "product", "vehicle"];
/// What is told of where somebody's connection is: its company is the one that provides it.
const CONNECTIONS: &[&str] =
    &["asn", "connection", "geo", "geoip", "geolocation", "ip", "ipdata", "ipgeolocation", "ipinfo", "isp", "network"];
/// What is called like somebody or something else, while company and place in it are those of the lead.
const ABOUT_THE_LEAD: &[&str] = &["deal", "opportunity", "project", "ticket", "useragent"];

/// Whoever a ticket or a deal is about.
const LEADS: &[&str] = &["contact", "customer", "lead", "person", "requester"];

/// Whether a company or an organizer has it as well as the lead.
pub(super) fn is_of_a_party(target: &Target) -> bool {
    use Target::Field;
    matches!(
        target,
        Field(
            "company_name"
                | "company_size"
                | "annual_revenue"
                | "industry"
                | "website"
                | "city"
                | "region"
                | "postal_code"
                | "country"
                | "language"
                | "timezone"
        )
    )
}

/// Whether what stands below this path is somebody else's: how to reach a manager does not reach the lead, and the place of
/// a store is not where the lead lives. A vendor is nobody else where it `applies`.
pub(super) fn is_others(path: &str, target: &Target, applies: bool) -> bool {
    let (of_person, of_party) = (is_of_a_person(target), is_of_a_party(target));
    let names_the_lead = || parts(path).any(|part| LEADS.contains(&word(part).as_str()));
    let is_others = |part: &str| {
        let whole = word(part);
        let party = party(&whole);
        let about_the_lead = ABOUT_THE_LEAD.contains(&whole.as_str());
        (is_somebody_else(part) && !(about_the_lead && (of_party || names_the_lead())))
            || (PARTIES.contains(&party) && !(applies && APPLICANTS.contains(&party)))
            || (of_party && PLACES.contains(&party))
            || (*target == Target::Field("company_name") && CONNECTIONS.contains(&whole.as_str()))
    };
    (of_person || of_party) && parts(path).any(is_others)
}

/// Whether a part of a path is a party that may have filled the form itself.
pub(super) fn is_an_applicant(part: &str) -> bool {
    APPLICANTS.contains(&party(&word(part)))
}

/// Whether a word names a party: a store, a vendor.
pub(super) fn is_party(whole: &str) -> bool {
    PARTIES.contains(&party(whole))
}

/// The party itself: `vendor` of `vendordetails`.
pub(super) fn party(whole: &str) -> &str {
    ["details", "info", "data", "address"].iter().find_map(|end| whole.strip_suffix(end)).unwrap_or(whole)
}
