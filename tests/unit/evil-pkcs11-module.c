/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include <fcntl.h>
#include <unistd.h>

__attribute__ ((constructor)) static void
leave_a_mark (void)
{
  int fd = open ("evil", O_WRONLY | O_CREAT, 0600);

  if (fd >= 0)
    close (fd);
}
