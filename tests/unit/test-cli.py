#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""What scripts rely on: exit codes, the keys of the JSON, where the password
comes from. Without a mail server and without a session bus; TAP on stdout.

Usage: test-cli.py PROGRAM
"""

import json
import os
import plistlib
import pty
import re
import select
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import termios
import threading
import time
import urllib.parse

sys.dont_write_bytecode = True
from mwcli import ENVIRONMENT, PROGRAM, equal, main, run  # noqa: E402

PASSWORD = 'zażółć "gęślą" \\jaźń 1'

COMMANDS = ['discover', 'verify', 'add', 'accounts', 'show', 'delete', 'targets', 'export',
            'import', 'inspect', 'link']

VERIFY_KEYS = {'address', 'outcome', 'message', 'advice', 'incoming', 'outgoing', 'probes',
               'sources', 'conflicts', 'password_presentations', 'elapsed_ms'}
PROBE_KEYS = {'service', 'host', 'port', 'security', 'sources', 'grade', 'address', 'user',
              'stage', 'outcome', 'server_text', 'auth', 'auth_offered', 'capabilities', 'tls',
              'elapsed_ms'}
DISCOVER_KEYS = {'address', 'sources', 'candidates', 'conflicts', 'hints', 'elapsed_ms'}
CANDIDATE_KEYS = {'service', 'host', 'port', 'security', 'user', 'auth', 'sources', 'grade',
                  'provider'}
ELAPSED_KEYS = {'resolve', 'connect', 'tls', 'greeting', 'auth', 'total'}
ADVICE_KEYS = {'title', 'text', 'action', 'uri'}
ROW_KEYS = {'id', 'label', 'address', 'state', 'default', 'exported', 'last_checked'}
SHOW_KEYS = {'id', 'label', 'address', 'sender_name', 'description', 'signature', 'default',
             'notifications', 'created', 'last_checked', 'state', 'incoming', 'outgoing', 'pop',
             'alternatives', 'origin', 'exports'}

ACCOUNT_ID = '7f0e8c52-3f3f-4b7e-9a53-0d2c3b1a9f10'
ACCOUNT = '''[Account]
Format=1
Label=Jan\u202e at home
Address=jan@example.test
SenderName=Jan Żółw
Default=true
State=works
Created=2026-01-02T03:04:05Z

[Incoming]
Service=imaps
Host=imap.example.test
Port=993
User=jan@example.test
Auth=PLAIN

[Outgoing]
Service=submissions
Host=smtp.example.test
Port=465
User=jan@example.test
Auth=PLAIN
Authenticate=true
OwnCredentials=false

[Export evolution]
AccountUid=abc
'''



def has_keys(value, keys):
    assert keys <= set(value), f'missing: {sorted(keys - set(value))}'


def closed_port():
    """A port where nobody listens."""
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


def test_usage():
    port = closed_port()
    for arguments in [
            [], ['dance'], ['--nonsense'], ['verify'], ['verify', 'a@b.test', 'c@d.test'],
            ['verify', '--nonsense', 'a@b.test'], ['verify', 'a@b.test', '--timeout', '-1'],
            ['verify', 'jan', '--password-stdin'], ['verify', 'jan@', '--password-stdin'],
            ['verify', 'a b@c.test', '--password-stdin'],
            ['verify', 'a@b@c.test', '--password-stdin'],
            ['verify', 'a@b..test', '--password-stdin'],
            ['verify', 'imaps://mail.example.test', '--password-stdin'],
            ['verify', 'a@b.test', '--in', 'mail.example.test'],
            ['verify', 'a@b.test', '--in', 'submissions:mail.example.test'],
            ['verify', 'a@b.test', '--out', 'imaps:mail.example.test'],
            ['verify', 'a@b.test', '--in', 'imaps:mail.example.test:0'],
            ['verify', 'a@b.test', '--out', 'submission:a.test', '--receive-only'],
            ['verify', 'a@b.test', '--allow-host', 'no such host'],
            ['verify', 'a@b.test', '--pin', 'abc@mail.example.test:993'],
            ['verify', 'a@b.test', '--pin', 'ab' * 32],
            ['verify', 'a@b.test', '--no-login', '--ca-file', '/nonexistent.pem'],
            ['verify', 'a@b.test', '--no-login', '--ca-file', os.devnull],
            ['verify', 'a@b.test', '--password-fd', '99'],
            ['verify', 'a@b.test'],
            ['discover'], ['discover', 'jan'], ['discover', b'\xff@b.test'],
            ['discover', 'a@b.test', 'c@d.test'], ['discover', 'a@b.test', '--no-login'],
            ['add', 'a@b.test', '--browser-sign-in', '--password-stdin'],
            ['add', 'a@b.test', '--browser-sign-in', '--no-outgoing-auth'],
            ['verify', 'a@b.test', '--browser-sign-in'],
            ['add', 'a@b.test', '--untested'], ['add', 'a@b.test', '--no-login'],
            ['add', 'a@b.test', '--untested', '--no-keyring', '--receive-only',
             '--in', 'imap+plain:mail.example.test'],
            ['add', 'a@b.test', '--signature-file', '/nonexistent'],
            ['accounts', 'one'], ['show'], ['delete'], ['targets', 'one'],
            ['export', ACCOUNT_ID], ['export', '--to', 'evolution'],
            ['export', ACCOUNT_ID, '--to', 'evolution', '--output', 'x'],
            ['export', ACCOUNT_ID, '--to', 'evolution', '--personal'],
            ['export', ACCOUNT_ID, '--to', 'autoconfig', '--to', 'evolution'],
            ['export', ACCOUNT_ID, '--to', 'autoconfig'],
            ['export', ACCOUNT_ID, '--to', 'mobileconfig', '--output', '-'],
            ['export', ACCOUNT_ID, '--to', 'mobileconfig', '--output', 'x', '--password-stdin'],
            ['export', ACCOUNT_ID, '--to', 'mobileconfig', '--output', 'x', '--with-password'],
            ['export', ACCOUNT_ID, '--to', 'mobileconfig', '--output', 'x', '--unencrypted'],
            ['export', ACCOUNT_ID, '--to', 'mobileconfig', '--with-password', '--unencrypted'],
            ['export', ACCOUNT_ID, '--to', 'autoconfig', '--output', 'x', '--with-password',
             '--unencrypted'],
            ['verify', 'a@b.test', '--in', f'imaps:127.0.0.1:{port}', '--user', b'\xff']]:
        done = run(*arguments, '--json', data=b'secret\n') if arguments else run()
        if arguments == ['verify', 'a@b.test']:
            done = run(*arguments, '--json')
        equal((arguments, done.returncode, done.stdout), (arguments, 2, b''))
        assert done.stderr.startswith(b'mailwright-cli: '), (arguments, done.stderr)


def test_help():
    equal(run('--version').returncode, 0)
    overview = run('--help')
    equal(overview.returncode, 0)
    for command in COMMANDS:
        assert command.encode() in overview.stdout
        done = run(command, '--help')
        equal((command, done.returncode, done.stderr), (command, 0, b''))
        assert b'--json' in done.stdout


def test_documented():
    """The manual page and the completions know every command and option."""
    data = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'data')
    texts = {}
    for name in ['mailwright-cli.1.in', 'mailwright-cli.bash', '_mailwright-cli',
                 'mailwright-cli.fish']:
        with open(os.path.join(data, name), encoding='utf-8') as file:
            texts[name] = file.read().replace('\\-', '-')
    for command in COMMANDS:
        options = re.findall(rb'--([a-z-]+)', run(command, '--help').stdout)
        for word in [command] + [option.decode() for option in options]:
            for name, text in texts.items():
                wanted = rf'-l {word}\b|-a {word}\b' if name.endswith('.fish') else rf'\b{word}\b'
                assert word == 'help-all' or re.search(wanted, text), f'{name}: {word}'


def test_password_rules():
    server = f'imaps:127.0.0.1:{closed_port()}'
    for data in [b'', b'\n', b'\r\n', b'a\0b\n', b'\xff\n', b'a' * (64 * 1024 + 1)]:
        done = run('verify', 'a@b.test', '--in', server, '--receive-only', '--password-stdin',
                   data=data)
        equal((data[:9], done.returncode, done.stdout), (data[:9], 2, b''))
    for data in [PASSWORD.encode(), PASSWORD.encode() + b'\r\n', b'a' * 64 * 1024]:
        done = run('verify', 'a@b.test', '--in', server, '--receive-only', '--password-stdin',
                   data=data)
        equal((data[:9], done.returncode), (data[:9], 1))
    done = run('verify', 'a@b.test', '--in', server, '--out', server.replace('imaps', 'submission'),
               '--password-stdin', '--outgoing-password-stdin', data=b'one\n')
    equal(done.returncode, 2)


def test_verify_json():
    port = closed_port()
    done = run('verify', 'jan@xn--bcher-kva.example', '--json', '--password-stdin', '--verbose',
               '--in', f'imaps:127.0.0.1:{port}', '--in', f'pop3:127.0.0.1:{port}',
               '--out', f'submissions:127.0.0.1:{port}', data=PASSWORD.encode() + b'\n')
    equal(done.returncode, 1)
    answer = json.loads(done.stdout)
    equal(done.stdout.count(b'\n'), 1)
    has_keys(answer, VERIFY_KEYS)
    has_keys(answer['advice'], ADVICE_KEYS)
    equal(answer['address'], 'jan@xn--bcher-kva.example')
    equal(answer['outcome'], 'refused')
    equal(answer['password_presentations'], {})
    equal(len(answer['probes']), 3)
    for probe in [answer['incoming'], answer['outgoing'], *answer['probes']]:
        has_keys(probe, PROBE_KEYS)
        has_keys(probe['elapsed_ms'], ELAPSED_KEYS)
        equal([probe['outcome'], probe['grade'], probe['host'], probe['port'], probe['tls']],
              ['refused', 'U', '127.0.0.1', port, None])
    equal(answer['incoming']['security'], 'tls')
    for secret in [PASSWORD.encode(), 'gęślą'.encode(), b'g\\u0119']:
        assert secret not in done.stdout + done.stderr


def test_discover_offline():
    done = run('discover', 'Jan@gmail.com', '--offline', '--json')
    equal((done.returncode, done.stderr, done.stdout.count(b'\n')), (0, b'', 1))
    answer = json.loads(done.stdout)
    equal(set(answer), DISCOVER_KEYS)
    equal(answer['address'], 'Jan@gmail.com')
    said = {source['name']: source['outcome'] for source in answer['sources']}
    equal((list(said)[0], said['provider']), ('provider', 'found'))
    equal([said[name] for name in ('autoconfig', 'ispdb', 'mx', 'srv', 'guess')], 5 * ['skipped'])
    for candidate in answer['candidates']:
        equal(set(candidate), CANDIDATE_KEYS)
        equal([candidate['sources'], candidate['grade'], candidate['user'], candidate['provider']],
              [['provider'], 'A', 'Jan@gmail.com', 'gmail'])
    first = answer['candidates'][0]
    equal([first['service'], first['host'], first['port'], first['security']],
          ['imaps', 'imap.gmail.com', 993, 'tls'])
    assert any(candidate['host'] == 'smtp.gmail.com' for candidate in answer['candidates'])
    hint, = answer['hints']
    equal([set(hint), hint['kind']], [{'kind', 'text', 'uri', 'page', 'words'}, 'app-password'])

    shown = run('discover', 'jan@gmail.com', '--offline').stdout.decode()
    for words in ['  imaps:imap.gmail.com:993  Gmail\n    A, trusted: a known provider\n'
                  "    Named by: Mailwright's own list of providers\n", hint['text'],
                  '\nProvider: Gmail\n']:
        assert words in shown, shown
    # The column grows with the longest name.
    rows = re.sub(r'(?<=[^ \n])  +', '  ', shown)
    for words in ["  Mailwright's own list of providers  Found 4 servers\n    Gmail\n",
                  '  Name service (SRV)  Not asked: it needs the network\n']:
        assert words in rows, shown


SERVERS = '''<?xml version="1.0" encoding="UTF-8"?>
<clientConfig version="1.1"><emailProvider id="example.test">
<displayName>Example\u202e Mail</displayName><displayShortName>Ex</displayShortName>
<incomingServer type="imap"><hostname>imap.%EMAILDOMAIN%</hostname><port>993</port>
<socketType>SSL</socketType><username>%EMAILADDRESS%</username>
<authentication>password-cleartext</authentication></incomingServer>
<incomingServer type="imap"><hostname>imap.example.test</hostname><socketType>plain</socketType>
</incomingServer>
<outgoingServer type="smtp"><hostname>smtp.example.test</hostname><socketType>STARTTLS</socketType>
</outgoingServer>
<enable visiturl="https://example.test/on"><instruction>Switch it on</instruction></enable>
</emailProvider></clientConfig>'''


def inspect(content, *arguments):
    """Settings in a file of any name, as JSON."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(content if isinstance(content, bytes) else content.encode())
        file.flush()
        done = run('inspect', '--json', *arguments, file.name)
    equal(done.stderr, b'')
    return done.returncode, json.loads(done.stdout)


