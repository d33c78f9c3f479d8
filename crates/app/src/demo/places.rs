//! Where the companies of the demonstration are. Phone numbers are from ranges that are reserved for fiction.

/// Which names people have there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Culture {
    English,
    German,
    French,
    Spanish,
    Nordic,
    Dutch,
    Italian,
    Indian,
    Portuguese,
}

/// A city.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) country: &'static str,
    pub(super) region: &'static str,
    pub(super) city: &'static str,
    pub(super) postal_code: &'static str,
    pub(super) position: (f64, f64),
    pub(super) timezone: &'static str,
    pub(super) language: &'static str,
    pub(super) culture: Culture,
    /// How companies call themselves there.
    pub(super) legal_form: &'static str,
    pub(super) currency: &'static str,
    /// The beginning of the phone numbers, and how many digits follow; none where no range is free to use.
    pub(super) phone: Option<(&'static str, usize)>,
}

macro_rules! places {
    ($($country:literal $culture:ident $language:literal $form:literal $currency:literal: {
        $($city:literal, $region:literal, $code:literal, $north:literal, $east:literal, $zone:literal, $phone:expr, $weight:literal;)*
    })*) => {
        /// Every place, and how often it comes.
        pub(super) const PLACES: &[(Place, i64)] = &[$($((Place {
            country: $country,
            region: $region,
            city: $city,
            postal_code: $code,
            position: ($north, $east),
            timezone: $zone,
            language: $language,
            culture: Culture::$culture,
            legal_form: $form,
            currency: $currency,
            phone: $phone,
        }, $weight)),*),*];
    };
}

places! {
    "US" English "en-US" "Inc" "USD": {
        "Chicago", "Illinois", "60607", 41.8781, -87.6298, "America/Chicago", Some(("+1 312 555 01", 2)), 11;
        "Milwaukee", "Wisconsin", "53202", 43.0389, -87.9065, "America/Chicago", Some(("+1 414 555 01", 2)), 6;
        "Indianapolis", "Indiana", "46204", 39.7684, -86.1581, "America/Indiana/Indianapolis", Some(("+1 317 555 01", 2)), 4;
        "Austin", "Texas", "78701", 30.2672, -97.7431, "America/Chicago", Some(("+1 512 555 01", 2)), 7;
        "Boston", "Massachusetts", "02110", 42.3601, -71.0589, "America/New_York", Some(("+1 617 555 01", 2)), 6;
        "Denver", "Colorado", "80202", 39.7392, -104.9903, "America/Denver", Some(("+1 303 555 01", 2)), 5;
        "Seattle", "Washington", "98101", 47.6062, -122.3321, "America/Los_Angeles", Some(("+1 206 555 01", 2)), 5;
        "Atlanta", "Georgia", "30303", 33.7490, -84.3880, "America/New_York", Some(("+1 404 555 01", 2)), 5;
    }
    "CA" English "en-CA" "Ltd" "CAD": {
        "Toronto", "Ontario", "M5H 2N2", 43.6532, -79.3832, "America/Toronto", Some(("+1 416 555 01", 2)), 5;
        "Calgary", "Alberta", "T2P 1J9", 51.0447, -114.0719, "America/Edmonton", Some(("+1 403 555 01", 2)), 2;
    }
    "GB" English "en-GB" "Ltd" "GBP": {
        "London", "England", "EC2A 4NE", 51.5074, -0.1278, "Europe/London", Some(("+44 20 7946 0", 3)), 8;
        "Manchester", "England", "M1 4BT", 53.4808, -2.2426, "Europe/London", Some(("+44 161 496 0", 3)), 4;
        "Edinburgh", "Scotland", "EH2 2AD", 55.9533, -3.1883, "Europe/London", Some(("+44 131 496 0", 3)), 2;
    }
    "IE" English "en-IE" "Ltd" "EUR": {
        "Dublin", "Leinster", "D02 X285", 53.3498, -6.2603, "Europe/Dublin", None, 2;
    }
    "DE" German "de" "GmbH" "EUR": {
        "Berlin", "Berlin", "10117", 52.5200, 13.4050, "Europe/Berlin", Some(("+49 30 23125 ", 3)), 5;
        "Hamburg", "Hamburg", "20457", 53.5511, 9.9937, "Europe/Berlin", Some(("+49 40 66969 ", 3)), 4;
        "München", "Bayern", "80331", 48.1351, 11.5820, "Europe/Berlin", Some(("+49 89 99998 ", 3)), 4;
        "Köln", "Nordrhein-Westfalen", "50667", 50.9375, 6.9603, "Europe/Berlin", Some(("+49 221 4710 ", 3)), 3;
    }
    "AT" German "de-AT" "GmbH" "EUR": {
        "Wien", "Wien", "1010", 48.2082, 16.3738, "Europe/Vienna", None, 2;
    }
    "CH" German "de-CH" "AG" "CHF": {
        "Zürich", "Zürich", "8001", 47.3769, 8.5417, "Europe/Zurich", None, 2;
    }
    "FR" French "fr" "SAS" "EUR": {
        "Paris", "Île-de-France", "75009", 48.8566, 2.3522, "Europe/Paris", Some(("+33 1 99 00 ", 4)), 4;
        "Lyon", "Auvergne-Rhône-Alpes", "69002", 45.7640, 4.8357, "Europe/Paris", Some(("+33 4 65 71 ", 4)), 3;
    }
    "NL" Dutch "nl" "BV" "EUR": {
        "Rotterdam", "Zuid-Holland", "3011", 51.9244, 4.4777, "Europe/Amsterdam", None, 4;
    }
    "SE" Nordic "sv" "AB" "SEK": {
        "Stockholm", "Stockholm", "111 22", 59.3293, 18.0686, "Europe/Stockholm", Some(("+46 8 465 004 ", 2)), 2;
        "Göteborg", "Västra Götaland", "411 03", 57.7089, 11.9746, "Europe/Stockholm", Some(("+46 31 390 06 ", 2)), 2;
    }
    "DK" Nordic "da" "ApS" "DKK": {
        "København", "Hovedstaden", "1050", 55.6761, 12.5683, "Europe/Copenhagen", None, 2;
    }
    "ES" Spanish "es" "SL" "EUR": {
        "Barcelona", "Cataluña", "08002", 41.3874, 2.1686, "Europe/Madrid", None, 3;
    }
    "IT" Italian "it" "Srl" "EUR": {
        "Milano", "Lombardia", "20121", 45.4642, 9.1900, "Europe/Rome", None, 3;
    }
    "MX" Spanish "es-MX" "SA" "MXN": {
        "Monterrey", "Nuevo León", "64000", 25.6866, -100.3161, "America/Monterrey", None, 2;
    }
    "BR" Portuguese "pt-BR" "Ltda" "BRL": {
        "São Paulo", "São Paulo", "01310", -23.5505, -46.6333, "America/Sao_Paulo", None, 3;
    }
    "IN" Indian "en-IN" "Ltd" "INR": {
        "Pune", "Maharashtra", "411001", 18.5204, 73.8567, "Asia/Kolkata", None, 3;
    }
    "AU" English "en-AU" "Ltd" "AUD": {
        "Melbourne", "Victoria", "3000", -37.8136, 144.9631, "Australia/Melbourne", Some(("+61 3 7010 ", 4)), 2;
    }
}
