//! Places of which there are only so many: whoever takes one gives it back, and no organization takes them all.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use leadwright_domain::ids::OrganizationId;

type Taken = Arc<Mutex<HashMap<OrganizationId, usize>>>;

/// Places for all, and how many of them each organization may take.
#[derive(Clone, Debug)]
pub struct Shares {
    most: usize,
    each: usize,
    taken: Taken,
}

/// A place, until it is dropped.
#[derive(Debug)]
pub struct Share {
    taken: Taken,
    organization: OrganizationId,
}

impl Shares {
    /// So many places.
    pub fn new(most: usize, each: usize) -> Self {
        Self { most, each, taken: Taken::default() }
    }

    /// A place, if one is free for the organization.
    pub fn take(&self, organization: OrganizationId) -> Option<Share> {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = taken.values().sum();
        let own = taken.get(&organization).copied().unwrap_or_default();
        if all >= self.most || own >= self.each {
            return None;
        }
        taken.insert(organization, own + 1);
        Some(Share { taken: Arc::clone(&self.taken), organization })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let left = taken.get(&self.organization).copied().unwrap_or_default().saturating_sub(1);
        if left == 0 {
            taken.remove(&self.organization);
        } else {
            taken.insert(self.organization, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use leadwright_domain::ids::Id;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn nobody_takes_all_places_and_they_come_back() {
        let (one, other) = (Id::from_uuid(Uuid::from_u128(1)), Id::from_uuid(Uuid::from_u128(2)));
        let shares = Shares::new(3, 2);
        let held: Vec<_> = (0..3).map(|_| shares.take(one)).collect();
        assert_eq!(held.iter().flatten().count(), 2);
        let others: Vec<_> = (0..2).map(|_| shares.take(other)).collect();
        assert_eq!(others.iter().flatten().count(), 1, "there are no more in all");
        drop(held);
        assert!(shares.take(other).is_some() && shares.take(one).is_some());
    }
}
