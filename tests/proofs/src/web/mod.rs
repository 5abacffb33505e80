//! Programs that show that the server keeps what it promises, whatever it is sent.
//!
//! * [`slow`]: clients that take their time; [`sizes`]: requests that are too large; [`framing`]: where a request ends;
//!   [`noise`]: bytes that mean nothing;
//! * [`panics`]: actions that panic; [`restart`]: servers that are stopped; [`uploads`]: files that stay nowhere;
//! * [`application`]: the application that they are served by, [`running`]: a process of it; [`wire`]: bytes on a
//!   connection, and answers in them.

pub mod application;
pub mod framing;
pub mod noise;
pub mod panics;
pub mod restart;
pub mod running;
pub mod sizes;
pub mod slow;
pub mod uploads;
pub mod wire;