def test_inspect():
    code, answer = inspect(SERVERS)
    equal((code, list(answer)),
          (0, ['kind', 'address', 'domain', 'candidates', 'name', 'label', 'hints', 'password',
               'signer', 'accounts', 'skipped', 'refused']))
    equal([answer['kind'], answer['address'], answer['name'], answer['label'], answer['refused']],
          ['autoconfig', None, 'Example Mail', 'Ex', None])
    equal(answer['skipped'], ['incoming server: clear text'])
    equal([[row['kind'], row['uri'], row['page'], row['words']] for row in answer['hints']],
          [['enable-imap', None, 'https://example.test/on', 'Switch it on']])
    for candidate in answer['candidates']:
        equal(set(candidate), CANDIDATE_KEYS)
        equal([candidate['user'], candidate['sources'], candidate['grade']],
              ['%EMAILADDRESS%', ['file'], 'L'])
    equal([[row['service'], row['host'], row['port']] for row in answer['candidates']],
          [['imaps', 'imap.%EMAILDOMAIN%', 993], ['submission', 'smtp.example.test', 587]])

    code, answer = inspect(SERVERS, '--address', 'Jan@Example.test')
    equal([code, answer['address'], answer['candidates'][0]['host'],
           [row['user'] for row in answer['candidates']]],
          [0, 'Jan@example.test', 'imap.example.test', 2 * ['Jan@example.test']])

    done = run('inspect', '-', data=SERVERS.replace('UTF-8', 'UTF-16').encode('utf-16'))
    equal(done.returncode, 0)
    for words in ['Example Mail', 'imaps:imap.%EMAILDOMAIN%:993  %EMAILADDRESS%\n',
                  'https://example.test/on', 'Switch it on']:
        assert words in done.stdout.decode(), done.stdout
    assert b'Left out: incoming server: clear text' in done.stderr


