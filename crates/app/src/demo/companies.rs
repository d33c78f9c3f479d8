//! Invented companies.

use super::{
    chance::Chance,
    places::{PLACES, Place},
};

/// A line of business, with the words that its companies add to their names.
struct Industry {
    name: &'static str,
    endings: &'static [&'static str],
    departments: &'static [&'static str],
}

const INDUSTRIES: &[(Industry, i64)] = &[
    (
        Industry {
            name: "Logistics",
            endings: &["Logistics", "Freight", "Haulage", "Forwarding"],
            departments: &["Operations", "Fleet", "Dispatch"],
        },
        22,
    ),
    (
        Industry {
            name: "Manufacturing",
            endings: &["Works", "Components", "Industries", "Castings"],
            departments: &["Production", "Supply Chain", "Procurement"],
        },
        18,
    ),
    (
        Industry {
            name: "Retail",
            endings: &["Stores", "Outfitters", "Home", "Market"],
            departments: &["E-Commerce", "Merchandising", "Store Operations"],
        },
        15,
    ),
    (
        Industry {
            name: "Wholesale",
            endings: &["Trading", "Supply", "Distribution"],
            departments: &["Purchasing", "Warehouse", "Inventory"],
        },
        12,
    ),
    (
        Industry {
            name: "Food & Beverage",
            endings: &["Foods", "Dairy", "Roasters", "Bakeries"],
            departments: &["Supply Chain", "Quality", "Distribution"],
        },
        9,
    ),
    (
        Industry {
            name: "Healthcare",
            endings: &["Medical", "Clinics", "Care"],
            departments: &["Facilities", "Procurement", "Operations"],
        },
        7,
    ),
    (
        Industry {
            name: "Construction",
            endings: &["Builders", "Civil", "Timber"],
            departments: &["Projects", "Site Logistics", "Procurement"],
        },
        7,
    ),
    (
        Industry {
            name: "Energy",
            endings: &["Energy", "Grid", "Renewables"],
            departments: &["Field Service", "Maintenance", "Asset Management"],
        },
        5,
    ),
    (
        Industry {
            name: "Software",
            endings: &["Software", "Systems", "Labs"],
            departments: &["Product", "Engineering", "Partnerships"],
        },
        8,
    ),
    (
        Industry {
            name: "Marketing",
            endings: &["Media", "Studio", "Collective"],
            departments: &["Client Services", "Strategy", "Growth"],
        },
        4,
    ),
];

const STEMS: &[&str] = &[
    "Aldermoor",
    "Amberlyn",
    "Arkenfell",
    "Ashgrove",
    "Averlund",
    "Bexholm",
    "Birkdale",
    "Bluethorn",
    "Bramblecote",
    "Brightmere",
    "Caldwick",
    "Carrowen",
    "Cinderford",
    "Cobaltine",
    "Copperleigh",
    "Corvane",
    "Cranmoor",
    "Dellhaven",
    "Dovetree",
    "Drumlin",
    "Eastmarch",
    "Elmworth",
    "Emberline",
    "Evenlode",
    "Fallowfen",
    "Farrowgate",
    "Fernhollow",
    "Flintlock",
    "Foxmere",
    "Gablehurst",
    "Glassbrook",
    "Goldenrow",
    "Granitewell",
    "Greyfriar",
    "Halcyra",
    "Harrowdene",
    "Hazelwyn",
    "Hearthside",
    "Highmoor",
    "Hollowell",
    "Inkberry",
    "Ironvale",
    "Jasperine",
    "Juniper Vale",
    "Kestrelway",
    "Kilnbrook",
    "Kitehill",
    "Lanternby",
    "Larchfield",
    "Lindenau",
    "Longacre",
    "Lumenor",
    "Maplecrest",
    "Marlstone",
    "Merrowby",
    "Millrace",
    "Mistral Bay",
    "Nettlecombe",
    "Northquay",
    "Oakenshaw",
    "Orchardine",
    "Otterburn",
    "Palefield",
    "Pinemarsh",
    "Quarrywood",
    "Quillfeather",
    "Ravenmoor",
    "Redwater",
    "Rookhollow",
    "Rowanhurst",
    "Saltmarsh",
    "Sandpiper",
    "Silverfen",
    "Skylarke",
    "Sorrelby",
    "Stillwater Ridge",
    "Stonebeck",
    "Tallowgate",
    "Tamarind",
    "Thistledown",
    "Tidewell",
    "Underwold",
    "Valebrook",
    "Vesperine",
    "Wavecrest",
    "Westerby",
    "Whinmoor",
    "Willowmere",
    "Wintergreen",
    "Yarrowdale",
    "Zephyrine",
];

const TECHNOLOGIES: &[&str] =
    &["PostgreSQL", "Kafka", "Kubernetes", "Odoo", "WordPress", "Metabase", "MQTT", "OpenStreetMap", "Spreadsheets"];

/// How many people work there: the least and the most that is told, and how often.
const SIZES: &[((i64, i64), i64)] = &[
    ((4, 19), 14),
    ((20, 49), 22),
    ((50, 100), 27),
    ((101, 250), 16),
    ((251, 500), 9),
    ((501, 1_000), 6),
    ((1_001, 9_000), 6),
];

/// A company.
#[derive(Clone, Debug)]
pub(super) struct Company {
    pub(super) name: String,
    /// Its name in addresses.
    pub(super) slug: String,
    pub(super) industry: &'static str,
    pub(super) departments: &'static [&'static str],
    pub(super) place: Place,
    /// Employees, as a number or a range.
    pub(super) size: String,
    /// Yearly revenue in minor units.
    pub(super) revenue: i64,
    pub(super) growth: i64,
    pub(super) technologies: Vec<&'static str>,
}

/// So many companies; every one has another name.
pub(super) fn companies(count: usize) -> Vec<Company> {
    let mut companies: Vec<Company> = Vec::with_capacity(count);
    let mut number = 0;
    while companies.len() < count {
        let company = company(number);
        if companies.iter().all(|known| known.slug != company.slug) {
            companies.push(company);
        }
        number += 1;
    }
    companies
}

fn company(number: usize) -> Company {
    let mut chance = Chance::of(1, number);
    let industry = chance.weighed(INDUSTRIES);
    let place = *chance.weighed(PLACES);
    let (stem, ending) = (STEMS[number * 37 % STEMS.len()], *chance.pick(industry.endings));
    let (least, most) = *chance.weighed(SIZES);
    let people = chance.between(least, most);
    let size = if chance.percent(45) { format!("{least}-{most}") } else { people.to_string() };
    let name =
        if chance.percent(35) { format!("{stem} {ending} {}", place.legal_form) } else { format!("{stem} {ending}") };
    let slug = format!("{stem} {ending}").to_lowercase().replace(' ', "-");
    Company {
        name,
        slug,
        industry: industry.name,
        departments: industry.departments,
        place,
        size,
        revenue: people * chance.between(80, 260) * 100_000,
        growth: chance.between(-6, 38),
        technologies: chance.some(TECHNOLOGIES, 28),
    }
}
