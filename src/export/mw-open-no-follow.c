/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-open-no-follow.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int
mw_open_no_follow (int         folder,
                   const char *name,
                   int         flags)
{
  g_autofree char *path = NULL;
  int fd, handle, code;

  g_return_val_if_fail ((flags & O_CREAT) == 0, -1);

  fd = openat (folder, name, flags | O_NOFOLLOW);
  if (fd >= 0 || errno != ELOOP)
    return fd;

  handle = openat (folder, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
  if (handle < 0)
    return -1;
  /* Nobody can put a link in the place of what is held; of a link that is held
   * this says that it is one. */
  path = g_strdup_printf ("/proc/self/fd/%d", handle);
  fd = open (path, flags);
  code = errno;
  close (handle);
  errno = code;
  return fd;
}
