/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-hand-over-notice.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/mw-foreign-text.h"

#define LABEL_MAX_CHARS 80

GNotification *
mw_hand_over_notice_new_waiting (MwHandOver *hand_over,
                                 gboolean    goes_on)
{
  GNotification *notification;
  const char *name;
  g_autofree char *text = NULL;

  g_return_val_if_fail (MW_IS_HAND_OVER (hand_over), NULL);

  name = mw_hand_over_get_program_name (mw_hand_over_get_target (hand_over));
  if (goes_on)
    /* Translators: %s is the name of a mail program. */
    text = g_strdup_printf (_("Close %s, and Mailwright puts the account into it."), name);
  else
    /* Translators: %s is the name of a mail program. */
    text = g_strdup_printf (_("Mailwright may not go on without its window here. Close %s, then "
                              "open Mailwright again."), name);

  notification = g_notification_new (_("Mailwright Is Waiting"));
  g_notification_set_body (notification, text);
  g_notification_set_default_action (notification, "app.open");
  return notification;
}

/* Many desktops read the text of a notification as markup, others show it as
 * it is, and GLib hands it to both alike: nothing may be left that is markup to
 * the one, or escaped before the eyes of the other's people. */
static char *
make_harmless (const char *text)
{
  g_autoptr(GString) harmless = g_string_new (text);

  g_string_replace (harmless, "<", "‹", 0);
  g_string_replace (harmless, ">", "›", 0);
  g_string_replace (harmless, "&", "＆", 0);

  return g_string_free (g_steal_pointer (&harmless), FALSE);
}

/* An account without a name of its own is called by its address. */
static char *
make_body (MwHandOver *hand_over)
{
  MwProfile *profile = mw_hand_over_get_profile (hand_over);
  const char *message = mw_hand_over_get_message (hand_over);
  g_autofree char *label = NULL;
  g_autofree char *body = NULL;

  if (profile == NULL || profile->label == NULL || strchr (profile->label, '@') != NULL)
    return make_harmless (message);

  label = mw_foreign_text_new (profile->label, LABEL_MAX_CHARS);
  /* Translators: the name of an account, and a sentence about it. */
  body = g_strdup_printf (_("%s: %s"), label, message);
  return make_harmless (body);
}

GNotification *
mw_hand_over_notice_new_finished (MwHandOver *hand_over)
{
  MwExportTarget *target;
  GNotification *notification;
  const char *name;
  gboolean done;
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  g_return_val_if_fail (MW_IS_HAND_OVER (hand_over), NULL);

  target = mw_hand_over_get_target (hand_over);
  name = mw_hand_over_get_program_name (target);
  done = mw_hand_over_get_state (hand_over) == MW_HAND_OVER_STATE_DONE;
  if (done)
    /* Translators: %s is the name of a mail program. */
    title = g_strdup_printf (_("Account Added to %s"), name);
  else
    /* Translators: %s is the name of a mail program. */
    title = g_strdup_printf (_("Account Not Added to %s"), name);

  notification = g_notification_new (title);
  body = make_body (hand_over);
  g_notification_set_body (notification, body);
  g_notification_set_default_action (notification, "app.open");

  return notification;
}