def test_inspect_mobileconfig():
    """What export writes is read back; a password is not shown."""
    with tempfile.TemporaryDirectory() as folder:
        with_account(folder)
        path = os.path.join(folder, 'no telling name')
        arguments = ['export', ACCOUNT_ID, '--to', 'mobileconfig', '--data-dir', folder,
                     '--output', path]
        run(*arguments)
        code, answer = inspect(read(path))
        equal([code, answer['kind'], answer['address'], answer['label'], answer['password']],
              [0, 'mobileconfig', None, 'example.test', False])
        equal([[row['service'], row['host'], row['port'], row['user'], row['grade']]
               for row in answer['candidates']],
              [['imaps', 'imap.example.test', 993, '%EMAILADDRESS%', 'L'],
               ['submissions', 'smtp.example.test', 465, '%EMAILADDRESS%', 'L']])

        run(*arguments, '--with-password', '--unencrypted', '--password-stdin',
            data=f'{PASSWORD}\n'.encode())
        code, answer = inspect(read(path))
        equal([code, answer['address'], answer['password']], [0, 'jan@example.test', True])
        done = run('inspect', path)
        equal(done.returncode, 0)
        assert b'imaps:imap.example.test:993' in done.stdout, done.stdout
        assert b'There is a password in it' in done.stdout, done.stdout
        assert PASSWORD[:6] not in done.stdout.decode() + json.dumps(answer, ensure_ascii=False)

        other = read(path).replace(b'Configuration</string>', b'Other</string>')
        for content, kind, refusal in [
                (other, None, 'UNKNOWN'), (b'bplist00\xd0', 'mobileconfig', 'BINARY'),
                (read(path)[:900], 'mobileconfig', 'DAMAGED'),
                (read(path).replace(b'<true/>', b'<false/>'), 'mobileconfig', 'NO_SERVER'),
                (read(path).replace(b'>PayloadContent<', b'>EncryptedPayloadContent<'),
                 'mobileconfig', 'ENCRYPTED')]:
            code, answer = inspect(content)
            equal([code, answer['kind'], answer['refused']['code']], [1, kind, refusal])


