//! How much one caller may ask for, in this process.
//!
//! A caller is a token that has proved good, or else an address: who makes up tokens gains nothing by it.

use std::{
    collections::HashSet,
    net::{IpAddr, Ipv4Addr},
    num::NonZeroU32,
    sync::{
        PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use actix_web::{
    Error, HttpMessage, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        StatusCode,
        header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, DefaultClock},
    middleware::StateInformationMiddleware,
    state::keyed::DefaultKeyedStateStore,
};
use sha2::{Digest, Sha256};

use super::{Edge, is_operational};
use crate::{
    config,
    http::{ApiError, Caller, ask::ClientAddress},
};

/// `RateLimit` and its policy, as in draft-ietf-httpapi-ratelimit-headers-10.
const STATE: HeaderName = HeaderName::from_static("ratelimit");
const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// Seconds of the window in which a quota counts.
const WINDOW: u32 = 60;

/// How many good tokens are remembered; when there are more, they prove themselves again.
const MOST_TOKENS: usize = 100_000;

type Fingerprint = [u8; 16];

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Key {
    Token(Fingerprint),
    Address(IpAddr),
}

type Buckets = RateLimiter<Key, DefaultKeyedStateStore<Key>, DefaultClock, StateInformationMiddleware>;

/// A quota and how much of it each caller has used.
struct Class {
    name: &'static str,
    quota: u32,
    buckets: Buckets,
}

/// What is left to a caller.
struct Standing {
    left: u32,
    /// Seconds until the whole quota is there again, or until the next request may come.
    wait: u64,
    refused: bool,
}

impl Class {
    fn new(name: &'static str, quota: u32) -> Option<Self> {
        let quota = NonZeroU32::new(quota)?;
        let buckets = RateLimiter::keyed(Quota::per_minute(quota)).with_middleware();
        Some(Self { name, quota: quota.get(), buckets })
    }

    fn take(&self, key: &Key) -> Standing {
        match self.buckets.check_key(key) {
            Ok(state) => {
                let left = state.remaining_burst_capacity();
                let used = u64::from(self.quota.saturating_sub(left));
                let wait = (used * u64::from(WINDOW)).div_ceil(u64::from(self.quota));
                Standing { left, wait, refused: false }
            }
            Err(until) => {
                let wait = until.wait_time_from(DefaultClock::default().now());
                Standing { left: 0, wait: wait.as_secs() + 1, refused: true }
            }
        }
    }

    fn tell(&self, standing: &Standing, headers: &mut HeaderMap) {
        let policy = format!("\"{}\";q={};w={WINDOW}", self.name, self.quota);
        let state = format!("\"{}\";r={};t={}", self.name, standing.left, standing.wait);
        for (name, value) in [(POLICY, policy), (STATE, state)] {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
    }
}

/// The quotas of this process.
pub struct Limits {
    all: Option<Class>,
    auth: Option<Class>,
    good_tokens: RwLock<HashSet<Fingerprint>>,
    started: Instant,
    swept: AtomicU64,
}

impl std::fmt::Debug for Limits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let quota = |class: &Option<Class>| class.as_ref().map(|class| class.quota);
        write!(f, "Limits({:?}, {:?} a minute)", quota(&self.all), quota(&self.auth))
    }
}

impl Limits {
    /// From the settings.
    pub fn new(settings: &config::Limits) -> Self {
        Self {
            all: Class::new("default", settings.requests_per_minute.0),
            auth: Class::new("auth", settings.auth_requests_per_minute.0),
            good_tokens: RwLock::default(),
            started: Instant::now(),
            swept: AtomicU64::new(0),
        }
    }

    fn knows(&self, token: &Fingerprint) -> bool {
        self.good_tokens.read().unwrap_or_else(PoisonError::into_inner).contains(token)
    }

    fn learn(&self, token: Fingerprint) {
        let mut good = self.good_tokens.write().unwrap_or_else(PoisonError::into_inner);
        if good.len() >= MOST_TOKENS {
            good.clear();
        }
        good.insert(token);
    }

    fn unlearn(&self, token: &Fingerprint) {
        self.good_tokens.write().unwrap_or_else(PoisonError::into_inner).remove(token);
    }

    /// Once in a window, forgets callers who have their whole quota again.
    fn sweep(&self) {
        let now = self.started.elapsed().as_secs();
        let last = self.swept.load(Ordering::Relaxed);
        let due = now.saturating_sub(last) >= u64::from(WINDOW);
        if due && self.swept.compare_exchange(last, now, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            for class in self.all.iter().chain(&self.auth) {
                class.buckets.retain_recent();
                class.buckets.shrink_to_fit();
            }
        }
    }
}

/// Refuses who has used up the quota, and tells everybody what is left.
///
/// # Errors
/// Those of the services within.
pub async fn limit(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let edge = request.app_data::<Data<Edge>>().cloned();
    let Some(edge) = edge.filter(|_| !is_operational(request.path())) else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    let limits = &edge.limits;
    let is_auth = request.path().starts_with("/api/v1/auth/");
    let class = if is_auth { &limits.auth } else { &limits.all };
    let Some(class) = class else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    limits.sweep();
    let client = request.extensions().get::<ClientAddress>().map(|client| client.0);
    let address = client.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    let token = if is_auth { None } else { fingerprint(request.headers()) };
    let known = token.filter(|token| limits.knows(token));
    let standing = class.take(&known.map_or(Key::Address(address), Key::Token));
    let mut response = if standing.refused {
        request.into_response(refusal(standing.wait))
    } else {
        next.call(request).await?.map_into_boxed_body()
    };
    if let Some(token) = token {
        // An open endpoint says nothing about a token: somebody must have been recognized by it.
        let is_good = response.request().extensions().contains::<Caller>();
        if is_good && known.is_none() {
            limits.learn(token);
        } else if known.is_some() && response.status() == StatusCode::UNAUTHORIZED {
            limits.unlearn(&token);
        }
    }
    class.tell(&standing, response.headers_mut());
    Ok(response)
}

fn refusal(wait: u64) -> HttpResponse {
    ApiError::too_many_requests(wait.max(1)).error_response()
}

/// A short digest of the credential: the credential itself is not kept.
fn fingerprint(headers: &HeaderMap) -> Option<Fingerprint> {
    let credential = headers.get(AUTHORIZATION)?;
    let digest: [u8; 32] = Sha256::digest(credential.as_bytes()).into();
    digest.first_chunk().copied()
}
