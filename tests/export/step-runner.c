/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* Runs a program and its children, and counts the system calls with which they
 * change something below a folder:
 *
 *   step-runner FOLDER LOG WHAT N PROGRAM [ARGUMENT…]
 *
 * WHAT is "kill" (all are killed before step N), the name of an error that
 * step N gets instead of being done ("ENOSPC", with a "+" also every later
 * one), or "run" ($STEP_COMMAND is run before step N). N = 0 only counts.
 * With $STEP_MESSAGES, messages on the bus that change something are steps too.
 * LOG gets one line for each step; step-runner ends with 99 when it killed.
 *
 * The kernel asks before each of these calls (seccomp's user notification),
 * so that this holds for every thread and for children with an empty
 * environment. */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib.h>

#define KILLED 99
#define TAKEN 1000000

/* Where the name of the changed file is found among the arguments. */
typedef struct {
  long        number;
  const char *name;
  int         fd;      /* argument with a descriptor: the file, or the folder of path; -1: none */
  int         path;    /* argument with a path; -1: fd is the file */
  int         flags;   /* argument with flags of open(); -1: always a change */
  gboolean    removes; /* never fails for want of room */
} Call;

static const Call calls[] = {
#ifdef SYS_open
  { SYS_open, "open", -1, 0, 1, FALSE },
  { SYS_creat, "creat", -1, 0, -1, FALSE },
  { SYS_mkdir, "mkdir", -1, 0, -1, FALSE },
  { SYS_rename, "rename", -1, 0, -1, FALSE },
  { SYS_unlink, "unlink", -1, 0, -1, TRUE },
  { SYS_rmdir, "rmdir", -1, 0, -1, TRUE },
  { SYS_link, "link", -1, 1, -1, FALSE },
  { SYS_symlink, "symlink", -1, 1, -1, FALSE },
#endif
#ifdef SYS_renameat
  { SYS_renameat, "renameat", 0, 1, -1, FALSE },
#endif
  { SYS_openat, "openat", 0, 1, 2, FALSE },
  { SYS_mkdirat, "mkdirat", 0, 1, -1, FALSE },
  { SYS_renameat2, "renameat2", 0, 1, -1, FALSE },
  { SYS_unlinkat, "unlinkat", 0, 1, -1, TRUE },
  { SYS_linkat, "linkat", 2, 3, -1, FALSE },
  { SYS_symlinkat, "symlinkat", 1, 2, -1, FALSE },
  { SYS_write, "write", 0, -1, -1, FALSE },
  { SYS_writev, "writev", 0, -1, -1, FALSE },
  { SYS_pwrite64, "pwrite64", 0, -1, -1, FALSE },
  { SYS_ftruncate, "ftruncate", 0, -1, -1, TRUE },
  { SYS_fallocate, "fallocate", 0, -1, -1, FALSE },
  { SYS_fsync, "fsync", 0, -1, -1, FALSE },
  { SYS_fdatasync, "fdatasync", 0, -1, -1, FALSE },
  { SYS_sendmsg, "sendmsg", 0, -1, -1, FALSE },
};

static const char *folder;
static gboolean with_messages;

static int
install_filter (void)
{
  g_autoptr(GArray) program = g_array_new (FALSE, FALSE, sizeof (struct sock_filter));
  struct sock_fprog whole;
  struct sock_filter load = BPF_STMT (BPF_LD | BPF_W | BPF_ABS,
                                      offsetof (struct seccomp_data, nr));
  struct sock_filter allow = BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
  struct sock_filter ask = BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);

  g_array_append_val (program, load);
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      struct sock_filter test = BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, calls[i].number, 0, 1);

      g_array_append_val (program, test);
      g_array_append_val (program, ask);
    }
  g_array_append_val (program, allow);
  whole.len = program->len;
  whole.filter = (struct sock_filter *) program->data;

  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
    return -1;
  return syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &whole);
}

/* From here on the child can neither write nor send without being asked about:
 * its descriptor is taken out of it. */
