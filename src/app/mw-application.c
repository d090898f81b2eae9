/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-application.h"

#include <string.h>

#include <glib/gi18n.h>

#include "app/mw-about.h"
#include "app/mw-background.h"
#include "app/mw-control-names.h"
#include "app/mw-hand-over-notice.h"
#include "app/mw-help.h"
#include "app/mw-program.h"
#include "app/mw-window.h"
#include "setup/mw-setup-link.h"

/* No hand opens links or files faster, in microseconds. */
#define OPEN_INTERVAL_US G_USEC_PER_SEC

/* What is opened at once: one to look at, the others wait. */
#define MAX_FILES 4

struct _MwApplication
{
  AdwApplication  parent_instance;

  /* Owned */
  MwEngine       *engine;
  GSettings      *settings;
  char           *typed_address;
  MwWaitingRoom  *room;
  GCancellable   *asking;         /* whether the background is allowed */

  gint64          opened_us;      /* when a link or file came last, 0 when none did */
  gboolean        held;
  gboolean        resumed;
  gboolean        told_waiting;
};

G_DEFINE_FINAL_TYPE (MwApplication, mw_application, ADW_TYPE_APPLICATION)

enum {
  HAND_OVER_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static MwWindow *
mw_application_ensure_window (MwApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  while (window != NULL && !MW_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);

  if (window == NULL)
    window = GTK_WINDOW (mw_window_new (self));

  return MW_WINDOW (window);
}

static void
on_new_account_activated (GSimpleAction *action,
                          GVariant      *parameter,
                          gpointer       user_data)
{
  MwApplication *self = MW_APPLICATION (user_data);
  MwWindow *window = mw_application_ensure_window (self);

  mw_window_add_account (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
on_from_clipboard_activated (GSimpleAction *action,
                             GVariant      *parameter,
                             gpointer       user_data)
{
  MwApplication *self = MW_APPLICATION (user_data);
  MwWindow *window = mw_application_ensure_window (self);

  mw_window_come_to_front (window);
  mw_window_review_clipboard (window);
}

static void
on_help_activated (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  MwApplication *self = MW_APPLICATION (user_data);
  MwWindow *window = mw_application_ensure_window (self);

  gtk_window_present (GTK_WINDOW (window));
  mw_help_show (GTK_WINDOW (window), NULL);
}

static void
on_about_activated (GSimpleAction *action,
                    GVariant      *parameter,
                    gpointer       user_data)
{
  MwApplication *self = MW_APPLICATION (user_data);
  MwWindow *window = mw_application_ensure_window (self);

  gtk_window_present (GTK_WINDOW (window));
  if (!mw_window_has_dialog (window))
    mw_about_show (GTK_WINDOW (window));
}

/* Whether it comes so fast after the one before that no hand has done it. Each
 * one begins the wait anew, so that a page that opens links for ever has one of
 * them looked at. */
static gboolean
is_too_fast (MwApplication *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean too_fast = self->opened_us != 0 && now - self->opened_us < OPEN_INTERVAL_US;

  self->opened_us = now;
  return too_fast;
}

/* What cannot be a link is cut before anybody reads it. */
static GBytes *
take_link (GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);

  return g_bytes_new (uri, strnlen (uri, MW_SETUP_LINK_MAX + 1));
}

static void
mw_application_open (GApplication  *application,
                     GFile        **files,
                     int            n_files,
                     const char    *hint)
{
  MwApplication *self = MW_APPLICATION (application);
  MwWindow *window;
  gboolean taken = FALSE;

  if (is_too_fast (self))
    return;

  window = mw_application_ensure_window (self);
  for (int i = 0; i < MIN (n_files, MAX_FILES); i++)
    {
      if (g_file_is_native (files[i]))
        {
          mw_window_open_file (window, files[i]);
          taken = TRUE;
        }
      else
        {
          g_autoptr(GBytes) link = take_link (files[i]);

          taken |= mw_window_review_content (window, link, NULL);
        }
    }
  if (taken)
    mw_window_come_to_front (window);
}

static void
mw_application_activate (GApplication *application)
{
  MwApplication *self = MW_APPLICATION (application);
  MwWindow *window = mw_application_ensure_window (self);

  if (self->typed_address != NULL)
    {
      g_autofree char *address = g_steal_pointer (&self->typed_address);

      mw_window_open_address (window, address);
    }

  gtk_window_present (GTK_WINDOW (window));
}

/* What has the form of a path is a file, whether or not it is there; a bare
 * word is one only when it is there and cannot be an address. */
static gboolean
is_file (const char *argument)
{
  return strchr (argument, G_DIR_SEPARATOR) != NULL ||
         (strchr (argument, '@') == NULL && g_file_test (argument, G_FILE_TEST_EXISTS));
}

/* Takes the first argument that is no option, link or file out of the vector.
 * Left there, GApplication would make a file of it. */
static char *
take_address (char **arguments)
{
  for (gsize i = 1; arguments[i] != NULL; i++)
    {
      char *taken = arguments[i];

      if (*taken == '-' || mw_setup_link_has_scheme (taken) || is_file (taken))
        continue;

      for (gsize j = i; arguments[j] != NULL; j++)
        arguments[j] = arguments[j + 1];
      return taken;
    }

  return NULL;
}

static gboolean
mw_application_local_command_line (GApplication   *application,
                                   char         ***arguments,
                                   int            *exit_status)
{
  MwApplication *self = MW_APPLICATION (application);
  g_autofree char *address = take_address (*arguments);
  g_autoptr(GError) error = NULL;

  if (address != NULL && strlen (address) <= MW_SETUP_LINK_MAX)
    {
      if (!g_application_register (application, NULL, &error))
        {
          g_printerr ("mailwright: %s\n", error->message);
          *exit_status = 1;
          return TRUE;
        }

      if (g_application_get_is_remote (application))
        {
          /* The running window cannot tell a terminal from any other program
           * on the bus, so what comes this way is trusted like a link. */
          g_autofree char *escaped = g_uri_escape_string (address, "@", FALSE);
          g_autofree char *link = g_strconcat (MW_SETUP_LINK_SCHEME, escaped, NULL);
          g_autoptr(GFile) file = g_file_new_for_uri (link);

          g_application_open (application, &file, 1, "");
          *exit_status = 0;
          return TRUE;
        }

      self->typed_address = g_steal_pointer (&address);
    }

  return G_APPLICATION_CLASS (mw_application_parent_class)->local_command_line (application,
                                                                                arguments,
                                                                                exit_status);
}

/* For desktops that start a program for an entry of its menu. */
static int
activate_option (GApplication *application,
                 const char   *action)
{
  g_autoptr(GError) error = NULL;

  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("mailwright: %s\n", error->message);
      return 1;
    }

  g_action_group_activate_action (G_ACTION_GROUP (application), action, NULL);
  return g_application_get_is_remote (application) ? 0 : -1;
}

static int
mw_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Mailwright %s\n", PACKAGE_VERSION);
      return 0;
    }
  if (g_variant_dict_contains (options, "new-account"))
    return activate_option (application, "new-account");
  if (g_variant_dict_contains (options, "from-clipboard"))
    return activate_option (application, "from-clipboard");

  return -1;
}

