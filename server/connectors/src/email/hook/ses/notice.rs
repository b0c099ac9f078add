//! A notice of SNS, and what proves it: a signature by a certificate that only Amazon's own address has.

use crate::channel::Rejected;
use crate::email::hook::is_recent;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use frontdesk_domain::Timestamp;
use ring::signature::{
    RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey,
    VerificationAlgorithm,
};
use serde::Deserialize;
use url::Url;
use x509_parser::pem::parse_x509_pem;

/// SNS tries again for an hour.
const BELIEVED: i64 = 2 * 3600;

/// A notice, before anything of it is believed.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Notice {
    #[serde(rename = "Type")]
    kind: String,
    message_id: String,
    topic_arn: String,
    subject: Option<String>,
    message: String,
    timestamp: String,
    signature_version: String,
    signature: String,
    #[serde(rename = "SigningCertURL")]
    signing_cert_url: String,
    token: Option<String>,
    #[serde(rename = "SubscribeURL")]
    subscribe_url: Option<String>,
}

/// What a proven notice is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Purpose<'a> {
    /// It brings a message.
    Message(&'a str),
    /// It asks whether we want the topic: calling this address says so.
    Confirm(Url),
    /// The topic is no longer sent to us.
    Ended,
}

impl Notice {
    /// Reads a body. It proves nothing yet.
    ///
    /// # Errors
    /// When it is no notice.
    pub fn read(body: &[u8]) -> Result<Self, Rejected> {
        serde_json::from_slice(body).map_err(|_| Rejected::Unreadable)
    }

    /// Where the certificate is; only an address of Amazon's is one.
    ///
    /// # Errors
    /// When it is somebody else's.
    pub fn certificate_url(&self) -> Result<Url, Rejected> {
        let url = amazons(&self.signing_cert_url).ok_or(Rejected::Forged)?;
        if url.path().ends_with(".pem") && url.query().is_none() {
            Ok(url)
        } else {
            Err(Rejected::Forged)
        }
    }

    /// Checks topic, time and signature, and says what it is for.
    ///
    /// # Errors
    /// When it is not of this topic, too old, or not signed by this certificate.
    pub fn prove(
        &self,
        certificate: &[u8],
        topic_arn: &str,
        now: Timestamp,
    ) -> Result<Purpose<'_>, Rejected> {
        let signed = Timestamp::parse(&self.timestamp).ok_or(Rejected::Forged)?;
        if self.topic_arn != topic_arn || !is_recent(signed, BELIEVED, now) {
            return Err(Rejected::Forged);
        }
        let algorithm: &dyn VerificationAlgorithm = match self.signature_version.as_str() {
            "1" => &RSA_PKCS1_2048_8192_SHA1_FOR_LEGACY_USE_ONLY,
            "2" => &RSA_PKCS1_2048_8192_SHA256,
            _ => return Err(Rejected::Forged),
        };
        let signature = STANDARD
            .decode(&self.signature)
            .map_err(|_| Rejected::Forged)?;
        let key = public_key(certificate, now).ok_or(Rejected::Forged)?;
        UnparsedPublicKey::new(algorithm, key)
            .verify(self.signed_text().as_bytes(), &signature)
            .map_err(|_| Rejected::Forged)?;
        self.purpose()
    }

    fn purpose(&self) -> Result<Purpose<'_>, Rejected> {
        match self.kind.as_str() {
            "Notification" => Ok(Purpose::Message(&self.message)),
            "SubscriptionConfirmation" => {
                let url = self.subscribe_url.as_deref().and_then(amazons);
                url.map(Purpose::Confirm).ok_or(Rejected::Forged)
            }
            "UnsubscribeConfirmation" => Ok(Purpose::Ended),
            _ => Err(Rejected::Unreadable),
        }
    }

    /// What is signed: names and values of these fields, a line each.
    fn signed_text(&self) -> String {
        let subject = self.subject.as_deref();
        let fields = if self.kind == "Notification" {
            vec![
                ("Message", Some(self.message.as_str())),
                ("MessageId", Some(self.message_id.as_str())),
                ("Subject", subject),
                ("Timestamp", Some(self.timestamp.as_str())),
                ("TopicArn", Some(self.topic_arn.as_str())),
                ("Type", Some(self.kind.as_str())),
            ]
        } else {
            vec![
                ("Message", Some(self.message.as_str())),
                ("MessageId", Some(self.message_id.as_str())),
                ("SubscribeURL", self.subscribe_url.as_deref()),
                ("Timestamp", Some(self.timestamp.as_str())),
                ("Token", self.token.as_deref()),
                ("TopicArn", Some(self.topic_arn.as_str())),
                ("Type", Some(self.kind.as_str())),
            ]
        };
        let lines = fields
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}\n{}\n", value?)));
        lines.collect()
    }
}

/// An address of SNS: https, a host of Amazon's, without port and user.
fn amazons(text: &str) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    let plain = url.scheme() == "https"
        && url.port().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    let host = url.host_str()?;
    let base = host
        .strip_suffix(".amazonaws.com")
        .or_else(|| host.strip_suffix(".amazonaws.com.cn"))?;
    let region = base.strip_prefix("sns.")?;
    let fits = region.len() >= 3
        && region
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (plain && fits).then_some(url)
}