static int
take_listener (pid_t         child,
               volatile int *number)
{
  int process = syscall (SYS_pidfd_open, child, 0);
  int listener = -1;

  while (*number == 0 && waitpid (child, NULL, WNOHANG) == 0)
    g_usleep (200);
  if (process >= 0 && *number > 0)
    listener = syscall (SYS_pidfd_getfd, process, *number, 0);
  *number = listener >= 0 ? TAKEN : -1;
  close (process);
  return listener;
}

static char *
link_of (pid_t       pid,
         const char *what)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/%s", pid, what);

  return g_file_read_link (path, NULL);
}

static gssize
read_memory (pid_t        pid,
             const void  *address,
             void        *bytes,
             gsize        size)
{
  g_autofree char *name = g_strdup_printf ("/proc/%d/mem", pid);
  gssize n = -1;
  int fd = open (name, O_RDONLY | O_CLOEXEC);

  if (fd >= 0)
    {
      n = pread (fd, bytes, size, (off_t) (guintptr) address);
      close (fd);
    }
  return n;
}

static char *
read_path (pid_t   pid,
           guint64 address)
{
  char text[4096];
  gssize n = read_memory (pid, (void *) (guintptr) address, text, sizeof text - 1);

  if (n <= 0)
    return NULL;
  text[n] = '\0';
  return g_strdup (text);
}

/* The method of a message on the bus, when it is one that changes something. */
static const char *
name_message (const struct seccomp_notif *asked)
{
  static const char *const methods[] = {
    "CreateItem", "SetSecret", "Delete", "CreateSources", "Write", "Remove",
  };
  struct msghdr message;
  struct iovec part;
  char text[4096];
  gssize n;

  if (read_memory (asked->pid, (void *) (guintptr) asked->data.args[1], &message,
                   sizeof message) != sizeof message ||
      read_memory (asked->pid, message.msg_iov, &part, sizeof part) != sizeof part)
    return NULL;
  n = read_memory (asked->pid, part.iov_base, text, MIN (part.iov_len, sizeof text));

  for (gsize i = 0; n > 0 && i < G_N_ELEMENTS (methods); i++)
    {
      /* As the wire has a string: its length, its bytes, a NUL. */
      guint32 length = strlen (methods[i]);
      char wanted[64];

      memcpy (wanted, &length, sizeof length);
      memcpy (wanted + sizeof length, methods[i], length + 1);
      if (memmem (text, n, wanted, sizeof length + length + 1) != NULL)
        return methods[i];
    }
  return NULL;
}

/* The file that a call is about; NULL when that cannot be read. */
static char *
find_file (const Call                 *call,
           const struct seccomp_notif *asked)
{
  g_autofree char *path = NULL;
  g_autofree char *base = NULL;
  g_autofree char *descriptor = NULL;

  if (call->path >= 0)
    {
      path = read_path (asked->pid, asked->data.args[call->path]);
      if (path == NULL || g_path_is_absolute (path))
        return g_steal_pointer (&path);
    }
  if (call->fd < 0 || (int) asked->data.args[call->fd] == AT_FDCWD)
    descriptor = g_strdup ("cwd");
  else
    descriptor = g_strdup_printf ("fd/%d", (int) asked->data.args[call->fd]);
  base = link_of (asked->pid, descriptor);
  if (base == NULL || path == NULL)
    return g_steal_pointer (&base);
  return g_build_filename (base, path, NULL);
}

static gboolean
is_change (const Call                 *call,
           const struct seccomp_notif *asked)
{
  return call->flags < 0 ||
         (asked->data.args[call->flags] & (O_CREAT | O_TRUNC)) != 0;
}

/* The name of the step, or NULL when it is none. */
static char *
name_step (const Call                 *call,
           const struct seccomp_notif *asked)
{
  g_autofree char *file = NULL;

  if (!is_change (call, asked))
    return NULL;
  file = find_file (call, asked);
  if (file == NULL)
    return g_strdup_printf ("%s ?", call->name);
  if (g_str_has_prefix (file, "socket:"))
    {
      const char *method = with_messages && call->number == SYS_sendmsg
                             ? name_message (asked) : NULL;

      return method != NULL ? g_strdup_printf ("message %s", method) : NULL;
    }
  if (!g_str_has_prefix (file, folder) || file[strlen (folder)] != '/')
    return NULL;
  return g_strdup_printf ("%s %s", call->name, file + strlen (folder) + 1);
}

