//! Days with the name of their month, in the languages of the headings: `6-May-24`, `6. Mai 2024`, `2024年5月6日`.

use std::{collections::HashMap, sync::LazyLock};

use chrono::{Datelike, NaiveDate};

use super::fold;

/// The names of each month. Left out is what means another month next door: Polish and Czech `listopad` is November,
/// Croatian `listopad` October.
const MONTHS: [&str; 12] = [
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari styczeń stycznia sty ocak \
     oca январь января янв leden ledna",
    "february feb februar février févr fév febrero febbraio fevereiro fev februari luty lutego lut şubat şub \
     февраль февраля фев февр únor února",
    "march mar märz mär mrz mars marzo março maart mrt marts marzec marca mart март марта мар březen března",
    "april apr avril avr abril abr aprile kwiecień kwietnia kwi nisan nis апрель апреля апр duben dubna",
    "may mai mayo maggio mag maio mei maj maja mayıs май мая květen května",
    "june jun juni juin junio giugno giu junho czerwiec czerwca cze haziran haz июнь июня июн",
    "july jul juli juillet juil julio luglio lug julho lipiec lipca temmuz tem июль июля июл",
    "august aug août agosto ago augustus augusti sierpień sierpnia sie ağustos ağu август августа авг",
    "september sep sept septembre septiembre setiembre settembre set setembro wrzesień września wrz eylül eyl \
     сентябрь сентября сен сент",
    "october oct oktober okt octobre octubre ottobre ott outubro out październik października paź ekim eki \
     октябрь октября окт",
    "november nov novembre noviembre novembro kasım ноябрь ноября ноя нояб",
    "december dec dezember dez décembre déc diciembre dic dicembre dezembro desember des grudzień grudnia gru \
     aralık ara декабрь декабря дек prosinec prosince",
];

/// The names of each day of the week, Monday first.
const WEEKDAYS: [&str; 7] = [
    "monday mon montag lundi lunes lunedì segunda maandag poniedziałek понедельник pazartesi",
    "tuesday tue tues dienstag mardi martes martedì terça dinsdag wtorek вторник salı",
    "wednesday wed mittwoch mercredi miércoles mercoledì quarta woensdag środa среда çarşamba",
    "thursday thu thur thurs donnerstag jeudi jueves giovedì quinta donderdag czwartek четверг perşembe",
    "friday fri freitag vendredi viernes venerdì sexta vrijdag piątek пятница cuma",
    "saturday sat samstag sonnabend samedi sábado sabato zaterdag sobota суббота cumartesi",
    "sunday sun sonntag dimanche domingo domenica zondag niedziela воскресенье pazar",
];

/// Words between the parts of a day that say nothing.
const BETWEEN: &[&str] = &["of", "the", "de", "del", "feira", "г", "год", "года"];

static MONTH_OF: LazyLock<HashMap<String, u32>> = LazyLock::new(|| numbered(&MONTHS));
static WEEKDAY_OF: LazyLock<HashMap<String, u32>> = LazyLock::new(|| numbered(&WEEKDAYS));

fn numbered(names: &[&str]) -> HashMap<String, u32> {
    let each = (1..).zip(names).flat_map(|(number, names)| names.split(' ').map(move |name| (plain(name), number)));
    each.collect()
}

/// Folded, and the two Turkish letters `i` are one: in capitals nobody tells them apart.
fn plain(text: &str) -> String {
    fold(text).replace('ı', "i")
}

/// `31 March 2024`, `Mar 31st, 2024`, `31-Mar-24`, `Sonntag, 31. März 2024`, `2024年3月31日`.
pub(super) fn in_words(text: &str) -> Option<NaiveDate> {
    let plain = plain(text).replace([',', '.', '-', '/'], " ");
    let mut weekday = None;
    let mut parts: Vec<&str> = Vec::new();
    for word in plain.split_whitespace().filter(|word| !BETWEEN.contains(word)) {
        match WEEKDAY_OF.get(word) {
            Some(day) if weekday.is_none() => weekday = Some(*day),
            _ => parts.push(word),
        }
    }
    let month = |word: &str| MONTH_OF.get(word).copied();
    let day = match parts.as_slice() {
        [one, two, three] => match (month(one), month(two)) {
            (Some(month), None) => NaiveDate::from_ymd_opt(year(three)?, month, day(two)?),
            (None, Some(month)) if one.len() == 4 => NaiveDate::from_ymd_opt(year(one)?, month, day(three)?),
            (None, Some(month)) => NaiveDate::from_ymd_opt(year(three)?, month, day(one)?),
            _ => None,
        },
        _ => None,
    }
    .or_else(|| in_east_asian(text))?;
    // A day of the week that is another one makes the whole doubtful.
    weekday.is_none_or(|number| day.weekday().number_from_monday() == number).then_some(day)
}

