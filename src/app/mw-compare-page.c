/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-compare-page.h"

#include <glib/gi18n.h>

#include "app/mw-foreign-text.h"
#include "app/mw-heading.h"
#include "app/mw-review-row.h"
#include "app/mw-review-text.h"
#include "app/mw-tab-order.h"

#define LABEL_MAX_CHARS 80

struct _MwComparePage
{
  AdwBin      parent_instance;

  /* Template widgets */
  MwHeading  *heading;
  GtkLabel   *origin_label;
  GtkLabel   *result_label;
  GtkWidget  *incoming_box;
  GtkWidget  *outgoing_box;
  GtkListBox *incoming_list;
  GtkListBox *outgoing_list;
  GtkWidget  *open_button;
};

G_DEFINE_FINAL_TYPE (MwComparePage, mw_compare_page, ADW_TYPE_BIN)

static gboolean
mw_compare_page_grab_focus (GtkWidget *widget)
{
  MwComparePage *self = MW_COMPARE_PAGE (widget);

  return gtk_widget_grab_focus (GTK_WIDGET (self->heading));
}

static void
mw_compare_page_class_init (MwComparePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->grab_focus = mw_compare_page_grab_focus;
  mw_tab_order_pass_through (widget_class);

  g_type_ensure (MW_TYPE_HEADING);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PATH "mw-compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, MwComparePage, heading);
  gtk_widget_class_bind_template_child (widget_class, MwComparePage, origin_label);
  gtk_widget_class_bind_template_child (widget_class, MwComparePage, result_label);
  gtk_widget_class_bind_template_child (widget_class, MwComparePage, incoming_box);
  gtk_widget_class_bind_template_child (widget_class, MwComparePage, outgoing_box);
  gtk_widget_class_bind_template_child (widget_class, MwComparePage, incoming_list);
  gtk_widget_class_bind_template_child (widget_class, MwComparePage, outgoing_list);
  gtk_widget_class_bind_template_child (widget_class, MwComparePage, open_button);
}

static void
mw_compare_page_init (MwComparePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static MwService *
get_service (MwProfile *profile,
             MwSide     side)
{
  return side == MW_SIDE_INCOMING ? profile->incoming : profile->outgoing;
}

/* What was proved beside the servers in use counts as well. */
static gboolean
is_saved (MwProfile  *profile,
          MwEndpoint *endpoint)
{
  MwService *service = get_service (profile, mw_endpoint_get_side (endpoint));

  if (service != NULL && mw_endpoint_equal (service->endpoint, endpoint))
    return TRUE;

  for (guint i = 0; i < profile->alternatives->len; i++)
    {
      service = profile->alternatives->pdata[i];
      if (mw_endpoint_equal (service->endpoint, endpoint))
        return TRUE;
    }

  return FALSE;
}

static void
add_row (GtkListBox *list,
         MwEndpoint *endpoint,
         const char *note)
{
  GtkWidget *row = mw_review_row_new (endpoint, note);

  gtk_list_box_append (list, row);
}

/* Returns: whether all that is named is saved, too */
static gboolean
fill_list (GtkListBox   *list,
           MwProfile    *profile,
           MwInspection *inspection,
           MwSide        side,
           gboolean      is_link)
{
  MwService *service = get_service (profile, side);
  gboolean all = TRUE;
  GtkListBoxRow *old;

  while ((old = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (old));

  if (service != NULL)
    add_row (list, service->endpoint, _("In your account"));
  for (guint i = 0; i < inspection->candidates->len; i++)
    {
      MwEndpoint *endpoint = mw_candidate_get_endpoint (inspection->candidates->pdata[i]);
      const char *note = is_link ? _("In the link: another one") : _("In the file: another one");

      if (mw_endpoint_get_side (endpoint) != side)
        continue;
      if (!is_saved (profile, endpoint))
        all = FALSE;
      else
        note = is_link ? _("In the link: the same") : _("In the file: the same");
      add_row (list, endpoint, note);
    }

  return all;
}

static const char *
tell_result (MwInspection *inspection,
             gboolean      same,
             gboolean      is_link)
{
  if (inspection->candidates->len == 0)
    return _("The link names no server. Your account stays as it is.");
  if (same)
    return is_link ? _("The link names the servers that your account uses.")
                   : _("The file names the servers that your account uses.");

  return is_link
         ? _("The link names other servers than your account uses. Your account stays as it is. If "
             "your provider told you to change them, open the account and do it there.")
         : _("The file names other servers than your account uses. Your account stays as it is. If "
             "your provider told you to change them, open the account and do it there.");
}

void
mw_compare_page_show (MwComparePage *self,
                      MwProfile     *profile,
                      MwInspection  *inspection,
                      const char    *name,
                      const char    *signer)
{
  g_autofree char *label = NULL;
  g_autofree char *title = NULL;
  g_autofree char *origin = NULL;
  gboolean is_link = name == NULL;
  gboolean same;

  g_return_if_fail (MW_IS_COMPARE_PAGE (self));
  g_return_if_fail (profile != NULL);
  g_return_if_fail (inspection != NULL);

  label = mw_foreign_text_new (profile->label, LABEL_MAX_CHARS);
  /* Translators: %s is the name of an account. */
  title = g_strdup_printf (_("%s Is Already Set Up"), label);
  origin = mw_review_text_tell_origin (inspection, name, signer);
  mw_heading_set_text (self->heading, title);
  gtk_label_set_text (self->origin_label, origin);

  same = fill_list (self->incoming_list, profile, inspection, MW_SIDE_INCOMING, is_link);
  same &= fill_list (self->outgoing_list, profile, inspection, MW_SIDE_OUTGOING, is_link);
  gtk_widget_set_visible (self->incoming_box,
                          gtk_list_box_get_row_at_index (self->incoming_list, 0) != NULL);
  gtk_widget_set_visible (self->outgoing_box,
                          gtk_list_box_get_row_at_index (self->outgoing_list, 0) != NULL);
  gtk_label_set_text (self->result_label, tell_result (inspection, same, is_link));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open_button), "s", profile->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->open_button), "win.edit-account");
}
