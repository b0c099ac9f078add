//! Server-sent events, as models stream their answers: bytes in, in pieces of any size, events out.

/// An event larger than this is no piece of a reply.
const LARGEST: usize = 1024 * 1024;

/// Why a stream cannot be read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Broken {
    /// Its bytes are not UTF-8.
    Encoding,
    TooLarge,
}

/// Reads events out of bytes.
#[derive(Debug, Default)]
pub struct Events {
    line: Vec<u8>,
    data: Option<String>,
    /// The last byte was a carriage return: a line feed after it ends no second line.
    returned: bool,
}

impl Events {
    /// Takes bytes and gives the data of the events they complete.
    ///
    /// # Errors
    /// When the stream is no text or an event has no end.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<String>, Broken> {
        let mut events = Vec::new();
        for byte in bytes {
            let after_return = std::mem::replace(&mut self.returned, *byte == b'\r');
            match byte {
                b'\n' if after_return => {}
                b'\n' | b'\r' => events.extend(self.line_ends()?),
                _ => self.line.push(*byte),
            }
            if self.line.len() + self.data.as_ref().map_or(0, String::len) > LARGEST {
                return Err(Broken::TooLarge);
            }
        }
        Ok(events)
    }

    /// What stood on a last line that nobody ended.
    ///
    /// # Errors
    /// When it is no text.
    pub fn finish(mut self) -> Result<Option<String>, Broken> {
        self.line_ends()?;
        Ok(self.data)
    }

    fn line_ends(&mut self) -> Result<Option<String>, Broken> {
        let line = std::mem::take(&mut self.line);
        let line = std::str::from_utf8(&line).map_err(|_| Broken::Encoding)?;
        let line = line.strip_prefix('\u{feff}').unwrap_or(line);
        if line.is_empty() {
            return Ok(self.data.take());
        }
        if let Some(value) = line.strip_prefix("data:") {
            let value = value.strip_prefix(' ').unwrap_or(value);
            match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            }
        }
        // Comments, which keep the line open, and fields nobody here needs.
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &[u8], size: usize) -> Vec<String> {
        let mut events = Events::default();
        let mut found = Vec::new();
        for part in text.chunks(size) {
            found.extend(events.push(part).unwrap());
        }
        found.extend(events.finish().unwrap());
        found
    }

    #[test]
    fn events_are_the_same_however_the_bytes_are_cut() {
        let streams: [&[u8]; 3] = [
            "data: {\"ü\":1}\n\n: still here\n\ndata:b\ndata: c\n\nid: 7\ndata: [DONE]\n\n".as_bytes(),
            "data: {\"ü\":1}\r\n\r\n: still here\r\n\r\ndata:b\r\ndata: c\r\n\r\ndata: [DONE]\r\n\r\n"
                .as_bytes(),
            "data: {\"ü\":1}\r\r: still here\r\rdata:b\rdata: c\r\rdata: [DONE]".as_bytes(),
        ];
        for stream in streams {
            for size in 1..40 {
                assert_eq!(all(stream, size), ["{\"ü\":1}", "b\nc", "[DONE]"]);
            }
        }
    }

    #[test]
    fn what_is_no_text_or_has_no_end_is_refused() {
        let mut events = Events::default();
        assert_eq!(events.push(b"data: \xff\xfe\n\n"), Err(Broken::Encoding));
        let mut events = Events::default();
        let endless = vec![b'x'; LARGEST + 1];
        assert_eq!(events.push(&endless), Err(Broken::TooLarge));
    }
}
