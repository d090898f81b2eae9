/* SPDX-License-Identifier: GPL-3.0-or-later
 * SPDX-FileCopyrightText: the Mailwright contributors */

#include "config.h"

#include "app/mw-changes-popover.h"

#include <glib/gi18n.h>

#include "app/mw-changes-view.h"
#include "app/mw-heading.h"
#include "setup/mw-advice.h"

struct _MwChangesPopover
{
  GtkPopover     parent_instance;

  /* Template widgets */
  MwHeading     *heading;
  GtkLabel      *text_label;
  MwChangesView *changes_view;

  /* Owned */
  char          *program;
};

G_DEFINE_FINAL_TYPE (MwChangesPopover, mw_changes_popover, GTK_TYPE_POPOVER)

static void
show_text (MwChangesPopover *self,
           const char       *text)
{
  gtk_label_set_text (self->text_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->text_label), *text != '\0');
}

static void
mw_changes_popover_finalize (GObject *object)
{
  MwChangesPopover *self = MW_CHANGES_POPOVER (object);

  g_free (self->program);

  G_OBJECT_CLASS (mw_changes_popover_parent_class)->finalize (object);
}

static void
mw_changes_popover_class_init (MwChangesPopoverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = mw_changes_popover_finalize;

  g_type_ensure (MW_TYPE_HEADING);
  g_type_ensure (MW_TYPE_CHANGES_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PATH "mw-changes-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, MwChangesPopover, heading);
  gtk_widget_class_bind_template_child (widget_class, MwChangesPopover, text_label);
  gtk_widget_class_bind_template_child (widget_class, MwChangesPopover, changes_view);
}

static void
mw_changes_popover_init (MwChangesPopover *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
mw_changes_popover_new (MwExportTarget *target)
{
  MwChangesPopover *self;
  g_autofree char *heading = NULL;

  g_return_val_if_fail (target != NULL, NULL);

  self = g_object_new (MW_TYPE_CHANGES_POPOVER, NULL);
  self->program = g_strdup (target->program);
  /* Translators: %s is the name of a mail program. */
  heading = g_strdup_printf (_("What Will Change in %s"), self->program);
  mw_heading_set_text (self->heading, heading);
  mw_changes_popover_show_looking (self);

  return GTK_WIDGET (self);
}

void
mw_changes_popover_show_looking (MwChangesPopover *self)
{
  g_return_if_fail (MW_IS_CHANGES_POPOVER (self));

  gtk_widget_set_visible (GTK_WIDGET (self->changes_view), FALSE);
  show_text (self, _("Looking at what is there…"));
}

static char *
describe_report (MwChangesPopover *self,
                 MwExportReport   *report)
{
  if (report->changes->len == 0)
    return g_strdup (_("The account is there already, just so. Nothing will change."));
  if (report->takes_over)
    /* Translators: %s is the name of a mail program. */
    return g_strdup_printf (_("You have set this account up in %s yourself. Before anything "
                              "changes, you will be asked."), self->program);
  return g_strdup ("");
}

void
mw_changes_popover_show_report (MwChangesPopover *self,
                                MwExportReport   *report,
                                const GError     *error)
{
  g_autofree char *heard = NULL;
  g_autofree char *text = NULL;
  g_autofree char *all = NULL;

  g_return_if_fail (MW_IS_CHANGES_POPOVER (self));
  g_return_if_fail (report != NULL || error != NULL);

  if (report != NULL)
    {
      text = describe_report (self, report);
      heard = mw_changes_view_show (self->changes_view, report->changes);
    }
  else
    {
      g_autoptr(MwAdvice) advice = mw_advice_for_error (error);

      text = g_strdup (advice->text);
    }

  show_text (self, text);
  gtk_widget_set_visible (GTK_WIDGET (self->changes_view), heard != NULL && *heard != '\0');
  /* It has the focus, so that the rest is heard with it. */
  all = g_strconcat (text, " ", heard, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->heading),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, all,
                                  -1);
}
