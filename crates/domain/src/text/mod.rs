//! Text as people write it, made comparable.

mod clean;
mod clock;
mod company;
mod complaint;
mod country;
mod country_aliases;
mod country_names;
mod date;
mod date_words;
mod east_asian;
mod email;
mod entities;
mod fold;
mod free_mail;
mod guard;
mod language;
mod money;
mod name;
mod name_case;
mod number;
mod parted;
mod phone;
mod timezone;
mod title;
mod title_case;
mod url;

pub(crate) use self::money::sign_in;
pub use self::{
    clean::{clean_json, clean_line, clean_lines},
    company::company_key,
    complaint::Complaint,
    country::{country, nearest_country},
    date::{date, in_iso_order, instant, is_ambiguous, lenient_date, lenient_instant, month_first},
    east_asian::is_east_asian,
    email::{domain_key, domain_of, email, email_key, is_email, registrable_domain},
    entities::unescaped,
    fold::{FOLD_VERSION, fold, fold_label},
    free_mail::is_free_mail,
    guard::{doubled, guarded, is_formula, unguarded},
    language::language,
    money::{currency, is_ambiguous_amount, lenient_money, minor_digits, names_currency, writes_dots},
    name::{NameParts, is_honorific, join_name, name_key, split_name},
    name_case::mend_case,
    number::{lenient_decimal, lenient_range, lenient_whole},
    parted::parted,
    phone::{Phone, phone},
    timezone::timezone,
    title::seniority,
    title_case::mend_title,
    url::{url, url_domain},
};