/* Going on without a window. */

/* How long a notification can still be answered where the program has to be
 * running for it. */
#define NOTIFICATION_MS (120 * 1000)

#define WAITING_ID "waiting"

static gboolean
has_window (MwApplication *self)
{
  return gtk_application_get_windows (GTK_APPLICATION (self)) != NULL;
}

static void
release (MwApplication *self)
{
  if (!self->held)
    return;

  self->held = FALSE;
  g_application_release (G_APPLICATION (self));
}

static void
tell_waiting (MwApplication *self,
              gboolean       goes_on)
{
  MwHandOver *waiting = mw_waiting_room_find_any (self->room);
  g_autoptr(GNotification) notification = NULL;

  if (waiting == NULL)
    return;

  notification = mw_hand_over_notice_new_waiting (waiting, goes_on);
  g_application_send_notification (G_APPLICATION (self), WAITING_ID, notification);
  self->told_waiting = TRUE;
}

static void
on_background_answered (GObject      *object,
                        GAsyncResult *result,
                        gpointer      user_data)
{
  g_autoptr(MwApplication) self = MW_APPLICATION (user_data);
  gboolean allowed = mw_background_request_finish (result);

  g_clear_object (&self->asking);
  if (!has_window (self))
    {
      tell_waiting (self, allowed);
      /* What waits is on the disk, and goes on at the next start. */
      if (!allowed)
        release (self);
    }
  g_application_release (G_APPLICATION (self));
}