/// The key of a certificate that holds now.
fn public_key(pem: &[u8], now: Timestamp) -> Option<Vec<u8>> {
    let (_, pem) = parse_x509_pem(pem).ok()?;
    let certificate = pem.parse_x509().ok()?;
    let seconds = now.0.div_euclid(1_000_000);
    let held = certificate.validity();
    let holds = held.not_before.timestamp() <= seconds && seconds <= held.not_after.timestamp();
    let key = &certificate.public_key().subject_public_key;
    holds.then(|| key.data.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_amazon_are_its_own() {
        for good in [
            "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem",
            "https://sns.cn-north-1.amazonaws.com.cn/x.pem",
        ] {
            assert!(amazons(good).is_some(), "{good}");
        }
        for bad in [
            "http://sns.us-east-1.amazonaws.com/x.pem",
            "https://sns.us-east-1.amazonaws.com.evil.test/x.pem",
            "https://evil.test/sns.us-east-1.amazonaws.com/x.pem",
            "https://sns.us-east-1.amazonaws.com@evil.test/x.pem",
            "https://u:p@sns.us-east-1.amazonaws.com/x.pem",
            "https://sns.us-east-1.amazonaws.com:8443/x.pem",
            "https://bucket.s3.amazonaws.com/x.pem",
            "https://sns.a.b.amazonaws.com/x.pem",
            "https://sns.amazonaws.com/x.pem",
            "file:///etc/passwd",
            "",
        ] {
            assert!(amazons(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn what_is_signed_is_what_amazon_describes() {
        let body = br#"{"Type": "Notification", "MessageId": "m-1",
            "TopicArn": "arn:aws:sns:us-east-1:123456789012:inbox", "Message": "hello",
            "Timestamp": "2026-11-20T12:00:00.000Z", "SignatureVersion": "2", "Signature": "",
            "SigningCertURL": "https://sns.us-east-1.amazonaws.com/x.pem"}"#;
        let notice = Notice::read(body).unwrap();
        assert_eq!(
            notice.signed_text(),
            "Message\nhello\nMessageId\nm-1\nTimestamp\n2026-11-20T12:00:00.000Z\nTopicArn\n\
            arn:aws:sns:us-east-1:123456789012:inbox\nType\nNotification\n"
        );
        assert!(notice.certificate_url().is_ok());
        assert_eq!(Notice::read(b"[]").unwrap_err(), Rejected::Unreadable);
    }

    /// Made with OpenSSL: a certificate, and what its key signed with SHA-1 and with SHA-256.
    const CERTIFICATE: &[u8] = include_bytes!("tests/certificate.pem");
    const WITH_SHA1: &str = include_str!("tests/signature.sha1");
    const WITH_SHA256: &str = include_str!("tests/signature.sha256");

    const TOPIC: &str = "arn:aws:sns:us-east-1:123456789012:inbox";

    fn notice(version: &str, signature: &str) -> Notice {
        Notice {
            kind: "Notification".to_owned(),
            message_id: "m-1".to_owned(),
            topic_arn: TOPIC.to_owned(),
            subject: None,
            message: "hello".to_owned(),
            timestamp: "2026-12-01T12:00:00.000Z".to_owned(),
            signature_version: version.to_owned(),
            signature: signature.trim().to_owned(),
            signing_cert_url: String::new(),
            token: None,
            subscribe_url: None,
        }
    }

    fn proven(notice: &Notice, hours: i64) -> Result<Purpose<'_>, Rejected> {
        let signed = Timestamp::parse("2026-12-01T12:00:00Z").unwrap();
        notice.prove(CERTIFICATE, TOPIC, signed.plus_seconds(hours * 3600))
    }

    #[test]
    fn either_version_proves_a_notice_and_nothing_else_does() {
        let (one, two) = (notice("1", WITH_SHA1), notice("2", WITH_SHA256));
        for good in [&one, &two] {
            assert_eq!(proven(good, 0), Ok(Purpose::Message("hello")));
            assert_eq!(proven(good, 2), Ok(Purpose::Message("hello")));
            assert_eq!(proven(good, 3), Err(Rejected::Forged));
            assert_eq!(proven(good, -1), Err(Rejected::Forged));
        }
        let mut other = two.clone();
        other.subject = Some("more".to_owned());
        let crossed = notice("1", WITH_SHA256);
        let newer = notice("3", WITH_SHA256);
        let unsigned = notice("2", "");
        for bad in [other, crossed, newer, unsigned] {
            assert_eq!(proven(&bad, 0), Err(Rejected::Forged), "{bad:?}");
        }
        let signed = Timestamp::parse("2026-12-01T12:00:00Z").unwrap();
        for (certificate, topic) in [(&b""[..], TOPIC), (CERTIFICATE, "arn:aws:sns:other")] {
            let judged = two.prove(certificate, topic, signed);
            assert_eq!(judged, Err(Rejected::Forged));
        }
    }
}
