/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

/* What comes from outside is looked at one after the other. A web page can open
 * links as often as it likes, so only few wait, and none takes the place of
 * what the person is doing. */

#include "config.h"

#include "app/mw-window-private.h"

#include <glib/gi18n.h>

#include "app/mw-foreign-text.h"
#include "setup/mw-setup-review.h"

#define MAX_WAITING 3

#define NAME_MAX_CHARS 80

static gboolean
is_free (MwWindow *self)
{
  return self->loaded && self->chooser == NULL && !mw_window_is_busy (self) &&
         !mw_window_has_dialog (self);
}

static gboolean
on_idle (gpointer user_data)
{
  MwWindow *self = MW_WINDOW (user_data);

  self->review_id = 0;
  mw_window_show_next_review (self);
  return G_SOURCE_REMOVE;
}

/* Before anything is drawn. */
void
mw_window_show_next_review_later (MwWindow *self)
{
  if (self->review_id == 0 && !g_queue_is_empty (&self->reviews))
    self->review_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle, self, NULL);
}

/* Only a dialog may stand in the way. */
static void
watch_dialog (MwWindow *self)
{
  GtkWindow *dialog = mw_window_find_dialog (self);

  if (dialog == NULL)
    return;

  g_signal_handlers_disconnect_by_func (dialog, mw_window_show_next_review_later, self);
  g_signal_connect_object (dialog, "unmap", G_CALLBACK (mw_window_show_next_review_later), self,
                           G_CONNECT_SWAPPED);
}

static void
update_waiting (MwWindow *self)
{
  mw_review_page_set_waiting (self->review_page, g_queue_get_length (&self->reviews),
                              self->left_out);
}

static void
on_toast_dismissed (MwWindow *self)
{
  self->waiting_toast = NULL;
}

