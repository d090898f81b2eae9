/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-scram-key.h"

#include <gsasl.h>
#include <string.h>

#include "core/mw-error.h"

#define MIN_ITERATIONS 4096
#define MAX_ITERATIONS 1000000
#define SLOW_ITERATIONS 50000

struct _MwScramKey
{
  MwSecret   *secret;
  char       *salt;       /* from GNU SASL */
  gsize       salt_length;
  guint       iterations;
  Gsasl_hash  hash;
  char       *hex;
};

G_DEFINE_BOXED_TYPE (MwScramKey, mw_scram_key, mw_scram_key_ref, mw_scram_key_unref)

static void
mw_scram_key_clear (gpointer data)
{
  MwScramKey *self = data;

  g_clear_pointer (&self->secret, mw_secret_unref);
  if (self->salt != NULL)
    gsasl_free (self->salt);
  mw_secret_free_bytes (self->hex);
}

static gboolean
fail (GError     **error,
      const char  *message)
{
  g_set_error_literal (error, MW_PROBE_ERROR, MW_OUTCOME_PROTOCOL, message);
  return FALSE;
}

/* "r=…,s=…,i=…", in this order and followed by extensions at most: whoever
 * reads it in another way than GNU SASL does would check another number. */
static gboolean
read_challenge (MwScramKey  *self,
                const char  *challenge,
                gsize        length,
                GError     **error)
{
  g_autofree char *text = g_strndup (challenge, length);
  g_auto(GStrv) attributes = g_strsplit (text, ",", -1);
  guint64 iterations;

  if (strlen (text) != length || g_strv_length (attributes) < 3 ||
      !g_str_has_prefix (attributes[0], "r=") || !g_str_has_prefix (attributes[1], "s=") ||
      !g_str_has_prefix (attributes[2], "i="))
    return fail (error, "SASL: this is no first message of SCRAM");

  if (gsasl_base64_from (attributes[1] + 2, strlen (attributes[1] + 2),
                         &self->salt, &self->salt_length) != GSASL_OK ||
      self->salt_length == 0)
    return fail (error, "SASL: the salt is not base64");

  if (!g_ascii_string_to_unsigned (attributes[2] + 2, 10, MIN_ITERATIONS, MAX_ITERATIONS,
                                   &iterations, NULL))
    return fail (error, "SASL: the iteration count is not within 4,096 and 1,000,000");

  self->iterations = iterations;
  return TRUE;
}

MwScramKey *
mw_scram_key_new (MwAuthMethod   method,
                  MwSecret      *secret,
                  const char    *challenge,
                  gsize          length,
                  GError       **error)
{
  g_autoptr(MwScramKey) self = NULL;

  g_return_val_if_fail (method == MW_AUTH_SCRAM_SHA_1 || method == MW_AUTH_SCRAM_SHA_256, NULL);
  g_return_val_if_fail (secret != NULL, NULL);
  g_return_val_if_fail (challenge != NULL || length == 0, NULL);

  self = g_atomic_rc_box_new0 (MwScramKey);
  self->secret = mw_secret_ref (secret);
  self->hash = method == MW_AUTH_SCRAM_SHA_1 ? GSASL_HASH_SHA1 : GSASL_HASH_SHA256;
  if (!read_challenge (self, challenge, length, error))
    return NULL;

  return g_steal_pointer (&self);
}

MwScramKey *
mw_scram_key_ref (MwScramKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mw_scram_key_unref (MwScramKey *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, mw_scram_key_clear);
}

gboolean
mw_scram_key_is_slow (MwScramKey *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->iterations > SLOW_ITERATIONS;
}

void
mw_scram_key_compute (MwScramKey *self)
{
  static const char digits[] = "0123456789abcdef";
  char salted[GSASL_HASH_MAX_SIZE], client[GSASL_HASH_MAX_SIZE];
  char server[GSASL_HASH_MAX_SIZE], stored[GSASL_HASH_MAX_SIZE];
  gsize length;
  int rc;

  g_return_if_fail (self != NULL);

  if (self->hex != NULL)
    return;

  rc = gsasl_scram_secrets_from_password (self->hash, mw_secret_peek (self->secret),
                                          self->iterations, self->salt, self->salt_length,
                                          salted, client, server, stored);
  if (rc == GSASL_OK)
    {
      length = gsasl_hash_length (self->hash);
      self->hex = g_malloc0 (2 * length + 1);
      for (gsize i = 0; i < length; i++)
        {
          self->hex[2 * i] = digits[(guchar) salted[i] >> 4];
          self->hex[2 * i + 1] = digits[(guchar) salted[i] & 0xf];
        }
    }

  mw_secret_wipe_bytes (salted, sizeof salted);
  mw_secret_wipe_bytes (client, sizeof client);
  mw_secret_wipe_bytes (server, sizeof server);
  mw_secret_wipe_bytes (stored, sizeof stored);
}

const char *
mw_scram_key_peek (MwScramKey *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->hex;
}

gboolean
mw_scram_key_can_prepare (const char *text)
{
  char *prepared = NULL;
  gboolean can;

  g_return_val_if_fail (text != NULL, FALSE);

  can = gsasl_saslprep (text, 0, &prepared, NULL) == GSASL_OK && *prepared != '\0';
  if (prepared != NULL)
    {
      mw_secret_wipe_bytes (prepared, strlen (prepared));
      gsasl_free (prepared);
    }

  return can;
}
