/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "core/mw-secret.h"

#include <string.h>

struct _MwSecret
{
  gsize  length;
  char  *bytes;
};

/* Atomic because the keyring and the exporters hold references in threads. */
G_DEFINE_BOXED_TYPE (MwSecret, mw_secret, mw_secret_ref, mw_secret_unref)

typedef struct {
  void  *data;
  gsize  size;
} WipedBlock;

static void
wiped_block_free (gpointer data)
{
  WipedBlock *block = data;

  mw_secret_wipe_bytes (block->data, block->size);
  g_free (block->data);
  g_free (block);
}

static void
mw_secret_clear (gpointer data)
{
  MwSecret *self = data;

  mw_secret_wipe_bytes (self->bytes, self->length);
  g_free (self->bytes);
}

MwSecret *
mw_secret_new (const char *bytes,
               gssize      length)
{
  MwSecret *self;

  g_return_val_if_fail (bytes != NULL, NULL);

  self = g_atomic_rc_box_new0 (MwSecret);
  self->length = length < 0 ? strlen (bytes) : (gsize) length;
  self->bytes = g_malloc (self->length + 1);
  memcpy (self->bytes, bytes, self->length);
  self->bytes[self->length] = '\0';
  return self;
}

MwSecret *
mw_secret_new_typed (const char *text)
{
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  length = strlen (text);
  while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
    length--;

  return length > 0 ? mw_secret_new (text, length) : NULL;
}

MwSecret *
mw_secret_ref (MwSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
mw_secret_unref (MwSecret *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, mw_secret_clear);
}

const char *
mw_secret_peek (MwSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->bytes;
}

gsize
mw_secret_get_length (MwSecret *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->length;
}

gboolean
mw_secret_equal (MwSecret *a,
                 MwSecret *b)
{
  guint8 difference = 0;

  g_return_val_if_fail (a != NULL, FALSE);
  g_return_val_if_fail (b != NULL, FALSE);

  if (a->length != b->length)
    return FALSE;

  for (gsize i = 0; i < a->length; i++)
    difference |= (guint8) (a->bytes[i] ^ b->bytes[i]);

  return difference == 0;
}

void
mw_secret_wipe_bytes (void  *bytes,
                      gsize  size)
{
  if (bytes != NULL)
    explicit_bzero (bytes, size);
}

void
mw_secret_free_bytes (char *string)
{
  if (string == NULL)
    return;

  mw_secret_wipe_bytes (string, strlen (string));
  g_free (string);
}

GBytes *
mw_secret_bytes_new_take (void  *data,
                          gsize  size)
{
  WipedBlock *block;

  g_return_val_if_fail (data != NULL || size == 0, NULL);

  block = g_new (WipedBlock, 1);
  block->data = data;
  block->size = size;
  return g_bytes_new_with_free_func (data, size, wiped_block_free, block);
}
