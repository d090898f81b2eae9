/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "scripted-server.h"

#include <string.h>

#define PATIENCE_MS 10000

struct _ScriptedServer
{
  /* Owned */
  MwFakeTls          *tls;
  MwFakeServer       *server;
  GString            *heard;    /* locked */

  GMutex              lock;
  const char * const *scripts[2];
  guint               begun;    /* locked */
  guint               ended;    /* locked */
};

static void
note (ScriptedServer *self,
      const char     *text,
      gssize          length)
{
  g_mutex_lock (&self->lock);
  g_string_append_len (self->heard, text, length);
  g_mutex_unlock (&self->lock);
}

/* Everything is written down, half a line too. */
static char *
listen_line (ScriptedServer   *self,
             MwFakeConnection *connection)
{
  g_autoptr(GString) line = g_string_new (NULL);
  int byte;

  while ((byte = mw_fake_connection_receive_byte (connection)) >= 0)
    {
      char c = byte;

      if (c == '\r')
        continue;
      /* A handshake nobody asked for. */
      if (c == '\0')
        c = '0';
      note (self, &c, 1);
      if (c == '\n')
        return g_string_free (g_steal_pointer (&line), FALSE);
      g_string_append_c (line, c);
    }

  return NULL;
}

static gboolean
say (MwFakeConnection *connection,
     const char       *text,
     const char       *tag)
{
  g_autoptr(GString) line = g_string_new (text);

  g_string_replace (line, "$T", tag, 0);
  g_string_append (line, "\r\n");
  return mw_fake_connection_send (connection, line->str, line->len);
}

static gboolean
expect (ScriptedServer    *self,
        MwFakeConnection  *connection,
        const char        *wanted,
        char             **tag)
{
  g_autofree char *line = listen_line (self, connection);

  if (line == NULL)
    return FALSE;

  g_free (*tag);
  *tag = g_strndup (line, strcspn (line, " "));
  if (g_pattern_match_simple (wanted, line))
    return TRUE;

  note (self, "<unexpected>", -1);
  return FALSE;
}

static gboolean
drip (MwFakeConnection *connection,
      const char       *text)
{
  for (const char *c = text; *c != '\0'; c++)
    {
      if (!mw_fake_connection_send (connection, c, 1))
        return FALSE;
      g_usleep (20 * 1000);
    }

  return TRUE;
}

static gboolean
say_nul (MwFakeConnection *connection,
         const char       *text)
{
  g_autofree char *line = g_strconcat (text, "\r\n", NULL);
  gsize length = strlen (line);

  for (gsize i = 0; i < length; i++)
    {
      if (line[i] == '@')
        line[i] = '\0';
    }

  return mw_fake_connection_send (connection, line, length);
}

/* Returns whether the script goes on. */
static gboolean
play_line (ScriptedServer    *self,
           MwFakeConnection  *connection,
           const char        *line,
           char             **tag)
{
  if (g_str_has_prefix (line, "S: "))
    return say (connection, line + 3, *tag);

  if (g_str_has_prefix (line, "C: "))
    return expect (self, connection, line + 3, tag);

  if (g_str_equal (line, "T:"))
    {
      gboolean stands = mw_fake_connection_start_tls (connection, self->tls);

      if (stands)
        note (self, "<TLS>", -1);
      return stands;
    }

  if (g_str_has_prefix (line, "flood "))
    {
      while (say (connection, line + strlen ("flood "), *tag))
        ;
      return FALSE;
    }

  if (g_str_has_prefix (line, "pour "))
    {
      while (mw_fake_connection_send (connection, line + strlen ("pour "), -1))
        ;
      return FALSE;
    }

  if (g_str_has_prefix (line, "drip "))
    {
      while (drip (connection, line + strlen ("drip ")))
        ;
      return FALSE;
    }

  if (g_str_has_prefix (line, "nul "))
    return say_nul (connection, line + strlen ("nul "));

  if (g_str_has_prefix (line, "sleep "))
    {
      g_usleep (g_ascii_strtoull (line + strlen ("sleep "), NULL, 10) * 1000);
      return TRUE;
    }

  if (g_str_equal (line, "reset"))
    mw_fake_connection_reset (connection);
  else if (!g_str_equal (line, "end"))
    g_assert_cmpstr (line, ==, "silence");

  return g_str_equal (line, "silence");
}