static int
error_number (const char *name)
{
  static const struct { const char *name; int number; } errors[] = {
    { "ENOSPC", ENOSPC }, { "EDQUOT", EDQUOT }, { "EIO", EIO }, { "EROFS", EROFS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    if (g_str_has_prefix (name, errors[i].name))
      return errors[i].number;
  return 0;
}

static const Call *
find_call (long number)
{
  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    if (calls[i].number == number)
      return &calls[i];
  return NULL;
}

static void
watch (int         listener,
       pid_t       child,
       FILE       *log,
       const char *what,
       guint       wanted,
       gboolean   *out_killed)
{
  int code = error_number (what);
  gboolean lasting = g_str_has_suffix (what, "+");
  guint step = 0;

  for (;;)
    {
      struct seccomp_notif asked = { 0 };
      struct seccomp_notif_resp answer = { 0 };
      struct pollfd poll_fd = { .fd = listener, .events = POLLIN };
      g_autofree char *name = NULL;
      const Call *call;

      if (poll (&poll_fd, 1, -1) < 0 && errno == EINTR)
        continue;
      /* Nobody is left who could ask. */
      if ((poll_fd.revents & POLLIN) == 0)
        return;
      if (ioctl (listener, SECCOMP_IOCTL_NOTIF_RECV, &asked) != 0)
        continue;

      answer.id = asked.id;
      answer.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
      call = find_call (asked.data.nr);
      name = *out_killed ? NULL : name_step (call, &asked);
      if (name != NULL && !(code != 0 && call->removes))
        {
          step++;
          fprintf (log, "%u %s\n", step, name);
          fflush (log);
          if (wanted > 0 && strcmp (what, "kill") == 0 && step == wanted)
            {
              /* Both: who asks may be a child of the program. */
              *out_killed = TRUE;
              kill (child, SIGKILL);
              kill (asked.pid, SIGKILL);
            }
          else if (wanted > 0 && strcmp (what, "run") == 0 && step == wanted)
            {
              if (system (g_getenv ("STEP_COMMAND")) != 0)
                g_warning ("The command failed");
            }
          /* A disk that stays full still renames what it holds. */
          else if (code != 0 && wanted > 0 &&
                   (step == wanted ||
                    (lasting && step > wanted && strstr (call->name, "sync") == NULL &&
                     strstr (call->name, "rename") == NULL)))
            {
              answer.flags = 0;
              answer.error = -code;
            }
        }
      if (ioctl (listener, SECCOMP_IOCTL_NOTIF_SEND, &answer) != 0 && errno != ENOENT)
        g_warning ("No answer: %s", g_strerror (errno));
    }
}

int
main (int   argc,
      char *argv[])
{
  volatile int *number; /* of the listener in the child; then TAKEN, or -1 */
  int listener, status;
  gboolean killed = FALSE;
  pid_t child;
  FILE *log;

  if (argc < 6)
    return 2;
  folder = argv[1];
  with_messages = g_getenv ("STEP_MESSAGES") != NULL;
  log = fopen (argv[2], "we");
  number = mmap (NULL, sizeof *number, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (log == NULL || number == MAP_FAILED)
    return 2;

  child = fork ();
  if (child == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
      listener = install_filter ();
      *number = listener;
      while (*number == listener && listener > 0)
        g_usleep (200);
      if (*number != TAKEN)
        _exit (126);
      close (listener);
      execvp (argv[5], argv + 5);
      _exit (127);
    }

  listener = child > 0 ? take_listener (child, number) : -1;
  if (listener < 0)
    return 126;
  watch (listener, child, log, argv[3], (guint) g_ascii_strtoull (argv[4], NULL, 10), &killed);
  fclose (log);
  if (waitpid (child, &status, 0) != child)
    return 126;
  return killed ? KILLED : WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status);
}