static void
mw_application_window_removed (GtkApplication *application,
                               GtkWindow      *window)
{
  MwApplication *self = MW_APPLICATION (application);

  GTK_APPLICATION_CLASS (mw_application_parent_class)->window_removed (application, window);

  if (has_window (self) || self->room == NULL || self->asking != NULL ||
      mw_waiting_room_find_any (self->room) == NULL)
    return;

  self->asking = g_cancellable_new ();
  g_application_hold (G_APPLICATION (self));
  mw_background_request_async (_("Accounts are handed over when the mail program is closed"),
                               self->asking, on_background_answered, g_object_ref (self));
}

static void
mw_application_window_added (GtkApplication *application,
                             GtkWindow      *window)
{
  MwApplication *self = MW_APPLICATION (application);

  GTK_APPLICATION_CLASS (mw_application_parent_class)->window_added (application, window);

  g_application_set_inactivity_timeout (G_APPLICATION (self), 0);
  if (self->told_waiting)
    g_application_withdraw_notification (G_APPLICATION (self), WAITING_ID);
  self->told_waiting = FALSE;
}

static void
on_room_changed (MwApplication *self)
{
  gboolean empty = mw_waiting_room_is_empty (self->room);

  if (!empty && !self->held)
    {
      self->held = TRUE;
      g_application_hold (G_APPLICATION (self));
    }
  if (self->told_waiting && mw_waiting_room_find_any (self->room) == NULL)
    {
      self->told_waiting = FALSE;
      g_application_withdraw_notification (G_APPLICATION (self), WAITING_ID);
    }

  g_signal_emit (self, signals[HAND_OVER_CHANGED], 0);
  if (empty)
    release (self);
}

/* Dialogs are no windows of the application. */
static gboolean
is_looked_at (void)
{
  g_autoptr(GList) windows = gtk_window_list_toplevels ();

  for (GList *item = windows; item != NULL; item = item->next)
    {
      if (gtk_window_is_active (item->data))
        return TRUE;
    }

  return FALSE;
}

static void
on_hand_over_finished (MwApplication *self,
                       MwHandOver    *hand_over)
{
  g_autoptr(GNotification) notification = NULL;
  g_autofree char *id = NULL;

  /* What was just asked for stands in its row. */
  if (has_window (self) && !mw_hand_over_has_waited (hand_over))
    return;
  if (is_looked_at ())
    {
      mw_window_add_toast (mw_application_ensure_window (self),
                           mw_hand_over_get_message (hand_over));
      return;
    }

  notification = mw_hand_over_notice_new_finished (hand_over);
  id = g_strdup_printf ("hand-over-%s", mw_hand_over_get_account_id (hand_over));
  g_application_send_notification (G_APPLICATION (self), id, notification);
  if (!has_window (self))
    g_application_set_inactivity_timeout (G_APPLICATION (self), NOTIFICATION_MS);
}

static void
on_open_activated (GSimpleAction *action,
                   GVariant      *parameter,
                   gpointer       user_data)
{
  MwApplication *self = MW_APPLICATION (user_data);

  gtk_window_present (GTK_WINDOW (mw_application_ensure_window (self)));
}

