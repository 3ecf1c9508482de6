//! An iterator mapped on several threads, its results handed over in order, in bounded memory. It
//! knows nothing of records.
//!
//! The crate made for this, pariter, asks for the next item in the thread that waits for results:
//! while that waits for input, a result that is ready stays where it is, and a program that sends one
//! record and waits for its review before it sends the next would wait forever.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// Items in hand for each thread: one that is worked on, and the next.
const EACH: usize = 2;

/// Maps `items` with `work` on `jobs` threads and hands the results to `sink` in the order of the
/// items, each as soon as it and those before it are there. With a result comes whether `sink` would
/// now have to wait for the next: a good moment to flush.
///
/// No more than two items for each job are in hand at a time, and one more is being read. The items
/// are read in a thread of their own, which outlives this function when it is waiting for an item
/// while `sink` fails; it ends when that item comes.
///
/// # Errors
///
/// What `sink` gives; nothing is handed to it after that.
///
/// # Panics
///
/// When `items`, `work` or `sink` does.
pub fn ordered<T, R, E>(
    items: impl Iterator<Item = T> + Send + 'static,
    jobs: NonZeroUsize,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R, bool) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send + 'static,
    R: Send + 'static,
{
    let belt = Arc::new(Belt::new(jobs.get().saturating_mul(EACH)));
    let feeder = Feeder(Arc::clone(&belt));
    thread::spawn(move || feeder.feed(items));
    thread::scope(|scope| {
        let _stop = Stop { belt: &belt, on_panic_only: false };
        for _ in 0..jobs.get() {
            scope.spawn(|| {
                let _stop = Stop { belt: &belt, on_panic_only: true };
                while let Some((number, item)) = belt.take() {
                    belt.finish(number, work(item));
                }
            });
        }
        while let Some((result, idle)) = belt.next() {
            sink(result, idle)?;
        }
        Ok(())
    })
}

/// The items in hand, in order, and who waits for them.
struct Belt<T, R> {
    state: Mutex<State<T, R>>,
    changed: Condvar,
    most: usize,
}

struct State<T, R> {
    places: VecDeque<Place<T, R>>,
    /// The number of the first item in `places`.
    first: usize,
    items: Items,
    stopped: bool,
}

enum Place<T, R> {
    Waiting(T),
    InWork,
    Done(R),
}

#[derive(PartialEq, Eq)]
enum Items {
    Coming,
    Ended,
    Lost,
}

impl<T, R> Belt<T, R> {
    fn new(most: usize) -> Self {
        let state = State { places: VecDeque::new(), first: 0, items: Items::Coming, stopped: false };
        Self { state: Mutex::new(state), changed: Condvar::new(), most }
    }

