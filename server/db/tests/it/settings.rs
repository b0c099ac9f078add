//! Settings: of users, of widgets, of accounts, and the webhooks and addresses they keep.

use crate::bed::{START, on_each_engine};
use crate::rows::{Rows, assert_dangling, hard_texts, neighbour, read, write};
use frontdesk_db::queries::{
    business_contexts, connections, event_subscriptions, forwarding_addresses, inboxes,
    user_settings, widget_settings,
};
use frontdesk_domain::connection::{Connection, Health, Traffic};
use frontdesk_domain::context::BusinessContext;
use frontdesk_domain::json::Json;
use frontdesk_domain::settings::{ForwardingAddress, UserSettings};
use frontdesk_domain::webhook::Subscription;
use frontdesk_domain::widget::WidgetSettings;
use frontdesk_domain::{
    AccountId, ConnectionId, ConnectionState, ForwardingAddressId, InboxId, Source, SubscriptionId,
    UserId, UserSettingsId,
};

#[test]
fn a_users_settings_keep_their_first_id() {
    on_each_engine(|bed| async move {
        let ((theirs, eve), mine, ada) = (neighbour(&bed).await, bed.account.id, bed.user.id);
        let look = async |account| {
            read(&bed, move |conn| user_settings::by_user(conn, account, ada)).await
        };
        let keep = async |account, it: UserSettings| {
            write(&bed, move |unit| user_settings::upsert(unit, account, &it)).await
        };
        assert_eq!(look(mine).await, None);
        let first = UserSettings::new(UserSettingsId::random(), ada);
        keep(mine, first.clone()).await.unwrap();
        assert_eq!(look(mine).await.as_ref(), Some(&first));
        for token in hard_texts() {
            let later = UserSettings {
                id: UserSettingsId::random(),
                email_alert_on_new_message: true,
                email_alert_on_new_conversation: true,
                expo_push_token: Some(token.clone()),
                signature: Some(token),
                ..first.clone()
            };
            keep(mine, later.clone()).await.unwrap();
            let kept = UserSettings {
                id: first.id,
                ..later
            };
            assert_eq!(look(mine).await, Some(kept));
        }
        assert_eq!(look(theirs.id).await, None);
        for (account, user_id) in [(theirs.id, ada), (mine, eve.id), (mine, UserId(-1))] {
            let it = UserSettings::new(UserSettingsId::random(), user_id);
            assert_dangling(&keep(account, it).await);
        }
    });
}

#[test]
fn the_first_look_at_a_widget_makes_its_row() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine, inbox) = (neighbour(&bed).await, bed.account.id, bed.inbox.id);
        let look = async |account| {
            read(&bed, move |conn| {
                Ok((
                    widget_settings::by_inbox(conn, account, inbox)?,
                    widget_settings::of_account(conn, account)?,
                ))
            })
            .await
        };
        let make = async |account, inbox| {
            write(&bed, move |unit| {
                widget_settings::get_or_create(unit, account, inbox)
            })
            .await
        };
        assert_eq!(look(mine).await, (None, Vec::new()));
        let made = make(mine, inbox).await.unwrap();
        assert_eq!(made, WidgetSettings::new(made.id, mine, inbox, START));
        assert_eq!(make(mine, inbox).await.unwrap(), made);
        assert_eq!(look(mine).await, (Some(made.clone()), vec![made]));
        assert_eq!(look(theirs.id).await, (None, Vec::new()));
        assert_dangling(&make(theirs.id, inbox).await);
        assert_dangling(&make(mine, InboxId::random()).await);
        write(&bed, move |unit| inboxes::delete(unit, mine, inbox))
            .await
            .unwrap();
        assert_eq!(look(mine).await, (None, Vec::new()));
    });
}

