# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_frontdesk_server_global_optspecs
    string join \n config= data= database= set= h/help V/version
end

function __fish_frontdesk_server_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_frontdesk_server_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_frontdesk_server_using_subcommand
    set -l cmd (__fish_frontdesk_server_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "serve" -d 'Run the server'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "init" -d 'Make an account with its first admin and its primary inbox'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "user" -d 'Manage who may sign in'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "inbox" -d 'Manage the inboxes'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "ingest" -d 'Take a mail from standard input'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "connections" -d 'Manage the connections to mailboxes and providers'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "key" -d 'Manage personal API keys, and the key of stored secrets'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "ai" -d 'The model that drafts replies'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "knowledge" -d 'Manage the Markdown files that drafts rest on'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "jobs" -d 'Look at jobs and deal with those that failed'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "quarantine" -d 'Look at mails that could not be taken in'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "webhook" -d 'Look at outgoing webhooks and repeat their calls'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "audit" -d 'Check, hand out and prune the audit log'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "seed" -d 'Make an example desk: a shop with a year of conversations'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "import" -d 'Import a desk\'s history from a folder of .jsonl files'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "backup" -d 'Back up the whole desk into one file'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "restore" -d 'Restore a backup into a new folder, or see whether it could be'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "migrate" -d 'Move the desk from SQLite to PostgreSQL'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "doctor" -d 'Look at everything the server needs, and say what to do about what is wrong'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "erase" -d 'Erase a customer: everything that is known of them, with a report of what went'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "export" -d 'Export everything about a customer, or a whole account, as one archive'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "retention" -d 'Manage for how long conversations are kept, and what must not go'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "completions" -d 'Print completions for a shell'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "man" -d 'Write the manual pages, one for each command'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "openapi" -d 'Print the API\'s OpenAPI description'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "config" -d 'Look at the configuration'
complete -c frontdesk-server -n "__fish_frontdesk_server_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand serve" -l listen -d 'The address and port to listen on; port 0 takes any free port' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand serve" -l public-url -d 'The address under which browsers reach the server' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand serve" -l registration -d 'Who may make an account: closed, first, invite or open' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand serve" -l log-format -d 'pretty or json' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand serve" -l log-level -d 'error, warn, info, debug or trace, or levels by module' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand serve" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand serve" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand serve" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand serve" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand serve" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand init" -l account -d 'The name of the company' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand init" -l email -d 'The first admin\'s e-mail address' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand init" -l name -d 'The first admin\'s name' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand init" -l password-file -d 'Read the password from the first line of this file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand init" -l inbox -d 'The name of the primary inbox' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand init" -l time-zone -d 'The time zone of the working hours, such as Europe/Berlin' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand init" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand init" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand init" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand init" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand init" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand init" -l another -d 'Make another account beside those there are'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand init" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and not __fish_seen_subcommand_from add list disable enable role reset-second-factor password help" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and not __fish_seen_subcommand_from add list disable enable role reset-second-factor password help" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and not __fish_seen_subcommand_from add list disable enable role reset-second-factor password help" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and not __fish_seen_subcommand_from add list disable enable role reset-second-factor password help" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and not __fish_seen_subcommand_from add list disable enable role reset-second-factor password help" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and not __fish_seen_subcommand_from add list disable enable role reset-second-factor password help" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and not __fish_seen_subcommand_from add list disable enable role reset-second-factor password help" -f -a "add" -d 'Add a user'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and not __fish_seen_subcommand_from add list disable enable role reset-second-factor password help" -f -a "list" -d 'List the users, and who needs a code of an app to sign in'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and not __fish_seen_subcommand_from add list disable enable role reset-second-factor password help" -f -a "disable" -d 'Take a user\'s access away and sign them out everywhere'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and not __fish_seen_subcommand_from add list disable enable role reset-second-factor password help" -f -a "enable" -d 'Give a user their access back'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and not __fish_seen_subcommand_from add list disable enable role reset-second-factor password help" -f -a "role" -d 'Change what a user may do'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and not __fish_seen_subcommand_from add list disable enable role reset-second-factor password help" -f -a "reset-second-factor" -d 'Forget the second factor of a user who has lost it, and sign them out everywhere'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and not __fish_seen_subcommand_from add list disable enable role reset-second-factor password help" -f -a "password" -d 'Set a user\'s password and sign them out everywhere'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and not __fish_seen_subcommand_from add list disable enable role reset-second-factor password help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from add" -l role -d 'What they may do' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from add" -l name -d 'Their name' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from add" -l password-file -d 'Read the password from the first line of this file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from add" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from add" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from add" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from add" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from add" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from add" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from list" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from list" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from list" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from list" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from disable" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from disable" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from disable" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from disable" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from disable" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from disable" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from enable" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from enable" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from enable" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from enable" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from enable" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from enable" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from role" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from role" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from role" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from role" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from role" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from role" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from role" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from reset-second-factor" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from reset-second-factor" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from reset-second-factor" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from reset-second-factor" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from reset-second-factor" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from reset-second-factor" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from reset-second-factor" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from password" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from password" -l password-file -d 'Read the password from the first line of this file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from password" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from password" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from password" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from password" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from password" -l password-stdin -d 'Read the password from the first line of standard input'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from password" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from password" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add a user'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the users, and who needs a code of an app to sign in'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "disable" -d 'Take a user\'s access away and sign them out everywhere'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "enable" -d 'Give a user their access back'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "role" -d 'Change what a user may do'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "reset-second-factor" -d 'Forget the second factor of a user who has lost it, and sign them out everywhere'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "password" -d 'Set a user\'s password and sign them out everywhere'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and not __fish_seen_subcommand_from add list primary identity-secret require-identity help" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and not __fish_seen_subcommand_from add list primary identity-secret require-identity help" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and not __fish_seen_subcommand_from add list primary identity-secret require-identity help" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and not __fish_seen_subcommand_from add list primary identity-secret require-identity help" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and not __fish_seen_subcommand_from add list primary identity-secret require-identity help" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and not __fish_seen_subcommand_from add list primary identity-secret require-identity help" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and not __fish_seen_subcommand_from add list primary identity-secret require-identity help" -f -a "add" -d 'Add an inbox; `add email` connects a mailbox'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and not __fish_seen_subcommand_from add list primary identity-secret require-identity help" -f -a "list" -d 'List the inboxes'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and not __fish_seen_subcommand_from add list primary identity-secret require-identity help" -f -a "primary" -d 'Make an inbox the one that conversations without one go to'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and not __fish_seen_subcommand_from add list primary identity-secret require-identity help" -f -a "identity-secret" -d 'Make the secret a site signs its visitors\' identities with, or remove it'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and not __fish_seen_subcommand_from add list primary identity-secret require-identity help" -f -a "require-identity" -d 'Say whether chat visitors must prove who they are'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and not __fish_seen_subcommand_from add list primary identity-secret require-identity help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from add" -l channel -d 'What comes in by it: chat, email, slack, sms or api' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from add" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from add" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from add" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from add" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from add" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from add" -a "email" -d 'Connect a mailbox: its servers are found, its password is asked for, and both ways are tried'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from add" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from list" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from list" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from list" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from list" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from primary" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from primary" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from primary" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from primary" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from primary" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from primary" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from primary" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from identity-secret" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from identity-secret" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from identity-secret" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from identity-secret" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from identity-secret" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from identity-secret" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from identity-secret" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from require-identity" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from require-identity" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from require-identity" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from require-identity" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from require-identity" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from require-identity" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from require-identity" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add an inbox; `add email` connects a mailbox'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the inboxes'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from help" -f -a "primary" -d 'Make an inbox the one that conversations without one go to'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from help" -f -a "identity-secret" -d 'Make the secret a site signs its visitors\' identities with, or remove it'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from help" -f -a "require-identity" -d 'Say whether chat visitors must prove who they are'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand inbox; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ingest" -l to -d 'An address the mail was delivered to; may be said more than once' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ingest" -l mailbox -d 'The mailbox it is for, by one of its addresses, where --to does not say' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ingest" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ingest" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ingest" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ingest" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ingest" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ingest" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and not __fish_seen_subcommand_from list add set test authorize install on off remove help" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and not __fish_seen_subcommand_from list add set test authorize install on off remove help" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and not __fish_seen_subcommand_from list add set test authorize install on off remove help" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and not __fish_seen_subcommand_from list add set test authorize install on off remove help" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and not __fish_seen_subcommand_from list add set test authorize install on off remove help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and not __fish_seen_subcommand_from list add set test authorize install on off remove help" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and not __fish_seen_subcommand_from list add set test authorize install on off remove help" -f -a "list" -d 'List the connections and how they are'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and not __fish_seen_subcommand_from list add set test authorize install on off remove help" -f -a "add" -d 'Add a connection'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and not __fish_seen_subcommand_from list add set test authorize install on off remove help" -f -a "set" -d 'Replace the settings or the secrets of a connection'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and not __fish_seen_subcommand_from list add set test authorize install on off remove help" -f -a "test" -d 'Sign in where a connection leads, and say what is well and what is not'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and not __fish_seen_subcommand_from list add set test authorize install on off remove help" -f -a "authorize" -d 'Show the address where the owner of a mailbox at Google lets this server in'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and not __fish_seen_subcommand_from list add set test authorize install on off remove help" -f -a "install" -d 'Name the page on which a Slack app is installed in a workspace'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and not __fish_seen_subcommand_from list add set test authorize install on off remove help" -f -a "on" -d 'Use a connection that was switched off'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and not __fish_seen_subcommand_from list add set test authorize install on off remove help" -f -a "off" -d 'Switch a connection off; what is set stays'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and not __fish_seen_subcommand_from list add set test authorize install on off remove help" -f -a "remove" -d 'Remove a connection with its secrets; its conversations stay'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and not __fish_seen_subcommand_from list add set test authorize install on off remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from list" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from list" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from list" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from list" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from add" -l kind -d 'What its conversations come from: email, slack, sms and so on' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from add" -l inbox -d 'The inbox its conversations belong to, by its id or name' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from add" -l settings -d 'A file with the settings as a JSON object; - is standard input' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from add" -l secrets -d 'A file with the secrets as a JSON object; - is standard input' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from add" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from add" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from add" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from add" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from add" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from set" -l settings -d 'A file with the settings as a JSON object; - is standard input' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from set" -l secrets -d 'A file with the secrets as a JSON object; - is standard input' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from set" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from set" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from set" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from set" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from set" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from set" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from test" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from test" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from test" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from test" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from test" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from test" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from authorize" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from authorize" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from authorize" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from authorize" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from authorize" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from authorize" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from authorize" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from install" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from install" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from install" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from install" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from install" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from install" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from install" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from on" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from on" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from on" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from on" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from on" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from on" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from on" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from off" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from off" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from off" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from off" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from off" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from off" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from off" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from remove" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from remove" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from remove" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from remove" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from remove" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from remove" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the connections and how they are'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add a connection'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "set" -d 'Replace the settings or the secrets of a connection'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "test" -d 'Sign in where a connection leads, and say what is well and what is not'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "authorize" -d 'Show the address where the owner of a mailbox at Google lets this server in'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "install" -d 'Name the page on which a Slack app is installed in a workspace'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "on" -d 'Use a connection that was switched off'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "off" -d 'Switch a connection off; what is set stays'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove a connection with its secrets; its conversations stay'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand connections; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and not __fish_seen_subcommand_from new list rotate revoke help" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and not __fish_seen_subcommand_from new list rotate revoke help" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and not __fish_seen_subcommand_from new list rotate revoke help" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and not __fish_seen_subcommand_from new list rotate revoke help" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and not __fish_seen_subcommand_from new list rotate revoke help" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and not __fish_seen_subcommand_from new list rotate revoke help" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and not __fish_seen_subcommand_from new list rotate revoke help" -f -a "new" -d 'Make a key and show it this once'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and not __fish_seen_subcommand_from new list rotate revoke help" -f -a "list" -d 'List the keys'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and not __fish_seen_subcommand_from new list rotate revoke help" -f -a "rotate" -d 'Rotate the key that stored secrets are sealed with'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and not __fish_seen_subcommand_from new list rotate revoke help" -f -a "revoke" -d 'Revoke a key'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and not __fish_seen_subcommand_from new list rotate revoke help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from new" -l user -d 'Whose key it is, by e-mail address or number' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from new" -l name -d 'What it is for' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from new" -l scope -d 'What it may do: read, write or admin' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from new" -l expires -d 'How long it is good for, or never to keep it until it is revoked' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from new" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from new" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from new" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from new" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from new" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from new" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from list" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from list" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from list" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from list" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from rotate" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from rotate" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from rotate" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from rotate" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from rotate" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from revoke" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from revoke" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from revoke" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from revoke" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from revoke" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from revoke" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "new" -d 'Make a key and show it this once'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the keys'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "rotate" -d 'Rotate the key that stored secrets are sealed with'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'Revoke a key'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ai; and not __fish_seen_subcommand_from test help" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ai; and not __fish_seen_subcommand_from test help" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ai; and not __fish_seen_subcommand_from test help" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ai; and not __fish_seen_subcommand_from test help" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ai; and not __fish_seen_subcommand_from test help" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ai; and not __fish_seen_subcommand_from test help" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ai; and not __fish_seen_subcommand_from test help" -f -a "test" -d 'Ask the model one small question, and say exactly what is wrong where there is no answer'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ai; and not __fish_seen_subcommand_from test help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ai; and __fish_seen_subcommand_from test" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ai; and __fish_seen_subcommand_from test" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ai; and __fish_seen_subcommand_from test" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ai; and __fish_seen_subcommand_from test" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ai; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ai; and __fish_seen_subcommand_from test" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ai; and __fish_seen_subcommand_from help" -f -a "test" -d 'Ask the model one small question, and say exactly what is wrong where there is no answer'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand ai; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and not __fish_seen_subcommand_from import sync list remove help" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and not __fish_seen_subcommand_from import sync list remove help" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and not __fish_seen_subcommand_from import sync list remove help" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and not __fish_seen_subcommand_from import sync list remove help" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and not __fish_seen_subcommand_from import sync list remove help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and not __fish_seen_subcommand_from import sync list remove help" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and not __fish_seen_subcommand_from import sync list remove help" -f -a "import" -d 'Read a folder, a file or an address, and go on reading it'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and not __fish_seen_subcommand_from import sync list remove help" -f -a "sync" -d 'Read sources anew: all, or one by its id'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and not __fish_seen_subcommand_from import sync list remove help" -f -a "list" -d 'List the sources'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and not __fish_seen_subcommand_from import sync list remove help" -f -a "remove" -d 'Remove a source with all that was read from it'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and not __fish_seen_subcommand_from import sync list remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from import" -l name -d 'What to call it; the place itself when it is left out' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from import" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from import" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from import" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from import" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from import" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from import" -l internal -d 'Its texts are for the company only, where a file does not say otherwise'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from import" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from sync" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from sync" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from sync" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from sync" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from sync" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from sync" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from sync" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from list" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from list" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from list" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from list" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from remove" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from remove" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from remove" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from remove" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from remove" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from remove" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from help" -f -a "import" -d 'Read a folder, a file or an address, and go on reading it'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from help" -f -a "sync" -d 'Read sources anew: all, or one by its id'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the sources'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove a source with all that was read from it'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand knowledge; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and not __fish_seen_subcommand_from list show edit retry discard stats help" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and not __fish_seen_subcommand_from list show edit retry discard stats help" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and not __fish_seen_subcommand_from list show edit retry discard stats help" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and not __fish_seen_subcommand_from list show edit retry discard stats help" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and not __fish_seen_subcommand_from list show edit retry discard stats help" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and not __fish_seen_subcommand_from list show edit retry discard stats help" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and not __fish_seen_subcommand_from list show edit retry discard stats help" -f -a "list" -d 'List the newest jobs'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and not __fish_seen_subcommand_from list show edit retry discard stats help" -f -a "show" -d 'Show a job and what it is about'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and not __fish_seen_subcommand_from list show edit retry discard stats help" -f -a "edit" -d 'Replace what a job is about'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and not __fish_seen_subcommand_from list show edit retry discard stats help" -f -a "retry" -d 'Let a job run at once, with all its tries'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and not __fish_seen_subcommand_from list show edit retry discard stats help" -f -a "discard" -d 'Throw a job away'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and not __fish_seen_subcommand_from list show edit retry discard stats help" -f -a "stats" -d 'Count jobs by queue, kind and state'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and not __fish_seen_subcommand_from list show edit retry discard stats help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from list" -l state -d 'Only jobs in this state: ready, running or dead' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from list" -l kind -d 'Only jobs of this kind, such as webhook' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from list" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from list" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from list" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from show" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from show" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from show" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from edit" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from edit" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from edit" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from edit" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from edit" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from retry" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from retry" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from retry" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from discard" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from discard" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from discard" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from discard" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from discard" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from discard" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from stats" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from stats" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from stats" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the newest jobs'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a job and what it is about'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Replace what a job is about'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from help" -f -a "retry" -d 'Let a job run at once, with all its tries'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from help" -f -a "discard" -d 'Throw a job away'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from help" -f -a "stats" -d 'Count jobs by queue, kind and state'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand jobs; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and not __fish_seen_subcommand_from list show raw retry discard help" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and not __fish_seen_subcommand_from list show raw retry discard help" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and not __fish_seen_subcommand_from list show raw retry discard help" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and not __fish_seen_subcommand_from list show raw retry discard help" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and not __fish_seen_subcommand_from list show raw retry discard help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and not __fish_seen_subcommand_from list show raw retry discard help" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and not __fish_seen_subcommand_from list show raw retry discard help" -f -a "list" -d 'List the mails that wait, the oldest first'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and not __fish_seen_subcommand_from list show raw retry discard help" -f -a "show" -d 'Show a mail that waits, and why'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and not __fish_seen_subcommand_from list show raw retry discard help" -f -a "raw" -d 'Write a mail that waits to standard output, as it came'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and not __fish_seen_subcommand_from list show raw retry discard help" -f -a "retry" -d 'Try again to take a mail in'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and not __fish_seen_subcommand_from list show raw retry discard help" -f -a "discard" -d 'Throw a mail away for good'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and not __fish_seen_subcommand_from list show raw retry discard help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from list" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from show" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from show" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from raw" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from raw" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from raw" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from raw" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from raw" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from raw" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from raw" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from retry" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from retry" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from retry" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from retry" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from retry" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from retry" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from retry" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from discard" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from discard" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from discard" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from discard" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from discard" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from discard" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from discard" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the mails that wait, the oldest first'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a mail that waits, and why'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "raw" -d 'Write a mail that waits to standard output, as it came'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "retry" -d 'Try again to take a mail in'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "discard" -d 'Throw a mail away for good'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand quarantine; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and not __fish_seen_subcommand_from list calls replay help" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and not __fish_seen_subcommand_from list calls replay help" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and not __fish_seen_subcommand_from list calls replay help" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and not __fish_seen_subcommand_from list calls replay help" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and not __fish_seen_subcommand_from list calls replay help" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and not __fish_seen_subcommand_from list calls replay help" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and not __fish_seen_subcommand_from list calls replay help" -f -a "list" -d 'List the webhooks'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and not __fish_seen_subcommand_from list calls replay help" -f -a "calls" -d 'List the newest calls of a webhook'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and not __fish_seen_subcommand_from list calls replay help" -f -a "replay" -d 'Make a call again, under the id it had'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and not __fish_seen_subcommand_from list calls replay help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from list" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from list" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from list" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from list" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from calls" -l state -d 'Only calls in this state: pending, delivered, failed or skipped' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from calls" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from calls" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from calls" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from calls" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from calls" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from calls" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from calls" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from replay" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from replay" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from replay" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from replay" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from replay" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from replay" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from replay" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the webhooks'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from help" -f -a "calls" -d 'List the newest calls of a webhook'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from help" -f -a "replay" -d 'Make a call again, under the id it had'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand webhook; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and not __fish_seen_subcommand_from verify export prune help" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and not __fish_seen_subcommand_from verify export prune help" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and not __fish_seen_subcommand_from verify export prune help" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and not __fish_seen_subcommand_from verify export prune help" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and not __fish_seen_subcommand_from verify export prune help" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and not __fish_seen_subcommand_from verify export prune help" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and not __fish_seen_subcommand_from verify export prune help" -f -a "verify" -d 'Check that no entry was changed, removed or put in between'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and not __fish_seen_subcommand_from verify export prune help" -f -a "export" -d 'Print every entry as a line of JSON, the oldest first'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and not __fish_seen_subcommand_from verify export prune help" -f -a "prune" -d 'Remove old entries, and record where the log goes on'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and not __fish_seen_subcommand_from verify export prune help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from verify" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from verify" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from verify" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from verify" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from verify" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from verify" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from export" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from export" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from export" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from export" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from export" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from export" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from prune" -l older-than -d 'Everything older than this, such as "400 days"' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from prune" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from prune" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from prune" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from prune" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from prune" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from prune" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check that no entry was changed, removed or put in between'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "export" -d 'Print every entry as a line of JSON, the oldest first'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "prune" -d 'Remove old entries, and record where the log goes on'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand audit; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand seed" -l conversations -d 'How many conversations the shop has had' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand seed" -l seed -d 'Another number makes another desk, the same one the same' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand seed" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand seed" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand seed" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand seed" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand seed" -l beside-others -d 'Make it although there are accounts already'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand seed" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand seed" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand import" -l into -d 'Import into this account, by its id or name, and not into the files\' own' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand import" -l limit -d 'Import only so many messages, from the beginning' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand import" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand import" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand import" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand import" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand import" -l skip-problems -d 'Leave out what cannot be imported, and say what that was at the end'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand import" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand backup" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand backup" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand backup" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand backup" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand backup" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand backup" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand restore" -l into -d 'The folder to make; nothing may be in it' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand restore" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand restore" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand restore" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand restore" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand restore" -l verify -d 'Without --into: only check, beside the backup, and leave nothing behind'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand restore" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand migrate" -l to -d 'The empty database: `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand migrate" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand migrate" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand migrate" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand migrate" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand migrate" -l proof -d 'Also print every table\'s rows and hash'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand migrate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand migrate" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand doctor" -l only -d 'Look at one thing alone, by its name; may be repeated' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand doctor" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand doctor" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand doctor" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand doctor" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand doctor" -l json -d 'Print JSON'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand doctor" -l strict -d 'Also end with 1 where something is worth a note'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand doctor" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand erase" -l how -d 'delete removes the conversations, anonymise keeps them without texts and names' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand erase" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand erase" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand erase" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand erase" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand erase" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand erase" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand erase" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand export" -l customer -d 'Only this customer, with those who were merged into them' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand export" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand export" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand export" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand export" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand export" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand export" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and not __fish_seen_subcommand_from list add remove holds hold release help" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and not __fish_seen_subcommand_from list add remove holds hold release help" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and not __fish_seen_subcommand_from list add remove holds hold release help" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and not __fish_seen_subcommand_from list add remove holds hold release help" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and not __fish_seen_subcommand_from list add remove holds hold release help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and not __fish_seen_subcommand_from list add remove holds hold release help" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and not __fish_seen_subcommand_from list add remove holds hold release help" -f -a "list" -d 'List the rules, and how many conversations each would reach now: the dry run'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and not __fish_seen_subcommand_from list add remove holds hold release help" -f -a "add" -d 'Add a rule'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and not __fish_seen_subcommand_from list add remove holds hold release help" -f -a "remove" -d 'Remove a rule'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and not __fish_seen_subcommand_from list add remove holds hold release help" -f -a "holds" -d 'List the holds'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and not __fish_seen_subcommand_from list add remove holds hold release help" -f -a "hold" -d 'Hold a customer or a conversation'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and not __fish_seen_subcommand_from list add remove holds hold release help" -f -a "release" -d 'Release a hold'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and not __fish_seen_subcommand_from list add remove holds hold release help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from list" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from list" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from list" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from list" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from list" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from list" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from add" -l days -d 'Days since the last activity' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from add" -l how -d 'delete, or anonymise to keep numbers and times without texts and names' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from add" -l status -d 'Only conversations of this status: open, closed or snoozed' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from add" -l inbox -d 'Only conversations of this inbox, by its id' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from add" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from add" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from add" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from add" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from add" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from add" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from remove" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from remove" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from remove" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from remove" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from remove" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from remove" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from holds" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from holds" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from holds" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from holds" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from holds" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from holds" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from holds" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from hold" -l customer -d 'The customer\'s id' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from hold" -l conversation -d 'The conversation\'s id' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from hold" -l reason -d 'Why' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from hold" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from hold" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from hold" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from hold" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from hold" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from hold" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from hold" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from release" -l account -d 'The account, by its id or name; needed only when there are several' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from release" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from release" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from release" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from release" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from release" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from release" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the rules, and how many conversations each would reach now: the dry run'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add a rule'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove a rule'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from help" -f -a "holds" -d 'List the holds'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from help" -f -a "hold" -d 'Hold a customer or a conversation'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from help" -f -a "release" -d 'Release a hold'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand retention; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand completions" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand completions" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand completions" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand completions" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand completions" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand completions" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand man" -l into -d 'The folder to write them into' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand man" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand man" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand man" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand man" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand man" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand man" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand openapi" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand openapi" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand openapi" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand openapi" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand openapi" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand openapi" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and not __fish_seen_subcommand_from check example help" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and not __fish_seen_subcommand_from check example help" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and not __fish_seen_subcommand_from check example help" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and not __fish_seen_subcommand_from check example help" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and not __fish_seen_subcommand_from check example help" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and not __fish_seen_subcommand_from check example help" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and not __fish_seen_subcommand_from check example help" -f -a "check" -d 'Check the configuration and print what is in force'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and not __fish_seen_subcommand_from check example help" -f -a "example" -d 'Print a configuration file with every key at its default'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and not __fish_seen_subcommand_from check example help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and __fish_seen_subcommand_from check" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and __fish_seen_subcommand_from check" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and __fish_seen_subcommand_from check" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and __fish_seen_subcommand_from check" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and __fish_seen_subcommand_from check" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and __fish_seen_subcommand_from example" -l config -d 'Read this configuration file' -r -F
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and __fish_seen_subcommand_from example" -l data -d 'The folder for the database, the key file and uploads' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and __fish_seen_subcommand_from example" -l database -d '`sqlite:FILE` or `postgres://USER:PASSWORD@HOST/DATABASE`' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and __fish_seen_subcommand_from example" -l set -d 'Set any other key of the configuration' -r
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and __fish_seen_subcommand_from example" -s h -l help -d 'Print help'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and __fish_seen_subcommand_from example" -s V -l version -d 'Print version'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "check" -d 'Check the configuration and print what is in force'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "example" -d 'Print a configuration file with every key at its default'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "serve" -d 'Run the server'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "init" -d 'Make an account with its first admin and its primary inbox'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "user" -d 'Manage who may sign in'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "inbox" -d 'Manage the inboxes'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "ingest" -d 'Take a mail from standard input'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "connections" -d 'Manage the connections to mailboxes and providers'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "key" -d 'Manage personal API keys, and the key of stored secrets'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "ai" -d 'The model that drafts replies'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "knowledge" -d 'Manage the Markdown files that drafts rest on'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "jobs" -d 'Look at jobs and deal with those that failed'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "quarantine" -d 'Look at mails that could not be taken in'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "webhook" -d 'Look at outgoing webhooks and repeat their calls'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "audit" -d 'Check, hand out and prune the audit log'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "seed" -d 'Make an example desk: a shop with a year of conversations'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "import" -d 'Import a desk\'s history from a folder of .jsonl files'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "backup" -d 'Back up the whole desk into one file'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "restore" -d 'Restore a backup into a new folder, or see whether it could be'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "migrate" -d 'Move the desk from SQLite to PostgreSQL'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "doctor" -d 'Look at everything the server needs, and say what to do about what is wrong'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "erase" -d 'Erase a customer: everything that is known of them, with a report of what went'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "export" -d 'Export everything about a customer, or a whole account, as one archive'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "retention" -d 'Manage for how long conversations are kept, and what must not go'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "completions" -d 'Print completions for a shell'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "man" -d 'Write the manual pages, one for each command'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "openapi" -d 'Print the API\'s OpenAPI description'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "config" -d 'Look at the configuration'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and not __fish_seen_subcommand_from serve init user inbox ingest connections key ai knowledge jobs quarantine webhook audit seed import backup restore migrate doctor erase export retention completions man openapi config help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "add" -d 'Add a user'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "list" -d 'List the users, and who needs a code of an app to sign in'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "disable" -d 'Take a user\'s access away and sign them out everywhere'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "enable" -d 'Give a user their access back'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "role" -d 'Change what a user may do'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "reset-second-factor" -d 'Forget the second factor of a user who has lost it, and sign them out everywhere'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "password" -d 'Set a user\'s password and sign them out everywhere'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from inbox" -f -a "add" -d 'Add an inbox; `add email` connects a mailbox'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from inbox" -f -a "list" -d 'List the inboxes'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from inbox" -f -a "primary" -d 'Make an inbox the one that conversations without one go to'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from inbox" -f -a "identity-secret" -d 'Make the secret a site signs its visitors\' identities with, or remove it'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from inbox" -f -a "require-identity" -d 'Say whether chat visitors must prove who they are'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from connections" -f -a "list" -d 'List the connections and how they are'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from connections" -f -a "add" -d 'Add a connection'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from connections" -f -a "set" -d 'Replace the settings or the secrets of a connection'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from connections" -f -a "test" -d 'Sign in where a connection leads, and say what is well and what is not'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from connections" -f -a "authorize" -d 'Show the address where the owner of a mailbox at Google lets this server in'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from connections" -f -a "install" -d 'Name the page on which a Slack app is installed in a workspace'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from connections" -f -a "on" -d 'Use a connection that was switched off'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from connections" -f -a "off" -d 'Switch a connection off; what is set stays'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from connections" -f -a "remove" -d 'Remove a connection with its secrets; its conversations stay'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "new" -d 'Make a key and show it this once'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "list" -d 'List the keys'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "rotate" -d 'Rotate the key that stored secrets are sealed with'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "revoke" -d 'Revoke a key'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from ai" -f -a "test" -d 'Ask the model one small question, and say exactly what is wrong where there is no answer'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from knowledge" -f -a "import" -d 'Read a folder, a file or an address, and go on reading it'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from knowledge" -f -a "sync" -d 'Read sources anew: all, or one by its id'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from knowledge" -f -a "list" -d 'List the sources'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from knowledge" -f -a "remove" -d 'Remove a source with all that was read from it'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from jobs" -f -a "list" -d 'List the newest jobs'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from jobs" -f -a "show" -d 'Show a job and what it is about'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from jobs" -f -a "edit" -d 'Replace what a job is about'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from jobs" -f -a "retry" -d 'Let a job run at once, with all its tries'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from jobs" -f -a "discard" -d 'Throw a job away'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from jobs" -f -a "stats" -d 'Count jobs by queue, kind and state'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "list" -d 'List the mails that wait, the oldest first'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "show" -d 'Show a mail that waits, and why'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "raw" -d 'Write a mail that waits to standard output, as it came'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "retry" -d 'Try again to take a mail in'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from quarantine" -f -a "discard" -d 'Throw a mail away for good'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from webhook" -f -a "list" -d 'List the webhooks'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from webhook" -f -a "calls" -d 'List the newest calls of a webhook'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from webhook" -f -a "replay" -d 'Make a call again, under the id it had'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "verify" -d 'Check that no entry was changed, removed or put in between'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "export" -d 'Print every entry as a line of JSON, the oldest first'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from audit" -f -a "prune" -d 'Remove old entries, and record where the log goes on'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from retention" -f -a "list" -d 'List the rules, and how many conversations each would reach now: the dry run'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from retention" -f -a "add" -d 'Add a rule'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from retention" -f -a "remove" -d 'Remove a rule'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from retention" -f -a "holds" -d 'List the holds'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from retention" -f -a "hold" -d 'Hold a customer or a conversation'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from retention" -f -a "release" -d 'Release a hold'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "check" -d 'Check the configuration and print what is in force'
complete -c frontdesk-server -n "__fish_frontdesk_server_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "example" -d 'Print a configuration file with every key at its default'
