//! Who may do what. Every decision, every route, every topic and every job asks [`allows`];
//! there is no second place that knows roles.

use crate::actor::Member;
use crate::{Actor, KeyScope, Refusal, Role, Who};

/// Everything that can be permitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Read conversations, customers, reports and settings that are not secret.
    ReadDesk,
    /// Write, assign, close, tag and edit conversations and customers.
    WorkConversations,
    /// Merge customers or conversations, and undo it.
    Merge,
    /// Change tags, canned responses, issues and companies, which all members share.
    ManageSharedThings,
    /// Change one's own name, picture, availability and notifications.
    ManageOwnProfile,
    /// Make and revoke one's own API keys.
    ManageOwnKeys,
    /// Change the account, its working hours and its business context.
    ManageSettings,
    /// Invite, disable and change users and teams.
    ManageUsers,
    /// Change inboxes, the look of the widget and forwarding addresses.
    ManageInboxes,
    /// Change outgoing webhooks and connections to other services.
    ManageIntegrations,
    /// Look at jobs that wait or failed, mend them, repeat them and throw them away.
    ManageJobs,
    /// See and revoke every user's API keys.
    ManageKeys,
    /// Delete conversations, messages, customers or shared things for good. Existing clients let
    /// every member do it, and the audit log tells who did.
    DeleteForGood,
    /// Erase customers, set how long conversations are kept, and hold what must not go.
    ManagePrivacy,
    /// Read the audit log.
    ReadAudit,
    /// Read one's own conversations as a customer, without what is internal.
    ReadAsCustomer,
    /// Start conversations and write in one's own as a customer.
    WriteAsCustomer,
    /// Store what a customer wrote elsewhere: connectors do, and agents who note a call.
    ReceiveForCustomer,
    /// Answer as the bot.
    AnswerAsBot,
    /// Do what only the server does by itself: wake snoozed conversations, write system lines.
    RunDesk,
}

/// What a permission asks of an actor.
struct Needs {
    /// The least role a user must have; nobody's role suffices where there is none.
    user: Option<Role>,
    /// The least scope the key must have, when the user came with one.
    scope: KeyScope,
    customer: Standing,
    system: Standing,
}

/// Whether a kind of actor has a permission at all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    May,
    Never,
}

impl Permission {
    /// Every permission, for tables that must leave none out.
    pub const ALL: &'static [Self] = &[
        Self::ReadDesk,
        Self::WorkConversations,
        Self::Merge,
        Self::ManageSharedThings,
        Self::ManageOwnProfile,
        Self::ManageOwnKeys,
        Self::ManageSettings,
        Self::ManageUsers,
        Self::ManageInboxes,
        Self::ManageIntegrations,
        Self::ManageJobs,
        Self::ManageKeys,
        Self::DeleteForGood,
        Self::ManagePrivacy,
        Self::ReadAudit,
        Self::ReadAsCustomer,
        Self::WriteAsCustomer,
        Self::ReceiveForCustomer,
        Self::AnswerAsBot,
        Self::RunDesk,
    ];

    fn needs(self) -> Needs {
        use KeyScope::{Admin, Read, Write};
        use Standing::{May, Never};
        let (user, scope, customer, system) = match self {
            Self::ReadDesk => (Some(Role::Viewer), Read, Never, May),
            Self::WorkConversations
            | Self::Merge
            | Self::ManageSharedThings
            | Self::DeleteForGood
            | Self::ReceiveForCustomer
            | Self::AnswerAsBot => (Some(Role::Member), Write, Never, May),
            Self::ManageOwnProfile => (Some(Role::Viewer), Write, Never, Never),
            // A key that leaked must not be able to make another one.
            Self::ManageOwnKeys => (Some(Role::Member), Admin, Never, Never),
            Self::ManageSettings
            | Self::ManageUsers
            | Self::ManageInboxes
            | Self::ManageIntegrations
            | Self::ManageJobs
            | Self::ManageKeys
            | Self::ManagePrivacy
            | Self::ReadAudit => (Some(Role::Admin), Admin, Never, May),
            Self::ReadAsCustomer | Self::WriteAsCustomer => (None, Write, May, Never),
            Self::RunDesk => (None, Admin, Never, May),
        };
        Needs {
            user,
            scope,
            customer,
            system,
        }
    }
}