#[test]
fn a_widget_changes_within_the_wall() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine, inbox) = (neighbour(&bed).await, bed.account.id, bed.inbox.id);
        let made = write(&bed, move |unit| {
            widget_settings::get_or_create(unit, mine, inbox)
        })
        .await
        .unwrap();
        for text in hard_texts() {
            let some = Some(text.clone());
            let changed = WidgetSettings {
                title: some.clone(),
                subtitle: some.clone(),
                color: some.clone(),
                greeting: some.clone(),
                away_message: some.clone(),
                new_message_placeholder: some.clone(),
                email_input_placeholder: some.clone(),
                new_messages_notification_text: some.clone(),
                show_agent_availability: true,
                agent_available_text: some.clone(),
                agent_unavailable_text: some.clone(),
                require_email_upfront: true,
                is_open_by_default: true,
                is_branding_hidden: true,
                custom_icon_url: some.clone(),
                iframe_url_override: some.clone(),
                icon_variant: text,
                base_url: some.clone(),
                host: some.clone(),
                pathname: some,
                last_seen_at: Some(START),
                updated_at: START.plus_seconds(1),
                ..made.clone()
            };
            let foreign = WidgetSettings {
                account_id: theirs.id,
                ..made.clone()
            };
            let stored = changed.clone();
            let rows = write(&bed, move |unit| {
                Ok((
                    widget_settings::update(unit, &stored)?,
                    widget_settings::update(unit, &foreign)?,
                ))
            });
            assert_eq!(rows.await.unwrap(), (1, 0));
            let kept = read(&bed, move |conn| {
                widget_settings::by_inbox(conn, mine, inbox)
            })
            .await;
            assert_eq!(kept, Some(changed));
        }
    });
}

#[test]
fn forwarding_addresses_are_kept() {
    on_each_engine(|bed| async move {
        let row = ForwardingAddress {
            id: ForwardingAddressId::random(),
            account_id: bed.account.id,
            forwarding_email_address: "in@desk.test".to_owned(),
            source_email_address: Some("help@acme.test".to_owned()),
            state: None,
            description: None,
            created_at: START,
            updated_at: START,
        };
        let rows = Rows {
            insert: forwarding_addresses::insert,
            update: forwarding_addresses::update,
            delete: forwarding_addresses::delete,
            by_id: forwarding_addresses::by_id,
            of_account: forwarding_addresses::of_account,
        };
        rows.are_kept(&bed, row.id, row, |row, account_id, text| {
            ForwardingAddress {
                account_id,
                forwarding_email_address: text.clone(),
                source_email_address: None,
                state: Some(text.clone()),
                description: Some(text),
                ..row.clone()
            }
        })
        .await;
    });
}

#[test]
fn event_subscriptions_are_kept() {
    on_each_engine(|bed| async move {
        let row = Subscription {
            id: SubscriptionId::random(),
            account_id: bed.account.id,
            webhook_url: "https://hooks.test/a".to_owned(),
            verified: false,
            scope: None,
            failures: 0,
            failing_since: None,
            disabled_at: None,
            disabled_reason: None,
            created_at: START,
            updated_at: START,
        };
        let rows = Rows {
            insert: event_subscriptions::insert,
            update: event_subscriptions::update,
            delete: event_subscriptions::delete,
            by_id: event_subscriptions::by_id,
            of_account: event_subscriptions::of_account,
        };
        rows.are_kept(&bed, row.id, row, |row, account_id, text| Subscription {
            account_id,
            webhook_url: text.clone(),
            verified: true,
            scope: Some(text),
            ..row.clone()
        })
        .await;
    });
}

