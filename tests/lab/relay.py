#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
# SPDX-FileCopyrightText: the Mailwright contributors
"""Carries packets between two TUN devices, each of them a while later.

relay.py FD FD MILLISECONDS
"""

import collections
import os
import select
import sys
import time


def main():
    ends = int(sys.argv[1]), int(sys.argv[2])
    delay = float(sys.argv[3]) / 1000
    other = {ends[0]: ends[1], ends[1]: ends[0]}
    for end in ends:
        os.set_blocking(end, False)

    # The delay is the same for all, so the queue is in order of time.
    queue = collections.deque()
    while True:
        wait = max(0, queue[0][0] - time.monotonic()) if queue else None
        for end in select.select(ends, (), (), wait)[0]:
            due = time.monotonic() + delay
            try:
                while True:
                    queue.append((due, other[end], os.read(end, 65536)))
            except BlockingIOError:
                pass
        now = time.monotonic()
        while queue and queue[0][0] <= now:
            _, end, packet = queue.popleft()
            try:
                os.write(end, packet)
            except OSError:
                pass  # a full queue loses packets, as elsewhere


main()
