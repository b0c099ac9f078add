# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_frontdesk_global_optspecs
    string join \n config= server= insecure-http color= theme= linear h/help V/version
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
complete -c frontdesk -n "__fish_frontdesk_needs_command" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -s V -l version -d 'Print version'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "login" -d 'Sign in to a server'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "logout" -d 'Sign out'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "second-factor" -d 'Show your second factor, switch it on or off'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "ls" -d 'List conversations'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "show" -d 'Show a conversation'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "tail" -d 'Print what happens, as it happens'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "reply" -d 'Reply to the customer'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "later" -d 'List the replies that go out later, take one back or move it'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "templates" -d 'List the texts that may go out although the customer has not written lately'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "note" -d 'Write a note that only agents see'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "draft" -d 'Have a reply drafted, and print it; nothing is sent'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "rewrite" -d 'Have a text of yours written otherwise, and print it'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "hand-over" -d 'Have a note written by which a conversation is handed over, and print it'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "new" -d 'Write to a customer first: begin a conversation'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "assign" -d 'Assign conversations to somebody, to a team or to nobody'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "snooze" -d 'Let conversations rest'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "close" -d 'Close conversations'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "reopen" -d 'Open conversations again, also what is spam'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "spam" -d 'Mark conversations as spam'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "block" -d 'Block the customers of conversations: what they write goes to the spam, and so do these'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "unblock" -d 'Hear blocked customers again, and bring these conversations out of the spam'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "merge" -d 'Merge conversations of one customer into another, or take a merge back'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "link" -d 'Link conversations with another, so that each shows the other'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "unlink" -d 'Take the links of conversations with another away'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "related" -d 'Show what stands beside a conversation: links, and who may be the same person'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "same-person" -d 'Say that a customer is the same person as the customer of a conversation'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "split" -d 'Split messages off into a conversation of their own'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "forward" -d 'Show a conversation to somebody else by mail; answers come back beside it'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "tag" -d 'Put tags on conversations and take them off'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "priority" -d 'Give conversations priority, or take it away'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "read" -d 'Mark conversations read'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "unread" -d 'Mark conversations unread'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "move" -d 'Move conversations to another inbox'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "views" -d 'List the views of the server, keep a search as one, remove one'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "macros" -d 'List your macros, run one, carry them from desk to desk'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "canned" -d 'List the canned replies of the desk, carry them from desk to desk'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "drafts" -d 'List the drafts that wait for a decision'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "suggest" -d 'Say how a conversation may be sorted, or take back what was sorted by itself'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "knowledge" -d 'List knowledge that was proposed, propose some, decide about it'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "learning" -d 'Say what became of drafts; for admins'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "bulk" -d 'Do the same to every conversation that a search finds'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "search" -d 'Look for messages, conversations and customers'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "follow" -d 'Show a conversation, and what is written in it from now on'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "attachments" -d 'List the files of a conversation, or save them'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "export" -d 'Print whole conversations, to keep or to carry elsewhere'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "availability" -d 'Be online, away or offline for your colleagues'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "connections" -d 'Say how mailboxes and other connections are; for admins'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "config" -d 'Look at the configuration'
complete -c frontdesk -n "__fish_frontdesk_needs_command" -f -a "logs" -d 'Print this program\'s own log'
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
complete -c frontdesk -n "__fish_frontdesk_using_subcommand login" -l password-stdin -d 'Read the password from the first line of the standard input, and from the next a code, where one is wanted'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand login" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand login" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand login" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logout" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logout" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logout" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logout" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logout" -l wipe -d 'Also delete everything this program has stored here about servers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logout" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logout" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logout" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and not __fish_seen_subcommand_from show on off codes help" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and not __fish_seen_subcommand_from show on off codes help" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and not __fish_seen_subcommand_from show on off codes help" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and not __fish_seen_subcommand_from show on off codes help" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and not __fish_seen_subcommand_from show on off codes help" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and not __fish_seen_subcommand_from show on off codes help" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and not __fish_seen_subcommand_from show on off codes help" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and not __fish_seen_subcommand_from show on off codes help" -f -a "show" -d 'Say whether you need a code to sign in'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and not __fish_seen_subcommand_from show on off codes help" -f -a "on" -d 'Set up an authenticator app, whose codes you need from then on; prints the recovery codes'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and not __fish_seen_subcommand_from show on off codes help" -f -a "off" -d 'Sign in without codes again; takes a code, or a recovery code'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and not __fish_seen_subcommand_from show on off codes help" -f -a "codes" -d 'Make new recovery codes and print them; takes a code, and the old ones are void'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and not __fish_seen_subcommand_from show on off codes help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from show" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from show" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from show" -l json -d 'Print JSON, as the server sent it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from show" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from on" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from on" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from on" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from on" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from on" -l password-stdin -d 'Read your password from the first line of the standard input, and a code from the next'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from on" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from on" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from on" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from off" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from off" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from off" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from off" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from off" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from off" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from off" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from codes" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from codes" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from codes" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from codes" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from codes" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from codes" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from codes" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from help" -f -a "show" -d 'Say whether you need a code to sign in'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from help" -f -a "on" -d 'Set up an authenticator app, whose codes you need from then on; prints the recovery codes'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from help" -f -a "off" -d 'Sign in without codes again; takes a code, or a recovery code'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from help" -f -a "codes" -d 'Make new recovery codes and print them; takes a code, and the old ones are void'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand second-factor; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l status -d 'Only those with this status' -r -f -a "open\t''
closed\t''
snoozed\t''
spam\t''
all\t''"
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -s n -l limit -d 'How many at most' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l mine -d 'Only those assigned to you'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l unassigned -d 'Only those assigned to nobody'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l mentions -d 'Only those where a colleague named you and you have not looked'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l json -d 'Print JSON, as the server sent it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l ids -d 'Print the numbers alone'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand ls" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand show" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand show" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand show" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand show" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand show" -l story -d 'The whole story of the customer: all their conversations, in the order of time'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand show" -l json -d 'Print JSON, as the server sent it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand show" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand show" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand show" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -l after -d 'Begin after this event number instead of where the last run stopped' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -l json -d 'Print one JSON object for each event'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tail" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l once -d 'A name of this message; under the same name it is sent once, however often this runs' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l template -d 'Send a template instead of a text: its name or its id, as `frontdesk templates` lists them' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l var -d 'What stands in a place of the template, such as 1=Ada; may be given several times' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l at -d 'Let it go out later, such as "tomorrow 9"; not if the customer writes first' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l attach -d 'A file that goes along; may be given several times' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l force -d 'Send even if something new was written since you looked'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reply" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and not __fish_seen_subcommand_from cancel move help" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and not __fish_seen_subcommand_from cancel move help" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and not __fish_seen_subcommand_from cancel move help" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and not __fish_seen_subcommand_from cancel move help" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and not __fish_seen_subcommand_from cancel move help" -l json -d 'Print one JSON object for each'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and not __fish_seen_subcommand_from cancel move help" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and not __fish_seen_subcommand_from cancel move help" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and not __fish_seen_subcommand_from cancel move help" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and not __fish_seen_subcommand_from cancel move help" -f -a "cancel" -d 'Take replies back'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and not __fish_seen_subcommand_from cancel move help" -f -a "move" -d 'Let a reply go out at another time'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and not __fish_seen_subcommand_from cancel move help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from cancel" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from cancel" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from cancel" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from cancel" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from cancel" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from cancel" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from cancel" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from move" -l at -d 'Such as "2h", "tomorrow 9" or "fri 14:00"' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from move" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from move" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from move" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from move" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from move" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from move" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from move" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from help" -f -a "cancel" -d 'Take replies back'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from help" -f -a "move" -d 'Let a reply go out at another time'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand later; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand templates" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand templates" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand templates" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand templates" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand templates" -l json -d 'Print JSON, as the server sent it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand templates" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand templates" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand templates" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -l once -d 'A name of this message; under the same name it is sent once, however often this runs' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -l attach -d 'A file that goes along; may be given several times' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand note" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand draft" -l wish -d 'What shall be different from the draft that stands there, such as "shorter"' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand draft" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand draft" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand draft" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand draft" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand draft" -l stop -d 'Stop the draft that is being written'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand draft" -l prompt -d 'Print what a model is told, and ask none'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand draft" -l json -d 'Print the draft as JSON'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand draft" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand draft" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand draft" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand rewrite" -l wish -d 'What shall be different, such as "shorter" or "more formal"' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand rewrite" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand rewrite" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand rewrite" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand rewrite" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand rewrite" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand rewrite" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand rewrite" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand hand-over" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand hand-over" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand hand-over" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand hand-over" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand hand-over" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand hand-over" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand hand-over" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand new" -l by -d 'By which channel; when nothing is said, by what the customer is known by' -r -f -a "email\t''
sms\t''
whatsapp\t''
chat\t'They read it when they come back to the page'"
complete -c frontdesk -n "__fish_frontdesk_using_subcommand new" -l subject -d 'What a mail is about' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand new" -l inbox -d 'The inbox it leaves by, by its name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand new" -l once -d 'A name of this conversation; under the same name it is begun once, however often this runs' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand new" -l attach -d 'A file that goes along; may be given several times' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand new" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand new" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand new" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand new" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand new" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand new" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand new" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand new" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand new" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand assign" -l to -d 'me, nobody, an address, a name, or team:NAME' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand assign" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand assign" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand assign" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand assign" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand assign" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand assign" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand assign" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand assign" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand assign" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand snooze" -l until -d 'Such as "2h", "tomorrow 9", "fri 14:00", "next week", or "reply" for when the customer writes' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand snooze" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand snooze" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand snooze" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand snooze" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand snooze" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand snooze" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand snooze" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand snooze" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand snooze" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand close" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand close" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand close" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand close" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand close" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand close" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand close" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand close" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand close" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reopen" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reopen" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reopen" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reopen" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reopen" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reopen" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reopen" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reopen" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand reopen" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand spam" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand spam" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand spam" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand spam" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand spam" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand spam" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand spam" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand spam" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand spam" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand block" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand block" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand block" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand block" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand block" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand block" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand block" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand block" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand block" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unblock" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unblock" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unblock" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unblock" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unblock" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unblock" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unblock" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unblock" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unblock" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand merge" -l into -d 'The one that stays, of the same customer' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand merge" -l undo -d 'Take a merge back, by the id that was printed' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand merge" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand merge" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand merge" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand merge" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand merge" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand merge" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand merge" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand merge" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand merge" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand link" -l with -d 'The other conversation' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand link" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand link" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand link" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand link" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand link" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand link" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand link" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand link" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand link" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unlink" -l with -d 'The other conversation' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unlink" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unlink" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unlink" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unlink" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unlink" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unlink" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unlink" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unlink" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unlink" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand related" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand related" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand related" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand related" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand related" -l json -d 'Print JSON, as the server sent it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand related" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand related" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand related" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand same-person" -l as -d 'The customer who becomes one with them: an id, as `frontdesk related` prints it, or a name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand same-person" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand same-person" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand same-person" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand same-person" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand same-person" -l yes -d 'Do it; without this it is only said what would be done'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand same-person" -l across-proof -d 'Do it although a signature has proven who one of them is'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand same-person" -l json -d 'Print JSON'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand same-person" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand same-person" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand same-person" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand split" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand split" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand split" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand split" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand split" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand split" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand split" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand split" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand split" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand forward" -l to -d 'The address of whoever shall read it' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand forward" -l text -d 'What stands above it' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand forward" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand forward" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand forward" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand forward" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand forward" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand forward" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand forward" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand forward" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand forward" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tag" -l add -d 'Put a tag on; may be repeated' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tag" -l remove -d 'Take a tag off; may be repeated' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tag" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tag" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tag" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tag" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tag" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tag" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tag" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tag" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tag" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand priority" -l to -d 'Whether they come first' -r -f -a "high\t''
normal\t''"
complete -c frontdesk -n "__fish_frontdesk_using_subcommand priority" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand priority" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand priority" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand priority" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand priority" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand priority" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand priority" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand priority" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand priority" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand read" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand read" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand read" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand read" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand read" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand read" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand read" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand read" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand read" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unread" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unread" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unread" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unread" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unread" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unread" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unread" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unread" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand unread" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand move" -l to -d 'The name of the inbox' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand move" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand move" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand move" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand move" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand move" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand move" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand move" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand move" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand move" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and not __fish_seen_subcommand_from add rename remove help" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and not __fish_seen_subcommand_from add rename remove help" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and not __fish_seen_subcommand_from add rename remove help" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and not __fish_seen_subcommand_from add rename remove help" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and not __fish_seen_subcommand_from add rename remove help" -l json -d 'Print one JSON object for each view, with how many stand in it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and not __fish_seen_subcommand_from add rename remove help" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and not __fish_seen_subcommand_from add rename remove help" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and not __fish_seen_subcommand_from add rename remove help" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and not __fish_seen_subcommand_from add rename remove help" -f -a "add" -d 'Keep a search under a name'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and not __fish_seen_subcommand_from add rename remove help" -f -a "rename" -d 'Give a view another name'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and not __fish_seen_subcommand_from add rename remove help" -f -a "remove" -d 'Remove a view'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and not __fish_seen_subcommand_from add rename remove help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from add" -l sort -d 'In which order its conversations stand' -r -f -a "newest\t''
oldest\t''
waiting-longest\t''
priority\t''
wakes-next\t''"
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from add" -l share -d 'Let others see it: everybody, or a team by its name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from add" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from add" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from add" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from add" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from add" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from add" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from rename" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from rename" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from rename" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from rename" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from rename" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from rename" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from rename" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from remove" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from remove" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from remove" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from remove" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from remove" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from remove" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from help" -f -a "add" -d 'Keep a search under a name'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from help" -f -a "rename" -d 'Give a view another name'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Remove a view'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand views; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and not __fish_seen_subcommand_from run export import help" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and not __fish_seen_subcommand_from run export import help" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and not __fish_seen_subcommand_from run export import help" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and not __fish_seen_subcommand_from run export import help" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and not __fish_seen_subcommand_from run export import help" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and not __fish_seen_subcommand_from run export import help" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and not __fish_seen_subcommand_from run export import help" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and not __fish_seen_subcommand_from run export import help" -f -a "run" -d 'Run a macro: its text is written and its steps are done, in each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and not __fish_seen_subcommand_from run export import help" -f -a "export" -d 'Print macros as they stand in a configuration file; without names, all of them'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and not __fish_seen_subcommand_from run export import help" -f -a "import" -d 'Put the macros of a file into your configuration'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and not __fish_seen_subcommand_from run export import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from run" -l once -d 'A name of this run; under the same name its text is sent once, however often this runs' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from run" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from run" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from run" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from run" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from run" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from run" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from run" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from run" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from run" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from export" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from export" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from export" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from export" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from export" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from export" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from import" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from import" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from import" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from import" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from import" -l replace -d 'Write it also over those of the same name that say something else'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from import" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from import" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from import" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from import" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from help" -f -a "run" -d 'Run a macro: its text is written and its steps are done, in each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from help" -f -a "export" -d 'Print macros as they stand in a configuration file; without names, all of them'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from help" -f -a "import" -d 'Put the macros of a file into your configuration'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand macros; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and not __fish_seen_subcommand_from export import help" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and not __fish_seen_subcommand_from export import help" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and not __fish_seen_subcommand_from export import help" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and not __fish_seen_subcommand_from export import help" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and not __fish_seen_subcommand_from export import help" -l json -d 'Print JSON, as the server sent it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and not __fish_seen_subcommand_from export import help" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and not __fish_seen_subcommand_from export import help" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and not __fish_seen_subcommand_from export import help" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and not __fish_seen_subcommand_from export import help" -f -a "export" -d 'Print canned replies as text that can be imported; without names, all of them'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and not __fish_seen_subcommand_from export import help" -f -a "import" -d 'Put the canned replies of a file on the server, for all colleagues'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and not __fish_seen_subcommand_from export import help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from export" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from export" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from export" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from export" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from export" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from export" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from import" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from import" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from import" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from import" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from import" -l replace -d 'Write it also over those of the same name that say something else'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from import" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from import" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from import" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from import" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from help" -f -a "export" -d 'Print canned replies as text that can be imported; without names, all of them'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from help" -f -a "import" -d 'Put the canned replies of a file on the server, for all colleagues'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand canned; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and not __fish_seen_subcommand_from show approve reject help" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and not __fish_seen_subcommand_from show approve reject help" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and not __fish_seen_subcommand_from show approve reject help" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and not __fish_seen_subcommand_from show approve reject help" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and not __fish_seen_subcommand_from show approve reject help" -l json -d 'Print JSON, as the server sent it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and not __fish_seen_subcommand_from show approve reject help" -l ids -d 'Print the numbers of the conversations alone'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and not __fish_seen_subcommand_from show approve reject help" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and not __fish_seen_subcommand_from show approve reject help" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and not __fish_seen_subcommand_from show approve reject help" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and not __fish_seen_subcommand_from show approve reject help" -f -a "show" -d 'Print the draft of a conversation, and what it rests on'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and not __fish_seen_subcommand_from show approve reject help" -f -a "approve" -d 'Send the drafts of conversations'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and not __fish_seen_subcommand_from show approve reject help" -f -a "reject" -d 'Say that the drafts of conversations are not used'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and not __fish_seen_subcommand_from show approve reject help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from show" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from show" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from show" -l json -d 'Print the draft as JSON'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from show" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from approve" -l text -d 'Send this instead of what the draft says' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from approve" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from approve" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from approve" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from approve" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from approve" -l internal -d 'Also send those that rest on a text for the company only'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from approve" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from approve" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from approve" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from approve" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from approve" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from reject" -l reason -d 'Why' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from reject" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from reject" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from reject" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from reject" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from reject" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from reject" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from reject" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from reject" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from reject" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print the draft of a conversation, and what it rests on'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from help" -f -a "approve" -d 'Send the drafts of conversations'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from help" -f -a "reject" -d 'Say that the drafts of conversations are not used'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand drafts; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand suggest" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand suggest" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand suggest" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand suggest" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand suggest" -l undo -d 'Take back what was sorted by itself, as far as nobody has changed it since'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand suggest" -l json -d 'Print JSON, as the server sent it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand suggest" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand suggest" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand suggest" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and not __fish_seen_subcommand_from show propose approve reject help" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and not __fish_seen_subcommand_from show propose approve reject help" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and not __fish_seen_subcommand_from show propose approve reject help" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and not __fish_seen_subcommand_from show propose approve reject help" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and not __fish_seen_subcommand_from show propose approve reject help" -l json -d 'Print JSON, as the server sent it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and not __fish_seen_subcommand_from show propose approve reject help" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and not __fish_seen_subcommand_from show propose approve reject help" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and not __fish_seen_subcommand_from show propose approve reject help" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and not __fish_seen_subcommand_from show propose approve reject help" -f -a "show" -d 'Print a text'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and not __fish_seen_subcommand_from show propose approve reject help" -f -a "propose" -d 'Propose what a conversation has shown: what was asked first and answered last'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and not __fish_seen_subcommand_from show propose approve reject help" -f -a "approve" -d 'Let drafts rest on what was proposed; for admins'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and not __fish_seen_subcommand_from show propose approve reject help" -f -a "reject" -d 'Turn down what was proposed; for admins'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and not __fish_seen_subcommand_from show propose approve reject help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from show" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from show" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from show" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from show" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from show" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from propose" -l title -d 'Call it this' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from propose" -l text -d 'Let it say this' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from propose" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from propose" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from propose" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from propose" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from propose" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from propose" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from propose" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from approve" -l title -d 'Call it this' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from approve" -l text -d 'Let it say this' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from approve" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from approve" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from approve" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from approve" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from approve" -l internal -d 'It is for the company only'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from approve" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from approve" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from approve" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from reject" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from reject" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from reject" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from reject" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from reject" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from reject" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from reject" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print a text'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from help" -f -a "propose" -d 'Propose what a conversation has shown: what was asked first and answered last'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from help" -f -a "approve" -d 'Let drafts rest on what was proposed; for admins'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from help" -f -a "reject" -d 'Turn down what was proposed; for admins'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand knowledge; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand learning" -l days -d 'So many days back, at most a year' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand learning" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand learning" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand learning" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand learning" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand learning" -l json -d 'Print JSON, as the server sent it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand learning" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand learning" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand learning" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l snooze -d 'Let them rest until then, as in `frontdesk snooze`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l assign -d 'Assign them, as in `frontdesk assign --to`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l add-tag -d 'Put a tag on; may be repeated' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l remove-tag -d 'Take a tag off; may be repeated' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l priority -d 'Give them priority, or take it away' -r -f -a "high\t''
normal\t''"
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l note -d 'Write a note that only agents see in each' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l reply -d 'Answer each customer; where somebody wrote meanwhile, nothing is sent' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l undo -d 'Take back what a run has done' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l watch -d 'Wait for a run that was begun before' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l close -d 'Close them'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l reopen -d 'Open them again'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l spam -d 'Mark them as spam'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l read -d 'Mark them read'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l archive -d 'Take them out of all lists'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l yes -d 'Do it although there are more than 25, or more than one customer is answered'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l dry-run -d 'Say what would be done, and do nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l json -d 'Print one JSON object for each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand bulk" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand search" -s n -l limit -d 'How many findings at most' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand search" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand search" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand search" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand search" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand search" -l json -d 'Print JSON, as the server sent it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand search" -l ids -d 'Print the numbers alone, each once'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand search" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand search" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand search" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand follow" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand follow" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand follow" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand follow" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand follow" -l json -d 'Print one JSON object for each event'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand follow" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand follow" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand follow" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand attachments" -l into -d 'Save them into this folder; nothing there is written over' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand attachments" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand attachments" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand attachments" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand attachments" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand attachments" -l json -d 'Print JSON, as the server sent it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand attachments" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand attachments" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand attachments" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand export" -l status -d 'Only those with this status' -r -f -a "open\t''
closed\t''
snoozed\t''
spam\t''
all\t''"
complete -c frontdesk -n "__fish_frontdesk_using_subcommand export" -l format -d 'How they are written' -r -f -a "jsonl\t'One JSON object in each line, as the server sent it'
text\t'Texts to be read'"
complete -c frontdesk -n "__fish_frontdesk_using_subcommand export" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand export" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand export" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand export" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand export" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand export" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand availability" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand availability" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand availability" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand availability" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand availability" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand availability" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand availability" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand connections" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand connections" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand connections" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand connections" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand connections" -l json -d 'Print JSON, as the server sent it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand connections" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand connections" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand connections" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and not __fish_seen_subcommand_from check fix schema help" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and not __fish_seen_subcommand_from check fix schema help" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and not __fish_seen_subcommand_from check fix schema help" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and not __fish_seen_subcommand_from check fix schema help" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and not __fish_seen_subcommand_from check fix schema help" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and not __fish_seen_subcommand_from check fix schema help" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and not __fish_seen_subcommand_from check fix schema help" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and not __fish_seen_subcommand_from check fix schema help" -f -a "check" -d 'Look whether the configuration is right, and say all that is wrong with it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and not __fish_seen_subcommand_from check fix schema help" -f -a "fix" -d 'Mend what check finds: write what was meant, and make the rest a comment. The file as it was is kept beside it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and not __fish_seen_subcommand_from check fix schema help" -f -a "schema" -d 'Print a JSON Schema of the configuration file, for editors'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and not __fish_seen_subcommand_from check fix schema help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from check" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from check" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from check" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from check" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from check" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from check" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from fix" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from fix" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from fix" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from fix" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from fix" -l dry-run -d 'Say what would be changed, and change nothing'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from fix" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from fix" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from fix" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from schema" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from schema" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from schema" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from schema" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from schema" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from schema" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from schema" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "check" -d 'Look whether the configuration is right, and say all that is wrong with it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "fix" -d 'Mend what check finds: write what was meant, and make the rest a comment. The file as it was is kept beside it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "schema" -d 'Print a JSON Schema of the configuration file, for editors'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logs" -s n -l limit -d 'How many lines at most, the newest' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logs" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logs" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logs" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logs" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logs" -l path -d 'Print where the log is, and nothing of it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logs" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logs" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand logs" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand doctor" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand doctor" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand doctor" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand doctor" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand doctor" -l json -d 'Print JSON'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand doctor" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand doctor" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand completions" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand completions" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand completions" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand completions" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand completions" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand completions" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand completions" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand man" -l into -d 'The folder to write them into' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand man" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand man" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand man" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand man" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand man" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand man" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand man" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand demo" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand demo" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand demo" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand demo" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand demo" -l serve -d 'Open no inbox; say how to reach the desk and keep it running'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand demo" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand demo" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand demo" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tutor" -l config -d 'Read this configuration file instead of the usual one' -r -F
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tutor" -l server -d 'The address of the server, such as `https://desk.example.com`' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tutor" -l color -d 'When to use colours' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tutor" -l theme -d 'A theme by name' -r
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tutor" -l insecure-http -d 'Allow an unencrypted connection to a server that is not this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tutor" -l linear -d 'The inbox as lines that follow each other, for screen readers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand tutor" -s h -l help -d 'Print help'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "login" -d 'Sign in to a server'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "logout" -d 'Sign out'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "second-factor" -d 'Show your second factor, switch it on or off'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "ls" -d 'List conversations'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "show" -d 'Show a conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "tail" -d 'Print what happens, as it happens'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "reply" -d 'Reply to the customer'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "later" -d 'List the replies that go out later, take one back or move it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "templates" -d 'List the texts that may go out although the customer has not written lately'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "note" -d 'Write a note that only agents see'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "draft" -d 'Have a reply drafted, and print it; nothing is sent'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "rewrite" -d 'Have a text of yours written otherwise, and print it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "hand-over" -d 'Have a note written by which a conversation is handed over, and print it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "new" -d 'Write to a customer first: begin a conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "assign" -d 'Assign conversations to somebody, to a team or to nobody'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "snooze" -d 'Let conversations rest'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "close" -d 'Close conversations'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "reopen" -d 'Open conversations again, also what is spam'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "spam" -d 'Mark conversations as spam'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "block" -d 'Block the customers of conversations: what they write goes to the spam, and so do these'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "unblock" -d 'Hear blocked customers again, and bring these conversations out of the spam'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "merge" -d 'Merge conversations of one customer into another, or take a merge back'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "link" -d 'Link conversations with another, so that each shows the other'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "unlink" -d 'Take the links of conversations with another away'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "related" -d 'Show what stands beside a conversation: links, and who may be the same person'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "same-person" -d 'Say that a customer is the same person as the customer of a conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "split" -d 'Split messages off into a conversation of their own'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "forward" -d 'Show a conversation to somebody else by mail; answers come back beside it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "tag" -d 'Put tags on conversations and take them off'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "priority" -d 'Give conversations priority, or take it away'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "read" -d 'Mark conversations read'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "unread" -d 'Mark conversations unread'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "move" -d 'Move conversations to another inbox'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "views" -d 'List the views of the server, keep a search as one, remove one'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "macros" -d 'List your macros, run one, carry them from desk to desk'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "canned" -d 'List the canned replies of the desk, carry them from desk to desk'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "drafts" -d 'List the drafts that wait for a decision'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "suggest" -d 'Say how a conversation may be sorted, or take back what was sorted by itself'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "knowledge" -d 'List knowledge that was proposed, propose some, decide about it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "learning" -d 'Say what became of drafts; for admins'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "bulk" -d 'Do the same to every conversation that a search finds'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "search" -d 'Look for messages, conversations and customers'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "follow" -d 'Show a conversation, and what is written in it from now on'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "attachments" -d 'List the files of a conversation, or save them'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "export" -d 'Print whole conversations, to keep or to carry elsewhere'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "availability" -d 'Be online, away or offline for your colleagues'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "connections" -d 'Say how mailboxes and other connections are; for admins'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "config" -d 'Look at the configuration'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "logs" -d 'Print this program\'s own log'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "doctor" -d 'Look at the terminal, the configuration and the server, and say what does not work'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "completions" -d 'Print completions for a shell'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "man" -d 'Write the manual pages, one for each command'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "demo" -d 'Try it: a desk with example data on this machine'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "tutor" -d 'Learn it: a short guided tour over the desk with example data'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and not __fish_seen_subcommand_from login logout second-factor ls show tail reply later templates note draft rewrite hand-over new assign snooze close reopen spam block unblock merge link unlink related same-person split forward tag priority read unread move views macros canned drafts suggest knowledge learning bulk search follow attachments export availability connections config logs doctor completions man demo tutor help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from second-factor" -f -a "show" -d 'Say whether you need a code to sign in'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from second-factor" -f -a "on" -d 'Set up an authenticator app, whose codes you need from then on; prints the recovery codes'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from second-factor" -f -a "off" -d 'Sign in without codes again; takes a code, or a recovery code'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from second-factor" -f -a "codes" -d 'Make new recovery codes and print them; takes a code, and the old ones are void'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from later" -f -a "cancel" -d 'Take replies back'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from later" -f -a "move" -d 'Let a reply go out at another time'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from views" -f -a "add" -d 'Keep a search under a name'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from views" -f -a "rename" -d 'Give a view another name'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from views" -f -a "remove" -d 'Remove a view'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from macros" -f -a "run" -d 'Run a macro: its text is written and its steps are done, in each conversation'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from macros" -f -a "export" -d 'Print macros as they stand in a configuration file; without names, all of them'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from macros" -f -a "import" -d 'Put the macros of a file into your configuration'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from canned" -f -a "export" -d 'Print canned replies as text that can be imported; without names, all of them'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from canned" -f -a "import" -d 'Put the canned replies of a file on the server, for all colleagues'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from drafts" -f -a "show" -d 'Print the draft of a conversation, and what it rests on'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from drafts" -f -a "approve" -d 'Send the drafts of conversations'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from drafts" -f -a "reject" -d 'Say that the drafts of conversations are not used'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from knowledge" -f -a "show" -d 'Print a text'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from knowledge" -f -a "propose" -d 'Propose what a conversation has shown: what was asked first and answered last'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from knowledge" -f -a "approve" -d 'Let drafts rest on what was proposed; for admins'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from knowledge" -f -a "reject" -d 'Turn down what was proposed; for admins'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "check" -d 'Look whether the configuration is right, and say all that is wrong with it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "fix" -d 'Mend what check finds: write what was meant, and make the rest a comment. The file as it was is kept beside it'
complete -c frontdesk -n "__fish_frontdesk_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "schema" -d 'Print a JSON Schema of the configuration file, for editors'