def test_inspect_pacc():
    document = ('{"protocols": {"imap": {"host": "imap.example.test"}, "pop3": {"host": 7}},'
                '"info": {"provider": {"name": "Ex\\u202eample"},'
                '"help": {"documentation": "https://example.test/"}}}')
    for arguments, user in [([], '%EMAILADDRESS%'),
                            (['--address', 'jan@example.test'], 'jan@example.test')]:
        code, answer = inspect(document, *arguments)
        equal([code, answer['kind'], answer['name'], answer['skipped']],
              [0, 'pacc', 'Example', ['pop3: no host']])
        equal([[row[key] for key in ('service', 'host', 'port', 'user', 'sources', 'grade')]
               for row in answer['candidates']],
              [['imaps', 'imap.example.test', 993, user, ['file'], 'L']])
        # Nobody vouches for a file: its page is text.
        equal([[row['kind'], row['uri'], row['page']] for row in answer['hints']],
              [['documentation', None, 'https://example.test/']])


def test_inspect_folder():
    """Accounts of a mail program, out of files that it wrote."""
    fixtures = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'fixtures')
    for folder, kind, addresses, skipped in [
            ('thunderbird', 'thunderbird-profile',
             ['jan@example.test', 'piet@example.test', 'anna@gmail.com', 'ola@example.test'],
             ['news.example.test: kind', 'Feeds: kind']),
            ('evolution', 'evolution', ['jan@example.test', 'piet@example.test'], []),
            ('evolution/sources', 'evolution', ['jan@example.test', 'piet@example.test'], [])]:
        done = run('inspect', os.path.join(fixtures, folder), '--json')
        answer = json.loads(done.stdout)
        equal((done.returncode, answer['kind'], answer['refused'], answer['skipped']),
              (0, kind, None, skipped))
        equal([row['address'] for row in answer['accounts'] if not row['obstacle']], addresses)
        equal({row['passwords'] for row in answer['accounts']}, {None})
        equal({row['grade'] for row in answer['candidates']}, {'L'})
        equal(len(answer['candidates']), 2 * len(addresses))
    equal(run('inspect', os.path.join(fixtures, '..')).returncode, 2)


def test_inspect_signed():
    """A signature is taken off; by whom is only said of known authorities."""
    corpus = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'fuzz', 'corpus',
                          'mobileconfig')
    for name in ['signed.der', 'signed-stream.der', 'signed.pem']:
        code, answer = inspect(read(os.path.join(corpus, name)))
        equal([code, answer['kind'], answer['signer'], answer['candidates'][0]['host']],
              [0, 'mobileconfig', None, 'imap.example.test'])


