//! Bodies of several parts, as forms with files are sent.

use crate::channel::Body;

/// A form under way.
#[derive(Debug)]
pub(crate) struct Form {
    boundary: String,
    bytes: Vec<u8>,
}

impl Form {
    /// A form whose parts are told apart by this word. Nobody who writes into the parts may know it.
    pub(crate) fn apart_by(word: &str) -> Self {
        Self {
            boundary: format!("frontdesk-{word}"),
            bytes: Vec::new(),
        }
    }

    /// The form with a field more.
    pub(crate) fn field(mut self, name: &str, value: &str) -> Self {
        self.begin(name, "");
        self.end(value.as_bytes());
        self
    }

    /// The form with a file more.
    pub(crate) fn file(mut self, name: &str, filename: &str, bytes: &[u8]) -> Self {
        let called = format!("; filename=\"{}\"", quoted(filename));
        self.begin(name, &called);
        self.end(bytes);
        self
    }

    /// The whole.
    pub(crate) fn body(mut self) -> Body {
        let end = format!("--{}--\r\n", self.boundary);
        self.bytes.extend_from_slice(end.as_bytes());
        Body::Bytes {
            kind: format!("multipart/form-data; boundary={}", self.boundary),
            bytes: self.bytes,
        }
    }

    fn begin(&mut self, name: &str, more: &str) {
        let head = format!(
            "--{}\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n",
            self.boundary
        );
        self.bytes.extend_from_slice(head.as_bytes());
    }

    fn end(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
        self.bytes.extend_from_slice(b"\r\n");
    }
}

/// A name from which nothing leads out of its quotes or its line, as browsers write it.
fn quoted(filename: &str) -> String {
    filename
        .replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_written_and_a_name_does_not_lead_out_of_it() {
        let form = Form::apart_by("x").field("a", "1");
        let body = form.file("f", "q\"\r\nX: y.txt", b"bytes").body();
        let Body::Bytes { kind, bytes } = body else {
            panic!("bytes");
        };
        assert_eq!(kind, "multipart/form-data; boundary=frontdesk-x");
        let expected = "--frontdesk-x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n\
            --frontdesk-x\r\nContent-Disposition: form-data; name=\"f\"; \
            filename=\"q%22%0D%0AX: y.txt\"\r\n\r\nbytes\r\n--frontdesk-x--\r\n";
        assert_eq!(String::from_utf8(bytes).unwrap(), expected);
    }
}
