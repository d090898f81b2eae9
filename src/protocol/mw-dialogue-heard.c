/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "protocol/mw-dialogue-private.h"

/* What the server said and offers, as far as it may be believed: the words
 * kept for the person, and the newest lists. */

#define MAX_TEXT 4096
#define MAX_CAPABILITIES 512

/* While TLS is still to come, nothing that was heard may be shown. */
static gboolean
is_anybodys_word (MwDialogue *self)
{
  MwDialoguePrivate *priv = _mw_dialogue_get_private (self);

  return mw_endpoint_get_security (priv->endpoint) != MW_SECURITY_NONE && !priv->secured;
}

static gboolean
list_contains (GPtrArray  *list,
               const char *name)
{
  for (guint i = 0; i < list->len; i++)
    {
      if (g_ascii_strcasecmp (g_ptr_array_index (list, i), name) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
list_add (GPtrArray *list,
          MwSpan     span)
{
  g_autofree char *name = mw_span_to_string (span);

  if (*name != '\0' && list->len < MAX_CAPABILITIES && !list_contains (list, name))
    g_ptr_array_add (list, g_steal_pointer (&name));
}

static const char * const *
list_peek (MwDialogue *self,
           GPtrArray  *list)
{
  if (is_anybodys_word (self) || list->len == 0)
    return NULL;

  return (const char * const *) list->pdata;
}

void
_mw_dialogue_keep_text (MwDialogue *self,
                        MwSpan      text)
{
  g_string_truncate (_mw_dialogue_get_private (self)->server_text, 0);
  _mw_dialogue_append_text (self, text);
}

void
_mw_dialogue_append_text (MwDialogue *self,
                          MwSpan      text)
{
  GString *kept = _mw_dialogue_get_private (self)->server_text;

  if (is_anybodys_word (self))
    return;

  if (kept->len > 0 && kept->len < MAX_TEXT)
    g_string_append_c (kept, '\n');

  for (gsize i = 0; i < text.length && kept->len < MAX_TEXT; i++)
    g_string_append_c (kept, text.bytes[i] == '\0' ? ' ' : text.bytes[i]);
}

void
_mw_dialogue_forget_capabilities (MwDialogue *self)
{
  MwDialoguePrivate *priv = _mw_dialogue_get_private (self);

  g_ptr_array_set_size (priv->capabilities, 0);

  /* After the log-in nobody offers log-ins any more; for the report the list
   * it was chosen from is kept. */
  if (priv->state < MW_DIALOGUE_STATE_SASL)
    g_ptr_array_set_size (priv->auth_offered, 0);
}

void
_mw_dialogue_add_capability (MwDialogue *self,
                             MwSpan      capability)
{
  list_add (_mw_dialogue_get_private (self)->capabilities, capability);
}

void
_mw_dialogue_add_auth (MwDialogue *self,
                       MwSpan      name)
{
  MwDialoguePrivate *priv = _mw_dialogue_get_private (self);

  if (priv->state < MW_DIALOGUE_STATE_SASL)
    list_add (priv->auth_offered, name);
}

gboolean
_mw_dialogue_has_capabilities (MwDialogue *self)
{
  return _mw_dialogue_get_private (self)->capabilities->len > 0;
}

gboolean
_mw_dialogue_has_capability (MwDialogue *self,
                             const char *name)
{
  return list_contains (_mw_dialogue_get_private (self)->capabilities, name);
}

const char *
mw_dialogue_get_server_text (MwDialogue *self)
{
  MwDialoguePrivate *priv;

  g_return_val_if_fail (MW_IS_DIALOGUE (self), NULL);

  priv = _mw_dialogue_get_private (self);

  return priv->server_text->len > 0 ? priv->server_text->str : NULL;
}

const char * const *
mw_dialogue_get_capabilities (MwDialogue *self)
{
  g_return_val_if_fail (MW_IS_DIALOGUE (self), NULL);

  return list_peek (self, _mw_dialogue_get_private (self)->capabilities);
}

const char * const *
mw_dialogue_get_auth_offered (MwDialogue *self)
{
  g_return_val_if_fail (MW_IS_DIALOGUE (self), NULL);

  return list_peek (self, _mw_dialogue_get_private (self)->auth_offered);
}