def test_inspect_refused():
    head = '<clientConfig>'
    for content, kind, refusal in [
            ('', None, 'EMPTY'),
            (' \n\ufeff', None, 'EMPTY'),
            ('hello', None, 'UNKNOWN'),
            (b'\x7fELF\x00\x01', None, 'UNKNOWN'),
            ('<html><clientConfig/></html>', None, 'UNKNOWN'),
            ('<clientConfiguration/>', None, 'UNKNOWN'),
            (' ' * 2000000, None, 'UNKNOWN'),
            (head, 'autoconfig', 'DAMAGED'),
            (head + '&x;</clientConfig>', 'autoconfig', 'DAMAGED'),
            (head + '</clientConfig>', 'autoconfig', 'NO_SERVER'),
            ('<?xml version="1.0"?><!-- > --><!DOCTYPE x>\n' + head + '</clientConfig>',
             'autoconfig', 'NO_SERVER'),
            (head + 10000 * '<a>', 'autoconfig', 'TOO_DEEP'),
            (head + 10000000 * 'x', 'autoconfig', 'TOO_LONG'),
            ('{"protocols":', 'pacc', 'DAMAGED'),
            ('{"protocols":{}}', 'pacc', 'NO_SERVER'),
            ('{"protocols":' + 10000 * '[', 'pacc', 'DAMAGED'),
            ('{"protocols":' + 70000 * ' ' + '{}}', 'pacc', 'TOO_LONG'),
            (b'{"protocols":{"\xff":1}}', 'pacc', 'BAD_ENCODING'),
            ('{"settings":{}}', None, 'UNKNOWN'),
            (head.encode() + b'\xff</clientConfig>', 'autoconfig', 'BAD_ENCODING'),
            (head.encode() + b'\0</clientConfig>', 'autoconfig', 'BAD_ENCODING')]:
        code, answer = inspect(content)
        equal([code, answer['kind'], answer['refused']['code']], [1, kind, refusal])
        assert answer['refused']['message'].endswith('.')
        equal(list(answer), ['kind', 'skipped', 'refused'])

    equal(run('inspect', 'https://example.test/config-v1.1.xml').returncode, 1)


LINK = 'mailto-setup:@b%C3%BCcher.example?in=imaps:mail.example.test&out=submission:a.test&' \
       'unf=local&prov=Example&acct=Work'


def test_inspect_link():
    done = run('inspect', '--json', LINK)
    answer = json.loads(done.stdout)
    equal([done.returncode, done.stderr, answer['kind'], answer['address'], answer['domain'],
           answer['name'], answer['label'], answer['refused']],
          [0, b'', 'link', None, 'xn--bcher-kva.example', 'Example', 'Work', None])
    equal([[row['service'], row['host'], row['port'], row['user'], row['sources'], row['grade']]
           for row in answer['candidates']],
          [['imaps', 'mail.example.test', 993, '%EMAILLOCALPART%', ['link'], 'L'],
           ['submission', 'a.test', 587, '%EMAILLOCALPART%', ['link'], 'L']])

    done = run('inspect', '--json', '--address', 'jan@xn--bcher-kva.example', LINK)
    answer = json.loads(done.stdout)
    equal([answer['address'], answer['candidates'][0]['user']],
          ['jan@xn--bcher-kva.example', 'jan'])
    # The same out of a file, as somebody saved it.
    equal(inspect(LINK + '\r\n', '--address', 'jan@xn--bcher-kva.example'), (0, answer))

    equal(run('inspect', LINK).stdout.decode(),
          'Set-up link: "Example"\n@xn--bcher-kva.example\n'
          'Receiving:\n  imaps:mail.example.test:993  %EMAILLOCALPART%\n'
          'Sending:\n  submission:a.test:587  %EMAILLOCALPART%\n')

    done = run('inspect', 'mailto-setup:jan@example.test')
    equal([done.returncode, done.stdout], [0, b'Set-up link\njan@example.test\n'])