/* Once for all of them; the page of a review has a line of its own. */
static void
tell_waiting (MwWindow *self)
{
  if (self->waiting_toast != NULL || !self->loaded ||
      g_str_equal (mw_window_get_page (self), "review"))
    return;

  self->waiting_toast = adw_toast_new (_("A link or file waits until you finish or cancel this "
                                         "account"));
  g_signal_connect_object (self->waiting_toast, "dismissed", G_CALLBACK (on_toast_dismissed),
                           self, G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (self->toast_overlay, self->waiting_toast);
}

static void
show_refusal (MwWindow     *self,
              MwReviewItem *item)
{
  g_autofree char *name = NULL;
  g_autofree char *text = NULL;

  if (g_str_equal (mw_window_get_page (self), "start"))
    mw_window_show_home (self);
  if (item->name == NULL)
    {
      /* Translators: %s is a sentence about what is wrong with a link. */
      text = g_strdup_printf (_("%s Nothing was changed. You can still type the address "
                                "yourself."), item->problem);
      mw_window_show_message (self, _("This Link Cannot Be Used"), text);
      return;
    }

  name = mw_foreign_text_new (item->name, NAME_MAX_CHARS);
  /* Translators: first the name of a file, then a sentence about what is wrong
   * with it. */
  text = g_strdup_printf (_("“%s” cannot be used. %s Nothing was changed."), name, item->problem);
  mw_window_show_message (self, _("This File Cannot Be Used"), text);
}

/* What is saved already is compared, and nothing of it is changed. */
static gboolean
compare (MwWindow     *self,
         MwInspection *inspection,
         MwAddress    *address)
{
  g_autoptr(MwProfile) profile = mw_window_find_address (self, address);

  if (profile == NULL)
    return FALSE;

  mw_compare_page_show (mw_window_ensure_compare_page (self), profile, inspection,
                        self->reviewed->name, self->reviewed->signer);
  mw_window_show_page (self, "compare");
  return TRUE;
}

static void
show_review (MwWindow     *self,
             MwReviewItem *item)
{
  GtkStackPage *page = gtk_stack_get_page (self->stack, GTK_WIDGET (self->review_page));

  mw_review_page_show (self->review_page, mw_window_get_engine (self), item->content, item->name,
                       item->signer);
  gtk_stack_page_set_title (page, item->name != NULL ? _("Set-Up File") : _("Set-Up Link"));
  mw_window_show_page (self, "review");
}

static void
show_item (MwWindow     *self,
           MwReviewItem *item)
{
  g_autoptr(MwInspection) inspection = mw_inspection_new (item->content, NULL);

  if (!compare (self, inspection, inspection->address))
    show_review (self, item);
}

gboolean
mw_window_show_next_review (MwWindow *self)
{
  MwReviewItem *item;

  if (!is_free (self))
    {
      watch_dialog (self);
      return FALSE;
    }

  item = g_queue_pop_head (&self->reviews);
  if (item == NULL)
    return FALSE;

  g_clear_pointer (&self->reviewed, mw_review_item_free);
  if (item->problem != NULL)
    {
      show_refusal (self, item);
      mw_review_item_free (item);
      watch_dialog (self);
    }
  else
    {
      self->reviewed = item;
      show_item (self, item);
    }
  update_waiting (self);
  return TRUE;
}

/* Who clicks twice means it once. */
static gboolean
is_known (MwWindow     *self,
          MwReviewItem *item)
{
  if (mw_review_item_equal (item, self->reviewed))
    return TRUE;

  for (GList *each = self->reviews.head; each != NULL; each = each->next)
    {
      if (mw_review_item_equal (item, each->data))
        return TRUE;
    }

  return FALSE;
}

gboolean
mw_window_review (MwWindow     *self,
                  MwReviewItem *item)
{
  g_return_val_if_fail (MW_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (item != NULL, FALSE);

  if (is_known (self, item))
    {
      mw_review_item_free (item);
      return TRUE;
    }
  if (g_queue_get_length (&self->reviews) >= MAX_WAITING)
    {
      mw_review_item_free (item);
      self->left_out = TRUE;
      update_waiting (self);
      return FALSE;
    }

  g_queue_push_tail (&self->reviews, item);
  if (!mw_window_show_next_review (self))
    tell_waiting (self);
  update_waiting (self);
  return TRUE;
}

gboolean
mw_window_review_content (MwWindow   *self,
                          GBytes     *content,
                          const char *name)
{
  g_return_val_if_fail (MW_IS_WINDOW (self), FALSE);
  g_return_val_if_fail (content != NULL, FALSE);

  return mw_window_review (self, mw_review_item_new (content, name));
}

void
mw_window_forget_waiting (MwWindow *self)
{
  g_clear_handle_id (&self->review_id, g_source_remove);
  g_queue_clear_full (&self->reviews, (GDestroyNotify) mw_review_item_free);
  self->left_out = FALSE;
}

const char *
mw_window_get_suggested_client (MwWindow *self)
{
  MwInspection *inspection = mw_review_page_get_inspection (self->review_page);

  return self->from_review && inspection != NULL && inspection->link != NULL
         ? inspection->link->client : NULL;
}

static void
leave_out_waiting (GtkWidget  *widget,
                   const char *action_name,
                   GVariant   *parameter)
{
  MwWindow *self = MW_WINDOW (widget);

  mw_window_forget_waiting (self);
  update_waiting (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->review_page));
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

  if (compare (self, inspection, inspection->address))
    return;

  self->from_review = TRUE;
  self->from_link = self->reviewed->name == NULL && !typed;
  mw_window_begin_setup (self);
  if (!mw_setup_set_address (self->setup, address, typed, NULL))
    return;

  mw_setup_take_inspection (self->setup, inspection, consent);
  if (mw_review_page_get_send_without_login (self->review_page))
    g_object_set (self->setup, "outgoing-authentication", FALSE, NULL);
  mw_sign_in_page_update (self->sign_in_page);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.go-on", "s", "sign-in");
}

void
mw_window_install_review_actions (MwWindowClass *klass)
{
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "win.leave-out-waiting", NULL,
                                   leave_out_waiting);
}

void
mw_window_watch_reviews (MwWindow *self)
{
  g_queue_init (&self->reviews);
  g_signal_connect_object (self->review_page, "accepted", G_CALLBACK (on_review_accepted), self,
                           G_CONNECT_SWAPPED);
}
