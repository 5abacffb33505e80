//! Bodies that do not arrive in time.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::error::PayloadError;
use actix_web::rt::time::{Sleep, sleep};
use actix_web::web::Bytes;
use futures_core::Stream;

/// Gives `payload` until the end of `limit`, counted from the first time it has to be waited for. actix itself would
/// wait for ever.
pub(crate) fn with_deadline(payload: Payload, limit: Duration) -> Payload {
    match payload {
        Payload::None => Payload::None,
        payload => Payload::Stream {
            payload: Box::pin(Deadline {
                payload,
                limit,
                timer: None,
            }),
        },
    }
}

struct Deadline {
    payload: Payload,
    limit: Duration,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Stream for Deadline {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Poll::Ready(item) = Pin::new(&mut self.payload).poll_next(cx) {
            return Poll::Ready(item);
        }
        let limit = self.limit;
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(limit)));
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
    fn no_body_needs_no_deadline() {
        let payload = with_deadline(Payload::None, Duration::ZERO);
        assert!(matches!(payload, Payload::None));
    }
}
