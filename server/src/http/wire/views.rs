//! Views on the wire.

use frontdesk_domain::view;
use frontdesk_protocol::entity::SavedView;
use frontdesk_protocol::time::RowStamp;

/// A view.
pub(crate) fn saved_view(it: &view::SavedView) -> SavedView {
    SavedView {
        id: it.id,
        name: it.name.clone(),
        query: it.query.clone(),
        sort: it.sort,
        scope: it.whose.scope(),
        owner_id: it.whose.owner(),
        team_id: it.whose.team(),
        position: it.position,
        created_at: RowStamp(it.created_at),
        updated_at: RowStamp(it.updated_at),
    }
}
