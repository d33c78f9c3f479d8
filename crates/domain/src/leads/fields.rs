//! The one table of what can be written to a lead. It feeds request parsing, header synonyms, the condition catalogue,
//! merging, export and the documents, so that a field exists everywhere or nowhere.

/// How the value of a field is read and compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Free text of at most so many characters.
    Text(usize),
    /// Text in which `_`, `-` and a space mean the same (`public_relations` is `Public Relations`).
    Label(usize),
    /// An e-mail address; stored as given and lower-cased.
    Email,
    /// A phone number; stored as given and in E.164.
    Phone,
    /// An http or https address.
    Url,
    /// A country; ISO 3166-1 alpha-2, names understood.
    Country,
    /// BCP 47.
    Language,
    /// IANA.
    TimeZone,
    /// A day.
    Date,
    /// A decimal number with the least and the most it can be.
    Decimal(i64, i64),
    /// A whole number or a range.
    WholeRange,
    /// Money or a range of it.
    Money,
    /// One of [`super::Priority`].
    Priority,
    /// One of [`super::Seniority`].
    Seniority,
    /// One of [`super::Relationship`].
    Relationship,
    /// A set of labels.
    Labels,
    /// A set of tags.
    Tags,
    /// What was bought.
    Purchases,
    /// Consent by channel.
    Consents,
    /// First or last touch.
    Touch,
    /// Ids in other systems.
    ExternalIds,
    /// What to do next.
    NextAction,
    /// Custom fields by key.
    Custom,
}

impl FieldKind {
    /// Whether a value of it fits a cell as plain text.
    pub const fn is_one_cell(self) -> bool {
        !matches!(
            self,
            Self::Purchases | Self::Consents | Self::Touch | Self::ExternalIds | Self::NextAction | Self::Custom
        )
    }
}

/// What is known of one field.
#[derive(Clone, Copy, Debug)]
pub struct FieldDef {
    /// The name in JSON.
    pub name: &'static str,
    /// The name for people.
    pub label: &'static str,
    /// How it is read and compared.
    pub kind: FieldKind,
    /// Folded header words that other systems use for it, besides name and label.
    pub synonyms: &'static [&'static str],
    /// What it means, for the documents.
    pub description: &'static str,
}

macro_rules! rust_type {
    (Text) => { Option<String> };
    (Label) => { Option<String> };
    (Email) => { Option<String> };
    (Phone) => { Option<String> };
    (Url) => { Option<String> };
    (Country) => { Option<String> };
    (Language) => { Option<String> };
    (TimeZone) => { Option<String> };
    (Date) => { Option<chrono::NaiveDate> };
    (Decimal) => { Option<$crate::quantity::Decimal> };
    (WholeRange) => { Option<$crate::quantity::WholeRange> };
    (Money) => { Option<$crate::quantity::Money> };
    (Priority) => { Option<$crate::leads::Priority> };
    (Seniority) => { Option<$crate::leads::Seniority> };
    (Relationship) => { Option<$crate::leads::Relationship> };
    (Labels) => { Vec<String> };
    (Tags) => { Vec<String> };
    (Purchases) => { Vec<$crate::leads::parts::Purchase> };
    (Consents) => { $crate::leads::parts::Consents };
    (Touch) => { Option<$crate::leads::parts::Touch> };
    (ExternalIds) => { std::collections::BTreeMap<String, String> };
    (NextAction) => { Option<$crate::leads::parts::NextAction> };
    (Custom) => { serde_json::Map<String, serde_json::Value> };
}

