#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""The built-in provider list says nothing twice and nothing its README does not
describe. That each entry can be read is the unit test's to find out."""

import configparser
import os
import re
import sys

import source_tree

FOLDER = 'data/providers'
KEYS = {'Name', 'Initials', 'Country', 'Grade', 'Domains', 'DomainCandidates', 'Mx', 'MxCandidates',
        'MxExcept', 'Imap', 'ImapCandidates', 'Pop3', 'Pop3Candidates', 'Smtp', 'SmtpCandidates',
        'PopMinutes', 'AppPasswordLength',
        'UserName', 'UserNameImap', 'UserNamePop3', 'UserNameSmtp', 'Auth', 'Steps',
        'Help', 'Source'}
SOURCES = {'ispdb', 'fairemail', 'provider-db', 'mutt-wizard', 'mailcore2', 'nodemailer',
           'ovh-docs', 'programs'}
ENDPOINT = re.compile(r'[a-z0-9.-]+:\d+:(tls|starttls)')
ADDRESS = re.compile(r'https://[a-z0-9.-]+\.[a-z]{2,}/\S*')
COUNTRY = re.compile(r'[A-Z]{2}')


def items(group, key):
    return [item for item in group.get(key, '').split(';') if item]


def faults_of(name, group):
    """What is wrong with one entry."""
    for key in group:
        if key not in KEYS and not key.startswith('Help-'):
            yield f'{name}: unknown key {key}'
        if key.startswith('Help') and not ADDRESS.fullmatch(group[key]):
            yield f'{name}: {key} is no https page'
    steps = {step.partition(':')[0] for step in items(group, 'Steps')}
    for key in group:
        if key.startswith('Help-') and key[len('Help-'):] not in steps:
            yield f'{name}: {key} belongs to no step'
    for key in ('Name', 'Grade', 'Source'):
        if not group.get(key):
            yield f'{name}: no {key}'
    if group.get('Grade') not in tuple('ABCDE'):
        yield f'{name}: no such grade'
    for source in items(group, 'Source'):
        if source not in SOURCES and not ADDRESS.fullmatch(source):
            yield f'{name}: unknown source {source}'
    # Weak sources make no strong entry.
    if group.get('Grade') in ('A', 'B') and set(items(group, 'Source')) <= {'programs'}:
        yield f'{name}: only programs say so'
    for country in items(group, 'Country'):
        if not COUNTRY.fullmatch(country):
            yield f'{name}: no country {country}'
    for key in ('Imap', 'Pop3', 'Smtp'):
        for endpoint in items(group, key) + items(group, key + 'Candidates'):
            if not ENDPOINT.fullmatch(endpoint):
                yield f'{name}: no server {endpoint}'


def faults(files):
    """What is wrong with the list: texts by file name."""
    domains, ids = {}, set()
    for path, text in files.items():
        parser = configparser.RawConfigParser(interpolation=None, delimiters=('=',))
        parser.optionxform = str
        try:
            parser.read_string(text)
        except configparser.Error as error:
            yield f'{path}: {error}'
            continue
        for name in parser.sections():
            if name in ids:
                yield f'{name}: twice'
            ids.add(name)
            yield from faults_of(name, parser[name])
            for domain in items(parser[name], 'Domains') + items(parser[name], 'DomainCandidates'):
                if domain in domains:
                    yield f'{name}: {domain} is listed in {domains[domain]}, too'
                domains[domain] = name


def compiled(text):
    """The files that get into the program."""
    return set(re.findall(r'<file>(.*?)</file>', text))


def main():
    good = '[a]\nName=A\nGrade=A\nDomains=a.test;\nImap=i.a.test:993:tls;\nSource=ispdb;\n'
    assert not list(faults({'x': good}))
    for bad in (good + '[a]\n', good + good.replace('[a]', '[b]'), good + 'Mxx=b.test;\n',
                good + 'Help=http://a.test/\n', good + 'Help-bridge=https://a.test/\n',
                good.replace('Grade=A', 'Grade=F'),
                good.replace('ispdb', 'hearsay'), good.replace('ispdb', 'programs'),
                good.replace('Source=ispdb;\n', ''), good.replace(':tls', ':none'),
                good + 'Country=Poland;\n', good + 'Domains=b.test;\n'):
        assert list(faults({'x': bad})), bad

    paths = source_tree.walk(FOLDER, suffixes=('.keyfile',))
    found = list(faults({path: source_tree.read(path) for path in paths}))
    listed = compiled(source_tree.read(f'{FOLDER}/providers.gresource.xml'))
    if listed != {os.path.basename(path) for path in paths}:
        found.append('providers.gresource.xml names other files')
    for fault in found:
        print(fault)
    print(f'{len(paths)} files, {len(found)} faults')
    sys.exit(1 if found or not paths else 0)


if __name__ == '__main__':
    main()
