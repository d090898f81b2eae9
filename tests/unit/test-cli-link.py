#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""Links that the program makes, for an account or by hand, as text and as a QR
code that another program reads; TAP on stdout.

Usage: test-cli-link.py PROGRAM
"""

import html.parser
import json
import os
import pty
import re
import shlex
import stat
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

sys.dont_write_bytecode = True
from mwcli import ENVIRONMENT, HOME, PROGRAM, equal, main, run  # noqa: E402

SERVERS = ['--in', 'imaps:imap.example.test', '--out', 'submission:smtp.example.test:2525']
TAIL = 'in=imaps:imap.example.test&out=submission:smtp.example.test:2525'

ACCOUNT_ID = '7f0e8c52-3f3f-4b7e-9a53-0d2c3b1a9f10'
ACCOUNT = '''[Account]
Format=1
Label=Work
Address=jan@example.test
SenderName=Jan Żółw
State=works
Created=2026-01-02T03:04:05Z

[Incoming]
Service=imaps
Host=imap.example.test
Port=993
User=jan@example.test
Auth=PLAIN

[Outgoing]
Service=submission
Host=smtp.example.test
Port=2525
User=jan@example.test
Auth=PLAIN
Authenticate=true
OwnCredentials=false
'''


def with_account(account=ACCOUNT):
    """A folder with a saved account, as the option that names it."""
    folder = tempfile.mkdtemp(dir=HOME.name)
    os.makedirs(f'{folder}/accounts', mode=0o700)
    with open(f'{folder}/accounts/{ACCOUNT_ID}.account', 'w', encoding='utf-8') as file:
        file.write(account)
    return ['--data-dir', folder]


def link(*arguments):
    """What is printed, and the notes of the JSON."""
    done = run('link', *arguments)
    equal(done.returncode, 0)
    answer = json.loads(run('link', '--json', *arguments).stdout)
    equal(list(answer), ['link', 'octets', 'notes', 'output'])
    equal(done.stdout.decode(), answer['link'] + '\n')
    equal(answer['octets'], len(answer['link']))
    equal((done.stderr != b''), answer['notes'] != [])
    return answer['link'], answer['notes']


def test_usage():
    account = with_account()
    for arguments in [
            [], ['--personal'], ['--in', 'imap.example.test'], ['--in', 'submissions:a.test'],
            ['--out', 'imaps:a.test'], ['--provider', 'Example'], ['a', 'b'],
            [*SERVERS, '--address', 'jan'], [*SERVERS, '--domain', 'a b'],
            [*SERVERS, '--address', 'a@b.test', '--domain', 'b.test'],
            [*SERVERS, '--user', 'jan'], [*SERVERS, '--domain', 'b.test', '--user', 'jan'],
            [*SERVERS, '--user-form', 'whole'], [*SERVERS, '--auth', 'none'],
            [*SERVERS, '--client', 'mutt'], [*SERVERS, '--to', 'autoconfig'],
            [*SERVERS, '--help-uri', 'http://example.test'], [*SERVERS, '--name', 65 * 'x'],
            [*SERVERS, '--help-uri', 'https://localhost'], [*SERVERS, '--name', 'a\nb'],
            [*SERVERS, '--name', b'\xff'], [*SERVERS, '--label', 'a\u202eb'],
            5 * ['--in', 'imaps:imap.example.test'],
            [ACCOUNT_ID, *SERVERS, *account], [ACCOUNT_ID, '--user', 'jan', *account],
            [*SERVERS, '--to', 'qr-png', '--json'], [*SERVERS, '--output', '/nonexistent/file'],
            # No link has a password.
            [*SERVERS, '--password', 'x'], [*SERVERS, '--password-stdin'],
            [*SERVERS, '--with-password'], [*SERVERS, '--address', 'jan:hunter2@example.test']]:
        done = run('link', *arguments)
        equal((arguments, done.returncode, done.stdout), (arguments, 2, b''))
        assert done.stderr.startswith(b'mailwright-cli: '), (arguments, done.stderr)


def test_refused():
    for arguments, words in [
            (['--in', 'imap+plain:imap.example.test'], b'Not Protected'),
            (['--in', 'imaps:192.0.2.1'], b'No Server for Everybody'),
            (['--in', 'imaps:mail'], b'No Server for Everybody'),
            ([ACCOUNT_ID, *with_account(ACCOUNT.replace('User=jan@example.test', 'User=u1'))],
             b'Personal User Name'),
            ([ACCOUNT_ID, *with_account(ACCOUNT.replace('imaps', 'imap+plain'))],
             b'Not Protected'),
            (['nobody', *with_account()], b'')]:
        done = run('link', *arguments)
        equal((arguments, done.returncode, done.stdout), (arguments, 1, b''))
        assert words in done.stderr, done.stderr


def test_by_hand():
    for arguments, text, notes in [
            (SERVERS, f'?{TAIL}', []),
            ([*SERVERS, '--provider', 'Bücher & Co'],
             f'?{TAIL}&prov=B%C3%BCcher%20%26%20Co', []),
            ([*SERVERS, '--domain', '@Example.TEST', '--user-form', 'local'],
             f'@example.test?{TAIL}&unf=local', []),
            ([*SERVERS, '--domain', 'bücher.test', '--client', 'thunderbird', '--auth',
              'app-password', '--help-uri', 'https://www.example.test/mail?a=b'],
             f'@xn--bcher-kva.test?{TAIL}&auth=app-password'
             '&help=https://www.example.test/mail%3Fa%3Db&client=thunderbird', []),
            ([*SERVERS, '--address', 'jan+x@example.test', '--name', 'Jan Żółw', '--label', 'Work'],
             f'jan+x@example.test?{TAIL}&name=Jan%20%C5%BB%C3%B3%C5%82w&acct=Work',
             ['address', 'name']),
            ([*SERVERS, '--address', 'jan@example.test', '--user', 'u1', '--outgoing-user', 'u2'],
             f'jan@example.test?{TAIL}&iun=u1&oun=u2', ['address', 'user-name']),
            ([*SERVERS, '--address', 'jan@example.test', '--user', 'u1'],
             f'jan@example.test?{TAIL}&un=u1', ['address', 'user-name']),
            ([*SERVERS, '--no-outgoing-auth'], f'?{TAIL}&out-auth=none', []),
            (['--address', 'jan@example.test'], 'jan@example.test', ['address']),
            ([*SERVERS, '--name', 'Jan'], f'?{TAIL}&name=Jan', ['name'])]:
        equal(link(*arguments), ('mailto-setup:' + text, notes))


def test_account():
    account = [ACCOUNT_ID, *with_account()]
    for arguments, text, notes in [
            ([], f'@example.test?{TAIL}', []),
            (['--personal'], f'jan@example.test?{TAIL}&name=Jan%20%C5%BB%C3%B3%C5%82w&acct=Work',
             ['address', 'name']),
            (['--provider', 'Example'], f'?{TAIL}&prov=Example', []),
            (['--provider', 'Example', '--domain', 'example.org'],
             f'@example.org?{TAIL}&prov=Example', []),
            # A colleague of Jan's.
            (['--address', 'anna@example.test'], f'anna@example.test?{TAIL}', ['address'])]:
        equal(link(*account, *arguments), ('mailto-setup:' + text, notes))

    done = run('export', *account, '--to', 'link')
    equal((done.returncode, done.stdout.decode()), (0, f'mailto-setup:@example.test?{TAIL}\n'))
    done = run('export', *account, '--to', 'link', '--personal')
    equal(done.stdout.decode(), link(*account, '--personal')[0] + '\n')


def decode(path):
    """What another program reads in a picture."""
    if path.endswith('.svg'):
        subprocess.run(['rsvg-convert', '-o', path + '.png', path], check=True)
        path += '.png'
    done = subprocess.run(['zbarimg', '--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', path],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=True)
    return done.stdout.decode().rstrip('\n')


def test_pictures():
    folder = tempfile.mkdtemp(dir=HOME.name)
    long_name = 64 * 'ż'
    names = [word for option in ['--name', '--label', '--provider']
             for word in [option, long_name]]
    servers = [word for i in range(4) for word in [
        '--in', f'imaps:imap{i}.{50 * "a"}.test', '--out', f'submissions:smtp{i}.{50 * "a"}.test']]
    for arguments in [['--in', 'imaps:a.test'], [*SERVERS, '--provider', 'Example'],
                      [*SERVERS, '--address', 'jan@example.test', '--name', 'Jan Żółw'],
                      [*servers, *names]]:
        text = json.loads(run('link', '--json', *arguments).stdout)['link']
        for form in ['qr-svg', 'qr-png']:
            path = f'{folder}/code.{form[3:]}'
            done = run('link', *arguments, '--to', form, '--output', path)
            equal((done.returncode, done.stdout), (0, b''))
            equal(stat.S_IMODE(os.stat(path).st_mode), 0o600)
            equal(decode(path), text)
            with open(path, 'rb') as file:
                equal(run('link', *arguments, '--to', form).stdout, file.read())
    assert len(text) > 1500, len(text)
    assert b'much for a QR code' in done.stderr, done.stderr
    answer = json.loads(run('link', '--json', *SERVERS, '--to', 'qr-png', '--output', path).stdout)
    equal(answer['output'], path)
    equal(decode(path), answer['link'])

    account = [ACCOUNT_ID, *with_account()]
    for form in ['qr-svg', 'qr-png']:
        path = f'{folder}/account.{form[3:]}'
        for outcome in ['done', 'unchanged']:
            done = run('export', *account, '--to', form, '--output', path, '--json')
            row, = json.loads(done.stdout)['targets']
            equal([done.returncode, row['outcome'], row['password']], [0, outcome, 'not-stored'])
        equal(decode(path), f'mailto-setup:@example.test?{TAIL}')
    equal(run('export', *account, '--to', 'qr-png', '--with-password', '--unencrypted',
              '--output', path).returncode, 2)


def test_read_back():
    """What was made is what inspect shows."""
    for arguments in [[*SERVERS, '--domain', 'example.test', '--provider', 'Example'],
                      [*SERVERS, '--address', 'jan@example.test', '--user-form', 'local'],
                      ['--in', 'pop3:a.test', '--in', 'imaps:b.test:1993', '--out',
                       'submissions:c.test', '--address', 'jan@example.test', '--user', 'u 1']]:
        text, _ = link(*arguments)
        done = run('inspect', '--json', text)
        answer = json.loads(done.stdout)
        equal((done.returncode, answer['kind'], answer['refused']), (0, 'link', None))
        wanted = [word for option, word in zip(arguments, arguments[1:])
                  if option in ['--in', '--out']]
        found = [f'{row["service"]}:{row["host"]}:{row["port"]}' for row in answer['candidates']]
        usual = {'pop3': 110, 'submissions': 465, 'imaps': 993}
        equal(found, [server if server.count(':') == 2
                      else f'{server}:{usual[server.split(":")[0]]}' for server in wanted])
        for row in answer['candidates']:
            if '--user' in arguments:
                equal(row['user'], 'u 1')
            elif '--user-form' in arguments:
                equal(row['user'], 'jan')


class Sample(html.parser.HTMLParser):
    """A piece of a web page: its links, and its table by row."""

    def __init__(self, text):
        super().__init__()
        self.links = []
        self.rows = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == 'a':
            self.links.append(dict(attributes)['href'])
        elif tag == 'tr':
            self.rows.append([])
        elif tag in ['td', 'th']:
            self.rows[-1].append('')

    def handle_data(self, data):
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip()


def help_page(name):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'help', 'C', name)
    return xml.etree.ElementTree.parse(path)


def test_help():
    """What providers are told to put on their page: the link says what the
    table beside it says, and the commands make it."""
    mallard = '{http://projectmallard.org/1.0/}'
    page = help_page('offer-links.page')
    sample = Sample(next(code.text for code in page.iter(f'{mallard}code')
                         if code.get('mime') == 'text/html'))
    link_text, document = sample.links
    answer = json.loads(run('inspect', '--json', link_text).stdout)
    equal([answer['kind'], answer['refused'], answer['skipped']], ['link', None, []])
    equal([[str(row[key]) for row in answer['candidates']] for key in ['host', 'port', 'service']],
          [sample.rows[1][1:], sample.rows[2][1:], ['imaps', 'submissions']])
    equal(sample.rows[3][1:], 2 * ['SSL/TLS'])
    assert any(document == code.text for code in help_page('publish.page').iter(f'{mallard}code'))

    commands = [shlex.split(command.text) for command in page.iter(f'{mallard}input')]
    equal([command[:2] for command in commands],
          4 * [['mailwright-cli', 'link']] + [['mailwright-cli', 'inspect']])
    equal(link(*commands[0][2:])[0], link_text)
    equal(link(*commands[1][2:])[0], link_text.replace('?', '@example.com?').split('&prov')[0])
    equal(link(*commands[2][2:])[0], link_text.replace('?', 'jan@example.com?').split('&prov')[0])
    equal(commands[3][2:-3], [*commands[0][2:], '--to'])
    equal(commands[4][2], link_text)
    done = run(*commands[4][1:])
    equal(done.returncode, 0)
    assert re.search(rb'imaps:imap\.example\.com:993', done.stdout), done.stdout


def test_terminal():
    """A picture would only spoil it."""
    for arguments in [['link', *SERVERS, '--to', 'qr-png'],
                      ['export', ACCOUNT_ID, '--to', 'qr-png', *with_account()]]:
        process, terminal = pty.fork()
        if process == 0:
            os.execve(PROGRAM, [PROGRAM, *arguments], ENVIRONMENT)
        shown = b''
        while True:
            try:
                more = os.read(terminal, 4096)
            except OSError:
                more = b''
            if not more:
                break
            shown += more
        equal(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), 2)
        assert b'nothing for a terminal' in shown and b'PNG\r' not in shown, shown
        os.close(terminal)


if __name__ == '__main__':
    main('cli-link', globals())
