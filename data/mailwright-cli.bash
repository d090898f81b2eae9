# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
# Completion of mailwright-cli for bash.

_mailwright_cli_values ()
{
  # $1: command, $2: key. The JSON stands in one line.
  mailwright-cli "$1" --json 2>/dev/null </dev/null |
    sed "s/\"$2\":/\n&/g" | sed -n "s/^\"$2\":\"\([^\"]*\)\".*/\1/p"
}

_mailwright_cli ()
{
  local general='--json --verbose --timeout --ca-file --data-dir --help'
  local setup='--in --out --user --outgoing-user --no-outgoing-auth --receive-only --no-ispdb
               --allow-host --pin --password-stdin --password-fd --outgoing-password-stdin
               --report --report-json --report-address --report-network'
  local services='imaps: imap: pop3s: pop3: submissions: submission:'
  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}
  local command= word words=

  COMPREPLY=()
  # Readline takes --option=value apart.
  if [[ $cur == '=' ]]; then
    cur=
  elif [[ $prev == '=' ]]; then
    prev=${COMP_WORDS[COMP_CWORD-2]}
  fi
  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case $word in
      discover|verify|add|accounts|show|delete|targets|export|import|inspect|link)
        command=$word; break ;;
    esac
  done

  case $prev in
    --ca-file|--signature-file|--report|--report-json|--output)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
    --data-dir)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -d -- "$cur"); return ;;
    --to|--from)
      words=$(_mailwright_cli_values targets id)
      [[ $command == export ]] && words+=' autoconfig mobileconfig link qr-svg qr-png'
      [[ $command == link ]] && words='link qr-svg qr-png'
      mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
      return ;;
    --in|--out)
      compopt -o nospace 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -W "$services" -- "$cur"); return ;;
    --user-form) mapfile -t COMPREPLY < <(compgen -W 'email local' -- "$cur"); return ;;
    --auth)
      mapfile -t COMPREPLY < <(compgen -W 'password app-password oauth2' -- "$cur"); return ;;
    --client)
      mapfile -t COMPREPLY < <(compgen -W 'evolution thunderbird' -- "$cur"); return ;;
    --user|--outgoing-user|--domain|--provider|--help-uri|--allow-host|--pin|\
    --password-fd|--timeout|--name|--label|--description|--address|--account|--primary-password-fd)
      return ;;
  esac

  case $command in
    '') words="discover verify add accounts show delete targets export import inspect link --version
               $general" ;;
    discover) words="--offline --no-ispdb $general" ;;
    verify) words="$setup --no-login $general" ;;
    add) words="$setup --name --label --description --signature-file --default --to --take-over
                --accept-place --trust-authority --primary-password-fd --untested --no-keyring
                --browser-sign-in $general" ;;
    delete) words="--from --keep-secret --primary-password-fd $general" ;;
    export) words="--to --dry-run --take-over --accept-place --trust-authority
                   --primary-password-fd --output --personal --with-password
                   --unencrypted --password-stdin --password-fd --outgoing-password-stdin
                   $general" ;;
    import) words="--account --to --allow-host --primary-password-fd --take-over --accept-place
                   --no-passwords --no-keyring --dry-run $general" ;;
    inspect) words="--address $general" ;;
    link) words="--in --out --address --domain --personal --provider --user-form --user
                 --outgoing-user --no-outgoing-auth --auth --name --label --help-uri --client
                 --to --output $general" ;;
    *) words=$general ;;
  esac
  case $command:$cur in
    inspect:-*) ;;
    inspect:*)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
    show:-*|delete:-*|export:-*|import:-*|link:-*) ;;
    import:*) words=$(_mailwright_cli_values targets id) ;;
    show:*|delete:*|export:*|link:*) words=$(_mailwright_cli_values accounts address) ;;
  esac
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}

complete -F _mailwright_cli mailwright-cli
