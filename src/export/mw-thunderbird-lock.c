/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "export/mw-thunderbird-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mw-error.h"
#include "export/mw-document-path.h"

#define LOCK_FILE ".parentlock"
#define LOCK_LINK "lock"
#define TURN_S 40
#define TURN_STEP_US 20000

/* Thunderbird uses the old kind of record lock, which a process loses when it
 * closes any descriptor of the file. Locks of an open file description
 * conflict with those just the same, and go only with their descriptor. */

/* Where locks do not work: Thunderbird also makes a link, and takes it away
 * when it is closed. After a crash it stays; then Thunderbird has to be opened
 * and closed once. */
static gboolean
has_link (int         folder,
          const char *name)
{
  struct stat status;

  return fstatat (folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0 || errno != ENOENT;
}

gboolean
mw_thunderbird_lock_is_held (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, LOCK_FILE, NULL);
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  gboolean held;
  int fd;

  if (mw_document_path_is (folder))
    {
      g_autofree char *link = g_build_filename (folder, LOCK_LINK, NULL);

      return has_link (AT_FDCWD, link);
    }

  fd = open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0)
    return FALSE;
  held = fcntl (fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
  close (fd);
  return held;
}

/* Opens the file, or makes it. */
static int
open_lock_file (int       folder,
                gboolean *out_made)
{
  const int flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
  int fd = openat (folder, LOCK_FILE, flags);

  *out_made = FALSE;
  if (fd < 0 && errno == ENOENT)
    {
      fd = openat (folder, LOCK_FILE, flags | O_CREAT | O_EXCL, 0600);
      *out_made = fd >= 0;
      if (fd < 0 && errno == EEXIST)
        fd = openat (folder, LOCK_FILE, flags);
    }
  return fd;
}

/* "Somebody has it" and "there are no locks here" look alike on some network
 * file systems, until one asks who. */
static gboolean
somebody_has_it (int fd,
                 int code)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  return code == EAGAIN ||
         (code == EACCES && fcntl (fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK);
}

int
mw_thunderbird_lock_wait_turn (int          folder,
                               gboolean     wait,
                               const char  *path,
                               GError     **error)
{
  gint64 deadline = g_get_monotonic_time () + (wait ? TURN_S * G_USEC_PER_SEC : 0);

  while (flock (folder, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno == EINTR)
        continue;
      /* A network's file system may not know this kind of lock. */
      if (errno != EWOULDBLOCK)
        break;
      if (g_get_monotonic_time () >= deadline)
        {
          g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_RUNNING,
                       "Another Mailwright is writing to %s", path);
          return -1;
        }
      g_usleep (TURN_STEP_US);
    }

  return fcntl (folder, F_DUPFD_CLOEXEC, 0);
}

static int
take_without_lock (int          folder,
                   const char  *path,
                   GError     **error)
{
  if (!has_link (folder, LOCK_LINK))
    return fcntl (folder, F_DUPFD_CLOEXEC, 0);

  g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_RUNNING,
               "Thunderbird has the profile %s open, or was not closed properly", path);
  return -1;
}

int
mw_thunderbird_lock_take (int          folder,
                          const char  *path,
                          GError     **error)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  struct stat status;
  gboolean made;
  int code, fd;

  if (mw_document_path_is (path))
    return take_without_lock (folder, path, error);

  fd = open_lock_file (folder, &made);
  if (fd < 0)
    {
      g_set_error (error, MW_EXPORT_ERROR,
                   errno == ELOOP ? MW_EXPORT_ERROR_UNSAFE : MW_EXPORT_ERROR_READ_ONLY,
                   "%s/" LOCK_FILE " cannot be opened: %s", path, g_strerror (errno));
      return -1;
    }
  if (fstat (fd, &status) != 0 || !S_ISREG (status.st_mode) || status.st_uid != geteuid ())
    {
      g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_UNSAFE,
                   "%s/" LOCK_FILE " is not the person's own file", path);
      close (fd);
      return -1;
    }
  if (fcntl (fd, F_OFD_SETLK, &lock) == 0)
    return fd;

  code = errno;
  if (somebody_has_it (fd, code))
    g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_RUNNING,
                 "Thunderbird has the profile %s open", path);
  else
    {
      g_set_error (error, MW_EXPORT_ERROR, MW_EXPORT_ERROR_NO_LOCK,
                   "Nobody can tell whether Thunderbird has the profile %s open: %s", path,
                   g_strerror (code));
      if (made)
        unlinkat (folder, LOCK_FILE, 0);
    }
  close (fd);
  return -1;
}
