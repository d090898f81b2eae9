# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
# Completion of mailwright for fish.

complete -c mailwright -l new-account -d 'Begin a new account'
complete -c mailwright -l from-clipboard -d 'Look for a set-up link in the clipboard'
complete -c mailwright -l version -d 'Show the version'
complete -c mailwright -s h -l help -d 'Explain the program'
complete -c mailwright -l help-all -d 'Explain the program, with the options of the toolkit'