static void
serve (MwFakeConnection *connection,
       gpointer          user_data)
{
  ScriptedServer *self = user_data;
  g_autofree char *tag = g_strdup ("*");
  const char * const *script;
  gboolean open = TRUE;

  g_mutex_lock (&self->lock);
  script = self->scripts[MIN (self->begun, 1)];
  self->begun++;
  g_string_append (self->heard, "<open>");
  g_mutex_unlock (&self->lock);

  for (gsize i = 0; open && script[i] != NULL; i++)
    open = play_line (self, connection, script[i], &tag);

  while (open)
    {
      g_autofree char *line = listen_line (self, connection);

      open = line != NULL;
    }

  g_mutex_lock (&self->lock);
  self->ended++;
  g_mutex_unlock (&self->lock);
}

/* A client that is gone may not have been noticed yet. */
static void
wait_for_end (ScriptedServer *self)
{
  for (int i = 0; i < PATIENCE_MS; i++)
    {
      guint n_connections = mw_fake_server_get_n_connections (self->server);
      gboolean ended;

      g_mutex_lock (&self->lock);
      ended = self->begun == n_connections && self->ended == n_connections;
      g_mutex_unlock (&self->lock);
      if (ended)
        return;

      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }

  g_error ("A client does not go");
}

ScriptedServer *
scripted_server_new (MwTestCertificate  *leaf,
                     const char * const *script)
{
  ScriptedServer *self = g_new0 (ScriptedServer, 1);

  g_mutex_init (&self->lock);
  self->heard = g_string_new (NULL);
  self->scripts[0] = self->scripts[1] = script;
  self->tls = mw_fake_tls_new (leaf, NULL, NULL, FALSE);
  self->server = mw_fake_server_new (serve, self);
  return self;
}

void
scripted_server_set_next (ScriptedServer     *self,
                          const char * const *script)
{
  self->scripts[1] = script;
}

void
scripted_server_require_alpn (ScriptedServer *self,
                              const char     *protocol)
{
  mw_fake_tls_require_alpn (self->tls, protocol);
}

void
scripted_server_free (ScriptedServer *self)
{
  wait_for_end (self);
  mw_fake_server_free (self->server);
  mw_fake_tls_free (self->tls);
  g_string_free (self->heard, TRUE);
  g_mutex_clear (&self->lock);
  g_free (self);
}

guint16
scripted_server_get_port (ScriptedServer *self)
{
  return mw_fake_server_get_port (self->server);
}

guint
scripted_server_get_n_connections (ScriptedServer *self)
{
  return mw_fake_server_get_n_connections (self->server);
}

char *
scripted_server_dup_heard (ScriptedServer *self)
{
  wait_for_end (self);
  return g_strdup (self->heard->str);
}

gboolean
scripted_server_has_heard (ScriptedServer *self,
                           const char     *word)
{
  gboolean heard;

  g_mutex_lock (&self->lock);
  heard = strstr (self->heard->str, word) != NULL;
  g_mutex_unlock (&self->lock);
  return heard;
}

gboolean
scripted_server_is_left (ScriptedServer *self)
{
  guint n_connections = mw_fake_server_get_n_connections (self->server);
  gboolean left;

  g_mutex_lock (&self->lock);
  left = self->ended == n_connections;
  g_mutex_unlock (&self->lock);
  return left;
}

guint
scripted_server_count (ScriptedServer *self,
                       const char     *word)
{
  g_auto(GStrv) lines = NULL;
  guint count = 0;

  wait_for_end (self);
  lines = g_strsplit (self->heard->str, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      if (strstr (lines[i], word) != NULL)
        count++;
    }

  return count;
}
