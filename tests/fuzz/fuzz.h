/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#pragma once

#include <glib.h>

/* What every fuzz target defines: called with one input, returns 0, and
 * aborts when it finds something wrong. */
int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);
