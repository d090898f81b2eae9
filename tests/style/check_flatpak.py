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
    '--filesystem=~/.local/share/camel_certs:create',
}


def check(path, text):
    manifest = json.loads(text)
    allowed = set(manifest['finish-args'])
    for permission in sorted(allowed - AGREED):
        yield 1, f'{permission} was not agreed'
    for permission in sorted(AGREED - allowed):
        yield 1, f'{permission} is missing'
    for module in manifest['modules']:
        for source in module['sources']:
            if source['type'] not in ('archive', 'dir'):
                yield 1, f'{module["name"]}: source of type {source["type"]}'
            if source['type'] == 'archive' and len(source.get('sha256', '')) != 64:
                yield 1, f'{module["name"]}: no SHA-256'


def sample(arguments, sources):
    """A manifest with these permissions and one module."""
    return json.dumps({'finish-args': sorted(arguments),
                       'modules': [{'name': 'x', 'sources': sources}]})


PATH = 'flatpak/io.github.mailwright.Mailwright.json'

BAD = {
    'too much': (PATH, sample(AGREED | {'--filesystem=home'}, [])),
    'too little': (PATH, sample(AGREED - {'--share=ipc'}, [])),
    'no checksum': (PATH, sample(AGREED, [{'type': 'archive', 'url': 'https://a/b'}])),
}

GOOD = {
    'as agreed': (PATH, sample(AGREED, [{'type': 'archive', 'url': 'https://a/b',
                                         'sha256': '0' * 64}])),
}

if __name__ == '__main__':
    source_tree.run(check, [PATH], BAD, GOOD)
