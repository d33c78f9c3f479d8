//! The closed enumerations of a lead. Each knows its words, in the order in which a person is offered them.

/// Declares an enumeration with its lower snake-case words.
#[macro_export]
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[allow(clippy::enum_variant_names, reason = "the words are the vocabulary's")]
        pub enum $name { $($(#[doc = $doc])+ #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every value, in the order in which a person is offered them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];
            /// The words of all values, in the same order.
            pub const WORDS: &'static [&'static str] = &[$($word),+];
            /// What the values mean, in the same order.
            pub const MEANINGS: &'static [&'static str] = &[$(concat!($($doc),+)),+];

            /// The word that the API and the databases use.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// Reads the exact word.
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(self.as_str()) }
        }
    };
}

choices! {
    /// Where the work on a lead stands.
    Status {
        /// Nobody has reached out yet.
        New = "new",
        /// Somebody of ours has spoken or written to them.
        Contacted = "contacted",
        /// Budget, authority, need and timeline are confirmed.
        Qualified = "qualified",
        /// Not now: kept warm.
        Nurture = "nurture",
        /// Not a fit.
        Unqualified = "unqualified",
        /// An opportunity exists.
        Converted = "converted",
    }
}

choices! {
    /// Where the hand-off from marketing to sales stands.
    Stage {
        /// Not handed over.
        None = "none",
        /// Marketing says it is ready.
        MarketingQualified = "marketing_qualified",
        /// Sales took it.
        SalesAccepted = "sales_accepted",
        /// Sales gave it back.
        SalesRejected = "sales_rejected",
        /// Sales confirmed it.
        SalesQualified = "sales_qualified",
        /// Sales found it wanting.
        SalesDisqualified = "sales_disqualified",
    }
}

choices! {
    /// The band of a score.
    Rating {
        /// 0 to 30.
        Cold = "cold",
        /// 31 to 69.
        Warm = "warm",
        /// 70 to 100.
        Hot = "hot",
    }
}

choices! {
    /// How urgent a lead is.
    Priority {
        /// Can wait.
        Low = "low",
        /// The usual.
        Medium = "medium",
        /// Soon.
        High = "high",
        /// Now.
        Critical = "critical",
    }
}

choices! {
    /// How senior a person is, from the job title unless given.
    Seniority {
        /// Chief officers, founders, owners.
        CLevel = "c_level",
        /// Vice presidents.
        Vp = "vp",
        /// Directors and heads.
        Director = "director",
        /// Managers and leads.
        Manager = "manager",
        /// Any other title.
        Staff = "staff",
        /// Interns, trainees, students.
        Intern = "intern",
        /// No title is known.
        Unknown = "unknown",
    }
}

choices! {
    /// What the person is to us.
    Relationship {
        /// Has not bought.
        Prospect = "prospect",
        /// Has bought.
        Customer = "customer",
        /// Sells our product.
        Reseller = "reseller",
        /// Works with us.
        Partner = "partner",
    }
}

impl Rating {
    /// The band of a score of 0 to 100 (spec, vocabulary: cold 0–30, warm 31–69, hot 70–100).
    pub const fn of(score: i64) -> Self {
        match score {
            i64::MIN..=30 => Self::Cold,
            31..=69 => Self::Warm,
            _ => Self::Hot,
        }
    }
}