#[test]
fn connections_are_kept() {
    on_each_engine(|bed| async move {
        let row = Connection {
            id: ConnectionId::random(),
            account_id: bed.account.id,
            inbox_id: bed.inbox.id,
            kind: Source::Email,
            name: "Support".to_owned(),
            settings: Json(r#"{"host":"a.test"}"#.to_owned()),
            health: Health::untested(),
            traffic: Traffic::default(),
            consented_at: None,
            created_at: START,
            updated_at: START,
        };
        let rows = Rows {
            insert: connections::insert,
            update: connections::update,
            delete: connections::delete,
            by_id: connections::by_id,
            of_account: connections::of_account,
        };
        rows.are_kept(&bed, row.id, row, |row, account_id, text| Connection {
            account_id,
            settings: Json(format!("{{\"host\":\"{text}\"}}")),
            health: row.health.failed(&text, START),
            name: text,
            ..row.clone()
        })
        .await;
    });
}

#[test]
fn a_connection_keeps_its_position_its_secrets_and_its_health() {
    on_each_engine(|bed| async move {
        let (account, id) = (bed.account.id, ConnectionId::random());
        let row = Connection {
            id,
            account_id: account,
            inbox_id: bed.inbox.id,
            kind: Source::Slack,
            name: "Bot".to_owned(),
            settings: Json("{}".to_owned()),
            health: Health::untested(),
            traffic: Traffic::default(),
            consented_at: None,
            created_at: START,
            updated_at: START,
        };
        let worked = row.health.worked(START);
        let (kept, health) = (row.clone(), worked.clone());
        write(&bed, move |unit| {
            connections::insert(unit, &kept)?;
            connections::set_position(unit, account, id, "17")?;
            connections::set_secrets(unit, account, id, b"sealed")?;
            connections::set_health(unit, account, id, &health)
        })
        .await
        .unwrap();
        let (position, secrets, found, others) = read(&bed, move |conn| {
            Ok((
                connections::position(conn, account, id)?,
                connections::secrets(conn, account, id)?,
                connections::of_kind(conn, Source::Slack)?,
                connections::of_kind(conn, Source::Sms)?,
            ))
        })
        .await;
        assert_eq!(position.as_deref(), Some("17"));
        assert_eq!(secrets.as_deref(), Some(&b"sealed"[..]));
        let expected = Connection {
            health: worked,
            ..row
        };
        assert_eq!(found, vec![expected.clone()]);
        assert!(others.is_empty());
        let found = read(&bed, move |conn| connections::anywhere(conn, id)).await;
        assert_eq!(found, Some(expected.clone()));
        let off = Health {
            state: ConnectionState::Off,
            ..expected.health
        };
        write(&bed, move |unit| {
            connections::set_health(unit, account, id, &off)
        })
        .await
        .unwrap();
        let found = read(&bed, move |conn| connections::of_kind(conn, Source::Slack)).await;
        assert!(found.is_empty(), "what is off is not used");
    });
}

#[test]
fn a_connection_notes_what_came_and_what_went() {
    on_each_engine(|bed| async move {
        let (theirs, _) = neighbour(&bed).await;
        let (account, id) = (bed.account.id, ConnectionId::random());
        let row = Connection {
            id,
            account_id: account,
            inbox_id: bed.inbox.id,
            kind: Source::Email,
            name: "Mail".to_owned(),
            settings: Json("{}".to_owned()),
            health: Health::untested(),
            traffic: Traffic::default(),
            consented_at: None,
            created_at: START,
            updated_at: START,
        };
        let look = async || read(&bed, connections::everywhere).await;
        write(&bed, move |unit| {
            connections::insert(unit, &row)?;
            connections::came(unit, theirs.id, id)
        })
        .await
        .unwrap();
        assert_eq!(look().await[0].traffic, Traffic::default());
        write(&bed, move |unit| {
            connections::came(unit, account, id)?;
            connections::went(unit, account, id)
        })
        .await
        .unwrap();
        let both = Traffic {
            came_at: Some(START),
            went_at: Some(START),
        };
        let found = look().await;
        assert_eq!((found.len(), found[0].traffic), (1, both));
    });
}

#[test]
fn what_an_account_tells_the_ai_is_replaced() {
    on_each_engine(|bed| async move {
        let ((theirs, _), mine) = (neighbour(&bed).await, bed.account.id);
        let look = async |account| {
            read(&bed, move |conn| {
                business_contexts::by_account(conn, account)
            })
            .await
        };
        let keep = async |it: BusinessContext| {
            write(&bed, move |unit| business_contexts::upsert(unit, &it)).await
        };
        assert_eq!(look(mine).await, None);
        let first = BusinessContext {
            account_id: mine,
            business_name: Some("Acme".to_owned()),
            business_description: None,
            services: Some(Json(r#"["anvils"]"#.to_owned())),
            scheduling_link: None,
            faqs: None,
            additional_context: None,
            created_at: START,
            updated_at: START,
        };
        keep(first.clone()).await.unwrap();
        assert_eq!(look(mine).await.as_ref(), Some(&first));
        for (text, later) in hard_texts().into_iter().zip([1, 2, 3]) {
            let some = Some(text);
            let next = BusinessContext {
                business_name: None,
                business_description: some.clone(),
                services: None,
                scheduling_link: some.clone(),
                faqs: Some(Json("[]".to_owned())),
                additional_context: some,
                updated_at: START.plus_seconds(later),
                ..first.clone()
            };
            let reborn = BusinessContext {
                created_at: next.updated_at,
                ..next.clone()
            };
            keep(reborn).await.unwrap();
            assert_eq!(look(mine).await, Some(next));
        }
        assert_eq!(look(theirs.id).await, None);
        let homeless = BusinessContext {
            account_id: AccountId::random(),
            ..first
        };
        assert_dangling(&keep(homeless).await);
    });
}
