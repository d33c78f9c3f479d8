use leadwright_domain::{
    capture::{
        CaptureForm, Submission,
        adapters::{Adapter, Meant, read},
    },
    fault::Fault,
    leads::RawLead,
};

use super::tree::tree;
use crate::{
    Configuration,
    capture::{fields, replay::unreadable},
};

/// What a submission that was kept tells of a lead, and the form by which it is read. `None` where it tells of nobody: another
/// system only tried, or what its id stands for is not there yet.
///
/// # Errors
/// It can't be read.
pub(in crate::capture) async fn fields_of(
    submission: &Submission,
    form: &CaptureForm,
    config: &Configuration,
) -> Result<Option<(CaptureForm, RawLead)>, Vec<Fault>> {
    let adapter = &form.settings.adapter;
    if adapter.kind == Adapter::Form {
        let read = fields(&submission.content_type, &submission.body).await.map_err(unreadable)?;
        return Ok(Some((form.clone(), read.values)));
    }
    let fetched = submission.outcome["adapter"].get("fetched").cloned();
    let told = match fetched {
        Some(fetched) => fetched,
        None => tree(&submission.content_type, &submission.body).await.map_err(unreadable)?,
    };
    let deliveries = read(adapter.kind, &told, &adapter.mapping).map_err(|fault| vec![fault])?;
    let Some(delivery) = deliveries.into_iter().next() else { return Ok(None) };
    if !delivery.faults.is_empty() {
        return Err(delivery.faults);
    }
    if delivery.meant != Meant::Lead {
        return Ok(None);
    }
    let form = CaptureForm { settings: form.settings.of_adapter(), ..form.clone() };
    let fields = delivery.fields(&form.settings, &config.custom_fields);
    Ok(Some((form, fields)))
}
