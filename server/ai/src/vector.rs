//! What a text means, as a model for embeddings says it: a direction. Texts that mean the same lie in the
//! same direction, also where they share no word. Directions are kept in whole numbers, a byte for each
//! part, which is a quarter of the room and ranks the same texts.

/// A direction of this many parts at most.
const MOST_PARTS: usize = 16_384;

/// The largest part.
const LARGEST: f32 = 127.0;

/// A direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vector(Vec<u8>);

impl Vector {
    /// The direction of what a model says; none where it has none.
    #[must_use]
    pub fn of(parts: &[f32]) -> Option<Self> {
        let largest = parts.iter().fold(0.0_f32, |most, it| most.max(it.abs()));
        let fits = (1..=MOST_PARTS).contains(&parts.len());
        let leads = largest > 0.0 && parts.iter().all(|it| it.is_finite());
        if !(fits && leads) {
            return None;
        }
        let whole = parts.iter().map(|it| {
            #[expect(clippy::cast_possible_truncation, reason = "it is from -127 to 127")]
            let part = (it / largest * LARGEST).round() as i8;
            part.to_le_bytes()[0]
        });
        Some(Self(whole.collect()))
    }

    /// As it is kept.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// How far it leads where a kept one does, from -1 to 1; nothing where they are of different models.
    #[must_use]
    pub fn likeness(&self, kept: &[u8]) -> f64 {
        if kept.len() != self.0.len() {
            return 0.0;
        }
        let (mut both, mut ours, mut theirs) = (0_i32, 0_i32, 0_i32);
        for (a, b) in self.0.iter().zip(kept) {
            let (a, b) = (part(*a), part(*b));
            both += a * b;
            ours += a * a;
            theirs += b * b;
        }
        let lengths = (f64::from(ours) * f64::from(theirs)).sqrt();
        if lengths > 0.0 {
            f64::from(both) / lengths
        } else {
            0.0
        }
    }
}

fn part(byte: u8) -> i32 {
    i32::from(i8::from_le_bytes([byte]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(parts: &[f32]) -> Vector {
        Vector::of(parts).unwrap()
    }

    #[test]
    fn likeness_is_of_directions_and_not_of_lengths() {
        let east = of(&[0.02, 0.0]);
        for (parts, likeness) in [
            ([5.0, 0.0], 1.0),
            ([1.0, 1.0], 0.707),
            ([0.0, 3.0], 0.0),
            ([-0.1, 0.0], -1.0),
        ] {
            let found = east.likeness(of(&parts).bytes());
            assert!((found - likeness).abs() < 0.01, "{parts:?}: {found}");
        }
    }

    #[test]
    fn whole_numbers_rank_as_the_model_does() {
        let about = |n: u16| -> Vec<f32> {
            let part = |it: u16| (f32::from(it % 1_009 * 37 % 101) / 101.0 - 0.5) * 0.03;
            (0..1_536)
                .map(|it| part(it) + part(it * 7 + n) * f32::from(n) / 8.0)
                .collect()
        };
        let exact = |a: &[f32], b: &[f32]| -> f32 {
            let dot = |a: &[f32], b: &[f32]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f32>();
            dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
        };
        let aim = about(0);
        for n in 1..16 {
            let other = about(n);
            let kept = of(&aim).likeness(of(&other).bytes());
            let off = (kept - f64::from(exact(&aim, &other))).abs();
            assert!(off < 0.01, "{n}: {off}");
        }
    }

    #[test]
    fn what_leads_nowhere_is_no_direction() {
        for parts in [&[][..], &[0.0, 0.0], &[f32::NAN, 1.0], &[f32::INFINITY]] {
            assert_eq!(Vector::of(parts), None, "{parts:?}");
        }
        assert_eq!(Vector::of(&vec![1.0; MOST_PARTS + 1]), None);
        let other_model = of(&[1.0, 0.0]).likeness(&[127]);
        assert!(other_model.abs() < f64::EPSILON);
    }
}