    /// Waits until `step` has something to give, and wakes the others.
    fn when<O>(&self, mut step: impl FnMut(&mut State<T, R>) -> Option<O>) -> O {
        let mut state = self.lock();
        loop {
            if let Some(given) = step(&mut state) {
                drop(state);
                self.changed.notify_all();
                return given;
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A panic under the lock leaves nothing half done: only whole values are moved there.
    fn lock(&self) -> MutexGuard<'_, State<T, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts an item at the end when there is room; false when nobody wants it any more.
    fn put(&self, item: T) -> bool {
        let mut item = Some(item);
        self.when(|state| {
            if state.stopped {
                return Some(false);
            }
            if state.places.len() >= self.most {
                return None;
            }
            state.places.extend(item.take().map(Place::Waiting));
            Some(true)
        })
    }

    /// The next item to work on and its number.
    fn take(&self) -> Option<(usize, T)> {
        self.when(|state| {
            if state.stopped {
                return Some(None);
            }
            for (index, place) in state.places.iter_mut().enumerate() {
                if matches!(place, Place::Waiting(_))
                    && let Place::Waiting(item) = std::mem::replace(place, Place::InWork)
                {
                    return Some(Some((state.first + index, item)));
                }
            }
            (state.items != Items::Coming).then_some(None)
        })
    }

    fn finish(&self, number: usize, result: R) {
        let mut state = self.lock();
        let index = number - state.first;
        if let Some(place) = state.places.get_mut(index) {
            *place = Place::Done(result);
        }
        drop(state);
        self.changed.notify_all();
    }

    /// The next result in order, and whether the one after it is still to come.
    fn next(&self) -> Option<(R, bool)> {
        self.when(|state| {
            if state.stopped {
                return Some(None);
            }
            let Some(front) = state.places.pop_front() else {
                assert!(state.items != Items::Lost, "the items ended in a panic");
                return (state.items == Items::Ended).then_some(None);
            };
            let Place::Done(result) = front else {
                state.places.push_front(front);
                return None;
            };
            state.first += 1;
            Some(Some((result, !matches!(state.places.front(), Some(Place::Done(_))))))
        })
    }
}

/// The end of the belt that items are put on; that no more come is known when it is gone.
struct Feeder<T, R>(Arc<Belt<T, R>>);

impl<T, R> Feeder<T, R> {
    fn feed(self, items: impl Iterator<Item = T>) {
        for item in items {
            if !self.0.put(item) {
                return;
            }
        }
    }
}

impl<T, R> Drop for Feeder<T, R> {
    fn drop(&mut self) {
        self.0.lock().items = if thread::panicking() { Items::Lost } else { Items::Ended };
        self.0.changed.notify_all();
    }
}

/// Ends everything when it goes: nobody waits for one who is no longer there.
struct Stop<'b, T, R> {
    belt: &'b Belt<T, R>,
    on_panic_only: bool,
}

impl<T, R> Drop for Stop<'_, T, R> {
    fn drop(&mut self) {
        if !self.on_panic_only || thread::panicking() {
            self.belt.lock().stopped = true;
            self.belt.changed.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
    use std::time::Duration;

    use super::*;

    /// Long enough for any machine; only a hang takes so long.
    const PATIENCE: Duration = Duration::from_secs(30);

    fn jobs(jobs: usize) -> NonZeroUsize {
        NonZeroUsize::new(jobs).unwrap()
    }

    /// Runs something that might hang.
    fn in_time<R: Send + 'static>(run: impl FnOnce() -> R + Send + 'static) -> R {
        let (done, result) = channel();
        thread::spawn(move || done.send(run()));
        result.recv_timeout(PATIENCE).expect("it hangs")
    }

    #[test]
    fn order_is_kept() {
        for threads in [1, 2, 3, 8] {
            let results = in_time(move || {
                let mut results = Vec::new();
                let work = |item: u64| {
                    // The later item of two is often ready first.
                    thread::sleep(Duration::from_micros(if item.is_multiple_of(2) { 300 } else { 10 }));
                    item * 10
                };
                let Ok(()) = ordered(0..500, jobs(threads), work, |result, _| {
                    results.push(result);
                    Ok::<_, Infallible>(())
                });
                results
            });
            assert_eq!(results, (0..500).map(|item| item * 10).collect::<Vec<_>>(), "{threads} threads");
        }
    }

    #[test]
    fn nothing_in_nothing_out() {
        in_time(|| {
            let Ok(()) = ordered(0..0, jobs(3), |item: u8| item, |_, _| -> Result<(), Infallible> { panic!() });
        });
    }

    #[test]
    fn few_items_are_in_hand() {
        let (read, handed) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let most = Arc::new(AtomicUsize::new(0));
        let reading = {
            let (read, handed, most) = (Arc::clone(&read), Arc::clone(&handed), Arc::clone(&most));
            (0..2000).inspect(move |_| {
                let now = read.fetch_add(1, Ordering::SeqCst) + 1 - handed.load(Ordering::SeqCst);
                most.fetch_max(now, Ordering::SeqCst);
            })
        };
        in_time(move || {
            let Ok(()) = ordered(
                reading,
                jobs(3),
                |item: usize| item,
                |_, _| {
                    // The slow one is who takes the results.
                    thread::sleep(Duration::from_micros(50));
                    handed.fetch_add(1, Ordering::SeqCst);
                    Ok::<_, Infallible>(())
                },
            );
        });
        // Those on the belt, one that is read and one that is handed over.
        let most = most.load(Ordering::SeqCst);
        assert!((3..=3 * EACH + 2).contains(&most), "{most} were in hand");
    }

    #[test]
    fn a_panic_is_no_hang() {
        let panics = |run: fn()| in_time(move || catch_unwind(AssertUnwindSafe(run)).is_err());
        assert!(panics(|| {
            let work = |item: u32| assert!(item != 17, "a test panics here");
            let Ok(()) = ordered(0.., jobs(2), work, |(), _| Ok::<_, Infallible>(()));
        }));
        assert!(panics(|| {
            let items = (0..100).inspect(|&item| assert!(item != 17, "a test panics here"));
            let Ok(()) = ordered(items, jobs(2), |item: u32| item, |_, _| Ok::<_, Infallible>(()));
        }));
        assert!(panics(|| {
            let Ok(()) = ordered(0.., jobs(2), |item: u32| item, |_, _| -> Result<(), Infallible> { panic!("a test") });
        }));
    }

    #[test]
    fn an_early_stop_ends_the_reading() {
        struct Tells(std::sync::mpsc::Sender<()>);
        impl Iterator for Tells {
            type Item = u32;
            fn next(&mut self) -> Option<u32> {
                Some(1)
            }
        }
        impl Drop for Tells {
            fn drop(&mut self) {
                let _ = self.0.send(());
            }
        }
        let (tells, told) = channel();
        let stopped = in_time(move || {
            let mut left = 3;
            ordered(
                Tells(tells),
                jobs(2),
                |item| item,
                |_, _| {
                    left -= 1;
                    if left == 0 { Err("enough") } else { Ok(()) }
                },
            )
        });
        assert_eq!(stopped, Err("enough"));
        assert_eq!(told.recv_timeout(PATIENCE), Ok(()));
    }

    #[test]
    fn an_early_stop_waits_for_no_item() {
        let (send, items) = channel();
        send.send(1).unwrap();
        let stopped = in_time(move || ordered(items.into_iter(), jobs(2), |item: u32| item, |_, _| Err("enough")));
        assert_eq!(stopped, Err("enough"));
        drop(send);
    }

    #[test]
    fn a_result_is_handed_over_while_the_next_item_is_awaited() {
        let (send, items): (_, Receiver<u32>) = channel();
        let (answer, answers) = channel();
        let running = thread::spawn(move || {
            let Ok(()) = ordered(
                items.into_iter(),
                jobs(3),
                |item| item + 1,
                |result, idle| {
                    answer.send((result, idle)).unwrap();
                    Ok::<_, Infallible>(())
                },
            );
        });
        for item in 0..50 {
            send.send(item).unwrap();
            assert_eq!(answers.recv_timeout(PATIENCE), Ok((item + 1, true)));
        }
        drop(send);
        running.join().unwrap();
        assert_eq!(answers.recv_timeout(PATIENCE), Err(RecvTimeoutError::Disconnected));
    }
}
