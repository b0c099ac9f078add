//! A session that has to be renewed while several things are asked at once.

use super::bed::{Bed, MAYA, Person};
use crate::net::api::{Api, ApiError};
use crate::secret::Secret;
use crate::secrets::Tokens;
use futures_util::FutureExt as _;
use futures_util::future::join_all;
use serde_json::Value;
use std::pin::pin;

/// As after half an hour: the access token is not taken any more.
async fn run_out(person: &Person) -> Api {
    let (tokens, place) = person.keeper.load(MAYA).unwrap().unwrap();
    let tokens = Tokens {
        access: Secret::new("run out".to_owned()),
        ..tokens
    };
    person.keeper.replace(MAYA, &tokens, &place).unwrap();
    person.api.with_tokens(tokens).await
}

async fn who_am_i(mut api: Api) -> Result<Value, ApiError> {
    api.get("/api/v1/me", &[]).await
}

#[tokio::test]
async fn all_who_need_it_renew_the_session_once() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let api = run_out(&maya).await;
    for answer in join_all((0..8).map(|_| who_am_i(api.clone()))).await {
        answer.unwrap();
    }
    // What was stored is what is used.
    let (stored, _) = maya.keeper.load(MAYA).unwrap().unwrap();
    assert_eq!(stored.access, api.access());
    bed.stop().await;
}

#[tokio::test]
async fn a_renewal_whose_caller_leaves_is_not_lost() {
    let mut bed = Bed::new().await;
    let maya = Person::sign_in(&bed.server, MAYA).await;
    let api = run_out(&maya).await;
    let refused = api.access();
    // The request is on its way, and whoever made it stops waiting.
    {
        let mut renewing = pin!(api.renew(&refused));
        assert!(renewing.as_mut().now_or_never().is_none());
    }
    api.finish().await;
    assert_ne!(api.access(), refused);
    who_am_i(api).await.unwrap();
    bed.stop().await;
}
