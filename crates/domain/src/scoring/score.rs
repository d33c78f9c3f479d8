//! From rules to a score (spec SCO-1, SCO-1a).

use super::{
    adjustment::Adjustment,
    counting::Counting,
    model::{Component, Model, Rule, RuleKind},
    points::Points,
    ready::{Ready, ReadyKind},
    scored::{Part, Scored, Why},
};
use crate::{
    condition::{Frame, Subject},
    time::Instant,
};

/// Scores one lead. For many leads make the model [`ready`](Model::ready) once.
pub fn score(model: &Model, subject: &Subject<'_>, adjustments: &[Adjustment]) -> Scored {
    model.ready(&Frame { now: subject.now, organization: subject.organization }).score(subject, adjustments)
}

/// What a rule gives, before groups and limits.
struct Hit {
    rule: usize,
    points: Points,
    why: Why,
}

/// The points of one lead as they are added up.
struct Sheet {
    parts: Vec<Part>,
    next_change_at: Option<Instant>,
}

impl Ready<'_> {
    /// Scores one lead.
    pub fn score(&self, subject: &Subject<'_>, adjustments: &[Adjustment]) -> Scored {
        let mut sheet = Sheet { parts: Vec::new(), next_change_at: None };
        let hits = self.hits(subject, &mut sheet);
        self.settle_groups(hits, &mut sheet);
        let [demographic, behavioral, firmographic] = Component::OF_RULES.map(|component| sheet.close(component));
        let adjustment = sheet.adjust(adjustments, subject.now);
        let total = (demographic + behavioral + firmographic).saturating_add(adjustment).clamp(0, 100);
        sheet.parts.sort_by_key(|part| part.component);
        Scored {
            total,
            demographic,
            behavioral,
            firmographic,
            adjustment,
            rating: self.model.thresholds.rating(total),
            parts: sheet.parts,
            next_change_at: sheet.next_change_at,
            model_version: self.model.version,
        }
    }

    fn hits(&self, subject: &Subject<'_>, sheet: &mut Sheet) -> Vec<Hit> {
        let counting = Counting::new(subject.interactions, self.timezone);
        let mut hits = Vec::new();
        for (rule, ready) in self.rules.iter().enumerate() {
            let hit = match &ready.kind {
                ReadyKind::Attribute(attribute) => {
                    sheet.look_again(attribute.turns_at(subject));
                    let points = Points::whole(ready.rule.points);
                    attribute.when.matches(subject).then_some((points, Why::Met {}))
                }
                ReadyKind::Behaviour(_) => ready.done(&counting, subject.now, sheet),
            };
            hits.extend(hit.map(|(points, why)| Hit { rule, points, why }));
        }
        hits
    }

    /// Of the rules of a group the one with most points counts; of equals the first.
    fn settle_groups(&self, hits: Vec<Hit>, sheet: &mut Sheet) {
        let mut best: Vec<Option<(usize, Points)>> = vec![None; self.groups];
        for hit in &hits {
            if let Some(best) = self.rules[hit.rule].group.map(|group| &mut best[group])
                && best.is_none_or(|(_, points)| hit.points > points)
            {
                *best = Some((hit.rule, hit.points));
            }
        }
        for hit in hits {
            let winner = self.rules[hit.rule].group.and_then(|group| best[group]).map(|(rule, _)| rule);
            let (points, reason) = match winner {
                Some(winner) if winner != hit.rule => {
                    (Points::ZERO, Why::Outdone { by: self.rules[winner].rule.name.clone() })
                }
                _ => (hit.points, hit.why),
            };
            let Rule { name, component, .. } = self.rules[hit.rule].rule;
            sheet.parts.push(Part { rule: name.clone(), component: *component, points, reason });
        }
    }
}

impl super::ready::ReadyRule<'_> {
    /// What the lead did, each time fading by itself.
    fn done(&self, counting: &Counting<'_>, now: Instant, sheet: &mut Sheet) -> Option<(Points, Why)> {
        let (RuleKind::Behaviour(behaviour), ReadyKind::Behaviour(filter)) = (&self.rule.kind, &self.kind) else {
            return None;
        };
        let each = Points::whole(self.rule.points);
        let most = behaviour.max_count.map_or(usize::MAX, |count| count as usize);
        let (mut count, mut newest_at, mut left) = (0, None, Points::ZERO);
        let counted = counting.counted(behaviour.interaction, filter.is_some(), |seen| {
            filter.as_ref().is_none_or(|filter| filter.matches_interaction(seen.interaction, seen.facts()))
        });
        for interaction in counted.take(most) {
            let age = (now - interaction.occurred_at).num_days().max(0);
            if let Some(half_life) = behaviour.half_life_days {
                let worth = each.after(u32::try_from(age).unwrap_or(u32::MAX), half_life);
                if worth == Points::ZERO {
                    break; // Nor is anything left of older ones.
                }
                sheet.look_again(days_after(interaction.occurred_at, age + 1));
                left += worth;
            } else {
                left += each;
            }
            count += 1;
            newest_at.get_or_insert(interaction.occurred_at);
        }
        let fresh = Points::whole(self.rule.points.saturating_mul(i64::from(count)));
        Some((left, Why::Done { count, newest_at: newest_at?, fresh, faded: fresh - left }))
    }
}

fn days_after(at: Instant, days: i64) -> Option<Instant> {
    at.checked_add_signed(chrono::TimeDelta::try_days(days)?)
}

impl Sheet {
    fn look_again(&mut self, at: Option<Instant>) {
        self.next_change_at = self.next_change_at.into_iter().chain(at).min();
    }

    fn line(&mut self, rule: &str, component: Component, points: Points, reason: Why) {
        if points != Points::ZERO {
            self.parts.push(Part { rule: rule.to_owned(), component, points, reason });
        }
    }

    /// Adds up a component: the sum, limited, then rounded. What limiting and rounding change becomes lines of their own,
    /// so that the lines add up.
    fn close(&mut self, component: Component) -> i64 {
        let most = component.cap().unwrap_or(i64::MAX / 100);
        let sum: Points = self.parts.iter().filter(|part| part.component == component).map(|part| part.points).sum();
        let limited = sum.clamp(Points::ZERO, Points::whole(most));
        let rounded = limited.rounded();
        self.line("limit", component, limited - sum, Why::Limited { sum, least: 0, most });
        self.line("rounding", component, Points::whole(rounded) - limited, Why::Rounded { exact: limited });
        rounded
    }

    fn adjust(&mut self, adjustments: &[Adjustment], now: Instant) -> i64 {
        let mut sum = 0_i64;
        for given in adjustments.iter().filter(|given| given.is_active(now)) {
            sum = sum.saturating_add(given.points);
            self.look_again(given.expires_at);
            let why = Why::Given { at: given.given_at, expires_at: given.expires_at };
            self.line(given.reason.as_str(), Component::Adjustment, Points::whole(given.points), why);
        }
        sum
    }
}