def test_inspect_asks_nobody():
    """Neither the keyring's bus is called, nor is a folder of our own made."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as bus:
        bus.bind(os.path.join(folder, 'bus'))
        bus.listen()
        bus.setblocking(False)
        environment = {**os.environ, 'DBUS_SESSION_BUS_ADDRESS': f'unix:path={folder}/bus',
                       'XDG_DATA_HOME': os.path.join(folder, 'data'), 'HOME': folder}
        for text in [LINK, 'mailto-setup:?pw=x', 'dclogin:jan@example.test?v=1&p=x']:
            subprocess.run([PROGRAM, 'inspect', text], env=environment, stdout=subprocess.DEVNULL,
                           stderr=subprocess.DEVNULL, check=False)
        try:
            bus.accept()
            raise AssertionError('the bus was called')
        except BlockingIOError:
            pass
        equal(os.listdir(folder), ['bus'])


def test_inspect_link_refused():
    for link, code in [('mailto-setup:jan@example.test?p=hunter2', 'SECRET'),
                       ('mailto-setup:jan:hunter2@example.test', 'SECRET'),
                       ('mailto-setup:jan@example.test?un=hunter2&v=2', 'VERSION'),
                       ('mailto-setup:jan@example.test?un=hunter2&in=imaps:10.0.0.1', 'BAD_HOST'),
                       (b'mailto-setup:jan@example.test?un=hunter2\xff', 'DAMAGED'),
                       ('mailto-setup:jan@example.test?un=hunter2' + 100000 * 'x', 'TOO_LONG'),
                       ('mailto-setup:', 'EMPTY')]:
        done = run('inspect', '--json', '--verbose', link)
        answer = json.loads(done.stdout)
        equal([done.returncode, answer['kind'], answer['refused']['code']], [1, 'link', code])
        text = run('inspect', link)
        equal([text.returncode, text.stdout], [1, b''])
        assert answer['refused']['message'] in text.stderr.decode()
        assert b'hunter2' not in done.stdout + done.stderr + text.stderr
    assert 'change that password' in json.loads(
        run('inspect', '--json', 'mailto-setup:?pw=x').stdout)['refused']['message']


def test_inspect_dclogin():
    done = run('inspect', '--json', 'dclogin://jan@example.test?p=hunter2&v=1&ih=a.test&is=ssl')
    answer = json.loads(done.stdout)
    equal([done.returncode, answer['kind'], answer['address'], answer['password'],
           [(row['service'], row['host']) for row in answer['candidates']]],
          [0, 'dclogin', 'jan@example.test', True, [('imaps', 'a.test')]])
    refused = run('inspect', '--json', 'dclogin:jan@example.test?p=hunter2&v=1&is=plain')
    equal([refused.returncode, json.loads(refused.stdout)['refused']['code']], [1, 'INSECURE'])
    assert b'hunter2' not in done.stdout + done.stderr + refused.stdout + refused.stderr


def test_inspect_unreadable():
    with tempfile.TemporaryDirectory() as folder:
        pipe = os.path.join(folder, 'pipe')
        os.mkfifo(pipe)
        for arguments in [[folder], [os.path.join(folder, 'none')], ['file:nowhere'],
                          ['--timeout', '1', pipe], [], ['-', '-'], ['--address', 'jan', '-'],
                          ['--address', b'\xff', '-'], [b'/\xff']]:
            done = run('inspect', '--json', *arguments)
            equal([arguments, done.returncode, done.stdout], [arguments, 2, b''])
            assert done.stderr.startswith(b'mailwright-cli: '), done.stderr
        equal(run('inspect', '/dev/zero').returncode, 1)
        equal(run('inspect', '/dev/null').returncode, 1)

        writer = threading.Thread(target=lambda: open(pipe, 'w').write(SERVERS))
        writer.start()
        done = run('inspect', pipe)
        writer.join()
        equal(done.returncode, 0)

        path = os.path.join(folder, 'ż ó')
        with open(path, 'w') as file:
            file.write(SERVERS)
        uri = 'file://' + urllib.parse.quote(path)
        equal([run('inspect', path).returncode, run('inspect', uri).returncode], [0, 0])


def test_discover_nothing():
    done = run('discover', 'jan@nothing.test', '--offline', '--json')
    equal((done.returncode, json.loads(done.stdout)['candidates']), (1, []))
    done = run('discover', 'jan@nothing.test', '--offline')
    equal(done.returncode, 1)
    assert b'No server was found' in done.stdout


def test_text():
    port = closed_port()
    done = run('verify', 'jan@example.test', '--receive-only', '--password-stdin',
               '--in', f'imaps:127.0.0.1:{port}', data=b'secret\n')
    equal(done.returncode, 1)
    assert f'imaps:127.0.0.1:{port}'.encode() in done.stdout, done.stdout
    assert b'\033' not in done.stdout + done.stderr


def read(path):
    with open(path, 'rb') as file:
        return file.read()


def with_account(folder, account=ACCOUNT):
    os.makedirs(os.path.join(folder, 'accounts'), mode=0o700, exist_ok=True)
    path = os.path.join(folder, 'accounts', f'{ACCOUNT_ID}.account')
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, 'w', encoding='utf-8') as file:
        file.write(account)


def test_c_locale():
    """Quotation marks stay quotation marks where only ASCII can be written."""
    equal(run('dance').stderr.splitlines()[0],
          b'mailwright-cli: "dance" is not a command. Try "mailwright-cli --help"')


def test_accounts():
    with tempfile.TemporaryDirectory() as folder:
        equal(json.loads(run('accounts', '--json', '--data-dir', folder).stdout), {'accounts': []})
        with_account(folder)
        done = run('accounts', '--json', '--data-dir', folder)
        row, = json.loads(done.stdout)['accounts']
        has_keys(row, ROW_KEYS)
        equal([row['id'], row['address'], row['state'], row['default'], row['exported']],
              [ACCOUNT_ID, 'jan@example.test', 'works', True, ['evolution']])
        equal(row['last_checked'], None)

        text = run('accounts', '--data-dir', folder).stdout
        assert b'\\u{202e}' in text, text

        for key in [ACCOUNT_ID, ACCOUNT_ID[:8], 'jan@example.test']:
            done = run('show', key, '--json', '--data-dir', folder)
            equal(done.returncode, 0)
            account = json.loads(done.stdout)
            has_keys(account, SHOW_KEYS)
            equal([account['sender_name'], account['description'], account['created']],
                  ['Jan Żółw', None, '2026-01-02T03:04:05Z'])
            equal(account['incoming'], {'service': 'imaps', 'host': 'imap.example.test',
                                        'port': 993, 'user': 'jan@example.test',
                                        'auth': 'PLAIN', 'pin': None})
            equal([account['outgoing']['authenticate'], account['outgoing']['own_credentials']],
                  [True, False])
            equal(account['exports'], {'evolution': {'account_uid': 'abc'}})

        equal(run('show', 'somebody@else.test', '--data-dir', folder).returncode, 1)
        equal(run('delete', 'somebody@else.test', '--data-dir', folder).returncode, 1)


def test_export_file():
    with tempfile.TemporaryDirectory() as folder:
        with_account(folder)
        for form, words in [('autoconfig', ['%EMAILADDRESS%', 'imap.example.test']),
                            ('mobileconfig', ['EmailTypeIMAP', 'smtp.example.test'])]:
            path = os.path.join(folder, f'a file.{form}')
            arguments = ['export', ACCOUNT_ID, '--to', form, '--data-dir', folder]
            done = run(*arguments)
            equal((done.returncode, done.stderr), (0, b''))
            for word in words:
                assert word in done.stdout.decode(), done.stdout
            for word in ['jan', 'Jan', 'Żółw']:
                assert word not in done.stdout.decode(), done.stdout
            equal(run(*arguments, '--output', '-').stdout, done.stdout)
            equal(run(*arguments, '--dry-run').stdout, f'{form}: would be written\n'.encode())

            for options, outcome, created, updated in [
                    (['--dry-run'], 'done', [path], []), ([], 'done', [path], []),
                    ([], 'unchanged', [], []), (['--personal'], 'done', [], [path])]:
                answer = json.loads(run(*arguments, '--output', path, '--json', *options).stdout)
                equal(answer, {'account': ACCOUNT_ID, 'targets': [
                    {'id': form, 'outcome': outcome, 'created': created, 'updated': updated,
                     'changes': [], 'takes_over': False, 'backups': [],
                     'password': 'not-stored', 'needs_restart': False,
                     'notes': [], 'needs_authority': [], 'message': None}]})
                equal(os.path.exists(path), options != ['--dry-run'])
                if options == []:
                    equal(read(path), done.stdout)
                    equal(stat.S_IMODE(os.stat(path).st_mode), 0o600)

            for target in [folder, os.path.join(folder, 'no', 'folder')]:
                failed = run(*arguments, '--output', target)
                equal(failed.returncode, 2)
                assert b'Cannot write' in failed.stderr, failed.stderr
        equal(sorted(name for name in os.listdir(folder) if name != 'accounts'),
              ['a file.autoconfig', 'a file.mobileconfig'])
        personal = read(path).decode()
        for word in ['<string>jan@example.test</string>', '<string>Jan Żółw</string>']:
            assert word in personal, personal


def test_export_file_password():
    """Asked for twice, it is in the file, which is nobody else's to read."""
    with tempfile.TemporaryDirectory() as folder:
        with_account(folder)
        path = os.path.join(folder, 'a.mobileconfig')
        with open(path, 'w', encoding='utf-8'):
            os.chmod(path, 0o644)
        arguments = ['export', ACCOUNT_ID, '--to', 'mobileconfig', '--data-dir', folder,
                     '--output', path, '--with-password', '--unencrypted']
        done = run(*arguments, '--password-stdin', '--json', data=f'{PASSWORD}\n'.encode())
        row, = json.loads(done.stdout)['targets']
        equal([done.returncode, row['outcome'], row['password'], row['updated']],
              [0, 'done', 'stored', [path]])
        assert b'can read the password' in done.stderr, done.stderr
        equal(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        payload, = plistlib.loads(read(path))['PayloadContent']
        equal([payload['IncomingPassword'], payload['OutgoingPasswordSameAsIncomingPassword'],
               payload['EmailAddress'], 'OutgoingPassword' in payload],
              [PASSWORD, True, 'jan@example.test', False])

        # There is no keyring to take it from.
        equal(run(*arguments).returncode, 3)


def test_export_file_refused():
    with tempfile.TemporaryDirectory() as folder:
        for old, new, form, words in [
                ('User=jan@example.test', 'User=u12345', 'autoconfig', b'Personal User Name'),
                ('Service=imaps', 'Service=imap+plain', 'autoconfig', b'Not Protected'),
                ('Auth=PLAIN', 'Auth=oauth2', 'mobileconfig', b'Through the Browser'),
                ('Port=993', 'Port=143', 'mobileconfig', b'Unusual Port'),
                ('[Outgoing]', '[Elsewhere]', 'mobileconfig', b'Server Is Missing')]:
            path = os.path.join(folder, 'file')
            with_account(folder, ACCOUNT.replace(old, new))
            done = run('export', ACCOUNT_ID, '--to', form, '--data-dir', folder, '--json',
                       '--output', path)
            row, = json.loads(done.stdout)['targets']
            equal([done.returncode, row['outcome']], [1, 'failed'])
            assert words in done.stderr and row['message'], done.stderr
            assert not os.path.exists(path)


def test_account_without_server():
    with tempfile.TemporaryDirectory() as folder:
        with_account(folder)
        path = os.path.join(folder, 'accounts', f'{ACCOUNT_ID}.account')
        with open(path, encoding='utf-8') as file:
            text = file.read()
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text.replace('[Incoming]', '[Elsewhere]'))
        for command in ['show', 'delete']:
            equal(run(command, ACCOUNT_ID, '--data-dir', folder).returncode, 0)
            if command == 'show':
                done = run('export', ACCOUNT_ID, '--to', folder, '--data-dir', folder)
                equal(done.returncode, 1)
                assert b'no server' in done.stderr, done.stderr


