//! Bodies that do not arrive in time.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::rt::time::{Instant, Sleep, sleep};
use actix_web::web::Bytes;
use futures_core::Stream;

/// How many bytes earn a body another second.
const BYTES_PER_SECOND: u32 = 16 * 1024;

/// Gives `payload` until the end of `limit`, counted from the first time it has to be waited for, and a second more for
/// every 16 KiB that have arrived, but never more than `limit` from then on: whoever has sent a lot may not keep the
/// rest back for longer than others. actix itself would wait for ever.
pub(crate) fn with_deadline(payload: Payload, limit: Duration) -> Payload {
    match payload {
        Payload::None => Payload::None,
        payload => Payload::Stream {
            payload: Box::pin(Deadline {
                payload,
                limit,
                timer: None,
                earned: Duration::ZERO,
            }),
        },
    }
}

struct Deadline {
    payload: Payload,
    limit: Duration,
    timer: Option<Pin<Box<Sleep>>>,
    /// What the bytes that have arrived add to the limit.
    earned: Duration,
}

impl Stream for Deadline {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(item) = Pin::new(&mut self.payload).poll_next(cx) {
            if let Some(Ok(bytes)) = &item {
                let bytes = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
                self.earned += Duration::from_secs(1) * bytes / BYTES_PER_SECOND;
            }
            return Poll::Ready(item);
        }
        let (limit, earned) = (self.limit, std::mem::take(&mut self.earned));
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(limit)));
        if !earned.is_zero() {
            let later = (timer.deadline() + earned).min(Instant::now() + limit);
            timer.as_mut().reset(later);
        }
        match timer.as_mut().poll(cx) {
            Poll::Ready(()) => {
                let error = io::Error::from(io::ErrorKind::TimedOut);
                Poll::Ready(Some(Err(PayloadError::Io(error))))
            }
            Poll::Pending => Poll::Pending,
        }
    }
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;
    use crate::controller::read_body;

    type BoxedPayloadStream = Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>>;

    /// A body of which the first part arrives and nothing else.
    struct Stalled(Option<Bytes>);

    impl Stream for Stalled {
        type Item = Result<Bytes, PayloadError>;

        fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
            match self.0.take() {
                Some(bytes) => Poll::Ready(Some(Ok(bytes))),
                None => Poll::Pending,
            }
        }
    }

    #[test]
    fn a_body_that_stalls_is_given_up() {
        let payload: BoxedPayloadStream = Box::pin(Stalled(Some(Bytes::from_static(b"{"))));
        let payload = Payload::Stream { payload };
        let mut payload = with_deadline(payload, Duration::from_millis(1));
        let request = TestRequest::default().to_http_request();
        let read = actix_web::rt::System::new().block_on(read_body(&request, &mut payload));
        let error = read.expect_err("the body never ends");
        assert_eq!(
            (error.status(), error.to_string().as_str()),
            (408, "The body did not arrive in time.")
        );
    }

    #[test]
    fn a_long_beginning_buys_no_time_for_the_rest() {
        use actix_web::rt::time::timeout;

        let beginning = Bytes::from(vec![b'x'; 1024 * 1024]);
        let payload: BoxedPayloadStream = Box::pin(Stalled(Some(beginning)));
        let payload = Payload::Stream { payload };
        let mut payload = with_deadline(payload, Duration::from_millis(1));
        let request = TestRequest::default().to_http_request();
        let read = actix_web::rt::System::new().block_on(async {
            // A second for every 16 KiB would be a minute.
            timeout(Duration::from_secs(20), read_body(&request, &mut payload)).await
        });
        let error = read.expect("given up").expect_err("the body never ends");
        assert_eq!(error.status(), 408);
    }

    #[test]
    fn no_body_needs_no_deadline() {
        let payload = with_deadline(Payload::None, Duration::ZERO);
        assert!(matches!(payload, Payload::None));
    }
}
