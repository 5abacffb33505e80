//! Programs that show that the server keeps what it promises, whatever it is sent.
//!
//! * [`slow`]: clients that take their time; [`sizes`]: requests that are too large;
//! * [`application`]: the application that they are served by, [`running`]: a process of it; [`wire`]: bytes on a
//!   connection, and answers in them.

pub mod application;
pub mod running;
pub mod sizes;
pub mod slow;
pub mod wire;