macro_rules! lead_fields {
    ($($(#[doc = $doc:literal])+ $name:ident : $kind:ident $(($($arg:expr),*))? = $label:literal [$($synonym:literal),*];)*) => {
        /// Every writable field of a lead, in the order of the documents.
        pub const LEAD_FIELDS: &[FieldDef] = &[$(FieldDef {
            name: stringify!($name),
            label: $label,
            kind: FieldKind::$kind $(($($arg),*))?,
            synonyms: &[$($synonym),*],
            description: concat!($($doc),+),
        }),*];

        /// What is known of a person and their company: the writable fields of a lead, normalized.
        /// Absent values are `None` or empty.
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(default)]
        pub struct Profile {
            $($(#[doc = $doc])+ pub $name: rust_type!($kind),)*
            /// The e-mail address as it was given.
            pub email_given: Option<String>,
            /// The phone number as it was given.
            pub phone_given: Option<String>,
            /// Whether `seniority` was given and is not derived from the title.
            pub seniority_given: bool,
            /// The touches between the first and the last, oldest first.
            #[serde(skip_serializing_if = "Vec::is_empty")]
            pub touches_between: Vec<$crate::leads::parts::Touch>,
            /// Who wrote it.
            #[serde(skip_serializing_if = "crate::precedence::Provenance::is_empty")]
            pub written: $crate::precedence::Provenance,
        }

        impl Profile {
            /// Takes one field's value over from another profile; says whether it differed. The forms as given travel along.
            pub fn copy_field(&mut self, name: &str, from: &Self) -> bool {
                match name {
                    $(stringify!($name) => {
                        if self.$name == from.$name { return false; }
                        self.$name.clone_from(&from.$name);
                    })*
                    _ => return false,
                }
                self.copy_given(name, from);
                true
            }

            /// Whether a field holds the same in both.
            pub fn same(&self, name: &str, other: &Self) -> bool {
                match name {
                    $(stringify!($name) => self.$name == other.$name,)*
                    _ => true,
                }
            }

            /// Puts a value into a field; says whether the field takes values of this kind.
            pub fn put(&mut self, name: &str, value: $crate::leads::FieldValue) -> bool {
                match name {
                    $(stringify!($name) => $crate::leads::field_value::Slot::put(&mut self.$name, value),)*
                    _ => false,
                }
            }

            /// Whether a field holds nothing.
            pub fn is_blank(&self, name: &str) -> bool {
                match name {
                    $(stringify!($name) => $crate::leads::profile::Blank::is_blank(&self.$name),)*
                    _ => true,
                }
            }

            /// The JSON value of a field as the API shows it; `null` where it holds nothing.
            pub fn json(&self, name: &str) -> serde_json::Value {
                match name {
                    $(stringify!($name) => serde_json::to_value(&self.$name).unwrap_or(serde_json::Value::Null),)*
                    _ => serde_json::Value::Null,
                }
            }
        }
    };
}

lead_fields! {
    /// The person's name as a whole; built from the two parts when only they are given.
    contact_name: Text(200) = "Contact name" ["name", "full name", "lead name", "contact", "person", "your name", "fullname", "lead"];
    /// Given name; taken from the whole name when only that is given.
    first_name: Text(100) = "First name" ["first", "given name", "forename", "fname", "firstname", "vorname", "prenom", "nombre"];
    /// Family name; taken from the whole name when only that is given.
    last_name: Text(100) = "Last name" ["last", "surname", "family name", "lname", "lastname", "nachname", "nom", "apellido", "apellidos"];
    /// E-mail address, lower-cased.
    email: Email = "E-mail" ["email address", "e mail address", "mail", "email 1", "primary email", "work email", "business email", "your email", "e mail", "email1", "correo", "courriel"];
    /// Phone number in E.164.
    phone: Phone = "Phone" ["phone number", "telephone", "tel", "phone 1", "primary phone", "work phone", "business phone", "mobile", "mobile phone", "cell", "cell phone", "phone1", "telefon", "telefono"];
    /// The company the person works for.
    company_name: Text(200) = "Company" ["company name", "organization", "organisation", "account", "account name", "business name", "employer", "firm", "firma", "empresa", "societe"];
    /// The company's web address.
    website: Url = "Website" ["web site", "url", "web", "homepage", "company website", "web address", "domain"];
    /// What the person does.
    job_title: Text(200) = "Job title" ["title", "position", "role", "job", "jobtitle", "function"];
    /// How senior the person is; derived from the title unless given.
    seniority: Seniority = "Seniority" ["seniority level", "management level", "job level"];
    /// The company's line of business.
    industry: Label(100) = "Industry" ["sector", "vertical", "line of business", "branche"];
    /// Employees, a number or a range such as `50-100`.
    company_size: WholeRange = "Company size" ["employees", "number of employees", "no of employees", "num employees", "headcount", "staff", "employee count", "size"];
    /// Yearly revenue, an amount or a range.
    annual_revenue: Money = "Annual revenue" ["revenue", "yearly revenue", "turnover", "company revenue"];
    /// Country, ISO 3166-1 alpha-2.
    country: Country = "Country" ["country code", "country region", "nation", "land", "pais", "pays"];
    /// State or province, ISO 3166-2 or free text.
    region: Text(100) = "Region" ["state", "province", "state province", "state region", "county"];
    /// City.
    city: Text(100) = "City" ["town", "locality", "ort", "stadt", "ville", "ciudad"];
    /// Postal code.
    postal_code: Text(20) = "Postal code" ["zip", "zip code", "zip postal code", "postcode", "plz", "zipcode"];
    /// Degrees north.
    latitude: Decimal(-90, 90) = "Latitude" ["lat"];
    /// Degrees east.
    longitude: Decimal(-180, 180) = "Longitude" ["lng", "lon", "long"];
    /// Language, BCP 47.
    language: Language = "Language" ["preferred language", "locale", "lang"];
    /// Time zone, IANA.
    timezone: TimeZone = "Time zone" ["timezone", "tz"];
    /// Date of birth.
    birth_date: Date = "Birth date" ["birthday", "date of birth", "dob"];
    /// The day they first bought.
    customer_since: Date = "Customer since" ["customer date"];
    /// What the person is to us.
    relationship: Relationship = "Relationship" ["relationship type", "contact type"];
    /// What they bought.
    purchases: Purchases = "Purchases" [];
    /// What they asked about.
    product_interests: Labels = "Product interests" ["product interest", "products", "product", "interested in", "interest", "interests"];
    /// What the company uses.
    technologies: Labels = "Technologies" ["technology", "tech stack", "technology stack", "software used"];
    /// Growth of the company in per cent a year.
    growth_rate: Decimal(-100, 1_000_000) = "Growth rate" ["growth", "annual growth", "yearly growth"];
    /// Anything worth knowing.
    notes: Text(10_000) = "Notes" ["note", "comments", "comment", "message", "description", "remarks", "details", "your message"];
    /// Detail of the source, such as the name of the fair.
    source_detail: Text(200) = "Source detail" ["lead source detail", "source details", "original source detail"];
    /// The first touch: UTM set, referrer, landing page, click ids.
    first_touch: Touch = "First touch" [];
    /// The last touch.
    last_touch: Touch = "Last touch" [];
    /// How urgent it is.
    priority: Priority = "Priority" ["lead priority", "urgency", "importance"];
    /// Labels.
    tags: Tags = "Tags" ["tag", "labels", "label", "categories"];
    /// Custom fields by key.
    custom: Custom = "Custom fields" [];
    /// Consent by channel.
    consent: Consents = "Consent" [];
    /// Ids in other systems, by system; unique per organization and system.
    external_ids: ExternalIds = "External ids" [];
    /// What to do next, and by when.
    next_action: NextAction = "Next action" [];
}

/// The definition of a field by its JSON name.
pub fn field(name: &str) -> Option<&'static FieldDef> {
    LEAD_FIELDS.iter().find(|field| field.name == name)
}
