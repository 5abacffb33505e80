//! Numbers that choose between the forms of a message.

use std::fmt::Display;

/// A whole number: how many there are, as in `t!("One task", "%{n} tasks", n = tasks.len())`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not say how many there are",
    label = "no whole number",
    note = "the forms of a message are chosen by a whole number, as in `n = tasks.len()`"
)]
pub trait Count: Display + Copy {
    /// How many, whatever the sign.
    fn size(self) -> u64;
}

macro_rules! counts {
    ($($number:ty => $size:expr),* $(,)?) => {
        $(impl Count for $number {
            fn size(self) -> u64 {
                let size: fn($number) -> u64 = $size;
                size(self)
            }
        })*
    };
}

counts! {
    u8 => u64::from,
    u16 => u64::from,
    u32 => u64::from,
    u64 => |number| number,
    usize => |number| number as u64,
    i8 => |number| u64::from(number.unsigned_abs()),
    i16 => |number| u64::from(number.unsigned_abs()),
    i32 => |number| u64::from(number.unsigned_abs()),
    i64 => i64::unsigned_abs,
    isize => |number| number.unsigned_abs() as u64,
}

impl<N: Count> Count for &N {
    fn size(self) -> u64 {
        (*self).size()
    }
}
