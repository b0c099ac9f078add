//! One ranking from several: what stands high in one is high, what stands high in both is higher
//! (reciprocal rank fusion).

use std::collections::HashMap;

/// How little the first places count more than those behind them.
const EVEN: f64 = 60.0;

/// The places in each ranking, the best first, as one. Of equal ones the first ranking's comes first.
#[must_use]
pub fn fuse(rankings: &[Vec<usize>]) -> Vec<usize> {
    let mut scores: HashMap<usize, f64> = HashMap::new();
    let mut order = Vec::new();
    for ranking in rankings {
        for (place, index) in (1_u32..).zip(ranking) {
            let score = scores.entry(*index).or_insert_with(|| {
                order.push(*index);
                0.0
            });
            *score += 1.0 / (EVEN + f64::from(place));
        }
    }
    order.sort_by(|a, b| scores[b].total_cmp(&scores[a]));
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_name_comes_first_and_nothing_is_lost() {
        assert_eq!(fuse(&[vec![1, 2, 3], vec![4, 3]]), [3, 1, 4, 2]);
        assert_eq!(fuse(&[vec![5, 6], vec![6, 5]]), [5, 6]);
    }

    #[test]
    fn one_ranking_alone_stays_as_it_is() {
        assert_eq!(fuse(&[vec![7, 8, 9], vec![]]), [7, 8, 9]);
        assert_eq!(fuse(&[vec![], vec![2, 1]]), [2, 1]);
        assert_eq!(fuse(&[]), [0; 0]);
    }
}
