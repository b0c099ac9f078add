# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_frontdesk_global_optspecs
    string join \n config= server= insecure-http color= theme= h/help V/version
end

function __fish_frontdesk_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_frontdesk_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_frontdesk_using_subcommand
    set -l cmd (__fish_frontdesk_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c frontdesk -n "__fish_frontdesk_needs_command" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_needs_command" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_needs_command" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_needs_command" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_needs_command" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -s V -l version -d 'Print version'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "login" -d 'Sign in to a server'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "logout" -d 'Sign out'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "ls" -d 'List conversations'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "show" -d 'Show a conversation'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "tail" -d 'Print what happens, as it happens'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "reply" -d 'Reply to the customer'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "note" -d 'Write a note that only agents see'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "doctor" -d 'Look at the terminal, the configuration and the server, and say what does not work'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "completions" -d 'Print completions for a shell'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "man" -d 'Write the manual pages, one for each command'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "demo" -d 'Try it: a desk with example data on this machine'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "tutor" -d 'Learn it: a short guided tour over the desk with example data'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand login" -l email -d 'Your address' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand login" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand login" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand login" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand login" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand login" -l password-stdin -d 'Read the password from the first line of the standard input'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand login" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand login" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logout" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logout" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logout" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logout" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logout" -l wipe -d 'Also delete everything this program has stored here about servers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logout" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logout" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l status -d 'Only those with this status' -r -f -a "open\t''
closed\t''
snoozed\t''
all\t''"
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -s n -l limit -d 'How many at most' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l mine -d 'Only those assigned to you'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l unassigned -d 'Only those assigned to nobody'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l json -d 'Print JSON, as the server sent it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand show" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand show" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand show" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand show" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand show" -l json -d 'Print JSON, as the server sent it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand show" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand show" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -l after -d 'Begin after this event number instead of where the last run stopped' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -l json -d 'Print one JSON object for each event'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l force -d 'Send even if something new was written since you looked'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand doctor" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand doctor" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand doctor" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand doctor" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand doctor" -l json -d 'Print JSON'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand doctor" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand completions" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand completions" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand completions" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand completions" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand completions" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand completions" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand man" -l into -d 'The folder to write them into' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand man" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand man" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand man" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand man" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand man" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand man" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand demo" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand demo" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand demo" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand demo" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand demo" -l serve -d 'Open no inbox; say how to reach the desk and keep it running'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand demo" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand demo" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tutor" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tutor" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tutor" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tutor" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tutor" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tutor" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout ls show tail reply note doctor completions man demo tutor help" -f -a "login" -d 'Sign in to a server'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout ls show tail reply note doctor completions man demo tutor help" -f -a "logout" -d 'Sign out'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout ls show tail reply note doctor completions man demo tutor help" -f -a "ls" -d 'List conversations'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout ls show tail reply note doctor completions man demo tutor help" -f -a "show" -d 'Show a conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout ls show tail reply note doctor completions man demo tutor help" -f -a "tail" -d 'Print what happens, as it happens'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout ls show tail reply note doctor completions man demo tutor help" -f -a "reply" -d 'Reply to the customer'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout ls show tail reply note doctor completions man demo tutor help" -f -a "note" -d 'Write a note that only agents see'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout ls show tail reply note doctor completions man demo tutor help" -f -a "doctor" -d 'Look at the terminal, the configuration and the server, and say what does not work'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout ls show tail reply note doctor completions man demo tutor help" -f -a "completions" -d 'Print completions for a shell'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout ls show tail reply note doctor completions man demo tutor help" -f -a "man" -d 'Write the manual pages, one for each command'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout ls show tail reply note doctor completions man demo tutor help" -f -a "demo" -d 'Try it: a desk with example data on this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout ls show tail reply note doctor completions man demo tutor help" -f -a "tutor" -d 'Learn it: a short guided tour over the desk with example data'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout ls show tail reply note doctor completions man demo tutor help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
