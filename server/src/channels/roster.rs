//! A list whose entries keep their number: joining and leaving cost the same however many there
//! are, and a walk over all of them is a walk over memory in order.

/// The list.
#[derive(Debug)]
pub(super) struct Roster<T> {
    seats: Vec<Option<T>>,
    free: Vec<u32>,
}

impl<T> Default for Roster<T> {
    fn default() -> Self {
        Self {
            seats: Vec::new(),
            free: Vec::new(),
        }
    }
}

impl<T> Roster<T> {
    /// Adds an entry and tells its number.
    pub(super) fn insert(&mut self, entry: T) -> u32 {
        if let Some(number) = self.free.pop() {
            self.seats[number as usize] = Some(entry);
            return number;
        }
        if self.seats.capacity() == 0 {
            // Most topics have one or two members for their whole life.
            self.seats.reserve_exact(1);
        }
        self.seats.push(Some(entry));
        u32::try_from(self.seats.len() - 1).expect("fewer than four billion connections")
    }

    pub(super) fn remove(&mut self, number: u32) {
        let seat = self.seats.get_mut(number as usize);
        if seat.and_then(Option::take).is_some() {
            self.free.push(number);
        }
        if self.len() == 0 {
            *self = Self::default();
        }
    }

    pub(super) fn get_mut(&mut self, number: u32) -> Option<&mut T> {
        self.seats.get_mut(number as usize)?.as_mut()
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.seats.iter_mut().flatten()
    }

    pub(super) fn len(&self) -> usize {
        self.seats.len() - self.free.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_and_are_used_again() {
        let mut roster = Roster::default();
        let numbers: Vec<u32> = ["a", "b", "c"].map(|name| roster.insert(name)).into();
        roster.remove(numbers[1]);
        roster.remove(numbers[1]);
        assert_eq!(
            (roster.len(), roster.get_mut(numbers[2])),
            (2, Some(&mut "c"))
        );
        assert_eq!(roster.insert("d"), numbers[1]);
        assert_eq!(
            roster.iter_mut().map(|name| *name).collect::<String>(),
            "adc"
        );
        numbers.into_iter().for_each(|number| roster.remove(number));
        assert_eq!((roster.len(), roster.seats.capacity()), (0, 0));
    }
}
