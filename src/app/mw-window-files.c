/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-window-private.h"

#include <glib/gi18n.h>

#include "app/mw-foreign-text.h"
#include "app/mw-share-window.h"
#include "setup/mw-advice-refusal.h"
#include "setup/mw-inspection-file.h"
#include "setup/mw-inspection-signer.h"
#include "setup/mw-setup-review.h"

/* How long a file may keep us waiting; it may be a pipe. */
#define READ_MS 5000

#define NAME_MAX_CHARS 80

/* A file on its way to the review page. */
typedef struct {
  MwWindow *window;
  GBytes   *content;
  char     *name;
} Opening;

static void
opening_free (Opening *opening)
{
  g_object_unref (opening->window);
  g_clear_pointer (&opening->content, g_bytes_unref);
  g_free (opening->name);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
show_review (MwWindow   *self,
             const char *title)
{
  GtkWidget *page = GTK_WIDGET (self->review_page);

  gtk_stack_page_set_title (gtk_stack_get_page (self->stack, page), title);
  mw_window_show_page (self, "review");
}

static void
refuse (Opening    *opening,
        const char *why)
{
  g_autofree char *name = mw_foreign_text_new (opening->name, NAME_MAX_CHARS);
  g_autofree char *text = NULL;

  /* Translators: first the name of a file, then a sentence about what is wrong
   * with it. */
  text = g_strdup_printf (_("“%s” cannot be used. %s Nothing was changed."), name, why);
  mw_window_show_message (opening->window, _("This File Cannot Be Used"), text);
}

static void
on_signer_known (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr(Opening) opening = user_data;
  MwWindow *self = opening->window;
  g_autoptr(GError) error = NULL;
  g_autofree char *signer = mw_inspection_signer_find_finish (result, &error);

  /* The window may be gone, or full of something else by now. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      g_cancellable_is_cancelled (self->cancellable) || !mw_window_make_way (self))
    return;

  mw_review_page_show_file (self->review_page, mw_window_get_engine (self), opening->content,
                            opening->name, signer);
  show_review (self, _("Set-Up File"));
}

static void
on_read (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Opening) opening = user_data;
  MwWindow *self = opening->window;
  g_autoptr(MwInspection) inspection = NULL;
  g_autoptr(GError) error = NULL;
  GBytes *content;

  opening->content = mw_inspection_file_read_finish (result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (opening->content == NULL)
    {
      g_info ("Cannot read a file: %s", error->message);
      refuse (opening, _("It cannot be read."));
      return;
    }

  inspection = mw_inspection_new (opening->content, NULL);
  if (inspection->refusal != MW_INSPECTION_REFUSAL_NONE)
    {
      refuse (opening, mw_advice_describe_refusal (inspection->kind, inspection->refusal));
      return;
    }

  content = opening->content;
  mw_inspection_signer_find_async (content, self->cancellable, on_signer_known,
                                   g_steal_pointer (&opening));
}

void
mw_window_open_file (MwWindow *self,
                     GFile    *file)
{
  g_autofree char *path = NULL;
  g_autofree char *base = NULL;
  Opening *opening;

  g_return_if_fail (MW_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (!mw_window_make_way (self))
    return;

  path = g_file_get_path (file);
  base = g_file_get_basename (file);
  opening = g_new0 (Opening, 1);
  opening->window = g_object_ref (self);
  opening->name = g_filename_display_name (base != NULL ? base : "");
  if (path == NULL)
    {
      refuse (opening, _("It is not on this computer. Save it here first."));
      opening_free (opening);
      return;
    }

  mw_inspection_file_read_async (path, READ_MS, self->cancellable, on_read, opening);
}

void
mw_window_review_link (MwWindow   *self,
                       const char *address)
{
  g_return_if_fail (MW_IS_WINDOW (self));

  if (!mw_window_make_way (self))
    return;

  mw_review_page_show_link (self->review_page, address);
  show_review (self, _("Set-Up Link"));
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
}

static void
open_file (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);
  g_autoptr(GtkFileFilter) settings = gtk_file_filter_new ();
  g_autoptr(GtkFileFilter) all = gtk_file_filter_new ();

  if (self->chooser != NULL || !mw_window_make_way (self))
    return;

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

static gboolean
on_file_dropped (MwWindow *self,
                 GValue   *value)
{
  GdkFileList *list = g_value_get_boxed (value);
  g_autoptr(GSList) files = gdk_file_list_get_files (list);

  if (files == NULL)
    return FALSE;

  /* One review at a time. */
  mw_window_open_file (self, files->data);
  return TRUE;
}

/* The person has seen what the file or link says: it becomes the set-up under
 * way. */
static void
on_review_accepted (MwWindow *self)
{
  MwInspection *inspection = mw_review_page_get_inspection (self->review_page);
  gboolean consent = mw_review_page_get_consent (self->review_page);
  gboolean typed;
  const char *address = mw_review_page_get_address (self->review_page, &typed);

  /* The address of a link counts as one, whoever wrote the rest of it. */
  self->from_link = inspection == NULL && !typed;
  mw_window_begin_setup (self);
  self->from_file = inspection != NULL;
  if (!mw_setup_set_address (self->setup, address, typed, NULL))
    return;

  if (inspection != NULL)
    mw_setup_take_inspection (self->setup, inspection, consent);
  mw_sign_in_page_update (self->sign_in_page);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go-on", "s", "sign-in");
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
mw_window_accept_files (MwWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_file_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect_object (self->review_page, "accepted", G_CALLBACK (on_review_accepted), self,
                           G_CONNECT_SWAPPED);
}