/// `2024年3月31日` and `2024년 3월 31일`.
fn in_east_asian(text: &str) -> Option<NaiveDate> {
    let (written, rest) = text.trim().split_once(['年', '년'])?;
    let (month, rest) = rest.split_once(['月', '월'])?;
    let (day, rest) = rest.split_once(['日', '일'])?;
    let number = |part: &str| figures(fold(part).as_str(), 2);
    let written = fold(written);
    let is_whole = rest.trim().is_empty() && written.len() == 4;
    is_whole.then(|| NaiveDate::from_ymd_opt(year(&written)?, number(month)?, number(day)?)).flatten()
}

/// A year of four digits, or of two, as everywhere from 1950 to 2049.
fn year(word: &str) -> Option<i32> {
    let word = word.strip_prefix(['\'', '’']).unwrap_or(word);
    let number = i32::try_from(figures(word, 4)?).ok()?;
    match word.len() {
        4 => Some(number),
        2 => Some(full_year(number)),
        _ => None,
    }
}

/// The year that two digits stand for.
pub(super) const fn full_year(short: i32) -> i32 {
    if short < 50 { 2000 + short } else { 1900 + short }
}

/// A day of the month, also `1st`, `1er`, `1º`.
fn day(word: &str) -> Option<u32> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (number, ending) = word.split_at(end);
    matches!(ending, "" | "st" | "nd" | "rd" | "th" | "er" | "e" | "o" | "a").then(|| figures(number, 2)).flatten()
}

fn figures(text: &str, most: usize) -> Option<u32> {
    let fits = (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_have_names_in_many_languages() {
        for (written, iso) in [
            ("6-May-24", "2024-05-06"),
            ("6-May-64", "1964-05-06"),
            ("16 May, 64", "1964-05-16"),
            ("6/May/2024", "2024-05-06"),
            ("May 6th, 2024", "2024-05-06"),
            ("6. Mai 24", "2024-05-06"),
            ("6. Mai '24", "2024-05-06"),
            ("Montag, 6. Mai 2024", "2024-05-06"),
            ("Mon, 6 May 2024", "2024-05-06"),
            ("Mon May 06 2024", "2024-05-06"),
            ("1er août 2024", "2024-08-01"),
            ("6 de mayo de 2024", "2024-05-06"),
            ("segunda-feira, 6 de maio de 2024", "2024-05-06"),
            ("6 maggio 2024", "2024-05-06"),
            ("6 mei 2024", "2024-05-06"),
            ("6 maja 2024", "2024-05-06"),
            ("6 MAYIS 2024 Pazartesi", "2024-05-06"),
            ("6 мая 2024 г.", "2024-05-06"),
            ("2024年5月6日", "2024-05-06"),
            ("２０２４年５月６日", "2024-05-06"),
            ("2024년 5월 6일", "2024-05-06"),
        ] {
            assert_eq!(in_words(written).map(|day| day.to_string()).as_deref(), Some(iso), "{written}");
        }
        for written in [
            "Tuesday, 6 May 2024",
            "6 listopada 2024",
            "May 2024",
            "6 May",
            "6 May 024",
            "6 May 20245",
            "May May 2024",
            "31 February 2024",
            "2024年5月",
            "2024年5月6日の午後",
            "24-May-2006x",
            "6 24 May",
        ] {
            assert_eq!(in_words(written), None, "{written}");
        }
        for (number, names) in (1..).zip(&MONTHS) {
            assert!(
                names.split(' ').all(|name| MONTH_OF.get(&plain(name)) == Some(&number)),
                "no name means two months"
            );
        }
    }
}
