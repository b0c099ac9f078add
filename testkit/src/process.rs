//! What a program that runs holds.

/// A program, by its number.
#[derive(Debug, Clone, Copy)]
pub struct Process(pub u32);

impl Process {
    /// The most memory it has had, in bytes.
    #[must_use]
    pub fn peak_memory(self) -> u64 {
        self.memory("VmHWM:")
    }

    /// The memory it has now, in bytes.
    #[must_use]
    pub fn resident_memory(self) -> u64 {
        self.memory("VmRSS:")
    }

    fn memory(self, name: &str) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0)).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let amount = line.unwrap().trim().strip_suffix(" kB").unwrap();
        amount.parse::<u64>().unwrap() * 1024
    }

    /// How many files and connections it has open.
    #[must_use]
    pub fn open_files(self) -> usize {
        let open = std::fs::read_dir(format!("/proc/{}/fd", self.0));
        open.unwrap().count()
    }
}
