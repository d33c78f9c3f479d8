//! Words for statuses besides the English ones, and those that are no status but a refusal.

use std::{collections::HashMap, sync::LazyLock};

use super::{Status, parts::Channel};
use crate::text::fold_label;

/// German, Spanish, French, Italian, Portuguese, Dutch, Polish, Turkish, Russian, Japanese, Chinese and Korean words, parted by
/// commas.
const WORDS: &[(Status, &str)] = &[
    (
        Status::New,
        "neu,neuer lead,offen,unbearbeitet,nicht kontaktiert,nuevo,nueva,abierto,abierta,sin contactar,no contactado,nouveau,\
         nouvelle,ouvert,à contacter,à traiter,non contacté,nuovo,nuova,aperto,aperta,da contattare,non contattato,novo,nova,\
         aberto,aberta,a contatar,não contatado,não contactado,nieuw,nieuwe lead,niet gecontacteerd,nowy,nowa,nowe,otwarty,yeni,\
         açık,новый,новая,новое,новый лид,открыт,не обработан,необработанный,неразобранное,新規,未対応,未着手,未連絡,新,新建,\
         新增,新线索,未联系,未跟进,未处理,신규,미연락",
    ),
    (
        Status::Contacted,
        "kontaktiert,in bearbeitung,in kontakt,kontakt aufgenommen,contactado,contactada,en proceso,en progreso,en curso,\
         en contacto,contacté,contactée,en cours,en cours de traitement,en contact,contattato,contattata,in corso,in lavorazione,\
         in contatto,contatado,contatada,em andamento,em contato,em contacto,em curso,gecontacteerd,in behandeling,benaderd,\
         skontaktowany,skontaktowano,w trakcie,w toku,w kontakcie,iletişime geçildi,iletişim kuruldu,işlemde,devam ediyor,\
         в работе,в обработке,в процессе,связались,контакт установлен,対応中,連絡済み,連絡済,接触済み,コンタクト済み,已联系,跟进中,\
         联系中,处理中,연락완료,연락 완료,진행중,진행 중",
    ),
    (
        Status::Qualified,
        "qualifiziert,angebot,angebot gesendet,angebot versendet,verhandlung,in verhandlung,calificado,calificada,cualificado,\
         cualificada,propuesta,propuesta enviada,negociación,en negociación,qualifié,qualifiée,proposition,proposition envoyée,\
         devis envoyé,négociation,en négociation,qualificato,qualificata,proposta,proposta inviata,trattativa,in trattativa,\
         qualificado,qualificada,proposta enviada,negociação,em negociação,gekwalificeerd,offerte,offerte verstuurd,onderhandeling,\
         in onderhandeling,zakwalifikowany,kwalifikowany,oferta wysłana,negocjacje,nitelikli,teklif gönderildi,квалифицирован,\
         квалифицированный,переговоры,кп отправлено,見込みあり,有望,商談中,提案中,合格,谈判中,적격",
    ),
    (
        Status::Nurture,
        "zurückgestellt,wiedervorlage,später,en espera,más tarde,en attente,plus tard,à relancer,in attesa,più tardi,em espera,\
         mais tarde,in de wacht,wstrzymany,później,beklemede,daha sonra,отложен,отложено,позже,保留,保留中,暂缓,搁置,培育,보류",
    ),
    (
        Status::Unqualified,
        "verloren,unqualifiziert,nicht qualifiziert,disqualifiziert,abgelehnt,kein interesse,nicht interessiert,ungültig,perdido,\
         perdida,descartado,descartada,no calificado,no cualificado,no interesado,sin interés,rechazado,no válido,perdu,perdue,\
         non qualifié,disqualifié,pas intéressé,non intéressé,sans suite,perso,persa,non qualificato,squalificato,non interessato,\
         scartato,desqualificado,não qualificado,não interessado,sem interesse,rejeitado,niet gekwalificeerd,gediskwalificeerd,\
         geen interesse,niet geïnteresseerd,afgewezen,przegrany,przegrana,utracony,stracony,odrzucony,niezakwalifikowany,\
         niezainteresowany,brak zainteresowania,kaybedildi,niteliksiz,ilgilenmiyor,reddedildi,проигран,проиграно,потерян,отказ,\
         не квалифицирован,некачественный,некачественный лид,закрыто и не реализовано,失注,対象外,見込みなし,无效,已流失,丢失,输单,\
         不合格,无意向,부적격,실패",
    ),
    (
        Status::Converted,
        "gewonnen,kunde,konvertiert,umgewandelt,ganado,ganada,cliente,convertido,convertida,gagné,gagnée,converti,convertie,vinto,\
         vinta,convertito,ganho,ganha,klant,geconverteerd,wygrany,wygrana,klient,pozyskany,kazanıldı,müşteri,выигран,выиграно,\
         клиент,конвертирован,сконвертирован,успешно реализовано,受注,成約,成立,契約済み,赢单,成交,已成交,已转化,已转换,客户,성공,\
         계약완료,고객",
    ),
];

