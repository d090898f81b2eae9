# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
# Completion of mailwright-cli for fish.

function __mailwright_cli_values
    # $argv: command, key. The JSON stands in one line.
    mailwright-cli $argv[1] --json 2>/dev/null </dev/null |
        string match --all --regex --groups-only "\"$argv[2]\":\"([^\"]*)\""
end

set -l commands discover verify add accounts show delete targets export import inspect link
set -l none "not __fish_seen_subcommand_from $commands"
set -l setup "__fish_seen_subcommand_from verify add"
set -l passwords "__fish_seen_subcommand_from verify add export"
set -l add "__fish_seen_subcommand_from add"
set -l account "__fish_seen_subcommand_from show delete export link"
set -l c complete -c mailwright-cli

$c -f
$c -n $none -a discover -d 'Find the servers of an address without trying them'
$c -n $none -a verify -d 'Find the servers of an address and prove that they work'
$c -n $none -a add -d 'Prove an account, save it, and hand it over'
$c -n $none -a accounts -d 'List the saved accounts'
$c -n $none -a show -d 'Show all settings of a saved account'
$c -n $none -a delete -d 'Delete a saved account here'
$c -n $none -a targets -d 'List the mail programs that can take an account'
$c -n $none -a export -d 'Hand a saved account over to a mail program'
$c -n $none -a import -d 'Take accounts over from a mail program'
$c -n $none -a inspect -d 'Show what a settings file or a mail program says'
$c -n $none -a link -d 'Make a link that sets an account up'
$c -n $none -l version -d 'Show the version'

$c -l json -d 'Print one JSON object'
$c -s v -l verbose -d 'Show the dialogue with the servers'
$c -l timeout -x -d 'Give up after this many seconds'
$c -l ca-file -r -F -d 'Trust the certificates in this PEM file, too'
$c -l data-dir -x -a '(__fish_complete_directories)' -d 'Keep the accounts in this folder'
$c -s h -l help -d 'Explain the command'

$c -n $setup -l in -x -a 'imaps: imap: pop3s: pop3:' -d 'Receive from this server'
$c -n $setup -l out -x -a 'submissions: submission:' -d 'Send through this server'
$c -n $setup -l user -x -d 'Sign in with this user name'
$c -n $setup -l outgoing-user -x -d 'Sign in with this user name for sending'
$c -n $setup -l no-outgoing-auth -d 'The outgoing server requires no authentication'
$c -n $setup -l receive-only -d 'Leave sending out'
$c -n $setup -l allow-host -x -d 'The password may go to this host'
$c -n $setup -l pin -x -d 'Accept exactly this certificate there'
$c -n $setup -l report -r -F -d 'Write a report for whoever helps'
$c -n $setup -l report-json -r -F -d 'Write the report as JSON'
$c -n $setup -l report-address -d 'Include the part before the @ in the report'
$c -n $setup -l report-network -d 'Include addresses of your own network in the report'
$c -n $setup -l no-ispdb -d 'Do not ask the public settings database'
$c -n '__fish_seen_subcommand_from verify' -l no-login -d 'Stop before the password'

$c -n $passwords -l password-stdin -d 'Read the password from the standard input'
$c -n $passwords -l password-fd -x -d 'Read the password from this file descriptor'
$c -n $passwords -l outgoing-password-stdin -d 'Read the password for sending from the next line'

$c -n $add -l name -x -d 'Sender name'
$c -n $add -l label -x -d 'Account name'
$c -n $add -l description -x -d 'Description of the account'
$c -n $add -l signature-file -r -F -d 'Put the text of this file under every message'
$c -n $add -l default -d 'Make it the default account'
$c -n $add -l no-keyring -d 'Do not keep the password'
$c -n $add -l browser-sign-in -d 'The mail program signs in through the browser'
$c -n $add -l untested -d 'Save the account without testing it'
$c -n '__fish_seen_subcommand_from add export import' -l to -x \
    -a '(__mailwright_cli_values targets id)' -d 'Hand the account over to this mail program'

set -l discover '__fish_seen_subcommand_from discover'
$c -n $discover -l offline -d 'Ask only what needs no network'
$c -n $discover -l no-ispdb -d 'Do not ask the public settings database'

set -l import '__fish_seen_subcommand_from import'
$c -n $import -a '(__mailwright_cli_values targets id)'
$c -n $import -l account -x -d 'Import the account with this address'
$c -n $import -l allow-host -x -d 'You have an account at this host'
$c -n $import -l primary-password-fd -x -d 'Read the primary password from this descriptor'
$c -n $import -l take-over -d 'Change accounts that were made by hand, too'
$c -n $import -l accept-place -d 'Follow its data also to an unusual place'
$c -n $import -l no-passwords -d 'Leave the passwords where they are'
$c -n $import -l no-keyring -d 'Do not keep the passwords'
$c -n $import -l dry-run -d 'Only show what would be imported'

set -l inspect '__fish_seen_subcommand_from inspect'
$c -n $inspect -F
$c -n $inspect -l address -x -d 'Fill this address in'

$c -n $account -a '(__mailwright_cli_values accounts address)'
set -l delete '__fish_seen_subcommand_from delete'
$c -n $delete -l from -x -a '(__mailwright_cli_values targets id)' \
    -d 'Take it out of this mail program'
$c -n $delete -l keep-secret -d 'Leave the password in the keyring'

set -l link '__fish_seen_subcommand_from link'
$c -n $link -l in -x -a 'imaps: imap: pop3s: pop3:' -d 'Receive from this server'
$c -n $link -l out -x -a 'submissions: submission:' -d 'Send through this server'
$c -n $link -l address -x -d 'For the person with this address'
$c -n $link -l domain -x -d 'For everybody at this domain'
$c -n $link -l personal -d 'With the address and the names of the account'
$c -n $link -l provider -x -d 'What the provider is called'
$c -n $link -l user-form -x -a 'email local' -d 'What user names are'
$c -n $link -l user -x -d 'Sign in with this user name'
$c -n $link -l outgoing-user -x -d 'Sign in with this user name for sending'
$c -n $link -l no-outgoing-auth -d 'The outgoing server requires no authentication'
$c -n $link -l auth -x -a 'password app-password oauth2' -d 'What to ask for'
$c -n $link -l name -x -d 'Sender name'
$c -n $link -l label -x -d 'Account name'
$c -n $link -l help-uri -x -d 'A page with help'
$c -n $link -l client -x -a 'evolution thunderbird' -d 'Suggest this mail program'
$c -n $link -l to -x -a 'link qr-svg qr-png' -d 'Write it as'
$c -n $link -l output -r -F -d 'Write it there'

set -l export '__fish_seen_subcommand_from export'
$c -n $export -l to -x -a 'autoconfig mobileconfig link qr-svg qr-png'
$c -n $export -l dry-run -d 'Only say what would be changed'
$c -n "$add; or $export" -l take-over -d 'Change also an account that was made by hand'
$c -n "$add; or $export" -l accept-place -d 'Follow its data also to an unusual place'
$c -n "$add; or $export" -l trust-authority -d 'Let it trust an authority of this system'
$c -n "$add; or $export; or $delete" -l primary-password-fd -x \
    -d 'Read the primary password from this descriptor'
$c -n $export -l output -r -F -d 'Write the file there'
$c -n $export -l personal -d 'Put the address and the names into the file'
$c -n $export -l with-password -d 'Put the password into the file'
$c -n $export -l unencrypted -d 'Everybody who gets the file may read the password'
