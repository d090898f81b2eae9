# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""Runs the program of the first argument in a home of its own, without a mail server and without a
session bus, and every function test_… of a script; TAP on stdout."""

import os
import subprocess
import sys
import tempfile
import traceback

PROGRAM = os.path.abspath(sys.argv[1])
HOME = tempfile.TemporaryDirectory()
ENVIRONMENT = {
    'HOME': HOME.name,
    'PATH': os.environ['PATH'],
    'LC_ALL': 'C',
    'XDG_RUNTIME_DIR': HOME.name,
    'DBUS_SESSION_BUS_ADDRESS': f'unix:path={HOME.name}/nobody',
    'GSETTINGS_BACKEND': 'memory',
    'ASAN_OPTIONS': os.environ.get('ASAN_OPTIONS', ''),
}


def run(*arguments, data=b''):
    """Runs the program; standard input is data, never a terminal."""
    return subprocess.run([PROGRAM, *arguments], input=data, env=ENVIRONMENT, timeout=60,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)


def equal(is_, should):
    assert is_ == should, f'{is_!r} instead of {should!r}'


def main(suite, functions):
    tests = [(name, value) for name, value in functions.items() if name.startswith('test_')]
    print(f'1..{len(tests)}')
    failed = 0
    for number, (name, test) in enumerate(tests, 1):
        try:
            test()
            print(f'ok {number} /{suite}/{name[5:]}')
        except Exception:  # whatever it is, the other tests go on
            failed += 1
            print(f'not ok {number} /{suite}/{name[5:]}')
            print('\n'.join('# ' + line for line in traceback.format_exc().splitlines()))
        sys.stdout.flush()
    HOME.cleanup()
    sys.exit(1 if failed else 0)