/// Refusals of e-mail.
const NO_EMAIL: &str = "unsubscribed,unsubscribe,opted out,opt out,optout,email opt out,email opted out,cleaned,bounced,hard bounced,\
     hard bounce,complained,complaint,reported as spam,marked as spam,suppressed,unsub,unsubbed,removed,do not email,do not e mail,abgemeldet,\
     désinscrit,désinscrite,désabonné,désabonnée,dado de baja,dada de baja,descadastrado,disiscritto,uitgeschreven,afgemeld,wypisany,\
     отписан,отписался,отписалась,配信停止,退订,已退订";
/// Refusals of calls.
const NO_CALL: &str = "do not call,dont call,nicht anrufen,ne pas appeler,no llamar,não ligar,non chiamare,niet bellen,nie dzwonić,не звонить";
/// Refusals of everything.
const NOTHING: &str = "do not contact,dont contact,dnc,do not disturb,dnd,blacklisted,blacklist,nicht kontaktieren,kontaktsperre,\
     ne pas contacter,no contactar,não contatar,não contactar,non contattare,niet contacteren,nie kontaktować,не беспокоить,\
     не связываться,連絡不可,请勿联系";

static STATUS_OF: LazyLock<HashMap<String, Status>> = LazyLock::new(|| {
    let each = WORDS.iter().flat_map(|(status, words)| words.split(',').map(move |word| (plain(word), *status)));
    each.collect()
});

static REFUSED_BY: LazyLock<HashMap<String, &'static [Channel]>> = LazyLock::new(|| {
    const ALL: &[(&str, &[Channel])] =
        &[(NO_EMAIL, &[Channel::Email]), (NO_CALL, &[Channel::Phone]), (NOTHING, Channel::ALL)];
    ALL.iter().flat_map(|(words, channels)| words.split(',').map(move |word| (plain(word), *channels))).collect()
});

/// Folded words without the marks and pictures around them: `Contacted ✅`, `Closed—won`, `2. Kontaktiert`.
pub(super) fn plain(written: &str) -> String {
    let folded = fold_label(written).replace(['\'', '’'], "").replace('ı', "i");
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    let numbered = words.peek().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    let bare = words.skip(usize::from(numbered)).collect::<Vec<_>>().join(" ");
    if bare.is_empty() { folded } else { bare }
}

/// A status in another language than English.
pub(super) fn status(written: &str) -> Option<Status> {
    STATUS_OF.get(&plain(written)).copied()
}

/// What somebody refuses whose status says so: `Unsubscribed`, `Do Not Contact`, `Closed - Unsubscribed`.
pub(super) fn refused(written: &str) -> Option<&'static [Channel]> {
    let plain = plain(written);
    let ends_with = |end: &str| plain.ends_with(end).then(|| REFUSED_BY.get(end)).flatten();
    let has = |word: &str| plain.split(' ').any(|one| one == word);
    let unsubscribed = (has("unsubscribed") && !has("not") && !has("never")).then_some(&[Channel::Email] as &[Channel]);
    let at_the_end = || ["do not contact", "do not call"].into_iter().find_map(ends_with);
    REFUSED_BY.get(&plain).or_else(at_the_end).copied().or(unsubscribed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_means_two_things() {
        for (status, words) in WORDS {
            for word in words.split(',') {
                assert_eq!(STATUS_OF.get(&plain(word)), Some(status), "{word}");
                assert_eq!(refused(word), None, "{word}");
            }
        }
    }

    #[test]
    fn statuses_are_read_in_other_languages() {
        for (written, expected) in [
            ("Neu", Status::New),
            ("Kontaktiert", Status::Contacted),
            ("QUALIFIZIERT", Status::Qualified),
            ("Verloren", Status::Unqualified),
            ("Calificado", Status::Qualified),
            ("Gagné", Status::Converted),
            ("Não qualificado", Status::Unqualified),
            ("Nowy", Status::New),
            ("AÇIK", Status::New),
            ("KAZANILDI", Status::Converted),
            ("В работе", Status::Contacted),
            ("新規", Status::New),
            ("已成交", Status::Converted),
            ("신규", Status::New),
            ("2. Kontaktiert ✅", Status::Contacted),
        ] {
            assert_eq!(status(written), Some(expected), "{written}");
        }
        assert_eq!((status("Sofia"), status(""), status("✅")), (None, None, None));
    }

    #[test]
    fn a_refusal_is_known_whatever_stands_around_it() {
        let (email, all): (&[Channel], &[Channel]) = (&[Channel::Email], Channel::ALL);
        for (written, channels) in [
            ("unsubscribed", Some(email)),
            ("Opted-Out", Some(email)),
            ("Cleaned", Some(email)),
            ("Closed - Unsubscribed", Some(email)),
            ("bounced/unsubscribed", Some(email)),
            ("Désinscrit", Some(email)),
            ("removed", Some(email)),
            ("unsub", Some(email)),
            ("DO NOT CONTACT 🚫", Some(all)),
            ("Don't contact", Some(all)),
            ("Unqualified: do not contact", Some(all)),
            ("Do not call", Some(&[Channel::Phone])),
            ("Do not contact until June", None),
            ("not unsubscribed", None),
            ("subscribed", None),
            ("Contacted", None),
        ] {
            assert_eq!(refused(written), channels, "{written}");
        }
    }
}
