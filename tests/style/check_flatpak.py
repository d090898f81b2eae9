#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors

"""The Flatpak may do what was agreed, and nothing else."""

import json

import source_tree

AGREED = {
    '--share=ipc',
    '--share=network',
    '--socket=wayland',
    '--socket=fallback-x11',
    '--device=dri',
    '--talk-name=org.freedesktop.secrets',
    '--talk-name=org.gnome.evolution.dataserver.Sources5',
    '--filesystem=~/.thunderbird:create',
    '--filesystem=~/.config/evolution/signatures:create',
}


def check(path, text):
    manifest = json.loads(text)
    allowed = set(manifest['finish-args'])
    for permission in sorted(allowed - AGREED):
        yield 1, f'{permission} was not agreed'
    for permission in sorted(AGREED - allowed):
        yield 1, f'{permission} is missing'
    reasons = manifest.get('x-reasons', {})
    for permission in manifest['finish-args']:
        if not reasons.get(permission):
            yield 1, f'{permission} has no reason'
    for permission in reasons:
        if permission not in allowed:
            yield 1, f'a reason for {permission}, which is not asked for'
    for module in manifest['modules']:
        for source in module['sources']:
            if source['type'] not in ('archive', 'dir'):
                yield 1, f'{module["name"]}: source of type {source["type"]}'
            if source['type'] == 'archive' and len(source.get('sha256', '')) != 64:
                yield 1, f'{module["name"]}: no SHA-256'
            if source['type'] == 'archive' and not module.get('x-reason'):
                yield 1, f'{module["name"]}: no reason why it is bundled'
        if 'licenses' not in ' '.join(module.get('post-install', [])):
            yield 1, f'{module["name"]}: its licence is not installed'


def sample(arguments, sources, reasons=None, **module):
    """A manifest with these permissions and one module."""
    return json.dumps({'finish-args': sorted(arguments),
                       'x-reasons': {each: 'because' for each in reasons or arguments},
                       'modules': [{'name': 'x', 'sources': sources, 'x-reason': 'it is missing',
                                    'post-install': ['install COPYING share/licenses']} | module]})


ARCHIVE = [{'type': 'archive', 'url': 'https://a/b', 'sha256': '0' * 64}]
PATH = 'flatpak/io.github.mailwright.Mailwright.json'

BAD = {
    'too much': (PATH, sample(AGREED | {'--filesystem=home'}, [])),
    'too little': (PATH, sample(AGREED - {'--share=ipc'}, [])),
    'no reason': (PATH, sample(AGREED, [], AGREED - {'--share=ipc'})),
    'reason for nothing': (PATH, sample(AGREED, [], AGREED | {'--filesystem=home'})),
    'no licence': (PATH, sample(AGREED, [], **{'post-install': []})),
    'no reason for a module': (PATH, sample(AGREED, ARCHIVE, **{'x-reason': ''})),
    'no checksum': (PATH, sample(AGREED, [{'type': 'archive', 'url': 'https://a/b'}])),
}

GOOD = {
    'as agreed': (PATH, sample(AGREED, ARCHIVE)),
}

if __name__ == '__main__':
    source_tree.run(check, [PATH], BAD, GOOD)
