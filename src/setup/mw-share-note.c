/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "setup/mw-share-note.h"

#include <string.h>

#include "setup/mw-share-text.h"

/* More than that makes a QR code that an old telephone or a bad print fails
 * at. */
#define MAX_OCTETS 300

#define BIT(note) (1u << (note))

G_DEFINE_ENUM_TYPE (MwShareNote, mw_share_note,
  G_DEFINE_ENUM_VALUE (MW_SHARE_NOTE_ADDRESS, "address"),
  G_DEFINE_ENUM_VALUE (MW_SHARE_NOTE_NAME, "name"),
  G_DEFINE_ENUM_VALUE (MW_SHARE_NOTE_USER_NAME, "user-name"),
  G_DEFINE_ENUM_VALUE (MW_SHARE_NOTE_HIDDEN_NAME, "hidden-name"),
  G_DEFINE_ENUM_VALUE (MW_SHARE_NOTE_CERTIFICATE, "certificate"),
  G_DEFINE_ENUM_VALUE (MW_SHARE_NOTE_OWN_PASSWORD, "own-password"),
  G_DEFINE_ENUM_VALUE (MW_SHARE_NOTE_LONG, "long"))

static gboolean
has_pin (MwService *service)
{
  return service != NULL && service->pin != NULL;
}

static guint
find_of_servers (MwProfile *profile)
{
  return has_pin (profile->incoming) || has_pin (profile->outgoing)
         ? BIT (MW_SHARE_NOTE_CERTIFICATE) : 0;
}

guint
mw_share_note_find (MwProfile    *profile,
                    MwShareFlags  flags,
                    const char   *text)
{
  guint notes;

  g_return_val_if_fail (profile != NULL, 0);
  g_return_val_if_fail (text != NULL, 0);

  notes = find_of_servers (profile);
  if ((flags & MW_SHARE_PERSONAL) == 0)
    return mw_share_text_reveals_person (profile, text) ? notes | BIT (MW_SHARE_NOTE_HIDDEN_NAME)
                                                        : notes;

  notes |= BIT (MW_SHARE_NOTE_ADDRESS);
  if (profile->sender_name != NULL && *profile->sender_name != '\0')
    notes |= BIT (MW_SHARE_NOTE_NAME);
  return notes;
}

guint
mw_share_note_find_in_link (MwProfile   *profile,
                            MwSetupLink *link,
                            const char  *text)
{
  g_autofree char *plain = NULL;
  guint notes = 0;

  g_return_val_if_fail (link != NULL, 0);
  g_return_val_if_fail (text != NULL, 0);

  if (link->local_part != NULL)
    notes |= BIT (MW_SHARE_NOTE_ADDRESS);
  if (link->sender_name != NULL)
    notes |= BIT (MW_SHARE_NOTE_NAME);
  if (link->incoming_user != NULL || link->outgoing_user != NULL)
    notes |= BIT (MW_SHARE_NOTE_USER_NAME);
  if (strlen (text) > MAX_OCTETS)
    notes |= BIT (MW_SHARE_NOTE_LONG);
  if (profile == NULL)
    return notes;

  plain = g_uri_unescape_string (text, NULL);
  if ((notes & ~BIT (MW_SHARE_NOTE_LONG)) == 0 &&
      mw_share_text_reveals_person (profile, plain != NULL ? plain : text))
    notes |= BIT (MW_SHARE_NOTE_HIDDEN_NAME);
  if (profile->own_credentials && profile->outgoing != NULL && !link->outgoing_without_login)
    notes |= BIT (MW_SHARE_NOTE_OWN_PASSWORD);
  return notes | find_of_servers (profile);
}