/// Whether the actor has the permission at all. Whether it reaches the thing in question is
/// asked beside this: see [`Actor::sees`].
///
/// # Errors
/// [`Refusal::Forbidden`] when it has not.
pub fn allows(actor: &Actor, permission: Permission) -> Result<(), Refusal> {
    let needs = permission.needs();
    let granted = match &actor.who {
        Who::User(member) => user_meets(member, &needs),
        Who::Customer(_) => needs.customer == Standing::May,
        Who::System => needs.system == Standing::May,
    };
    if granted {
        Ok(())
    } else {
        Err(Refusal::Forbidden)
    }
}

fn user_meets(member: &Member, needs: &Needs) -> bool {
    let role_suffices = needs
        .user
        .is_some_and(|least| role_rank(member.role) >= role_rank(least));
    let scope_suffices = member
        .scope
        .is_none_or(|scope| scope_rank(scope) >= scope_rank(needs.scope));
    role_suffices && scope_suffices
}

const fn role_rank(role: Role) -> u8 {
    match role {
        Role::Viewer => 0,
        Role::Member => 1,
        Role::Admin => 2,
    }
}

const fn scope_rank(scope: KeyScope) -> u8 {
    match scope {
        KeyScope::Read => 0,
        KeyScope::Write => 1,
        KeyScope::Admin => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::actor::View;
    use crate::{AccountId, CustomerId, UserId};

    fn user(role: Role, scope: Option<KeyScope>) -> Actor {
        Actor {
            account_id: AccountId::random(),
            who: Who::User(Member {
                user_id: UserId(1),
                role,
                view: View::All,
                scope,
            }),
            from: None,
        }
    }

    fn granted(actor: &Actor) -> Vec<Permission> {
        let permits = |permission: &&Permission| allows(actor, **permission).is_ok();
        Permission::ALL.iter().filter(permits).copied().collect()
    }

    #[test]
    fn each_kind_of_actor_has_exactly_this() {
        use Permission::*;
        let viewer = vec![ReadDesk, ManageOwnProfile];
        let member = vec![
            ReadDesk,
            WorkConversations,
            Merge,
            ManageSharedThings,
            ManageOwnProfile,
            ManageOwnKeys,
            DeleteForGood,
            ReceiveForCustomer,
            AnswerAsBot,
        ];
        assert_eq!(granted(&user(Role::Viewer, None)), viewer);
        assert_eq!(granted(&user(Role::Member, None)), member);
        let admin = granted(&user(Role::Admin, None));
        let never = [ReadAsCustomer, WriteAsCustomer, RunDesk];
        assert_eq!(admin.len(), Permission::ALL.len() - never.len());
        assert!(never.iter().all(|permission| !admin.contains(permission)));
        let account = AccountId::random();
        let customer = Actor::customer(account, CustomerId::random());
        assert_eq!(granted(&customer), [ReadAsCustomer, WriteAsCustomer]);
        let system = granted(&Actor::system(account));
        for permission in [ManageOwnProfile, ManageOwnKeys, WriteAsCustomer] {
            assert!(!system.contains(&permission), "{permission:?}");
        }
    }

    #[test]
    fn a_key_takes_away_and_never_gives() {
        use Permission::{ManageOwnKeys, ManageUsers, ReadDesk, WorkConversations};
        for scope in KeyScope::ALL {
            let viewer = granted(&user(Role::Viewer, Some(*scope)));
            assert!(!viewer.contains(&WorkConversations), "{scope}");
        }
        assert_eq!(
            granted(&user(Role::Admin, Some(KeyScope::Read))),
            [ReadDesk]
        );
        let write = granted(&user(Role::Admin, Some(KeyScope::Write)));
        assert!(write.contains(&WorkConversations));
        assert!(!write.contains(&ManageUsers) && !write.contains(&ManageOwnKeys));
        let whole = granted(&user(Role::Admin, Some(KeyScope::Admin)));
        assert_eq!(whole, granted(&user(Role::Admin, None)));
    }
}