def test_targets():
    done = run('targets', '--json')
    equal(done.returncode, 0)
    for target in json.loads(done.stdout)['targets']:
        has_keys(target, {'id', 'client', 'packaging', 'version', 'data', 'running'})


def test_no_keyring():
    with tempfile.TemporaryDirectory() as folder:
        done = run('add', 'jan@example.test', '--password-stdin', '--data-dir', folder,
                   data=b'secret\n')
        equal(done.returncode, 3)
        equal(os.path.exists(os.path.join(folder, 'accounts', ACCOUNT_ID)), False)


def silent_server():
    """A server that takes connections and never says a word."""
    server = socket.socket()
    server.bind(('127.0.0.1', 0))
    server.listen()
    return server


def test_interrupt():
    with silent_server() as server:
        port = server.getsockname()[1]
        program = subprocess.Popen([PROGRAM, 'verify', 'a@b.test', '--json', '--password-stdin',
                                    '--receive-only', '--in', f'imaps:127.0.0.1:{port}'],
                                   stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT)
        program.stdin.write(b'secret\n')
        program.stdin.flush()
        server.accept()
        program.send_signal(signal.SIGINT)
        output, _ = program.communicate(timeout=30)
    equal(program.returncode, 130)
    equal(json.loads(output)['outcome'], 'cancelled')


