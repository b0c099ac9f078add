//! The program as its user meets it: the built binary against a real server.

#[cfg(test)]
mod bed;
#[cfg(test)]
mod configuration;
#[cfg(test)]
mod demo;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod every_action;
#[cfg(test)]
mod first_run;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod journeys;
#[cfg(test)]
mod lent;
#[cfg(test)]
mod linear;
#[cfg(test)]
mod looks;
#[cfg(test)]
mod own_files;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod read;
#[cfg(test)]
mod screen;
#[cfg(test)]
mod second_factor;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod tail;
#[cfg(test)]
mod terminal;
#[cfg(test)]
mod texts;
#[cfg(test)]
mod tools;
#[cfg(test)]
mod verbs;
#[cfg(test)]
mod window;
#[cfg(test)]
mod workbench;
#[cfg(test)]
mod write;
