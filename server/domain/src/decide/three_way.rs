//! What becomes of a field when a change is taken back later.

/// A field goes back to what it was when it is still what the change made of it; what somebody
/// changed since stays.
pub(super) fn settle<T: Clone + PartialEq>(is: &T, made: &T, was: &T) -> T {
    if is == made { was.clone() } else { is.clone() }
}
