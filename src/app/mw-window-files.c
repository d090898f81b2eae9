/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-window-private.h"

#include <glib/gi18n.h>

#include "app/mw-share-window.h"
#include "setup/mw-inspection-file.h"
#include "setup/mw-inspection-signer.h"

/* How long a file may keep us waiting; it may be a pipe. */
#define READ_MS 5000

/* A file on its way to the review page. */
typedef struct {
  MwWindow     *window;
  MwReviewItem *item;
  char         *name;
  char         *path;
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->window);
  g_clear_pointer (&opening->item, mw_review_item_free);
  g_free (opening->name);
  g_free (opening->path);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
deliver (Opening      *opening,
         MwReviewItem *item)
{
  opening->window->n_reading--;
  mw_window_review (opening->window, item);
}

static void
refuse (Opening    *opening,
        const char *why)
{
  deliver (opening, mw_review_item_new_refused (opening->name, why));
}

static void
on_signer_known (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Opening) opening = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *signer = mw_inspection_signer_find_finish (result, &error);

  /* The window may be gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_cancellable_is_cancelled (opening->window->cancellable))
    return;

  opening->item->signer = g_steal_pointer (&signer);
  deliver (opening, g_steal_pointer (&opening->item));
}

static void
on_read (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Opening) opening = user_data;
  MwWindow *self = opening->window;
  g_autoptr(GBytes) content = NULL;
  g_autoptr(GError) error = NULL;

  content = mw_inspection_file_read_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (content == NULL)
    {
      g_info ("Cannot read a file: %s", error->message);
      refuse (opening, _("It cannot be read."));
      return;
    }

  opening->item = mw_review_item_new (content, opening->name);
  opening->item->file = mw_password_file_new (opening->path, content);
  if (opening->item->problem != NULL)
    deliver (opening, g_steal_pointer (&opening->item));
  else
    mw_inspection_signer_find_async (content, self->cancellable, on_signer_known,
                                     g_steal_pointer (&opening));
}

void
mw_window_open_file (MwWindow *self,
                     GFile    *file)
{
  g_autofree char *base = NULL;
  g_autoptr(Opening) opening = NULL;
  const char *path;

  g_return_if_fail (MW_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  base = g_file_get_basename (file);
  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (self);
  opening->name = g_filename_display_name (base != NULL ? base : "");
  self->n_reading++;
  opening->path = g_file_get_path (file);
  path = opening->path;
  if (path == NULL)
    refuse (opening, _("It is not on this computer. Save it here first."));
  else
    mw_inspection_file_read_async (path, READ_MS, self->cancellable, on_read,
                                   g_steal_pointer (&opening));
}

static void
on_file_chosen (MwWindow *self,
                int       response)
{
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file != NULL)
    mw_window_open_file (self, file);
  mw_window_show_next_review_later (self);
}

static void
open_file (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);
  g_autoptr(GtkFileFilter) settings = gtk_file_filter_new ();
  g_autoptr(GtkFileFilter) all = gtk_file_filter_new ();

  if (self->chooser != NULL || mw_window_has_dialog (self))
    return;
  if (mw_window_is_busy (self))
    {
      mw_window_add_toast (self, _("Finish or cancel this account first"));
      return;
    }

  gtk_file_filter_set_name (settings, _("Set-up files"));
  gtk_file_filter_add_suffix (settings, "xml");
  gtk_file_filter_add_suffix (settings, "mobileconfig");
  gtk_file_filter_add_suffix (settings, "json");
  gtk_file_filter_set_name (all, _("All files"));
  gtk_file_filter_add_pattern (all, "*");

  self->chooser = gtk_file_chooser_native_new (_("Open Set-Up File"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN,
                                               _("_Open"), _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), settings);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), all);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_file_chosen), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
share_account (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);
  MwProfileStore *store = mw_window_get_store (self);
  g_autoptr(MwProfile) profile = NULL;
  g_autoptr(MwAddress) address = NULL;
  MwProvider *provider = NULL;
  GtkWidget *window;

  if (mw_window_has_dialog (self))
    return;

  profile = mw_profile_store_find (store, g_variant_get_string (parameter, NULL), NULL);
  if (profile == NULL || profile->incoming == NULL)
    return;

  address = profile->address != NULL ? mw_address_parse (profile->address, NULL) : NULL;
  if (address != NULL)
    provider = mw_engine_lookup_provider (mw_window_get_engine (self),
                                          mw_address_get_domain (address));
  window = mw_share_window_new (GTK_WINDOW (self), profile,
                                provider != NULL ? provider->name : NULL);
  gtk_window_present (GTK_WINDOW (window));
}

void
mw_window_install_file_actions (MwWindowClass *klass)
{
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "win.open-file", NULL, open_file);
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "win.share-account", "s",
                                   share_account);
}

void
mw_window_offer_deletion (MwWindow *self)
{
  MwReviewItem *item = self->reviewed;
  g_autoptr(MwInspection) inspection = NULL;

  if (!self->from_review || item == NULL || item->file == NULL)
    return;

  inspection = mw_inspection_new (item->content, NULL);
  if (inspection->incoming_password != NULL || inspection->outgoing_password != NULL)
    mw_done_page_offer_deletion (self->done_page, item->file, item->name);
}
