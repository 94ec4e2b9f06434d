//! Lines and arrowheads.

/// The length of an arrowhead.
pub(super) const HEAD: i32 = 8;

/// The direction of an arrow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Left,
    Right,
    Down,
}

/// Returns a line that leaves and arrives in the direction of its arrow, as path data for the line and for the head.
pub(super) fn arrow((x, y): (i32, i32), (tip_x, tip_y): (i32, i32), way: Way) -> (String, String) {
    match way {
        Way::Left => {
            let (end, middle) = (tip_x + HEAD, (x + tip_x + HEAD) / 2);
            (curve((x, y), (middle, y), (middle, tip_y), (end, tip_y)), format!("M{tip_x} {tip_y}l{HEAD} -4v8z"))
        }
        Way::Right => {
            let (end, middle) = (tip_x - HEAD, (x + tip_x - HEAD) / 2);
            (curve((x, y), (middle, y), (middle, tip_y), (end, tip_y)), format!("M{tip_x} {tip_y}l-{HEAD} -4v8z"))
        }
        Way::Down => {
            let (end, middle) = (tip_y - HEAD, (y + tip_y - HEAD) / 2);
            (curve((x, y), (x, middle), (tip_x, middle), (tip_x, end)), format!("M{tip_x} {tip_y}l-4 -{HEAD}h8z"))
        }
    }
}

fn curve(from: (i32, i32), a: (i32, i32), b: (i32, i32), to: (i32, i32)) -> String {
    // A cubic even where it is straight: the page lets one path turn into another, which needs the same commands in both.
    format!("M{} {}C{} {} {} {} {} {}", from.0, from.1, a.0, a.1, b.0, b.1, to.0, to.1)
}

/// Puts boxes in a column, in order, each as near as possible to where it would like to be, none above `top`. A box comes with
/// its wish and how far below its beginning the next one may begin.
pub(super) fn spread(boxes: &[(i32, i32)], top: i32) -> Vec<i32> {
    let before: Vec<i32> = boxes.iter().scan(0, |sum, (_, pitch)| Some(std::mem::replace(sum, *sum + pitch))).collect();
    // Without what comes before them, boxes that do not overlap are numbers that do not fall: pool neighbours that do, at their mean.
    let mut pools: Vec<(i32, i32)> = Vec::new();
    for ((wish, _), before) in boxes.iter().zip(&before) {
        pools.push((wish - before, 1));
        while let [.., (a, n), (b, m)] = &pools[..] {
            if a.div_euclid(*n) <= b.div_euclid(*m) {
                break;
            }
            let pooled = (a + b, n + m);
            pools.truncate(pools.len() - 2);
            pools.push(pooled);
        }
    }
    let values =
        pools.iter().flat_map(|(sum, n)| std::iter::repeat_n(sum.div_euclid(*n), usize::try_from(*n).unwrap_or(0)));
    before.iter().zip(values).map(|(before, value)| value.max(top) + before).collect()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::{Way, arrow, spread};
    use expect_test::expect;

    #[test]
    fn boxes_stay_where_they_like_until_they_would_overlap() {
        let spread = |wishes: &[i32]| spread(&wishes.iter().map(|wish| (*wish, 80)).collect::<Vec<_>>(), 48);
        assert_eq!(spread(&[48, 148, 248]), [48, 148, 248]);
        assert_eq!(spread(&[100, 100, 100]), [48, 128, 208], "a fan opens around its middle, but not above the top");
        assert_eq!(spread(&[300, 300]), [260, 340]);
        assert_eq!(spread(&[]), [0; 0]);
        let tall = super::spread(&[(100, 120), (100, 80), (100, 80)], 48);
        assert_eq!(tall, [48, 168, 248], "a box may need more room than the next");
    }

    #[test]
    fn arrows_leave_and_arrive_level() {
        let (line, head) = arrow((500, 100), (430, 200), Way::Left);
        expect!["M500 100C469 100 469 200 438 200 M430 200l8 -4v8z"].assert_eq(&format!("{line} {head}"));
        let (line, head) = arrow((10, 80), (10, 120), Way::Down);
        expect!["M10 80C10 96 10 96 10 112 M10 120l-4 -8h8z"].assert_eq(&format!("{line} {head}"));
    }
}
