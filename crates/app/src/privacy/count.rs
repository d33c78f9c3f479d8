use leadwright_domain::privacy::ErasureCounts;
use leadwright_persistence::DbError;

use super::{
    elsewhere::Elsewhere,
    marks::all_of,
    person::{Finder, Person},
    shared::{Shared, posts},
    sweep::Swept,
};

/// How much an erasure would take away.
pub(super) async fn counted(
    finder: Finder<'_>,
    person: &Person,
    shared: &Shared,
    swept: &Swept,
    elsewhere: &Elsewhere,
) -> Result<ErasureCounts, DbError> {
    let erasures = finder.erasures;
    let mut counts = ErasureCounts {
        submissions: posts(erasures, person, shared, Some(swept)).await?.len() as u64,
        rejected_rows: swept.rows.len() as u64,
        imports: swept.imports.len() as u64,
        answers: erasures.count_answers(&person.needles()).await?,
        tombstones: all_of(&person.keys).count() as u64,
        ..erasures.count_leads(&person.ids()).await?
    };
    elsewhere.counted(&mut counts);
    Ok(counts)
}