def talk_pop3(server, lines):
    """One client, answered line by line as a server without UIDL would."""
    client, _ = server.accept()
    with client, client.makefile('rwb') as stream:
        stream.write(b'+OK ready\r\n')
        stream.flush()
        for line in stream:
            lines.append(line)
            stream.write(b'+OK\r\nUSER\r\n.\r\n' if line.startswith(b'CAPA') else b'+OK\r\n')
            stream.flush()


def test_notes():
    """What is worth knowing of a server stands below its side, and in the report."""
    for extra in [[], ['--json'], ['--report', '-']]:
        lines = []
        with silent_server() as server:
            thread = threading.Thread(target=talk_pop3, args=(server, lines), daemon=True)
            thread.start()
            port = server.getsockname()[1]
            done = run('verify', 'a@b.test', '--receive-only', '--no-login',
                       '--allow-host', '127.0.0.1', '--in', f'pop3+plain:127.0.0.1:{port}', *extra)
            thread.join(10)
        equal((done.returncode, done.stderr), (0, b''))
        if extra == ['--json']:
            equal(json.loads(done.stdout)['incoming']['notes'], ['uidl-missing'])
        else:
            shown = done.stdout.decode()
            assert re.search(r'^  (note: )?The server .*UIDL', shown, re.MULTILINE), shown


def test_timeout():
    with silent_server() as server:
        port = server.getsockname()[1]
        start = time.monotonic()
        done = run('verify', 'a@b.test', '--json', '--password-stdin', '--receive-only',
                   '--timeout', '1', '--in', f'imaps:127.0.0.1:{port}', data=b'secret\n')
        assert time.monotonic() - start < 10
    equal(done.returncode, 1)
    equal(json.loads(done.stdout)['outcome'], 'timeout')


def read_until(terminal, wanted, seconds=30):
    """What a terminal shows until wanted stands there, or the end."""
    shown = b''
    end = time.monotonic() + seconds
    while wanted not in shown and time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                shown += os.read(terminal, 4096)
            except OSError:
                break
    return shown


def on_terminal(*arguments):
    process, terminal = pty.fork()
    if process == 0:
        os.execve(PROGRAM, [PROGRAM, *arguments], ENVIRONMENT)
    return process, terminal


def test_prompt():
    server = f'imaps:127.0.0.1:{closed_port()}'
    process, terminal = on_terminal('verify', 'a@b.test', '--receive-only', '--in', server)
    shown = read_until(terminal, b'a@b.test: ')
    while termios.tcgetattr(terminal)[3] & termios.ECHO:
        time.sleep(0.01)
    os.write(terminal, b'open sesame\n')
    shown += read_until(terminal, b'there is no such text')
    equal(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), 1)
    assert b'sesame' not in shown, shown
    assert b'127.0.0.1' in shown, shown
    os.close(terminal)


def test_interrupt_at_prompt():
    process, terminal = on_terminal('verify', 'a@b.test')
    read_until(terminal, b'a@b.test: ')
    while termios.tcgetattr(terminal)[3] & termios.ECHO:
        time.sleep(0.01)
    os.write(terminal, b'\x03')
    read_until(terminal, b'there is no such text')
    equal(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), 130)
    os.close(terminal)


if __name__ == '__main__':
    main('cli', globals())
