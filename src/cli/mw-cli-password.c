/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "cli/mw-cli-password.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "cli/mw-cli-terminal.h"

#define MAX_LENGTH (64 * 1024)

typedef struct {
  GMainLoop *loop;
  char       bytes[MAX_LENGTH + 2];     /* a byte too many, and CR before LF */
  gsize      length;
  int        error_number;
} Line;

static void
line_free (Line *line)
{
  mw_secret_wipe_bytes (line->bytes, sizeof line->bytes);
  g_free (line);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Line, line_free)

/* Byte by byte, because what follows the line may be for another reader. */
static gboolean
readable_cb (int          fd,
             GIOCondition condition,
             gpointer     user_data)
{
  Line *line = user_data;
  ssize_t count;
  char byte;

  count = read (fd, &byte, 1);
  if (count < 0 && (errno == EINTR || errno == EAGAIN))
    return G_SOURCE_CONTINUE;
  if (count < 0)
    line->error_number = errno;

  if (count <= 0 || byte == '\n' || line->length == sizeof line->bytes)
    {
      g_main_loop_quit (line->loop);
      return G_SOURCE_REMOVE;
    }

  line->bytes[line->length++] = byte;
  mw_secret_wipe_bytes (&byte, sizeof byte);
  return G_SOURCE_CONTINUE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Line *line = user_data;

  g_main_loop_quit (line->loop);
}

static MwSecret *
line_to_secret (Line    *line,
                GError **error)
{
  if (line->length > 0 && line->bytes[line->length - 1] == '\r')
    line->length--;

  if (line->error_number != 0)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 /* Translators: %s is what the system says of it. */
                 _("Cannot read the password: %s"), g_strerror (line->error_number));
  else if (line->length == 0)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("The password is empty"));
  else if (line->length > MAX_LENGTH)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("The password is longer than 64 KiB"));
  else if (memchr (line->bytes, '\0', line->length) != NULL ||
           !g_utf8_validate (line->bytes, line->length, NULL))
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         _("The password is not valid UTF-8 text"));
  else
    return mw_secret_new (line->bytes, line->length);

  return NULL;
}

MwSecret *
mw_cli_password_read (MwCliSession  *session,
                      int            fd,
                      GError       **error)
{
  g_autoptr(Line) line = g_new0 (Line, 1);
  g_autoptr(GSource) source = NULL;
  gulong cancelled_id;

  line->loop = session->loop;
  source = g_unix_fd_source_new (fd, G_IO_IN | G_IO_HUP | G_IO_ERR | G_IO_NVAL);
  g_source_set_callback (source, G_SOURCE_FUNC (readable_cb), line, NULL);
  g_source_attach (source, NULL);
  cancelled_id = g_signal_connect (session->cancellable, "cancelled",
                                   G_CALLBACK (cancelled_cb), line);

  if (!g_cancellable_is_cancelled (session->cancellable))
    g_main_loop_run (session->loop);

  g_signal_handler_disconnect (session->cancellable, cancelled_id);
  g_source_destroy (source);

  if (g_cancellable_set_error_if_cancelled (session->cancellable, error))
    return NULL;

  return line_to_secret (line, error);
}

gboolean
mw_cli_password_can_prompt (void)
{
  return isatty (STDIN_FILENO);
}

MwSecret *
mw_cli_password_prompt (MwCliSession  *session,
                        const char    *question,
                        GError       **error)
{
  g_autofree char *clean = mw_cli_terminal_clean (question);
  MwSecret *secret;
  struct termios usual, silent;

  if (tcgetattr (STDIN_FILENO, &usual) != 0)
    {
      g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                           _("There is no terminal to ask for the password on"));
      return NULL;
    }

  silent = usual;
  silent.c_lflag &= ~(tcflag_t) ECHO;
  silent.c_lflag |= ECHONL | ICANON;

  g_printerr ("%s", clean);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  secret = mw_cli_password_read (session, STDIN_FILENO, error);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &usual);
  if (session->interrupted)
    g_printerr ("\n");

  return secret;
}