static void
make_room (MwApplication *self)
{
  self->room = mw_waiting_room_new (mw_application_get_engine (self));
  g_signal_connect_object (self->room, "changed",
                           G_CALLBACK (on_room_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->room, "finished",
                           G_CALLBACK (on_hand_over_finished), self, G_CONNECT_SWAPPED);
}

static void
mw_application_startup (GApplication *application)
{
  static const char * const new_account_accels[] = { "<Control>n", NULL };
  static const char * const open_file_accels[] = { "<Control>o", NULL };
  static const char * const help_accels[] = { "F1", NULL };
  static const char * const preferences_accels[] = { "<Control>comma", NULL };
  static const char * const shortcuts_accels[] = { "<Control>question", NULL };
  static const char * const close_accels[] = { "<Control>w", "<Control>q", NULL };
  MwApplication *self = MW_APPLICATION (application);
  GtkApplication *gtk_application = GTK_APPLICATION (application);

  G_APPLICATION_CLASS (mw_application_parent_class)->startup (application);

  gtk_application_set_accels_for_action (gtk_application, "app.new-account", new_account_accels);
  gtk_application_set_accels_for_action (gtk_application, "win.help", help_accels);
  gtk_application_set_accels_for_action (gtk_application, "win.open-file", open_file_accels);
  gtk_application_set_accels_for_action (gtk_application, "win.preferences", preferences_accels);
  gtk_application_set_accels_for_action (gtk_application, "win.shortcuts", shortcuts_accels);
  gtk_application_set_accels_for_action (gtk_application, "window.close", close_accels);

  make_room (self);
}

static void
mw_application_dispose (GObject *object)
{
  MwApplication *self = MW_APPLICATION (object);

  g_clear_object (&self->room);
  g_clear_object (&self->asking);
  g_clear_object (&self->engine);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->typed_address, g_free);

  G_OBJECT_CLASS (mw_application_parent_class)->dispose (object);
}

static void
mw_application_class_init (MwApplicationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);
  GtkApplicationClass *gtk_application_class = GTK_APPLICATION_CLASS (klass);

  object_class->dispose = mw_application_dispose;
  gtk_application_class->window_added = mw_application_window_added;
  gtk_application_class->window_removed = mw_application_window_removed;
  application_class->startup = mw_application_startup;
  application_class->activate = mw_application_activate;
  application_class->open = mw_application_open;
  application_class->local_command_line = mw_application_local_command_line;
  application_class->handle_local_options = mw_application_handle_local_options;

  signals[HAND_OVER_CHANGED] =
    g_signal_new ("hand-over-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                  NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
mw_application_init (MwApplication *self)
{
  /* Any program on the bus can call these. Everything else is an action of
   * the window's class, which is not exported. */
  static const GActionEntry entries[] = {
    { .name = "new-account", .activate = on_new_account_activated },
    { .name = "from-clipboard", .activate = on_from_clipboard_activated },
    { .name = "help", .activate = on_help_activated },
    { .name = "about", .activate = on_about_activated },
    { .name = "open", .activate = on_open_activated },
  };
  static const GOptionEntry options[] = {
    { "new-account", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Begin a new account"), NULL },
    { "from-clipboard", 0, 0, G_OPTION_ARG_NONE, NULL,
      N_("Look for a set-up link in the clipboard"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_("Print the version and exit"), NULL },
    { NULL },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self),
                                                     _("[ADDRESS | mailto-setup:ADDRESS | FILE]"));
}

MwApplication *
mw_application_new (void)
{
  return g_object_new (MW_TYPE_APPLICATION,
                       "application-id", APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       "resource-base-path", "/io/github/mailwright/Mailwright",
                       NULL);
}

MwEngine *
mw_application_get_engine (MwApplication *self)
{
  g_return_val_if_fail (MW_IS_APPLICATION (self), NULL);

  if (self->engine == NULL)
    self->engine = mw_engine_new (NULL);

  return self->engine;
}

GSettings *
mw_application_get_settings (MwApplication *self)
{
  g_return_val_if_fail (MW_IS_APPLICATION (self), NULL);

  if (self->settings == NULL)
    {
      /* g_settings_new() would end the program, and the window works without. */
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr(GSettingsSchema) schema = NULL;

      if (source != NULL)
        schema = g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE);
      if (schema != NULL)
        self->settings = g_settings_new_full (schema, NULL, NULL);
    }

  return self->settings;
}

MwWaitingRoom *
mw_application_get_waiting_room (MwApplication *self)
{
  g_return_val_if_fail (MW_IS_APPLICATION (self), NULL);

  return self->room;
}

void
mw_application_resume (MwApplication *self)
{
  g_return_if_fail (MW_IS_APPLICATION (self));

  if (self->resumed)
    return;

  self->resumed = TRUE;
  mw_waiting_room_resume (self->room);
}
