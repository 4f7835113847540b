//! The arithmetic of EEVDF: the average of virtual runtimes, who is behind it, and by how much. Whole nanoseconds of virtual
//! time, which may lie before zero; sums in 128 bits, so nothing is lost but what a stated quotient rounds down.
//!
//! Sources: Stoica and Abdel-Wahab, “Earliest Eligible Virtual Deadline First”, 1995; `policies.md` section 7.

/// The virtual runtimes of threads that compete for cores, summed up by weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Average {
    /// What they weigh together.
    load: i64,
    /// The sum of weight × virtual runtime.
    sum: i128,
}

impl Average {
    /// Of threads with a weight and a virtual runtime each.
    #[cfg(test)]
    fn of(threads: impl Iterator<Item = (u64, i64)>) -> Self {
        threads.fold(Self::default(), |all, (weight, v)| all.with(weight, v))
    }

    /// With one more.
    pub(crate) fn with(self, weight: u64, v: i64) -> Self {
        let weight = weight as i64;
        Self { load: self.load + weight, sum: self.sum + i128::from(weight) * i128::from(v) }
    }

    /// With one less.
    pub(crate) fn without(self, weight: u64, v: i64) -> Self {
        let weight = weight as i64;
        Self { load: self.load - weight, sum: self.sum - i128::from(weight) * i128::from(v) }
    }

    /// With others.
    pub(super) fn and(self, others: Self) -> Self {
        Self { load: self.load + others.load, sum: self.sum + others.sum }
    }

    /// With the virtual runtime of each later by so much; earlier if it is below 0.
    pub(super) fn later(self, by: i64) -> Self {
        Self { sum: self.sum + i128::from(self.load) * i128::from(by), ..self }
    }

    /// What they weigh together.
    pub(super) fn load(self) -> u64 {
        self.load as u64
    }

    /// Whether a thread has had no more than its share: whether its virtual runtime is at most the average.
    pub(super) fn is_eligible(self, v: i64) -> bool {
        self.sum >= i128::from(v) * i128::from(self.load)
    }

    /// The greatest virtual runtime that is eligible.
    pub(super) fn middle(self) -> i64 {
        if self.load == 0 { i64::MAX } else { self.sum.div_euclid(self.load.into()) as i64 }
    }

    /// How far the virtual runtime of a thread is behind the average; negative if it is ahead. Rounded down. There is one.
    pub(super) fn lag(self, v: i64) -> i64 {
        let load = i128::from(self.load);
        (self.sum - i128::from(v) * load).div_euclid(load) as i64
    }

    /// The virtual runtime with which a thread that joins these is behind the new average by `lag`; `None` if there are none.
    pub(super) fn place(self, weight: u64, lag: i64) -> Option<i64> {
        let behind = i128::from(lag) * i128::from(self.load + weight as i64);
        (self.load > 0).then(|| (self.sum - behind).div_euclid(self.load.into()) as i64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A client of the worked examples: weight, request, virtual runtime and deadline, in units of a millionth.
    #[derive(Clone, Copy)]
    struct Client {
        weight: u64,
        request: i64,
        v: i64,
        deadline: i64,
    }

    const UNIT: i64 = 1_000_000;

    fn average(clients: &[Client]) -> Average {
        Average::of(clients.iter().map(|c| (c.weight, c.v)))
    }

    /// The eligible one with the earliest deadline, the first of equal ones in this order.
    fn pick(clients: &[Client], order: &[usize]) -> usize {
        let eligible = order.iter().filter(|i| average(clients).is_eligible(clients[**i].v));
        *eligible.min_by_key(|i| clients[**i].deadline).expect("one is eligible")
    }

    #[test]
    fn the_wake_up_of_the_worked_example_keeps_the_lag() {
        let others = Average::of([(1_024, 10), (1_024, 4)].into_iter());
        assert_eq!(others.lag(0), 7, "the average is 7");
        let v = others.place(1_024, 2).expect("there are others");
        assert_eq!(v, 4);
        assert_eq!(others.with(1_024, v).lag(v), 2);
    }

    #[test]
    fn three_equal_threads_have_the_published_lags() {
        let mut v = [0i64; 3];
        let expected = [[-20, 10, 10], [-10, -10, 20], [0, 0, 0]];
        for (turn, lags) in expected.iter().enumerate() {
            v[turn] += 30;
            let all = Average::of(v.iter().map(|v| (1, *v)));
            assert_eq!(v.map(|v| all.lag(v)), *lags);
        }
    }

    #[test]
    fn short_requests_get_in_early_and_often_but_never_more_than_a_third() {
        // A and B ask for 6 at a time, S for 1; all weigh the same.
        let client = |request| Client { weight: 1, request, v: 0, deadline: request };
        let mut clients = [client(6), client(6), client(1)];
        let (mut order, mut starts, mut now) = (vec![0, 1, 2], Vec::new(), 0);
        while now < 20 {
            let next = pick(&clients, &order);
            starts.push((now, ["A", "B", "S"][next]));
            let c = &mut clients[next];
            now += c.request;
            c.v += c.request;
            c.deadline = c.v + c.request;
            order.retain(|i| *i != next);
            order.push(next);
        }
        let expected =
            [(0, "S"), (1, "A"), (7, "S"), (8, "S"), (9, "S"), (10, "B"), (16, "S"), (17, "S"), (18, "S"), (19, "A")];
        assert_eq!(starts, expected);
    }

    #[test]
    fn the_example_of_the_paper_takes_turns() {
        // Weights 2 and 2, requests 2 and 1, quantum 1: virtual time passes by half a unit in one that a client has alone.
        let first = Client { weight: 2, request: UNIT, v: 0, deadline: UNIT };
        let mut clients = vec![first];
        let (mut turns, mut averages) = (Vec::new(), Vec::new());
        for now in 0..9 {
            if now == 1 {
                let v = average(&clients).place(2, 0).expect("one is there");
                clients.push(Client { weight: 2, request: UNIT / 2, v, deadline: v + UNIT / 2 });
            }
            averages.push(average(&clients).lag(0));
            // Ties go to client 2.
            let next = pick(&clients, if now == 0 { &[0] } else { &[1, 0] });
            turns.push(next + 1);
            let c = &mut clients[next];
            c.v += UNIT / 2;
            if c.v >= c.deadline {
                c.deadline = c.v + c.request;
            }
        }
        assert_eq!(turns, [1, 2, 1, 2, 1, 2, 1, 2, 1]);
        assert_eq!(averages[..6], [0, UNIT / 2, 3 * UNIT / 4, UNIT, 5 * UNIT / 4, 3 * UNIT / 2]);
    }
}
