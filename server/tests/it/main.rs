//! The server's integration tests, in one binary.

#[cfg(test)]
mod additions;
#[cfg(test)]
mod admin;
#[cfg(test)]
mod ai;
#[cfg(test)]
mod ai_auto;
#[cfg(test)]
mod ai_hostile;
#[cfg(test)]
mod ai_learning;
#[cfg(test)]
mod ai_meanings;
mod ai_model;
#[cfg(test)]
mod ai_service;
#[cfg(test)]
mod ai_sorting;
#[cfg(test)]
mod ai_written;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod authorization;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod bulk;
#[cfg(test)]
mod channels_desk;
#[cfg(test)]
mod channels_handshake;
#[cfg(test)]
mod channels_longpoll;
#[cfg(test)]
mod channels_socket;
#[cfg(test)]
mod channels_violations;
#[cfg(test)]
mod chat_pages;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod cli_work;
#[cfg(test)]
mod connections;
#[cfg(test)]
mod customers;
#[cfg(test)]
mod dashboard;
#[cfg(test)]
mod deliveries;
#[cfg(test)]
mod desk;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod exports;
#[cfg(test)]
mod files;
#[cfg(test)]
mod gmail;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod inboxes;
#[cfg(test)]
mod jobs;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod knowledge;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod lines;
#[cfg(test)]
mod mail;
#[cfg(test)]
mod mail_out;
#[cfg(test)]
mod notified;
#[cfg(test)]
mod nouns;
#[cfg(test)]
mod nouns_people;
#[cfg(test)]
mod office;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod people;
#[cfg(test)]
mod privacy;
#[cfg(test)]
mod registration;
#[cfg(test)]
mod restored;
#[cfg(test)]
mod resume;
#[cfg(test)]
mod revoked;
#[cfg(test)]
mod saved_views;
#[cfg(test)]
mod scheduled;
#[cfg(test)]
mod second_factor;
#[cfg(test)]
mod secrets;
#[cfg(test)]
mod serve;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod slow;
#[cfg(test)]
mod states;
#[cfg(test)]
mod tls;
#[cfg(test)]
mod views;
#[cfg(test)]
mod visitors;
#[cfg(test)]
mod visitors_identity;
#[cfg(test)]
mod visitors_pages;
#[cfg(test)]
mod webhooks;
#[cfg(test)]
mod webhooks_failing;
