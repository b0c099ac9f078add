//! An archive whose lines take long to write down. Its answer begins before they are there: a large account
//! would otherwise be refused because the request took too long.

use super::ExportError;
use crate::files::Content;
use futures_util::{FutureExt, StreamExt, TryStreamExt};
use std::io;
use std::time::Duration;

/// The archive once it is made. Where that takes longer than `patience`, whoever reads it waits for the
/// rest; an archive that cannot be made then has no end, and `tar` says so.
///
/// # Errors
/// When the archive cannot be made, and that shows in time.
pub(crate) async fn soon(
    patience: Duration,
    making: impl Future<Output = Result<Content, ExportError>> + Send + 'static,
) -> Result<Content, ExportError> {
    let mut making = making.boxed();
    if let Ok(made) = tokio::time::timeout(patience, &mut making).await {
        return made;
    }
    let late = making.map(|made| {
        made.map_err(|error| {
            tracing::error!(%error, "an export that had begun cannot be made");
            io::Error::other(error)
        })
    });
    Ok(late.into_stream().try_flatten().boxed())
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;
    use futures_util::stream;
    use std::future;
    use tokio::sync::oneshot;

    fn content() -> Content {
        stream::once(future::ready(Ok(Bytes::from_static(b"all of it")))).boxed()
    }

    fn refused() -> ExportError {
        ExportError::Disk(io::ErrorKind::StorageFull.into())
    }

    #[tokio::test]
    async fn what_goes_wrong_in_time_is_an_answer_of_its_own() {
        let made = soon(Duration::from_secs(60), future::ready(Err(refused()))).await;
        assert!(matches!(made, Err(ExportError::Disk(_))));
    }

    #[tokio::test]
    async fn what_takes_long_is_answered_before_it_is_made() {
        let (done, is_done) = oneshot::channel();
        let making = async {
            is_done.await.unwrap();
            Ok(content())
        };
        let archive = soon(Duration::ZERO, making).await.unwrap();
        done.send(()).unwrap();
        let read: Vec<Bytes> = archive.try_collect().await.unwrap();
        assert_eq!(read.concat(), b"all of it");
    }

    #[tokio::test]
    async fn what_goes_wrong_late_cuts_the_archive() {
        let (done, is_done) = oneshot::channel::<()>();
        let making = async {
            drop(is_done.await);
            Err(refused())
        };
        let archive = soon(Duration::ZERO, making).await.unwrap();
        drop(done);
        let read: io::Result<Vec<Bytes>> = archive.try_collect().await;
        assert!(read.is_err());
    }
}
