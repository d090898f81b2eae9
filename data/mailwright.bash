# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
# Completion of mailwright for bash.

_mailwright () {
  local cur=${COMP_WORDS[COMP_CWORD]}

  COMPREPLY=()
  case $cur in
    -*)
      mapfile -t COMPREPLY < <(compgen -W "--new-account --from-clipboard --version --help
                                           --help-all" -- "$cur") ;;
    *)
      compopt -o filenames 2>/dev/null
      mapfile -t COMPREPLY < <(compgen -f -- "$cur") ;;
  esac
}

complete -F _mailwright mailwright
